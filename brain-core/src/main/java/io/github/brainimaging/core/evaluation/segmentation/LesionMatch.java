package io.github.brainimaging.core.evaluation.segmentation;

import io.github.brainimaging.core.grid.Components;
import io.github.brainimaging.core.internal.Arguments;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which lesions of two masks lie over each other, and by how many cells. */
final class LesionMatch {

  /** A true and a predicted lesion, numbered from 1. */
  private record Pair(int truth, int predicted) {}

  private final Components truth;
  private final Components predicted;
  private final Map<Pair, Integer> shared = new HashMap<>();

  private LesionMatch(Components truth, Components predicted) {
    this.truth = truth;
    this.predicted = predicted;
  }

  static LesionMatch of(Cells truth, Cells predicted) {
    LesionMatch match = new LesionMatch(truth.components(), predicted.components());
    int[] trueLesions = match.truth.ofCells(truth.width);
    int[] predictedLesions = match.predicted.ofCells(predicted.width);
    for (int i = 0; i < truth.inside.length; i++) {
      if (truth.inside[i] && predicted.inside[i]) {
        Pair pair = new Pair(trueLesions[i], predictedLesions[i]);
        match.shared.merge(pair, 1, Integer::sum);
      }
    }
    return match;
  }

  LesionDetection byOverlap() {
    return new LesionDetection(
        truth.count(),
        (int) shared.keySet().stream().mapToInt(Pair::truth).distinct().count(),
        predicted.count(),
        (int) shared.keySet().stream().mapToInt(Pair::predicted).distinct().count());
  }

  LesionDetection byIou(double minimum) {
    Arguments.require(
        minimum > 0 && minimum <= 1, "minimumIou must be above 0 and at most 1, got %s", minimum);
    List<Pair> pairs = new ArrayList<>(shared.keySet());
    pairs.sort(
        Comparator.comparingDouble((Pair pair) -> -iou(pair))
            .thenComparingInt(Pair::truth)
            .thenComparingInt(Pair::predicted));
    boolean[] truthTaken = new boolean[truth.count() + 1];
    boolean[] predictedTaken = new boolean[predicted.count() + 1];
    int matched = 0;
    for (Pair pair : pairs) {
      boolean free = !truthTaken[pair.truth] && !predictedTaken[pair.predicted];
      if (free && iou(pair) >= minimum) {
        truthTaken[pair.truth] = true;
        predictedTaken[pair.predicted] = true;
        matched++;
      }
    }
    return new LesionDetection(truth.count(), matched, predicted.count(), matched);
  }

  private double iou(Pair pair) {
    int both = shared.getOrDefault(pair, 0);
    return (double) both / (truth.size(pair.truth) + predicted.size(pair.predicted) - both);
  }
}
