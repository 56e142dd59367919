package io.github.brainimaging.segmentation.internal;

import boofcv.struct.image.GrayU8;
import io.github.brainimaging.core.image.Mask;

/** Masks in BoofCV's form. */
public final class BoofImages {

  private BoofImages() {}

  /**
   * A mask as BoofCV's binary image.
   *
   * @param mask the mask
   * @return a new image, 1 inside and 0 outside
   */
  public static GrayU8 of(Mask mask) {
    boolean[] inside = mask.toArray();
    GrayU8 image = new GrayU8(mask.width(), mask.height());
    for (int i = 0; i < inside.length; i++) {
      image.data[i] = (byte) (inside[i] ? 1 : 0);
    }
    return image;
  }
}
