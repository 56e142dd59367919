package io.github.brainimaging.core.inference;

import io.github.brainimaging.core.internal.Arguments;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What the values of a prediction must be. */
final class PredictionValues {

  private PredictionValues() {}

  /** Checks labels and probabilities; where the highest probability stands. */
  static int highest(List<String> labels, double[] probabilities, Set<String> tumorLabels) {
    Arguments.require(
        !labels.isEmpty() && labels.size() == probabilities.length,
        "probabilities must hold one value per label, got %s values for labels %s",
        probabilities.length,
        labels);
    Set<String> names = new HashSet<>(labels); // a list would be searched for every name
    Arguments.require(names.size() == labels.size(), "labels must differ, got %s", labels);
    Arguments.require(
        names.containsAll(tumorLabels),
        "tumorLabels must be among the labels %s, got %s",
        labels,
        tumorLabels);
    int argMax = 0;
    for (int i = 0; i < probabilities.length; i++) {
      Arguments.require(
          probabilities[i] >= 0 && probabilities[i] <= 1,
          "probability of %s must be between 0 and 1, got %s",
          labels.get(i),
          probabilities[i]);
      if (probabilities[i] > probabilities[argMax]) {
        argMax = i;
      }
    }
    return argMax;
  }

  /** Which independent label counts; -1 for none, which only tumors leave possible. */
  static int ofIndependent(
      double[] probabilities, int highest, double threshold, boolean tumorsOnly) {
    return tumorsOnly && !(probabilities[highest] > threshold) ? -1 : highest;
  }

  /** Which of the labels that exclude each other counts. */
  static int ofExclusive(double[] probabilities, int highest, double threshold) {
    boolean moved = probabilities.length == 2 && threshold != 0.5;
    return moved ? (probabilities[1] > threshold ? 1 : 0) : highest;
  }

  /** Such as {@code glioma 0.97, notumor 0.03}. */
  static String text(List<String> labels, double[] probabilities) {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < probabilities.length; i++) {
      parts.add(String.format(Locale.ROOT, "%s %.4f", labels.get(i), probabilities[i]));
    }
    return String.join(", ", parts);
  }
}
