package io.github.brainimaging.core.pipeline;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.inference.Classifier;
import io.github.brainimaging.core.inference.Prediction;
import io.github.brainimaging.core.inference.Segmentation;
import io.github.brainimaging.core.inference.Segmenter;
import io.github.brainimaging.core.transform.Transform;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One step of a pipeline. */
sealed interface Step {

  String name();

  /** Does the step's work; false if it had nothing to do. */
  @CanIgnoreReturnValue
  boolean run(State state);

  /** Names the step, often the host's own code, that gave nothing. */
  private static <T> T given(@Nullable T result, String name) {
    if (result == null) {
      throw new IllegalStateException("step '" + name + "' gave null");
    }
    return result;
  }

  /** An analysis on its way through the steps. */
  final class State {
    final String input;
    final MedicalImage image;
    final Map<String, Double> milliseconds = new LinkedHashMap<>();
    MedicalImage working;
    @Nullable Prediction prediction;
    @Nullable Segmentation segmentation;

    State(String input, MedicalImage image) {
      this.input = input;
      this.image = image;
      this.working = image;
    }
  }

  /** Replaces the image that the following steps see. */
  record Transforming(String name, Transform transform, boolean keepsGrid) implements Step {
    @Override
    public boolean run(State state) {
      MedicalImage before = state.working;
      MedicalImage after = given(transform.apply(before), name);
      if (keepsGrid && (after.width() != before.width() || after.height() != before.height())) {
        throw new IllegalStateException(
            String.format(
                Locale.ROOT,
                "step '%s' must keep the size, since the mask has to lie on the grid of the input:"
                    + " it made %d x %d of %d x %d",
                name,
                after.width(),
                after.height(),
                before.width(),
                before.height()));
      }
      state.working = after;
      return true;
    }
  }

  /** Asks the classifier. */
  record Classifying(Classifier classifier) implements Step {
    @Override
    public String name() {
      return "classify";
    }

    @Override
    public boolean run(State state) {
      state.prediction = given(classifier.classify(state.working), name());
      return true;
    }
  }

  /** Asks the segmenter; with a condition, only if the prediction fulfills it. */
  record Segmenting(Segmenter segmenter, @Nullable Predicate<Prediction> condition)
      implements Step {
    @Override
    public String name() {
      return "segment";
    }

    @Override
    public boolean run(State state) {
      if (condition != null && !(state.prediction != null && condition.test(state.prediction))) {
        return false;
      }
      MedicalImage image = state.image;
      // A transform may have lost the spacing; the grid, hence the spacing, is still the input's.
      Segmentation found =
          given(segmenter.segment(state.working.withSpacing(image.spacing())), name());
      if (found.mask().width() != image.width() || found.mask().height() != image.height()) {
        throw new IllegalStateException(
            String.format(
                Locale.ROOT,
                "the segmenter must give a mask of the image's size = %d x %d, got %d x %d",
                image.width(),
                image.height(),
                found.mask().width(),
                found.mask().height()));
      }
      state.segmentation = found;
      return true;
    }
  }
}
