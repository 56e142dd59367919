package io.github.brainimaging.core.pipeline;

import io.github.brainimaging.core.inference.Assessment;
import io.github.brainimaging.core.inference.Prediction;
import io.github.brainimaging.core.internal.Arguments;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What both builders collect and check. */
final class Steps<T, S> {

  private static final String CLASSIFY = "classify";
  private static final Set<String> OWN_NAMES = Set.of("read", "assess", "segment");

  private final Kind<T, S> kind;
  private final List<Step<T, S>> steps = new ArrayList<>();
  private final Set<String> names = new HashSet<>(OWN_NAMES);
  private int classifiers;
  private boolean segments;
  private boolean insists;

  Steps(Kind<T, S> kind) {
    this.kind = kind;
  }

  void transform(String name, Step.Asked<T, T> transform) {
    Arguments.require(!name.isBlank(), "name must not be blank, got '%s'", name);
    Arguments.require(
        !name.matches(CLASSIFY + "[0-9]*") && names.add(name),
        "name must not be in use yet, got '%s'%s",
        name,
        name.equals("preprocess") ? ": give all transforms to one call, or name each by step" : "");
    steps.add(new Step.Transforming<>(name, transform, false));
  }

  void assess(Step.Asked<T, Assessment> assessor) {
    requireState(
        classifiers == 0 && !segments, "assess must come before the classifier and the segmenter");
    steps.add(new Step.Assessing<>(assessor));
  }

  void insist() {
    insists = true;
  }

  boolean insists() {
    return insists;
  }

  void classify(List<String> labels, Step.Asked<T, Step.Answer> classifier) {
    requireState(
        classifiers == 0, "a pipeline has one classifier, not two: give others to classifyWhen");
    classify(labels, classifier, null);
  }

  void classifyWhen(
      Predicate<Prediction> condition, List<String> labels, Step.Asked<T, Step.Answer> classifier) {
    requireClassifier("classifyWhen");
    Objects.requireNonNull(condition, "condition");
    classify(labels, classifier, (image, last) -> condition.test(last));
  }

  private void classify(
      List<String> labels,
      Step.Asked<T, Step.Answer> classifier,
      @Nullable BiPredicate<T, Prediction> condition) {
    Arguments.require(
        !labels.isEmpty() && new HashSet<>(labels).size() == labels.size(),
        "labels of the classifier must differ and be at least one, got %s",
        labels);
    classifiers++;
    String name = classifiers == 1 ? CLASSIFY : CLASSIFY + classifiers;
    steps.add(new Step.Classifying<>(name, classifier, condition));
  }

  void segment(Step.Asked<T, S> segmenter) {
    segment(new Step.Segmenting<>(segmenter, null, null));
  }

  void segmentWhen(BiPredicate<T, Prediction> condition, Step.Asked<T, S> segmenter) {
    requireClassifier("segmentWhen");
    segment(new Step.Segmenting<>(segmenter, Objects.requireNonNull(condition, "condition"), null));
  }

  private void segment(Step.Segmenting<T, S> step) {
    requireState(!segments, "a pipeline has one segmenter, not two");
    segments = true;
    steps.add(step);
  }

  void keepWhen(BiPredicate<Prediction, S> condition) {
    Objects.requireNonNull(condition, "condition");
    requireClassifier("keepWhen");
    requireState(segments, "keepWhen needs a segmenter before it: call segment or segmentWhen");
    steps.replaceAll(
        step -> step instanceof Step.Segmenting<T, S> s ? s.keptWhen(condition) : step);
  }

  private void requireClassifier(String method) {
    requireState(classifiers > 0, method + " needs a classifier before it: call classify");
  }

  /** The steps in their order; those before the segmenter are told to keep the grid. */
  List<Step<T, S>> checked() {
    requireState(
        classifiers > 0 || segments,
        "a pipeline needs a classifier or a segmenter: call classify or segment");
    List<Step<T, S>> checked = new ArrayList<>();
    boolean used = false;
    boolean segmented = false;
    for (int i = steps.size() - 1; i >= 0; i--) {
      Step<T, S> step = steps.get(i);
      if (step instanceof Step.Transforming<T, S> t) {
        requireState(used, "step '" + t.name() + "' comes after the last step that would use it");
        step = new Step.Transforming<>(t.name(), t.transform(), segmented);
      }
      used |= !(step instanceof Step.Transforming<T, S>);
      segmented |= step instanceof Step.Segmenting<T, S>;
      checked.add(0, step);
    }
    probe(checked);
    return List.copyOf(checked);
  }

  /** Lets the transforms that must keep the grid work on an input without content. */
  private void probe(List<Step<T, S>> all) {
    Step.State<T, S> state = new Step.State<>(kind, kind.probe(), true);
    for (Step<T, S> step : all) {
      if (step instanceof Step.Transforming<T, S> t && t.keepsGrid()) {
        try {
          step.run(state);
        } catch (IllegalArgumentException e) {
          // It takes other inputs than this one. Every real input is checked as well.
          return;
        }
      }
    }
  }

  private static void requireState(boolean condition, String message) {
    if (!condition) {
      throw new IllegalStateException(message);
    }
  }
}
