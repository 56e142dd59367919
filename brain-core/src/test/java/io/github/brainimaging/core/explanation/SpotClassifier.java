package io.github.brainimaging.core.explanation;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.inference.Classifier;
import io.github.brainimaging.core.inference.Prediction;
import java.util.List;
import java.util.Set;

/** Looks at one place of 8 x 8 pixels and at nothing else: the brighter, the likelier a spot. */
public record SpotClassifier(int x, int y) implements Classifier {

  static final int SIDE = 8;

  /** A head of gray values with a bright spot where the classifier looks. */
  public MedicalImage head(int width, int height) {
    float[] samples = new float[width * height];
    for (int v = 0; v < height; v++) {
      for (int u = 0; u < width; u++) {
        double r =
            Math.hypot((u - width / 2.0) / (0.45 * width), (v - height / 2.0) / (0.45 * height));
        samples[v * width + u] = r < 1 ? 80 + (u * 7 + v * 13) % 10 : 0;
        if (u >= x && u < x + SIDE && v >= y && v < y + SIDE) {
          samples[v * width + u] = 200;
        }
      }
    }
    return MedicalImage.ofGray(width, height, samples);
  }

  @Override
  public List<String> labels() {
    return List.of("spot", "none");
  }

  @Override
  public Prediction classify(MedicalImage image) {
    double sum = 0;
    for (int v = y; v < y + SIDE; v++) {
      for (int u = x; u < x + SIDE; u++) {
        sum += image.get(u, v);
      }
    }
    double p = 1 / (1 + Math.exp(-(sum / (SIDE * SIDE) - 120) / 20));
    return Prediction.of(labels(), Set.of("spot"), p, 1 - p);
  }
}
