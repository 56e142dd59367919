package io.github.brainimaging.models.onnx.internal;

import io.github.brainimaging.core.explanation.Explanation;
import io.github.brainimaging.core.image.BoundingBox;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.inference.Prediction;
import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.core.transform.spatial.Interpolation;
import io.github.brainimaging.core.transform.spatial.Placement;
import io.github.brainimaging.core.transform.spatial.Resize;
import io.github.brainimaging.models.card.ModelCard;
import java.util.Arrays;

/** What maps of a class on a network's last feature map have in common. */
public final class ClassMap {

  private ClassMap() {}

  /** Refuses a label that the model does not have. */
  public static void requireLabel(ModelCard card, String label) {
    Arguments.require(
        card.labels().contains(label), "label must be one of %s, got %s", card.labels(), label);
  }

  /**
   * The class that the model gives; where it gives none of several independent ones, the likeliest.
   *
   * @param outputs what the network gives for the image, as its card says
   */
  public static String label(ModelCard card, double[] outputs) {
    double[] probabilities = Answers.probabilities(card, outputs);
    Prediction prediction = Answers.prediction(card, probabilities);
    if (card.labels().contains(prediction.label())) {
      return prediction.label();
    }
    int best = 0;
    for (int i = 1; i < probabilities.length; i++) {
      best = probabilities[i] > probabilities[best] ? i : best;
    }
    return card.labels().get(best);
  }

  /**
   * How much each score before the activation speaks for a class: the class' own less the mean of
   * the others, where labels exclude each other; its own alone where they do not.
   *
   * @param scores how many there are
   */
  public static float[] evidence(ModelCard card, int scores, String label) {
    int index = card.labels().indexOf(label);
    float[] weights = new float[scores];
    if (scores == 1 && card.labels().size() == 2) { // it speaks of the second
      weights[0] = index == 1 ? 1 : -1;
      return weights;
    }
    if (!card.activation().independent(scores)) {
      Arrays.fill(weights, -1f / (scores - 1));
    }
    weights[index] = 1;
    return weights;
  }

  /**
   * Places enlarged linearly to what of the image the network sees.
   *
   * @param places row by row, over the whole of the network's input
   */
  public static MedicalImage seen(float[] places, int columns, Placement placement) {
    MedicalImage grid =
        Resize.to(placement.gridWidth(), placement.gridHeight())
            .withInterpolation(Interpolation.BILINEAR)
            .apply(MedicalImage.wrap(columns, places.length / columns, 1, places));
    return placement.toSource(grid);
  }

  /**
   * Lays a map on the image's grid; what the network does not see is 0.
   *
   * @param zero the value of the map that becomes 0
   */
  public static Explanation laid(
      String method,
      String label,
      MedicalImage seen,
      float zero,
      BoundingBox source,
      MedicalImage image) {
    float[] all = new float[image.width() * image.height()];
    for (int y = 0; y < source.height(); y++) {
      for (int x = 0; x < source.width(); x++) {
        all[(y + source.y()) * image.width() + x + source.x()] = seen.get(x, y) - zero;
      }
    }
    MedicalImage effects =
        MedicalImage.wrap(image.width(), image.height(), 1, all).withSpacing(image.spacing());
    return Explanation.of(method, label, effects);
  }
}
