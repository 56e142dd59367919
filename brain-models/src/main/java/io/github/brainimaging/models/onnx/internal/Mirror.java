package io.github.brainimaging.models.onnx.internal;

import io.github.brainimaging.core.image.MedicalImage;

/** Exchanges left and right. */
public final class Mirror {

  private Mirror() {}

  public static MedicalImage of(MedicalImage image) {
    int width = image.width();
    float[] from = image.samples();
    float[] to = new float[from.length];
    for (int i = 0; i < from.length; i++) {
      int x = i % width;
      to[i] = from[i - x + width - 1 - x];
    }
    return image.wrapSamples(to);
  }
}
