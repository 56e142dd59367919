package io.github.brainimaging.core.io.internal.volume;

import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.image.VoxelType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The axes of an NRRD file: two or three of space that follow each other; what comes before them
 * are samples side by side, colors or one of each volume; what comes after them are volumes.
 */
final class NrrdAxes {

  private static final int MOST_AXES = 16; // As NRRD_DIM_MAX of the reference library.
  private static final Set<String> OF_SPACE = Set.of("domain", "space", "???", "none");
  private static final Set<String> OF_COLOR = Set.of("rgb-color", "3-color", "vector", "3-vector");

  /** What lies side by side at a voxel there is neither gray nor RGB nor volumes. */
  private static final Set<String> OF_NEITHER =
      Set.of("rgba-color", "4-color", "hsv-color", "xyz-color", "complex", "quaternion");

  private static final double[] LPS = {-1, -1, 1};
  private static final Map<String, double[]> TO_RAS =
      Map.of(
          "right-anterior-superior", new double[] {1, 1, 1},
          "ras", new double[] {1, 1, 1},
          "left-anterior-superior", new double[] {-1, 1, 1},
          "las", new double[] {-1, 1, 1},
          "left-posterior-superior", LPS,
          "lps", LPS);

  private final NrrdFields fields;
  private final long[] sizes;
  private final String[] kinds;
  private final List<double[]> directions;
  private final int first;
  private final int count;
  private final List<String> warnings = new ArrayList<>();

  /** The axes, as far as the fields tell. */
  NrrdAxes(NrrdFields fields) throws IOException {
    this.fields = fields;
    int dimension = HeaderText.whole("dimension", fields.get("dimension"), 1);
    String[] texts = HeaderText.words(fields.get("sizes"));
    if (dimension > MOST_AXES || texts.length != dimension) {
      throw HeaderText.bad("sizes", dimension + " numbers, at most 16", texts.length);
    }
    sizes = new long[dimension];
    for (int i = 0; i < dimension; i++) {
      sizes[i] = HeaderText.whole("sizes", texts[i], 1);
    }
    kinds = HeaderText.words(fields.find("kinds").orElse("").toLowerCase(Locale.ROOT));
    directions = vectors("space directions", fields.find("space directions").orElse(""));
    if (!directions.isEmpty() && directions.size() != dimension) {
      throw HeaderText.bad("space directions", dimension + " vectors", directions.size());
    }
    int start = 0;
    while (start < dimension && !isOfSpace(start)) {
      start++;
    }
    int end = start;
    while (end < dimension && end < start + 3 && isOfSpace(end)) {
      end++;
    }
    first = start;
    count = end - start;
    if (count < 2) {
      throw HeaderText.bad("kinds", "two or three axes of space that follow each other", count);
    }
  }

  private boolean isOfSpace(int axis) {
    return directions.isEmpty()
        ? axis >= kinds.length || OF_SPACE.contains(kinds[axis])
        : directions.get(axis).length > 0;
  }

  private long product(int from, int to) {
    long product = 1;
    for (int i = from; i < to; i++) {
      product = Math.min(1L << 40, product) * sizes[i];
    }
    return product;
  }

  VolumeHeader.Layout layout(VolumeGrid grid, VoxelType type) throws IOException {
    boolean three = first == 1 && sizes[0] == 3 && kinds.length > 0;
    boolean named = three && OF_COLOR.contains(kinds[0]);
    boolean colored = named && (type == VoxelType.UINT8 || kinds[0].endsWith("-color"));
    if (kinds.length > 0 && first == 1 && OF_NEITHER.contains(kinds[0])) {
      throw HeaderText.bad("kinds", "gray or RGB", kinds[0]);
    }
    long runs = product(first + count, sizes.length);
    return VolumeHeader.layout("sizes", grid, product(0, first), colored, runs);
  }

