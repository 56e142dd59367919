package io.github.brainimaging.core.slice;

import io.github.brainimaging.core.image.MedicalVolume;
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

  @Override
  public Prediction classify(MedicalVolume volume) {
    return rule.apply(classifier.classifyAll(sampling.slices(volume)));
  }

  @Override
  public String toString() {
    return "SliceClassifier[" + classifier + ", " + sampling + ", " + rule + "]";
  }
}
