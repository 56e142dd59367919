package io.github.brainimaging.core.image;

import io.github.brainimaging.core.internal.Arguments;
import java.util.Locale;

/**
 * Towards which side of the patient the three voxel indices grow: RAS means that columns run to the
 * right, rows to the front (anterior), slices to the head (superior); the opposites are L, P and I.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @since 0.1.0
 */
public final class Orientation {

  /** Columns to the right, rows to the front, slices to the head: nibabel's canonical one. */
  public static final Orientation RAS = of("RAS");

  private static final String POSITIVE = "RAS";
  private static final String NEGATIVE = "LPI";

  private final String code;

  private Orientation(String code) {
    this.code = code;
    boolean[] used = new boolean[3];
    for (int i = 0; i < code.length(); i++) {
      int axis = worldAxis(code.charAt(i));
      Arguments.require(
          code.length() == 3 && axis >= 0 && !used[axis],
          "code must name one of R/L, one of A/P and one of S/I, got %s",
          code);
      used[axis] = true;
    }
    Arguments.require(code.length() == 3, "code must be of three letters, got %s", code);
  }

  /**
   * An orientation from its letters.
   *
   * @param code one letter per index: one of R/L, one of A/P, one of S/I, in any order; upper or
   *     lower case
   * @return the orientation
   * @throws IllegalArgumentException if it is anything else
   */
  public static Orientation of(String code) {
    return new Orientation(code.toUpperCase(Locale.ROOT));
  }

  /**
   * The orientation that a volume's affine comes closest to: of the rotation nearest to it, each
   * index takes the axis with the largest part that no index before has taken. As nibabel's {@code
   * aff2axcodes}.
   *
   * @param affine voxel to RAS+ mm
   * @return the orientation
   */
  static Orientation of(Affine affine) {
    VoxelSpacing spacing = affine.spacing();
    Affine rotation =
        Affine.scaling(1 / spacing.x(), 1 / spacing.y(), 1 / spacing.z()).then(affine);
    // Newton's iteration for the polar decomposition, Higham 1986, converges quadratically.
    for (int i = 0; i < 64; i++) {
      rotation = halfwayToInverseTranspose(rotation);
    }
    StringBuilder code = new StringBuilder();
    boolean[] used = new boolean[3];
    for (int column = 0; column < 3; column++) {
      int best = -1;
      for (int row = 0; row < 3; row++) {
        if (!used[row]
            && (best < 0
                || Math.abs(rotation.get(row, column)) > Math.abs(rotation.get(best, column)))) {
          best = row;
        }
      }
      used[best] = true;
      String letters = rotation.get(best, column) < 0 ? NEGATIVE : POSITIVE;
      code.append(letters.charAt(best));
    }
    return new Orientation(code.toString());
  }

  private static Affine halfwayToInverseTranspose(Affine m) {
    Affine inverse = m.inverse();
    double[] mean = new double[12];
    for (int row = 0; row < 3; row++) {
      for (int column = 0; column < 3; column++) {
        mean[4 * row + column] = (m.get(row, column) + inverse.get(column, row)) / 2;
      }
    }
    return Affine.of(mean);
  }

  private static int worldAxis(char letter) {
    return Math.max(POSITIVE.indexOf(letter), NEGATIVE.indexOf(letter));
  }

  /**
   * The patient axis that an index follows.
   *
   * @param index 0 for columns, 1 for rows, 2 for slices
   * @return 0 for right-left, 1 for front-back, 2 for head-foot
   * @throws IndexOutOfBoundsException if there is no such index
   */
  public int axis(int index) {
    return worldAxis(code.charAt(index));
  }

  /**
   * Whether an index grows towards right, front or head.
   *
   * @param index 0 for columns, 1 for rows, 2 for slices
   * @return false for left, back and foot
   * @throws IndexOutOfBoundsException if there is no such index
   */
  public boolean isPositive(int index) {
    return POSITIVE.indexOf(code.charAt(index)) >= 0;
  }

  /** Equal letters. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Orientation that && code.equals(that.code);
  }

  @Override
  public int hashCode() {
    return code.hashCode();
  }

  /** The three letters, such as RAS. */
  @Override
  public String toString() {
    return code;
  }
}
