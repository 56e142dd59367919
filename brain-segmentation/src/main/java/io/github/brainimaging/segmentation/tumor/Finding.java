package io.github.brainimaging.segmentation.tumor;

import io.github.brainimaging.core.image.Mask;
import java.util.OptionalDouble;

/**
 * What a {@link LesionFinder} found.
 *
 * @param lesion its pixels, empty if there is none
 * @param confidence 0 to 1; empty if nothing was found or the finder cannot tell
 */
record Finding(Mask lesion, OptionalDouble confidence) {

  static Finding nothing(int width, int height) {
    return new Finding(Mask.empty(width, height), OptionalDouble.empty());
  }
}
