package io.github.brainimaging.segmentation.internal;

import io.github.brainimaging.core.image.Spacing;

/** The shape of a pixel without its size, for lengths that are measured in parts of the head. */
public final class PixelShape {

  private static final Spacing SQUARE = new Spacing(1, 1);

  private PixelShape() {}

  /**
   * A spacing with the same ratio of its sides and a pixel area of 1.
   *
   * @param spacing the spacing of an image
   * @return 1 by 1 if the spacing is unknown
   */
  public static Spacing of(Spacing spacing) {
    double side = Math.sqrt(spacing.pixelAreaMm2());
    return spacing.isKnown() ? new Spacing(spacing.x() / side, spacing.y() / side) : SQUARE;
  }
}
