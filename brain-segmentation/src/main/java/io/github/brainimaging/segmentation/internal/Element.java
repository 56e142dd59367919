package io.github.brainimaging.segmentation.internal;

/**
 * A structuring element that is symmetric about its center. Beyond the border there is nothing to
 * add and nothing to take away.
 */
public interface Element {

  /**
   * The pixels that the element, laid on any pixel of the mask, covers.
   *
   * @param mask the mask
   * @return the dilated mask
   */
  BitMask dilate(BitMask mask);

  /**
   * Erosion where all is outside beyond the border: with a disk or ball, the pixels that are
   * farther than its radius from any pixel outside.
   *
   * @param mask the mask
   * @return the pixels deep in the mask
   */
  BitMask erodeFromBorder(BitMask mask);

  /**
   * The pixels on which the element can be laid without leaving the mask.
   *
   * @param mask the mask
   * @return the eroded mask
   */
  default BitMask erode(BitMask mask) {
    return dilate(mask.not()).not();
  }

  /**
   * Erosion, then dilation.
   *
   * @param mask the mask
   * @return a part of the mask
   */
  default BitMask open(BitMask mask) {
    return dilate(erode(mask));
  }

  /**
   * Dilation, then erosion.
   *
   * @param mask the mask
   * @return the mask and what was filled
   */
  default BitMask close(BitMask mask) {
    return erode(dilate(mask));
  }
}
