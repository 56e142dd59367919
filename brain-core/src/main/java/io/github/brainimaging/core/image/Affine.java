package io.github.brainimaging.core.image;

import io.github.brainimaging.core.internal.Arguments;
import java.util.Arrays;
import java.util.Objects;

/**
 * An invertible affine map of three-dimensional space: {@code (x, y, z, 1)} times a matrix of three
 * rows and four columns, the fourth of which is the translation.
 *
 * <p>That of a volume takes voxel indices (column, row, slice; the center of the first voxel is the
 * origin) to millimeters in the patient, RAS+: the first coordinate grows towards the patient's
 * right, the second towards the front, the third towards the head. This is the convention of NIfTI
 * and nibabel; DICOM counts towards left and back instead.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @since 0.1.0
 */
public final class Affine {

  /** Volumes of unit columns below this cannot be told from rounding. */
  private static final double LEAST_DETERMINANT = 1e-9;

  /** Values beyond this, or axes shorter than its inverse, overflow when the map is inverted. */
  private static final double LARGEST_LENGTH = 1e60;

  private static final Affine IDENTITY = scaling(1, 1, 1);

  private final double[] rows;

  private Affine(double[] rows) {
    this.rows = rows;
    Arguments.require(
        isInvertible(rows), "rows must be finite and invertible, got %s", Arrays.toString(rows));
  }

  /**
   * A map from its matrix.
   *
   * @param rows twelve finite values, row after row; the fourth row (0, 0, 0, 1) is left out;
   *     copied
   * @return the map
   * @throws IllegalArgumentException if there are not twelve values, one is not finite, or the map
   *     cannot be inverted
   */
  public static Affine of(double... rows) {
    Arguments.require(rows.length == 12, "rows must hold 12 values, got %s", rows.length);
    return new Affine(rows.clone());
  }

  /**
   * Whether {@link #of} takes a matrix: all values are finite, the axes are from 1e-60 to 1e60
   * long, and they do not lie in one plane (the determinant of the normalized columns is at least
   * 1e-9).
   *
   * @param rows twelve values, row after row
   * @return false if {@link #of} throws for it
   */
  public static boolean isInvertible(double... rows) {
    double scale = 1;
    for (int column = 0; column < 3; column++) {
      double length = norm(rows, column);
      if (!(length >= 1 / LARGEST_LENGTH && length <= LARGEST_LENGTH)) {
        return false;
      }
      scale *= length;
    }
    return Math.abs(determinant(rows)) >= LEAST_DETERMINANT * scale
        && Arrays.stream(rows).allMatch(value -> Math.abs(value) <= LARGEST_LENGTH);
  }

  /**
   * The map that changes nothing.
   *
   * @return the identity
   */
  public static Affine identity() {
    return IDENTITY;
  }

  /**
   * A scaling of each axis about the origin.
   *
   * @param x factor, finite, not zero
   * @param y factor, finite, not zero
   * @param z factor, finite, not zero
   * @return the map
   * @throws IllegalArgumentException if a factor is zero or not finite
   */
  public static Affine scaling(double x, double y, double z) {
    return new Affine(new double[] {x, 0, 0, 0, 0, y, 0, 0, 0, 0, z, 0});
  }

  /**
   * A translation.
   *
   * @param x added to the first coordinate, finite
   * @param y added to the second coordinate, finite
   * @param z added to the third coordinate, finite
   * @return the map
   * @throws IllegalArgumentException if a value is not finite
   */
  public static Affine translation(double x, double y, double z) {
    return new Affine(new double[] {1, 0, 0, x, 0, 1, 0, y, 0, 0, 1, z});
  }

  /**
   * One number of the matrix.
   *
   * @param row 0 to 2
   * @param column 0 to 3; 3 is the translation
   * @return the number
   * @throws IndexOutOfBoundsException if it is outside the matrix
   */
  public double get(int row, int column) {
    Objects.checkIndex(row, 3);
    Objects.checkIndex(column, 4);
    return rows[4 * row + column];
  }

  /**
   * The matrix.
   *
   * @return a new array of twelve values, row after row, as {@link #of} takes them
   */
  public double[] toArray() {
    return rows.clone();
  }

  /**
   * Where a point goes.
   *
   * @param x first coordinate
   * @param y second coordinate
   * @param z third coordinate
   * @return three values
   */
  public double[] apply(double x, double y, double z) {
    double[] result = new double[3];
    for (int row = 0; row < 3; row++) {
      int i = 4 * row;
      result[row] = rows[i] * x + rows[i + 1] * y + rows[i + 2] * z + rows[i + 3];
    }
    return result;
  }

  /**
   * This map, then another. {@code a.then(b.inverse())} takes voxels of the grid a to those of b.
   *
   * @param next what to apply to this map's result
   * @return both as one map
   */
  public Affine then(Affine next) {
    double[] product = new double[12];
    for (int row = 0; row < 3; row++) {
      for (int column = 0; column < 4; column++) {
        double sum = column == 3 ? next.rows[4 * row + 3] : 0;
        for (int k = 0; k < 3; k++) {
          sum += next.rows[4 * row + k] * rows[4 * k + column];
        }
        product[4 * row + column] = sum;
      }
    }
    return new Affine(product);
  }

  /**
   * The map back.
   *
   * @return the inverse
   */
  public Affine inverse() {
    double determinant = determinant();
    double[] inverse = new double[12];
    for (int row = 0; row < 3; row++) {
      for (int column = 0; column < 3; column++) {
        inverse[4 * row + column] = cofactor(rows, column, row) / determinant;
      }
    }
    for (int row = 0; row < 3; row++) {
      double sum = 0;
      for (int k = 0; k < 3; k++) {
        sum += inverse[4 * row + k] * rows[4 * k + 3];
      }
      inverse[4 * row + 3] = -sum;
    }
    return new Affine(inverse);
  }

  /**
   * The volume that a unit cube becomes: of a voxel in mm3.
   *
   * @return not zero; negative if the map turns a right hand into a left one
   */
  public double determinant() {
    return determinant(rows);
  }

  /**
   * The lengths of the three columns: the distance between voxel centers along each index.
   *
   * @return the spacing in mm
   */
  public VoxelSpacing spacing() {
    return new VoxelSpacing(norm(rows, 0), norm(rows, 1), norm(rows, 2));
  }

  /**
   * Which patient axis each index follows most closely, as nibabel's {@code aff2axcodes}.
   *
   * @return the orientation
   */
  public Orientation orientation() {
    return Orientation.of(this);
  }

  private static double determinant(double[] m) {
    return m[0] * cofactor(m, 0, 0) + m[1] * cofactor(m, 0, 1) + m[2] * cofactor(m, 0, 2);
  }

  private static double cofactor(double[] m, int row, int column) {
    int below = 4 * ((row + 1) % 3);
    int last = 4 * ((row + 2) % 3);
    int right = (column + 1) % 3;
    int end = (column + 2) % 3;
    return m[below + right] * m[last + end] - m[below + end] * m[last + right];
  }

  private static double norm(double[] m, int column) {
    return Math.sqrt(
        m[column] * m[column] + m[4 + column] * m[4 + column] + m[8 + column] * m[8 + column]);
  }

  /** Equal matrices, number by number. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Affine that && Arrays.equals(rows, that.rows);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(rows);
  }

  /** The three rows. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("Affine[");
    for (int row = 0; row < 3; row++) {
      text.append(row == 0 ? "" : "; ");
      for (int column = 0; column < 4; column++) {
        text.append(column == 0 ? "" : ", ").append(rows[4 * row + column]);
      }
    }
    return text.append(']').toString();
  }
}
