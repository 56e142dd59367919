package io.github.brainimaging.core.io.internal.volume;

import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.image.VoxelType;
import io.github.brainimaging.core.io.internal.volume.VoxelPlace.Encoding;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * MetaImage, ITK's own format (itk.org, "MetaIO"): {@code .mha} with its voxels, or a {@code .mhd}
 * that names one file with them. Its vectors count in mm towards left, back and head.
 */
final class MetaImageFormat implements VolumeFormat {

  private static final int MOST_AXES = 10; // As the reference library.
  private static final double[] LPS = {-1, -1, 1};
  private static final List<String> FIRST_KEYS = List.of("ObjectType", "NDims", "Comment");
  private static final String DATA = "ElementDataFile";

  @Override
  public String name() {
    return "MetaImage";
  }

  /** There is no magic number: a text that begins with a key of the format. */
  @Override
  public boolean recognizes(FileStart start) {
    Optional<String> line = start.isCompressed() ? Optional.empty() : firstLine(start);
    return line.isPresent()
        && line.get().contains("=")
        && FIRST_KEYS.contains(key(line.get()))
        && (!key(line.get()).equals("Comment") || fields(start).containsKey("NDims"));
  }

  private static Optional<String> firstLine(FileStart start) {
    byte[] bytes = start.bytes();
    return new HeaderText(bytes.length > 256 ? Arrays.copyOf(bytes, 256) : bytes).next();
  }

  private static String key(String line) {
    return line.substring(0, Math.max(0, line.indexOf('='))).strip();
  }

  private static Map<String, String> fields(FileStart start) {
    HeaderText text = new HeaderText(start.bytes());
    Map<String, String> fields = new HashMap<>();
    Optional<String> line = text.next();
    while (line.isPresent() && !fields.containsKey(DATA)) {
      String found = line.get();
      if (found.indexOf('=') > 0) {
        fields.putIfAbsent(key(found), found.substring(found.indexOf('=') + 1).strip());
      }
      if (!fields.containsKey(DATA)) {
        line = text.next();
      }
    }
    fields.put("", String.valueOf(text.offset()));
    return fields;
  }

  @Override
  public boolean isSlice(FileStart start) {
    try {
      Map<String, String> fields = fields(start);
      VolumeGrid size = size(fields);
      return size.depth() == 1 && layout(fields, size).volumes() == 1;
    } catch (IOException e) {
      return true;
    }
  }

  @Override
  public VolumeHeader parse(FileStart start) throws IOException {
    Map<String, String> fields = fields(start);
    String data = get(fields, DATA);
    boolean local = data.equalsIgnoreCase("LOCAL");
    boolean many = data.startsWith("LIST") || data.matches(".*%0?\\d*d.*\\s.*");
    if (many) {
      throw HeaderText.bad(DATA, "LOCAL or the name of one file", data);
    }
    VolumeGrid grid = place(fields, size(fields));
    return new VolumeHeader(
        grid,
        layout(fields, grid),
        Double.NaN,
        SampleType.plain(type(fields), order(fields)),
        voxels(fields, local ? Long.parseLong(get(fields, "")) : 0),
        local ? null : DataFile.named(DATA, data),
        grid.affine().isEmpty() && grid.depth() > 1
            ? List.of(VolumeHeader.UNKNOWN_PLACE)
            : List.of());
  }

  private static VoxelPlace voxels(Map<String, String> fields, long start) throws IOException {
    int skip = HeaderText.whole("HeaderSize", fields.getOrDefault("HeaderSize", "0"), -1);
    if (!isTrue(fields, "BinaryData", true)) {
      return new VoxelPlace(Encoding.TEXT, start, 0);
    }
    if (isTrue(fields, "CompressedData", false)) {
      return new VoxelPlace(Encoding.ZLIB, start + Math.max(0, skip), 0);
    }
    return new VoxelPlace(Encoding.RAW, skip < 0 ? VoxelPlace.AT_END : start + skip, 0);
  }

  private static int dimensions(Map<String, String> fields) throws IOException {
    int dimensions = HeaderText.whole("NDims", get(fields, "NDims"), 2);
    if (dimensions > MOST_AXES) {
      throw HeaderText.bad("NDims", "2 to 10", dimensions);
    }
    return dimensions;
  }

