package io.github.brainimaging.core.io.internal.dicom;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * All slices of a volume as tiles of one picture, as Siemens (MOSAIC) and United Imaging (VFRAME)
 * write them. How many there are and where they lie stands in private elements.
 *
 * @param tiles number of slices
 * @param across tiles in a row; as many rows
 * @param normal direction from one slice to the next, in the patient coordinates of DICOM; empty if
 *     it is not told
 * @param places the place of each tile; empty if that of the file tells it
 */
record Mosaic(int tiles, int across, List<Double> normal, List<double[]> places) {

  /** Scanners make some hundred; more would be tiles of a pixel or two. */
  private static final int MAXIMUM_TILES = 4096;

  static Optional<Mosaic> of(DataSet data, int rows, int columns) throws IOException {
    List<String> kind = data.texts(Tag.IMAGE_TYPE);
    List<Double> normal = List.of();
    List<double[]> places = List.of();
    int tiles;
    if (kind.contains("MOSAIC")) {
      Optional<byte[]> csa = CsaHeader.image(data);
      List<Double> count =
          csa.isEmpty() ? List.of() : CsaHeader.numbers(csa.get(), "NumberOfImagesInMosaic");
      normal = csa.isEmpty() ? normal : CsaHeader.numbers(csa.get(), "SliceNormalVector");
      tiles =
          count.isEmpty()
              ? CsaHeader.slicesElsewhere(data).orElse(-1)
              : (int) Math.min(count.get(0), MAXIMUM_TILES + 1.0);
      if (tiles < 0) {
        throw new IOException("a mosaic without the CSA header, which tells the number of slices");
      }
    } else if (kind.contains("VFRAME") && data.has(Tag.UIH_TILES)) {
      places = places(data.items(Tag.UIH_FRAMES));
      tiles = (int) data.decimal(Tag.UIH_TILES).orElse(0);
      if (!places.isEmpty() && places.size() != tiles) {
        throw new IOException(
            "found a grid of " + tiles + " slices, but places of " + places.size());
      }
    } else {
      return Optional.empty();
    }
    int across = (int) Math.ceil(Math.sqrt(tiles));
    if (tiles < 1 || tiles > MAXIMUM_TILES || rows % across != 0 || columns % across != 0) {
      throw new IOException("found a mosaic of " + tiles + " slices that do not fit the image");
    }
    return Optional.of(new Mosaic(tiles, across, normal.size() == 3 ? normal : List.of(), places));
  }

  private static List<double[]> places(List<DataSet> frames) throws IOException {
    List<double[]> places = new ArrayList<>();
    for (DataSet frame : frames) {
      double[] place = frame.decimals(Tag.POSITION);
      if (place.length != 3) {
        return List.of();
      }
      places.add(place);
    }
    return places;
  }

  /** Cuts one tile out of the picture. */
  float[] tile(float[] picture, int columns, int index) {
    int width = columns / across;
    int height = picture.length / columns / across;
    float[] tile = new float[width * height];
    int start = index / across * height * columns + index % across * width;
    for (int y = 0; y < height; y++) {
      System.arraycopy(picture, start + y * columns, tile, y * width, width);
    }
    return tile;
  }
}
