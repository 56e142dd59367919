package io.github.brainimaging.models.onnx.internal;

import io.github.brainimaging.core.inference.Prediction;
import io.github.brainimaging.models.card.ModelCard;
import io.github.brainimaging.models.card.ModelException;
import java.util.List;

/** What a network's values mean by its card: the one way from outputs to an answer. */
public final class Answers {

  private Answers() {}

  /**
   * The probabilities that outputs stand for, calibrated as the card says.
   *
   * @param outputs one value per output, finite
   * @throws ModelException if they are no probabilities although they should be
   */
  public static double[] probabilities(ModelCard card, double[] outputs) {
    return calibrated(card, card.activation().probabilities(outputs));
  }

  /** Probabilities at the card's temperature, then scaled class by class. */
  public static double[] calibrated(ModelCard card, double[] probabilities) {
    return card.scaling().applied(card.activation().sharpened(probabilities, card.temperature()));
  }

  /** Of calibrated probabilities, one for each output. */
  public static Prediction prediction(ModelCard card, double[] p) {
    List<String> labels = card.labels();
    Prediction prediction;
    if (p.length < labels.size()) { // one output for two labels: it speaks of the second
      prediction = Prediction.of(labels, card.tumorLabels(), 1 - p[0], p[0]);
    } else if (card.activation().independent(p.length)) {
      prediction = Prediction.ofIndependent(labels, card.tumorLabels(), p);
    } else {
      prediction = Prediction.of(labels, card.tumorLabels(), p);
    }
    return card.threshold() == 0.5 ? prediction : prediction.withThreshold(card.threshold());
  }
}
