package io.github.brainimaging.core.geometry;

import io.github.brainimaging.core.image.Orientation;

/**
 * The three planes of the body, with the side that radiologists have at the left and the top of the
 * picture.
 */
public enum AnatomicalPlane {
  /** Patient's right at the left, front at the top; slices from foot to head. */
  AXIAL("LPS"),
  /** Patient's right at the left, head at the top; slices from back to front. */
  CORONAL("LIA"),
  /** Patient's front at the left, head at the top; slices from left to right. */
  SAGITTAL("PIR");

  private final String code;

  AnatomicalPlane(String code) {
    this.code = code;
  }

  /**
   * The orientation of a volume whose slices lie in this plane: columns run from the left of the
   * picture to the right, rows from the top to the bottom.
   *
   * @return the orientation
   */
  public Orientation orientation() {
    return Orientation.of(code);
  }
}
