package io.github.brainimaging.core.io.internal.nifti;

import io.github.brainimaging.core.image.Affine;
import io.github.brainimaging.core.image.VoxelSpacing;
import java.util.Optional;

/**
 * The rotation of a qform: the last three parts of a unit quaternion whose first is not negative
 * (of left-handed axes, with the third turned round), after {@code nifti_mat44_to_quatern} of the
 * reference library.
 *
 * @param b second part
 * @param c third part
 * @param d fourth part
 */
record Quaternion(double b, double c, double d) {

  /** The largest cosine between two axes that still counts as a right angle. */
  private static final double RIGHT_ANGLE = 1e-5;

  /** The rotation of an affine; empty if its axes are not at right angles. */
  static Optional<Quaternion> of(Affine affine) {
    int flip = affine.determinant() < 0 ? -1 : 1;
    VoxelSpacing spacing = affine.spacing();
    double[] scale = {spacing.x(), spacing.y(), flip * spacing.z()};
    double[][] r = new double[3][3];
    for (int row = 0; row < 3; row++) {
      for (int column = 0; column < 3; column++) {
        r[row][column] = affine.get(row, column) / scale[column];
      }
    }
    for (int i = 0; i < 3; i++) {
      int j = (i + 1) % 3;
      double cosine = r[0][i] * r[0][j] + r[1][i] * r[1][j] + r[2][i] * r[2][j];
      if (Math.abs(cosine) > RIGHT_ANGLE) {
        return Optional.empty();
      }
    }
    return Optional.of(of(r));
  }

  /** Divides by the largest of the four parts, which loses the least precision. */
  private static Quaternion of(double[][] r) {
    double trace = r[0][0] + r[1][1] + r[2][2];
    if (trace > 0) {
      double a = Math.sqrt(1 + trace) / 2;
      return new Quaternion(
          (r[2][1] - r[1][2]) / (4 * a),
          (r[0][2] - r[2][0]) / (4 * a),
          (r[1][0] - r[0][1]) / (4 * a));
    }
    int i = r[1][1] > r[0][0] ? 1 : 0;
    i = r[2][2] > r[i][i] ? 2 : i;
    int j = (i + 1) % 3;
    int k = (i + 2) % 3;
    double largest = Math.sqrt(1 + r[i][i] - r[j][j] - r[k][k]) / 2;
    double[] part = new double[3];
    part[i] = largest;
    part[j] = (r[j][i] + r[i][j]) / (4 * largest);
    part[k] = (r[k][i] + r[i][k]) / (4 * largest);
    double sign = r[k][j] - r[j][k] < 0 ? -1 : 1;
    return new Quaternion(sign * part[0], sign * part[1], sign * part[2]);
  }
}
