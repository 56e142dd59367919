package io.github.brainimaging.core.pipeline;

import io.github.brainimaging.core.inference.Assessment;
import io.github.brainimaging.core.inference.Prediction;
import io.github.brainimaging.core.inference.SlicePrediction;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an {@link Engine} says of one input; an analysis wraps it. */
record Findings<T, S>(
    String input,
    T image,
    Assessment assessment,
    Map<String, Prediction> predictions,
    List<SlicePrediction> slices,
    @Nullable S segmentation,
    Map<String, Double> milliseconds,
    List<String> remarks) {

  Findings {
    predictions = Collections.unmodifiableMap(new LinkedHashMap<>(predictions));
    remarks = List.copyOf(remarks);
    milliseconds = Collections.unmodifiableMap(new LinkedHashMap<>(milliseconds));
  }

  /** The same with one more remark. */
  Findings<T, S> with(String remark) {
    List<String> more = new ArrayList<>(remarks);
    more.add(remark);
    return new Findings<>(
        input, image, assessment, predictions, slices, segmentation, milliseconds, more);
  }

  Optional<Prediction> prediction() {
    return Step.lastOf(predictions);
  }

  Optional<S> found() {
    return Optional.ofNullable(segmentation);
  }

  /** Input, size and findings in one line, never the samples. */
  String describe(String name, Object grid, @Nullable String region) {
    StringBuilder text = new StringBuilder(name).append('[').append(input).append(", ");
    text.append(grid);
    for (Prediction prediction : predictions.values()) {
      text.append(
          String.format(Locale.ROOT, ", %s %.4f", prediction.label(), prediction.probability()));
    }
    if (!assessment.reasons().isEmpty()) {
      text.append(", ").append(assessment);
    }
    if (region != null) {
      text.append(", ").append(region);
    }
    remarks.forEach(remark -> text.append(", ").append(remark));
    return text.append(']').toString();
  }
}
