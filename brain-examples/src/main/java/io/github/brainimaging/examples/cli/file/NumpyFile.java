package io.github.brainimaging.examples.cli.file;

import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.io.ImageFormatException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An array as NumPy saves it, of slices, rows and columns, channels and a batch of one before. */
public final class NumpyFile {

  private static final Pattern HEADER =
      Pattern.compile(
          "\\{'descr': '([<|=][fiub][1248])', 'fortran_order': (True|False), 'shape': \\(([0-9, ]*)\\), \\}\\s*");

  private static final long LOW_SIX = 0xFFFFFFFFFFFFL;

  private NumpyFile() {}

  /** Whether a file is called like one. */
  public static boolean isMeantBy(Path file) {
    return file.toString().toLowerCase(Locale.ROOT).endsWith(".npy");
  }

  /**
   * Reads one.
   *
   * @return a volume for each channel
   * @throws ImageFormatException if it holds something else
   * @throws IOException if it cannot be read
   */
  public static List<MedicalVolume> read(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    if (bytes.limit() < 12 || (bytes.getLong(0) & LOW_SIX) != magic()) {
      throw wrong(file, "an array of NumPy (.npy of version 1 to 3)", "other bytes");
    }
    boolean first = bytes.get(6) == 1;
    int start = first ? 10 : 12;
    int length = first ? bytes.getShort(8) & 0xFFFF : bytes.getInt(8);
    if (length < 0 || length > bytes.limit() - start) {
      throw wrong(file, "a header within the file", length + " bytes of header");
    }
    String header = new String(bytes.array(), start, length, StandardCharsets.ISO_8859_1);
    Matcher told = HEADER.matcher(header);
    if (!told.matches() || told.group(2).equals("True")) {
      throw wrong(file, "numbers in C order, little endian", header.strip());
    }
    List<Integer> shape = new ArrayList<>();
    long count = 1;
    for (String side : told.group(3).split("[, ]+", -1)) {
      if (side.length() > 9 || count > Integer.MAX_VALUE) {
        throw wrong(file, "fewer than 2^31 numbers", "shape " + told.group(3));
      }
      if (!side.isEmpty()) {
        shape.add(Integer.parseInt(side));
        count *= Integer.parseInt(side);
      }
    }
    if (shape.size() == 5 && shape.get(0) == 1) {
      shape.remove(0);
    }
    String type = told.group(1).substring(1);
    int size = type.charAt(1) - '0';
    int data = start + length;
    if ((shape.size() != 3 && shape.size() != 4) || count < 1 || count > Integer.MAX_VALUE) {
      throw wrong(file, "slices, rows and columns, or channels before them", "shape " + shape);
    }
    if (count * size != bytes.limit() - data) {
      throw wrong(file, count + " numbers of " + size + " bytes", bytes.limit() - data + " bytes");
    }
    int channels = shape.size() == 4 ? shape.remove(0) : 1;
    VolumeGrid grid = VolumeGrid.ofSize(shape.get(2), shape.get(1), shape.get(0));
    List<MedicalVolume> volumes = new ArrayList<>();
    for (int channel = 0; channel < channels; channel++) {
      float[] samples = new float[grid.voxels()];
      for (int i = 0; i < samples.length; i++) {
        samples[i] = number(bytes, type, data + size * (channel * samples.length + i));
      }
      volumes.add(MedicalVolume.wrap(grid, 1, samples));
    }
    return volumes;
  }

  /** What the first six bytes are, the first the lowest. */
  private static long magic() {
    return ByteBuffer.wrap(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 0, 0})
        .order(ByteOrder.LITTLE_ENDIAN)
        .getLong();
  }

  private static float number(ByteBuffer bytes, String type, int at) throws IOException {
    return switch (type) {
      case "f4" -> bytes.getFloat(at);
      case "f8" -> (float) bytes.getDouble(at);
      case "b1", "u1" -> bytes.get(at) & 0xFF;
      case "i1" -> bytes.get(at);
      case "u2" -> bytes.getShort(at) & 0xFFFF;
      case "i2" -> bytes.getShort(at);
      case "i4" -> bytes.getInt(at);
      case "i8" -> bytes.getLong(at);
      default -> throw new ImageFormatException("expected floats or whole numbers, found " + type);
    };
  }

  private static ImageFormatException wrong(Path file, String expected, String found) {
    return new ImageFormatException(file + ": expected " + expected + ", found " + found);
  }
}