  private static int[] sizes(Map<String, String> fields) throws IOException {
    int dimensions = dimensions(fields);
    String[] words = HeaderText.words(get(fields, "DimSize"));
    if (words.length != dimensions) {
      throw HeaderText.bad("DimSize", dimensions + " numbers", words.length);
    }
    int[] sizes = new int[dimensions];
    for (int i = 0; i < dimensions; i++) {
      sizes[i] = HeaderText.whole("DimSize", words[i], 1);
    }
    return sizes;
  }

  private static VolumeGrid size(Map<String, String> fields) throws IOException {
    int[] sizes = sizes(fields);
    return VolumeHeader.grid("DimSize", sizes[0], sizes[1], sizes.length > 2 ? sizes[2] : 1);
  }

  private static VolumeHeader.Layout layout(Map<String, String> fields, VolumeGrid grid)
      throws IOException {
    int[] sizes = sizes(fields);
    long runs = 1;
    for (int i = 3; i < sizes.length; i++) {
      runs = Math.min(1L << 32, runs) * sizes[i];
    }
    String channels = fields.getOrDefault("ElementNumberOfChannels", "1");
    int components = HeaderText.whole("ElementNumberOfChannels", channels, 1);
    boolean colored = components == 3 && type(fields) == VoxelType.UINT8;
    return VolumeHeader.layout("DimSize", grid, components, colored, runs);
  }

  private static VolumeGrid place(Map<String, String> fields, VolumeGrid size) throws IOException {
    int n = dimensions(fields);
    double[] steps = numbers(fields, n, "ElementSpacing", "ElementSize");
    double[] matrix = numbers(fields, n * n, "TransformMatrix", "Rotation", "Orientation");
    double[] origin = numbers(fields, n, "Offset", "Position", "Origin");
    if (n == 2 || matrix.length == 0 || origin.length == 0 || steps.length == 0) {
      return steps.length == 0
          ? size
          : PatientSpace.spaced(size, steps[0], steps[1], n > 2 ? steps[2] : 1);
    }
    double[][] axes = new double[3][3];
    for (int axis = 0; axis < 3; axis++) {
      for (int i = 0; i < 3; i++) {
        axes[axis][i] = steps[axis] * matrix[n * axis + i];
      }
    }
    return PatientSpace.place(size, axes, origin, LPS);
  }

  /** The first of some fields that is there; none if none is. */
  private static double[] numbers(Map<String, String> fields, int count, String... names)
      throws IOException {
    for (String name : names) {
      String text = fields.get(name);
      if (text != null) {
        double[] numbers = HeaderText.numbers(name, text);
        if (numbers.length != count) {
          throw HeaderText.bad(name, count + " numbers", numbers.length);
        }
        return numbers;
      }
    }
    return new double[0];
  }

  private static String get(Map<String, String> fields, String name) throws IOException {
    String found = fields.get(name);
    if (found == null) {
      throw new IOException("expected a field " + name + ", found none");
    }
    return found;
  }

  private static boolean isTrue(Map<String, String> fields, String name, boolean otherwise) {
    String found = fields.getOrDefault(name, "");
    return found.isEmpty() ? otherwise : found.matches("(?i)(t|y|1).*");
  }

  private static ByteOrder order(Map<String, String> fields) {
    boolean big =
        isTrue(fields, "BinaryDataByteOrderMSB", isTrue(fields, "ElementByteOrderMSB", false));
    return big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
  }

  private static VoxelType type(Map<String, String> fields) throws IOException {
    String name = get(fields, "ElementType");
    return switch (name.toUpperCase(Locale.ROOT).replaceFirst("_ARRAY$", "")) {
      case "MET_CHAR" -> VoxelType.INT8;
      case "MET_UCHAR" -> VoxelType.UINT8;
      case "MET_SHORT" -> VoxelType.INT16;
      case "MET_USHORT" -> VoxelType.UINT16;
      // The format has 32 bits for these whatever the machine (metaTypes.h).
      case "MET_INT", "MET_LONG" -> VoxelType.INT32;
      case "MET_UINT", "MET_ULONG" -> VoxelType.UINT32;
      case "MET_LONG_LONG" -> VoxelType.INT64;
      case "MET_ULONG_LONG" -> VoxelType.UINT64;
      case "MET_FLOAT" -> VoxelType.FLOAT32;
      case "MET_DOUBLE" -> VoxelType.FLOAT64;
      default ->
          throw HeaderText.bad("ElementType", "whole numbers or floats of 8 to 64 bits", name);
    };
  }
}
