package io.github.brainimaging.core.pipeline;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.github.brainimaging.core.inference.Assessment;
import io.github.brainimaging.core.inference.Prediction;
import io.github.brainimaging.core.inference.SlicePrediction;
import io.github.brainimaging.core.inference.VolumePrediction;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One step of a pipeline.
 *
 * @param <T> what is analyzed
 * @param <S> what a segmenter finds in it
 */
sealed interface Step<T, S> {

  String name();

  /** Does the step's work; false if it had nothing to do. */
  @CanIgnoreReturnValue
  boolean run(State<T, S> state);

  /** What a step asks, and how it prints itself. */
  record Asked<T, R>(Function<T, R> function, Object printed) {

    /** Names the step, often the host's own code, that gave nothing. */
    private R ask(T image, String step) {
      @Nullable R result = function.apply(image);
      if (result == null) {
        throw gaveNull(step);
      }
      return result;
    }

    @Override
    public String toString() {
      return printed.toString();
    }
  }

  /** What a classifier says, and of the slices that it looked at, if it is one of volumes. */
  record Answer(@Nullable Prediction prediction, List<SlicePrediction> slices) {

    static Answer of(@Nullable VolumePrediction volume) {
      return volume == null
          ? new Answer(null, List.of())
          : new Answer(volume.prediction(), volume.slices());
    }
  }

  private static IllegalStateException gaveNull(String step) {
    return new IllegalStateException("step '" + step + "' gave null");
  }

  /** An analysis on its way through the steps. */
  final class State<T, S> {
    final Kind<T, S> kind;
    final T input;
    final Map<String, Double> milliseconds = new LinkedHashMap<>();
    final Map<String, Prediction> predictions = new LinkedHashMap<>();
    final List<String> remarks = new ArrayList<>();
    List<SlicePrediction> slices = List.of();
    T working;
    final boolean insists;
    Assessment assessment = Assessment.inDomain();
    @Nullable S segmentation;

    State(Kind<T, S> kind, T input, boolean insists) {
      this.insists = insists;
      this.kind = kind;
      this.input = input;
      this.working = input;
    }

    /** Whether answers may be given: nothing was found to speak against it, or they are wanted. */
    private boolean answers() {
      return insists || assessment.answers();
    }

    /**
     * Whether to ask: answers may be given and the last prediction fulfills a condition, if any.
     */
    private boolean asks(@Nullable BiPredicate<T, Prediction> condition) {
      return answers()
          && (condition == null
              || lastOf(predictions).filter(last -> condition.test(working, last)).isPresent());
    }
  }

  /** The last of several predictions, in the order in which they were made. */
  static Optional<Prediction> lastOf(Map<String, Prediction> predictions) {
    Prediction last = null;
    for (Iterator<Prediction> all = predictions.values().iterator(); all.hasNext(); ) {
      last = all.next();
    }
    return Optional.ofNullable(last);
  }

  /** Replaces the image that the following steps see. */
  record Transforming<T, S>(String name, Asked<T, T> transform, boolean keepsGrid)
      implements Step<T, S> {
    @Override
    public boolean run(State<T, S> state) {
      if (!state.answers()) {
        return false;
      }
      T before = state.working;
      T after = transform.ask(before, name);
      if (keepsGrid && !state.kind.sameGrid(after, before)) {
        throw new IllegalStateException(
            String.format(
                Locale.ROOT,
                "step '%s' must keep the grid, since the mask has to lie on the grid of the input:"
                    + " it made %s of %s",
                name,
                state.kind.grid(after),
                state.kind.grid(before)));
      }
      state.working = after;
      return true;
    }
  }

  /** Asks whether answers should be given at all. */
  record Assessing<T, S>(Asked<T, Assessment> assessor) implements Step<T, S> {
    @Override
    public String name() {
      return "assess";
    }

    @Override
    public boolean run(State<T, S> state) {
      if (!state.answers()) {
        return false;
      }
      state.assessment = state.assessment.and(assessor.ask(state.working, name()));
      return true;
    }
  }

  /** Asks a classifier; with a condition, only if the last prediction fulfills it. */
  record Classifying<T, S>(
      String name, Asked<T, Answer> classifier, @Nullable BiPredicate<T, Prediction> condition)
      implements Step<T, S> {
    @Override
    public boolean run(State<T, S> state) {
      if (!state.asks(condition)) {
        return false;
      }
      Answer answer = classifier.ask(state.working, name);
      Prediction prediction = answer.prediction();
      if (prediction == null) {
        throw gaveNull(name);
      }
      state.slices = answer.slices().isEmpty() ? state.slices : answer.slices();
      state.assessment = state.assessment.and(prediction.assessment());
      if (state.answers()) {
        state.predictions.put(name, prediction);
      }
      return true;
    }
  }

  /**
   * Asks the segmenter; with a condition, only if the last prediction fulfills it. With a belief, a
   * mask that does not fulfill it is left out.
   */
  record Segmenting<T, S>(
      Asked<T, S> segmenter,
      @Nullable BiPredicate<T, Prediction> condition,
      @Nullable BiPredicate<Prediction, S> belief)
      implements Step<T, S> {

    Segmenting<T, S> keptWhen(BiPredicate<Prediction, S> newBelief) {
      return new Segmenting<>(segmenter, condition, newBelief);
    }

    @Override
    public String name() {
      return "segment";
    }

    @Override
    public boolean run(State<T, S> state) {
      if (!state.asks(condition)) {
        if (state.answers()) {
          lastOf(state.predictions).ifPresent(last -> state.remarks.add(notAsked(last)));
        }
        return false;
      }
      // A transform may have lost spacing or place; the grid, hence both, is still the input's.
      S found = segmenter.ask(state.kind.placed(state.working, state.input), name());
      if (!state.kind.liesOn(found, state.input)) {
        throw new IllegalStateException(
            String.format(
                Locale.ROOT,
                "step '%s' must give a mask on the grid of the %s = %s, got %s",
                name(),
                state.kind.noun(),
                state.kind.grid(state.input),
                state.kind.gridOf(found)));
      }
      Optional<Prediction> last = lastOf(state.predictions);
      boolean kept =
          state.insists
              || belief == null
              || last.isEmpty()
              || !state.kind.found(found)
              || belief.test(last.get(), found);
      S told = kept ? found : state.kind.leftOut(found, unbelieved(last.get(), found, state));
      state.segmentation = told;
      state.remarks.addAll(state.kind.remarks(told));
      return true;
    }

    private String unbelieved(Prediction last, S found, State<T, S> state) {
      return String.format(
          Locale.ROOT,
          "left out %s: neither the class, %s (%.3f), nor the mask is sure enough",
          state.kind.size(found),
          last.label(),
          last.probability());
    }

    private static String notAsked(Prediction last) {
      return String.format(
          Locale.ROOT, "not segmented: the class is %s (%.3f)", last.label(), last.probability());
    }
  }
}
