package io.github.brainimaging.core.slice;

import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.inference.Assessment;
import io.github.brainimaging.core.inference.Classifier;
import io.github.brainimaging.core.inference.Prediction;
import io.github.brainimaging.core.inference.VolumeClassifier;
import java.util.List;
import java.util.Objects;

/**
 * Classifies a volume slice by slice: some slices, a classifier, and a rule that makes one
 * prediction of theirs.
 *
 * <p>Safe to share between threads. The classifier stays its owner's to close.
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

  /**
   * {@inheritDoc}
   *
   * <p>A slice that the classifier finds out of its domain, such as one of air or neck, does not
   * count; where more than half are, the volume is out of the domain.
   */
  @Override
  public Prediction classify(MedicalVolume volume) {
    List<Prediction> slices = classifier.classifyAll(sampling.slices(volume));
    Assessment assessment = Assessment.ofMost(slices.stream().map(Prediction::assessment).toList());
    List<Prediction> counting =
        slices.stream().filter(slice -> slice.assessment().answers()).toList();
    return rule.apply(assessment.answers() ? counting : slices).withAssessment(assessment);
  }

  @Override
  public String toString() {
    return "SliceClassifier[" + classifier + ", " + sampling + ", " + rule + "]";
  }
}
