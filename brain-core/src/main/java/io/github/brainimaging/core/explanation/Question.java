package io.github.brainimaging.core.explanation;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.inference.Classifier;
import io.github.brainimaging.core.inference.Prediction;
import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.core.work.Progress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.ToDoubleFunction;

/** Asks a classifier how much it believes in a class, for many changed images. */
record Question(Classifier classifier, String label, Progress progress) {

  private static final int BATCH = 16;

  /** What float32 cannot tell from 0 or 1. */
  private static final double LEAST = 1e-9;

  private static final double ROUNDING = 1e-3;

  Question {
    Arguments.require(
        classifier.labels().contains(label),
        "label must be one of %s, got %s",
        classifier.labels(),
        label);
  }

  /** About the class that the classifier gives, or the likeliest where it gives none. */
  static Question about(Classifier classifier, MedicalImage image, Progress progress) {
    Prediction prediction = classifier.classify(image);
    String label = prediction.label();
    if (label.equals(Prediction.NONE) && !classifier.labels().contains(label)) {
      label =
          prediction.probabilities().entrySet().stream()
              .max(Map.Entry.comparingByValue())
              .orElseThrow()
              .getKey();
    }
    return new Question(classifier, label, progress);
  }

  /** The natural logarithm of the odds of the class for each of some images, made as needed. */
  double[] logOdds(String what, int count, IntFunction<MedicalImage> images) {
    return ask(what, count, images, this::logOdds);
  }

  /** How far the answer, with all its labels, is from that for another image. */
  double[] changes(MedicalImage from, String what, int count, IntFunction<MedicalImage> images) {
    double[] whole = logRatios(classifier.classify(from));
    return ask(
        what,
        count,
        images,
        prediction -> {
          double[] changed = logRatios(prediction);
          double sum = 0;
          for (int i = 0; i < whole.length; i++) {
            sum += Math.abs(changed[i] - whole[i]);
          }
          return sum;
        });
  }

  /** Logarithms of the probabilities less their mean (Aitchison 1982). */
  private static double[] logRatios(Prediction prediction) {
    double[] logs =
        prediction.probabilities().values().stream()
            .mapToDouble(p -> Math.log(Math.max(LEAST, p)))
            .toArray();
    double mean = Arrays.stream(logs).average().orElseThrow();
    return Arrays.stream(logs).map(log -> log - mean).toArray();
  }

  private double[] ask(
      String what,
      int count,
      IntFunction<MedicalImage> images,
      ToDoubleFunction<Prediction> figure) {
    double[] figures = new double[count];
    List<MedicalImage> batch = new ArrayList<>(BATCH);
    for (int i = 0; i < count; i++) {
      batch.add(images.apply(i));
      if (batch.size() == BATCH || i == count - 1) {
        int first = i + 1 - batch.size();
        List<Prediction> predictions = classifier.classifyAll(batch);
        for (int k = 0; k < predictions.size(); k++) {
          figures[first + k] = figure.applyAsDouble(predictions.get(k));
        }
        batch.clear();
        progress.report(what, i + 1, count);
      }
    }
    return figures;
  }

  double logOdds(MedicalImage image) {
    return logOdds(classifier.classify(image));
  }

  /**
   * Not of the probability alone: where it is rounded to 1, the others still tell how far it is.
   */
  private double logOdds(Prediction prediction) {
    double own = prediction.probability(label);
    double others =
        prediction.probabilities().values().stream().mapToDouble(Double::doubleValue).sum() - own;
    boolean exclusive = classifier.labels().size() > 1 && Math.abs(own + others - 1) <= ROUNDING;
    double against = exclusive ? others : 1 - own;
    return Math.log(Math.max(LEAST, own)) - Math.log(Math.max(LEAST, against));
  }
}
