package io.github.brainimaging.core.registration;

import io.github.brainimaging.core.image.Affine;

/**
 * What a search may change, as a point whose coordinates are all of about a millimeter at the rim
 * of a head: shift x and y and the angle about z, of a volume also shift z and the angles about x
 * and y; then, if it may stretch, the stretch of each axis and the shears, in hundredths.
 */
record Freedom(boolean slice, boolean stretches, double x, double y, double z) {

  /** No two heads differ by more than this factor. */
  private static final double MOST_STRETCH = 1.6;

  private static final double HUNDREDTH = 0.01;

  /** A tenth costs 0.004. */
  private static final double STIFFNESS = 4e-5;

  /** With a center about which is turned and stretched. */
  static Freedom about(double[] center, boolean slice, boolean stretches) {
    return new Freedom(slice, stretches, center[0], center[1], center[2]);
  }

  /** How many coordinates a move without a stretch has. */
  private int rigidSize() {
    return slice ? 3 : 6;
  }

  /** The place that does the same and may be stretched. */
  PatternSearch.Place stretching(PatternSearch.Place rigid) {
    double[] all = new double[slice ? 6 : 12];
    System.arraycopy(rigid.coordinates(), 0, all, 0, rigidSize());
    return new PatternSearch.Place(all);
  }

  RigidTransform rigid(double[] p) {
    return new RigidTransform(
        slice ? 0 : p[4], slice ? 0 : p[5], p[2], p[0], p[1], slice ? 0 : p[3], x, y, z);
  }

  /** The whole of it: first stretched about the center, then turned and shifted. */
  Affine affine(double[] p) {
    Affine rigid = rigid(p).toAffine();
    if (!stretches) {
      return rigid;
    }
    int at = rigidSize();
    Affine stretch =
        slice
            ? Affine.of(
                factor(p[at]), shear(p[at + 2]), 0, 0, 0, factor(p[at + 1]), 0, 0, 0, 0, 1, 0)
            : Affine.of(
                factor(p[at]),
                shear(p[at + 3]),
                shear(p[at + 4]),
                0,
                0,
                factor(p[at + 1]),
                shear(p[at + 5]),
                0,
                0,
                0,
                factor(p[at + 2]),
                0);
    return Affine.translation(-x, -y, -z)
        .then(stretch)
        .then(Affine.translation(x, y, z))
        .then(rigid);
  }

  private static double factor(double hundredths) {
    return StrictMath.exp(HUNDREDTH * hundredths);
  }

  private static double shear(double hundredths) {
    return HUNDREDTH * hundredths;
  }

  /** Whether no axis is stretched or sheared more than heads can differ. */
  boolean allows(double[] p) {
    double most = StrictMath.log(MOST_STRETCH) / HUNDREDTH;
    for (int i = rigidSize(); i < p.length; i++) {
      if (Math.abs(p[i]) > most) {
        return false;
      }
    }
    return true;
  }

  /**
   * What stretches and shears cost, of the measure: it alone can grow where they bring air onto air
   * (J. Ashburner et al.: Incorporating prior knowledge into image registration, NeuroImage 6,
   * 1997, 344, with a simpler prior).
   */
  double cost(double[] p) {
    double sum = 0;
    for (int i = rigidSize(); i < p.length; i++) {
      sum += p[i] * p[i];
    }
    return STIFFNESS * sum;
  }
}
