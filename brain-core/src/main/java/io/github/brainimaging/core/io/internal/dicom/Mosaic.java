package io.github.brainimaging.core.io.internal.dicom;

import io.github.brainimaging.core.io.internal.dicom.element.CsaHeader;
import io.github.brainimaging.core.io.internal.dicom.element.DataSet;
import io.github.brainimaging.core.io.internal.dicom.element.PrivateElements;
import io.github.brainimaging.core.io.internal.dicom.element.Tag;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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

  private static final Logger logger = LoggerFactory.getLogger(Mosaic.class);

  /** Scanners make some hundred; more would be tiles of a pixel or two. */
  private static final int MAXIMUM_TILES = 4096;

  static Optional<Mosaic> of(DataSet data, int rows, int columns) throws IOException {
    List<String> kind = data.texts(Tag.IMAGE_TYPE);
    boolean grid = data.has(Tag.UIH_TILES) && !PrivateElements.unitedImagingFrames(data).isEmpty();
    if (kind.contains("VFRAME") || grid) {
      return Optional.of(unitedImaging(data, rows, columns));
    }
    if (kind.contains("MOSAIC")) {
      return Optional.of(siemens(data, rows, columns));
    }
    try {
      // Archives have been seen to change the type.
      int told = told(data);
      return told > 1 && fits(told, rows, columns)
          ? Optional.of(siemens(data, rows, columns))
          : Optional.empty();
    } catch (IOException e) {
      logger.debug("the private header of an image is damaged and not used: {}", e.getMessage());
      return Optional.empty();
    }
  }

  /** How many tiles the headers tell, 0 if none does. */
  private static int told(DataSet data) throws IOException {
    Optional<byte[]> csa = CsaHeader.image(data);
    List<Double> count =
        csa.isEmpty() ? List.of() : CsaHeader.numbers(csa.get(), "NumberOfImagesInMosaic");
    return count.isEmpty()
        ? CsaHeader.tilesElsewhere(data).orElse(0)
        : (int) Math.min(count.get(0), MAXIMUM_TILES + 1.0);
  }

  private static Mosaic siemens(DataSet data, int rows, int columns) throws IOException {
    int tiles = told(data);
    tiles = tiles == 0 ? CsaHeader.slicesOfProtocol(data).orElse(0) : tiles;
    if (tiles == 0) {
      throw new IOException("a mosaic without the CSA header, which tells the number of slices");
    }
    Optional<byte[]> csa = CsaHeader.image(data);
    List<Double> normal =
        csa.isEmpty() ? List.of() : CsaHeader.numbers(csa.get(), "SliceNormalVector");
    return of(tiles, rows, columns, normal, List.of());
  }

  private static Mosaic unitedImaging(DataSet data, int rows, int columns) throws IOException {
    List<double[]> places = places(PrivateElements.unitedImagingFrames(data));
    int tiles = (int) data.decimal(Tag.UIH_TILES).orElse(places.size());
    if (tiles == 0) {
      throw new IOException("a grid of slices (VFRAME) that does not tell how many there are");
    }
    if (!places.isEmpty() && places.size() != tiles) {
      throw new IOException("found a grid of " + tiles + " slices, but places of " + places.size());
    }
    return of(tiles, rows, columns, List.of(), places);
  }

  private static Mosaic of(
      int tiles, int rows, int columns, List<Double> normal, List<double[]> places)
      throws IOException {
    if (!fits(tiles, rows, columns)) {
      throw new IOException("found a mosaic of " + tiles + " slices that do not fit the image");
    }
    return new Mosaic(tiles, across(tiles), normal.size() == 3 ? normal : List.of(), places);
  }

  private static int across(int tiles) {
    return (int) Math.ceil(Math.sqrt(tiles));
  }

  private static boolean fits(int tiles, int rows, int columns) {
    return tiles >= 1
        && tiles <= MAXIMUM_TILES
        && rows % across(tiles) == 0
        && columns % across(tiles) == 0;
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
