package io.github.brainimaging.core.image;

import java.util.Objects;

/** What images and volumes do alike with their samples. */
final class Samples {

  private Samples() {}

  static void copy(float[] samples, float[] target, int offset) {
    Objects.checkFromIndexSize(offset, samples.length, target.length);
    System.arraycopy(samples, 0, target, offset, samples.length);
  }

  /** {min, max} of the finite samples, or {NaN, NaN} if there is none. */
  static float[] range(float[] samples) {
    float min = Float.POSITIVE_INFINITY;
    float max = Float.NEGATIVE_INFINITY;
    for (float v : samples) {
      if (Float.isFinite(v)) {
        min = Math.min(min, v);
        max = Math.max(max, v);
      }
    }
    return min <= max ? new float[] {min, max} : new float[] {Float.NaN, Float.NaN};
  }
}
