package io.github.brainimaging.core.registration;

import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.internal.Arguments;
import java.util.Optional;

/**
 * The plane that divides a head into its left and its right half, found from the head itself: the
 * one in which the mirrored head resembles the head most (the correlation of gray values, searched
 * from coarse to fine). It is needed since heads lie turned in the scanner: there the plane {@code
 * x = 0} passes by the midline by a centimeter and more.
 *
 * <p>Coordinates are RAS+ mm: {@code normal . p = offset}, the normal of length 1 pointing to the
 * patient's right.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @param normalX to the right, above 0.7
 * @param normalY to the front
 * @param normalZ to the head
 * @param offsetMm distance of the plane from the origin along the normal
 * @param similarity the correlation of the head with its mirror image, at most 1
 * @since 0.1.0
 */
public record SymmetryPlane(
    double normalX, double normalY, double normalZ, double offsetMm, double similarity) {

  private static final double UNIT = 1e-6;

  /**
   * Checks the normal.
   *
   * @param normalX to the right
   * @param normalY to the front
   * @param normalZ to the head
   * @param offsetMm distance of the plane from the origin along the normal
   * @param similarity the correlation of the head with its mirror image
   * @throws IllegalArgumentException if the normal is not of length 1 or does not point to the
   *     right
   */
  public SymmetryPlane {
    double length = Math.sqrt(normalX * normalX + normalY * normalY + normalZ * normalZ);
    Arguments.require(
        Math.abs(length - 1) < UNIT && normalX > 0,
        "normal must point to the right and have length 1, got %s, %s, %s",
        normalX,
        normalY,
        normalZ);
  }

  /**
   * Finds the plane.
   *
   * @param head a head or a brain, gray, of any modality; it may be cut at the top, the bottom, the
   *     front and the back
   * @return empty where it cannot be told: the orientation is unknown, there is one slice only, the
   *     volume is constant or has several channels, most of one half is missing, or head and mirror
   *     image differ too much (a correlation below 0.6)
   */
  public static Optional<SymmetryPlane> of(MedicalVolume head) {
    return SymmetrySearch.find(head);
  }

  /**
   * How far a point is from the plane.
   *
   * @param x to the right, in mm
   * @param y to the front, in mm
   * @param z to the head, in mm
   * @return mm; positive on the patient's right, negative on the left
   */
  public double distanceMm(double x, double y, double z) {
    return normalX * x + normalY * y + normalZ * z - offsetMm;
  }
}
