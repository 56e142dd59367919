package io.github.brainimaging.core.io.internal.dicom;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A Siemens mosaic: all slices of a volume as tiles of one picture. How many there are and which
 * way they are stacked stands in the private CSA header.
 *
 * @param tiles number of slices
 * @param across tiles in a row; as many rows
 * @param normal direction from one slice to the next, in the patient coordinates of DICOM
 */
record Mosaic(int tiles, int across, List<Double> normal) {

  private static final int NAME = 64;
  private static final int MAXIMUM_TAGS = 128;

  static Optional<Mosaic> of(DataSet data, int rows, int columns) throws IOException {
    if (!data.texts(Tag.IMAGE_TYPE).contains("MOSAIC")) {
      return Optional.empty();
    }
    byte[] csa = data.bytes(Tag.CSA_IMAGE).or(() -> data.bytes(Tag.CSA_IMAGE_OTHER)).orElse(null);
    if (csa == null) {
      throw new IOException("a mosaic without the CSA header, which tells the number of slices");
    }
    try {
      List<Double> count = numbers(csa, "NumberOfImagesInMosaic");
      List<Double> normal = numbers(csa, "SliceNormalVector");
      int tiles = count.isEmpty() ? 0 : count.get(0).intValue();
      int across = (int) Math.ceil(Math.sqrt(tiles));
      if (tiles < 1 || rows % across != 0 || columns % across != 0) {
        throw new IOException("found a mosaic of " + tiles + " slices that do not fit the image");
      }
      return Optional.of(new Mosaic(tiles, across, normal.size() == 3 ? normal : List.of()));
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      // Without the cause, whose message may show a value.
      throw new IOException("the CSA header of the mosaic is damaged");
    }
  }

  /** The numbers of one tag of a CSA header of version 2. */
  private static List<Double> numbers(byte[] csa, String wanted) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(csa).order(ByteOrder.LITTLE_ENDIAN);
    if (!text(buffer, 4).equals("SV10")) {
      throw new IOException("expected a CSA header of version 2 (SV10)");
    }
    buffer.position(8);
    int tags = Math.min(MAXIMUM_TAGS, buffer.getInt());
    buffer.getInt();
    List<Double> numbers = new ArrayList<>();
    for (int i = 0; i < tags; i++) {
      String name = text(buffer, NAME);
      buffer.position(buffer.position() + 12);
      int items = buffer.getInt();
      buffer.getInt();
      for (int k = 0; k < items; k++) {
        buffer.getInt();
        int length = buffer.getInt();
        buffer.position(buffer.position() + 8);
        int next = Math.addExact(buffer.position(), Math.addExact(length, 3) & ~3);
        String value = name.equals(wanted) && length > 0 ? text(buffer, length) : "";
        if (!value.isBlank()) {
          numbers.add(Double.valueOf(value.trim()));
        }
        buffer.position(next);
      }
      if (name.equals(wanted)) {
        return numbers;
      }
    }
    return numbers;
  }

  private static String text(ByteBuffer buffer, int length) {
    byte[] bytes = new byte[Math.min(length, buffer.remaining())];
    buffer.get(bytes);
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    int end = text.indexOf(0);
    return end < 0 ? text : text.substring(0, end);
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
