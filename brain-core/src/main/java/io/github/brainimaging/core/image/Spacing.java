package io.github.brainimaging.core.image;

import io.github.brainimaging.core.internal.Arguments;

/**
 * Distance between the centers of neighboring pixels, in millimeters. A raster file such as PNG
 * does not tell it: then both values are NaN and {@link #isKnown()} is false; nothing is ever
 * assumed in its place.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @param x distance between columns in mm, positive, or NaN if unknown
 * @param y distance between rows in mm, positive, or NaN if unknown
 * @since 0.1.0
 */
public record Spacing(double x, double y) {

  /** The spacing of an image whose file does not tell it. */
  public static final Spacing UNKNOWN = new Spacing(Double.NaN, Double.NaN);

  /**
   * Checks the values.
   *
   * @param x distance between columns in mm, positive, or NaN if unknown
   * @param y distance between rows in mm, positive, or NaN if unknown
   * @throws IllegalArgumentException if a value is zero, negative or infinite, or only one is NaN
   */
  public Spacing {
    if (!(Double.isNaN(x) && Double.isNaN(y))) {
      Arguments.requirePositive("x", x);
      Arguments.requirePositive("y", y);
    }
  }

  /**
   * A spacing that is the same in both directions.
   *
   * @param millimeters distance between pixel centers in mm, positive
   * @return the spacing
   */
  public static Spacing ofMillimeters(double millimeters) {
    return new Spacing(Arguments.requirePositive("millimeters", millimeters), millimeters);
  }

  /**
   * Whether the spacing is known.
   *
   * @return false for {@link #UNKNOWN}
   */
  public boolean isKnown() {
    return !Double.isNaN(x);
  }

  /**
   * The area of one pixel.
   *
   * @return mm2, NaN if the spacing is unknown
   */
  public double pixelAreaMm2() {
    return x * y;
  }
}
