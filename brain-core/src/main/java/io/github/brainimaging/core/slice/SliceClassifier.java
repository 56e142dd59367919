package io.github.brainimaging.core.slice;

import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.inference.Assessment;
import io.github.brainimaging.core.inference.Classifier;
import io.github.brainimaging.core.inference.Prediction;
import io.github.brainimaging.core.inference.SlicePrediction;
import io.github.brainimaging.core.inference.VolumeClassifier;
import io.github.brainimaging.core.inference.VolumePrediction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Classifies a volume slice by slice: some slices, a classifier, and a rule that makes one
 * prediction of theirs.
 *
 * <p>Safe to share between threads. The classifier stays its owner's to close.
 *
 * @since 0.1.0
 */
public final class SliceClassifier implements VolumeClassifier {

  private final Classifier classifier;
  private final SliceSampling sampling;
  private final SliceRule rule;

  private SliceClassifier(Classifier classifier, SliceSampling sampling, SliceRule rule) {
    this.classifier = Objects.requireNonNull(classifier, "classifier");
    this.sampling = Objects.requireNonNull(sampling, "sampling");
    this.rule = Objects.requireNonNull(rule, "rule");
  }

  /**
   * A classifier of volumes.
   *
   * @param classifier classifies each slice
   * @param sampling which slices
   * @param rule how their predictions are put together
   * @return the classifier
   */
  public static SliceClassifier of(Classifier classifier, SliceSampling sampling, SliceRule rule) {
    return new SliceClassifier(classifier, sampling, rule);
  }

  @Override
  public List<String> labels() {
    return classifier.labels();
  }

  /** {@inheritDoc} As {@link #classifySlices} does. */
  @Override
  public Prediction classify(MedicalVolume volume) {
    return classifySlices(volume).prediction();
  }

  /**
   * {@inheritDoc}
   *
   * <p>A slice that the classifier finds out of its domain, such as one of air or neck, does not
   * count; where more than half are, or no brain is found where one is looked for, the volume is
   * out of the domain.
   */
  @Override
  public VolumePrediction classifySlices(MedicalVolume volume) {
    SliceSampling.Taken taken = sampling.take(volume);
    List<Prediction> slices = classifier.classifyAll(taken.images());
    if (slices.size() != taken.images().size() || slices.stream().anyMatch(Objects::isNull)) {
      throw new IllegalStateException(
          String.format(
              "%s must give a prediction for each of %s slices, gave %s",
              classifier, taken.images().size(), slices));
    }
    Assessment assessment = Assessment.ofMost(slices.stream().map(Prediction::assessment).toList());
    double[] weights = weights(slices, assessment.answers());
    double sum = Arrays.stream(weights).sum();
    List<SlicePrediction> told = new ArrayList<>();
    for (int i = 0; i < weights.length; i++) {
      int number = taken.numbers().get(i);
      told.add(
          new SlicePrediction(
              taken.turnedTo(), number, slices.get(i), Math.min(1, weights[i] / sum)));
    }
    return new VolumePrediction(
        Prediction.mean(slices, weights).withAssessment(taken.assessment().and(assessment)), told);
  }

  /** Where the volume is answered, slices that are not do not count. */
  private double[] weights(List<Prediction> slices, boolean answers) {
    List<Integer> counting = new ArrayList<>();
    for (int i = 0; i < slices.size(); i++) {
      if (!answers || slices.get(i).assessment().answers()) {
        counting.add(i);
      }
    }
    double[] given = rule.weights(counting.stream().map(slices::get).toList());
    double[] weights = new double[slices.size()];
    for (int i = 0; i < given.length; i++) {
      weights[counting.get(i)] = given[i];
    }
    return weights;
  }

  @Override
  public String toString() {
    return "SliceClassifier[" + classifier + ", " + sampling + ", " + rule + "]";
  }
}
