package io.github.brainimaging.models.training;

import ai.djl.ndarray.NDArray;
import io.github.brainimaging.core.internal.Arguments;

/** Hard example mining: of many losses the largest count. */
final class Hardest {

  private Hardest() {}

  static void requireShare(double share) {
    Arguments.require(
        share > 0 && share <= 1, "hardestShare must be above 0, at most 1, got %s", share);
  }

  /** The mean of the largest losses, at least of one. */
  static NDArray mean(NDArray losses, double share) {
    if (share == 1) {
      return losses.mean();
    }
    NDArray flat = losses.flatten();
    int count = (int) Math.max(1, Math.round(share * flat.size()));
    return flat.topK(count, 0).get(0).mean();
  }
}