  /** The grid at its place. What is doubtful is found in {@link #warnings} then. */
  VolumeGrid grid() throws IOException {
    VolumeGrid size =
        VolumeHeader.grid(
            "sizes", sizes[first], sizes[first + 1], count > 2 ? sizes[first + 2] : 1);
    if (directions.isEmpty()) {
      warnings.add(VolumeHeader.UNKNOWN_PLACE);
      return spaced(size);
    }
    double mm = millimeters("space units");
    double[][] axes = new double[count][];
    for (int i = 0; i < count; i++) {
      axes[i] = scaled(directions.get(first + i), mm);
    }
    if (count < 3) {
      double[][] flat = {Arrays.copyOf(axes[0], 3), Arrays.copyOf(axes[1], 3)};
      return PatientSpace.place(size, flat, new double[3], LPS);
    }
    double[] origin = scaled(origin(), mm);
    for (double[] vector : List.of(axes[0], axes[1], axes[2], origin)) {
      if (vector.length < 3) {
        throw HeaderText.bad("space directions", "vectors of three numbers", vector.length);
      }
    }
    VolumeGrid placed = PatientSpace.place(size, axes, origin, toRas());
    if (placed.affine().isEmpty()) {
      warnings.add(VolumeHeader.UNKNOWN_PLACE);
    }
    return placed;
  }

  List<String> warnings() {
    return warnings;
  }

  private double[] toRas() {
    String space = fields.find("space").orElse("").toLowerCase(Locale.ROOT);
    String still = space.replaceFirst("(-time|(?<=^[rl][ap]s)t)$", "");
    double[] known = TO_RAS.get(still);
    if (known != null) {
      return known;
    }
    warnings.add(
        space.startsWith("scanner")
            ? "the space is that of a scanner; the patient was taken to lie on the back, head first"
            : "the space has no name of a patient's; left-posterior-superior was taken");
    return LPS;
  }

  private double[] origin() throws IOException {
    List<double[]> found = vectors("space origin", fields.find("space origin").orElse(""));
    if (found.size() == 1) {
      return found.get(0);
    }
    warnings.add("the file tells no origin; 0 was taken");
    return new double[3];
  }

  private VolumeGrid spaced(VolumeGrid size) throws IOException {
    double[] told = HeaderText.numbers("spacings", fields.find("spacings").orElse(""));
    if (told.length != sizes.length) {
      return size;
    }
    double mm = millimeters("units");
    double z = count > 2 ? mm * Math.abs(told[first + 2]) : 1;
    return PatientSpace.spaced(size, mm * Math.abs(told[first]), mm * Math.abs(told[first + 1]), z);
  }

  /** Of the first axis of space; what is not known is taken for millimeters, as by all readers. */
  private double millimeters(String field) {
    String[] units = fields.find(field).orElse("").toLowerCase(Locale.ROOT).split("\"", -1);
    int at = field.equals("units") ? first : 0;
    String unit = units.length > 2 * at + 1 ? units[2 * at + 1] : "mm";
    return switch (unit) {
      case "m", "meter", "meters" -> 1000;
      case "cm" -> 10;
      case "um", "\u00b5m", "micron", "microns" -> 1e-3;
      default -> 1;
    };
  }

  private static double[] scaled(double[] vector, double factor) {
    return Arrays.stream(vector).map(value -> factor * value).toArray();
  }

  /** Vectors such as {@code (1,0,0)}; {@code none} is an empty one. */
  private static List<double[]> vectors(String field, String text) throws IOException {
    List<double[]> vectors = new ArrayList<>();
    String rest = text.strip();
    while (!rest.isEmpty()) {
      int end = rest.startsWith("(") ? rest.indexOf(')') : 3;
      if (end < 0 || (!rest.startsWith("(") && !rest.startsWith("none"))) {
        throw HeaderText.bad(field, "vectors such as (1,0,0), or none", rest);
      }
      double[] vector =
          rest.startsWith("(")
              ? HeaderText.numbers(field, rest.substring(1, end).replace(',', ' '))
              : new double[0];
      vectors.add(vector);
      rest = rest.substring(end + 1).strip();
    }
    return vectors;
  }
}
