package io.github.brainimaging.core.io.internal.codec.jpeg2000;

/** The inverse color transforms of the first three components (T.800, annex G). */
final class ColorTransform {

  private ColorTransform() {}

  static void invert(float[][] samples, boolean reversible) {
    for (int i = 0; i < samples[0].length; i++) {
      float y = samples[0][i];
      float cb = samples[1][i];
      float cr = samples[2][i];
      if (reversible) {
        int green = (int) y - (((int) cb + (int) cr) >> 2);
        samples[0][i] = cr + green;
        samples[1][i] = green;
        samples[2][i] = cb + green;
      } else {
        samples[0][i] = y + 1.402f * cr;
        samples[1][i] = y - 0.344136f * cb - 0.714136f * cr;
        samples[2][i] = y + 1.772f * cb;
      }
    }
  }
}
