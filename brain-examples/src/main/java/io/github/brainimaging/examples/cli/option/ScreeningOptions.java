package io.github.brainimaging.examples.cli.option;

import io.github.brainimaging.core.domain.ContentAssessor;
import io.github.brainimaging.core.image.Modality;
import io.github.brainimaging.core.inference.Prediction;
import io.github.brainimaging.core.inference.Segmenter;
import io.github.brainimaging.core.inference.VolumeSegmenter;
import io.github.brainimaging.core.pipeline.BrainPipeline;
import io.github.brainimaging.core.pipeline.VolumePipeline;
import io.github.brainimaging.core.slice.SliceClassifier;
import io.github.brainimaging.core.slice.SliceRule;
import io.github.brainimaging.models.onnx.OnnxClassifier;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Whether a classifier is asked before something is segmented. */
public final class ScreeningOptions {

  /**
   * What a mask needs to be drawn: its mean probability and, for each unit of the log-odds of a
   * tumor that the classifier sees, {@link #ODDS_WEIGHT} on top. The classifier alone would pass
   * over tumors in sequences whose tumors it has not learned: see docs/domain.md.
   */
  private static final double ENOUGH = 0.915;

  private static final double ODDS_WEIGHT = 0.012;

  /** From here on the classifier vouches for the mask, however faint it is. */
  private static final double CERTAIN = 0.99;

  @Mixin private final ModelOptions model = new ModelOptions();

  @Mixin private final ForceOption force = new ForceOption();

  @Option(
      names = "--screen",
      negatable = true,
      description =
          "Ask a classifier first: where the input is out of its domain, or a volume has no tumor,"
              + " nothing is segmented, and the less it believes in a tumor of an image, the surer"
              + " a mask has to be (default: yes for the embedded"
              + " network, and where --model names a classifier; no for other segmenters).")
  private @Nullable Boolean wanted;

  /** What networks run on. */
  public ModelOptions model() {
    return model;
  }

  /**
   * The classifier that is asked, to be closed by the caller; null if none is.
   *
   * @param segmenter what segments
   * @param threads that share the work of one run
   */
  public @Nullable OnnxClassifier open(SegmenterOptions.Opened segmenter, int threads) {
    boolean usual = model.model != null || segmenter.embedded();
    return (wanted == null ? usual : wanted) ? model.open(threads) : null;
  }

  /**
   * A pipeline for slices. For FLAIR the classifier, which has seen no tumor there, is asked only
   * whether a slice is one of a brain.
   */
  public BrainPipeline of(
      SegmenterOptions.Opened segmenter, boolean augmented, @Nullable OnnxClassifier classifier) {
    Segmenter slices = segmenter.slices(augmented);
    BrainPipeline.Builder steps = BrainPipeline.builder();
    force.apply(steps);
    if (classifier == null) {
      return steps.assess(ContentAssessor.of(Modality.MR)).segment(slices).build();
    }
    if (segmenter.isFlair()) {
      return steps.assess(classifier).segment(slices).build();
    }
    return steps
        .classify(classifier)
        .segmentWhen(this::mayBeTumor, slices)
        .keepWhen((prediction, found) -> agree(prediction, found.confidence()))
        .build();
  }

  /** A pipeline for volumes, after the steps that there are; it asks as {@code analyze} does. */
  public VolumePipeline of(
      VolumePipeline.Builder steps,
      SegmenterOptions.Opened segmenter,
      boolean augmented,
      @Nullable OnnxClassifier classifier) {
    force.apply(steps);
    VolumeSegmenter volumes = segmenter.volumes(augmented);
    if (classifier == null) {
      return steps.segment(volumes).build();
    }
    return steps
        .classify(SliceClassifier.of(classifier, segmenter.brain().slices(), SliceRule.majority()))
        .segmentWhen(said -> force.isSet() || said.isTumor(), volumes)
        .build();
  }

  private static boolean agree(Prediction prediction, OptionalDouble confidence) {
    return prediction.tumorProbability() >= CERTAIN
        || evidence(prediction, confidence.orElse(1)) >= ENOUGH;
  }

  private static double evidence(Prediction prediction, double confidence) {
    double tumor = prediction.tumorProbability();
    return confidence + ODDS_WEIGHT * Math.log(tumor / (1 - tumor));
  }

  /** Not where even the surest mask would not be enough. */
  private boolean mayBeTumor(Prediction prediction) {
    return force.isSet() || evidence(prediction, 1) >= ENOUGH;
  }
}
