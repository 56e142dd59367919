package io.github.brainimaging.core.registration;

import io.github.brainimaging.core.image.Affine;
import java.util.Locale;

/**
 * A rotation about a center, then a shift: {@code R (p - c) + c + t} with {@code R = Rz Ry Rx}. A
 * positive angle about z turns x toward y, about x turns y toward z, about y turns z toward x. In a
 * slice only the angle about z and the shifts along x and y are not 0; y points down there, so a
 * positive angle looks clockwise.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @param rotationXDegrees angle about x in degrees
 * @param rotationYDegrees angle about y in degrees
 * @param rotationZDegrees angle about z in degrees
 * @param shiftX shift along x, in mm, or pixels where the spacing is not known
 * @param shiftY shift along y, likewise
 * @param shiftZ shift along z, likewise
 * @param centerX the center's x, in the coordinates of the fixed image
 * @param centerY the center's y
 * @param centerZ the center's z
 * @since 0.1.0
 */
public record RigidTransform(
    double rotationXDegrees,
    double rotationYDegrees,
    double rotationZDegrees,
    double shiftX,
    double shiftY,
    double shiftZ,
    double centerX,
    double centerY,
    double centerZ) {

  /**
   * The transform as a matrix.
   *
   * @return from points of the fixed image to points of the moving one
   */
  public Affine toAffine() {
    return Affine.translation(-centerX, -centerY, -centerZ)
        .then(rotation(1, 2, rotationXDegrees))
        .then(rotation(2, 0, rotationYDegrees))
        .then(rotation(0, 1, rotationZDegrees))
        .then(Affine.translation(centerX + shiftX, centerY + shiftY, centerZ + shiftZ));
  }

  /**
   * The move in words, for reports.
   *
   * @param unit that of the shifts, such as "mm"
   * @return such as "turned by 1.50, 0.00, -3.20 degrees about x, y, z, shifted by 4.00, 0.00, 0.00
   *     mm"
   */
  public String words(String unit) {
    return String.format(
        Locale.ROOT,
        "turned by %.2f, %.2f, %.2f degrees about x, y, z, shifted by %.2f, %.2f, %.2f %s",
        rotationXDegrees,
        rotationYDegrees,
        rotationZDegrees,
        shiftX,
        shiftY,
        shiftZ,
        unit);
  }

  /** Turns one axis toward another. */
  private static Affine rotation(int from, int toward, double degrees) {
    double angle = Math.toRadians(degrees);
    double[] rows = {1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0};
    rows[4 * from + from] = StrictMath.cos(angle);
    rows[4 * from + toward] = -StrictMath.sin(angle);
    rows[4 * toward + from] = StrictMath.sin(angle);
    rows[4 * toward + toward] = StrictMath.cos(angle);
    return Affine.of(rows);
  }
}
