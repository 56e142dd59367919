package io.github.brainimaging.examples.cli.option;

import io.github.brainimaging.core.domain.ContentAssessor;
import io.github.brainimaging.core.image.Modality;
import io.github.brainimaging.core.inference.Classifier;
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
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Whether a classifier is asked before something is segmented. */
public final class ScreeningOptions {

  /**
   * What the probability of a tumor must be for a mask to be drawn. Nobody has said that there is a
   * tumor, so it is more than a half: see docs/domain.md.
   */
  private static final double ENOUGH = 0.65;

  /**
   * The same for a classifier alone: the mask's mean probability and, for each unit of the log-odds
   * of a tumor that the classifier sees, {@link #ODDS_WEIGHT} on top; or a class that is all but
   * certain.
   */
  private static final double ENOUGH_ALONE = 0.915;

  private static final double ODDS_WEIGHT = 0.012;
  private static final double CERTAIN = 0.99;

  @Mixin private final ModelOptions model = new ModelOptions();

  @Mixin private final OpinionOption opinion = new OpinionOption();

  @Mixin private final ForceOption force = new ForceOption();

  @Option(
      names = "--screen",
      negatable = true,
      description =
          "Ask a classifier first: where the input is out of its domain, or a volume has no tumor,"
              + " nothing is segmented, nor in an image whose tumor is not likely enough (default: yes"
              + " for the embedded network, and where --model names a classifier; no for other"
              + " segmenters).")
  private @Nullable Boolean wanted;

  /** What networks run on. */
  public ModelOptions model() {
    return model;
  }

  /**
   * A classifier that is asked first.
   *
   * @param opinion the classifier, which is closed with it, and its second opinion
   */
  public record Screen(OpinionOption.Opened opinion) implements AutoCloseable {

    @Override
    public void close() {
      opinion.close();
      opinion.network().close();
    }
  }

  /**
   * Refuses what does not go together, before anything is opened.
   *
   * @param flair whether all slices are taken for FLAIR
   */
  public void check(CommandSpec spec, boolean flair) {
    opinion.refuse(spec, flair, "--method flair");
    opinion.refuse(spec, Boolean.FALSE.equals(wanted), "--no-screen");
  }

  /**
   * What is asked, to be closed by the caller; null if nothing is.
   *
   * @param segmenter what segments
   * @param threads that share the work of one run
   */
  public @Nullable Screen open(SegmenterOptions.Opened segmenter, int threads) {
    boolean usual = model.model != null || segmenter.embedded();
    if (!(wanted == null ? usual : wanted)) {
      return null;
    }
    OnnxClassifier network = model.open(threads);
    try {
      return new Screen(opinion.open(network, model, threads));
    } catch (RuntimeException e) {
      network.close();
      throw e;
    }
  }

  /**
   * A pipeline for slices. On FLAIR the class does not decide, since the classifier has seen no
   * tumor there: by {@code --method flair} it is only asked whether a slice is one of a brain.
   */
  public BrainPipeline of(
      SegmenterOptions.Opened segmenter, boolean augmented, @Nullable Screen screen) {
    Classifier presence = screen == null || force.isSet() ? null : screen.opinion().second();
    Segmenter slices = segmenter.slices(augmented, presence);
    BrainPipeline.Builder steps = BrainPipeline.builder();
    force.apply(steps);
    if (screen == null) {
      return steps.assess(ContentAssessor.of(Modality.MR)).segment(slices).build();
    }
    if (segmenter.isFlair()) {
      return steps.assess(screen.opinion().network()).segment(slices).build();
    }
    if (screen.opinion().second() == null) {
      return steps
          .classify(screen.opinion().classifier())
          .segmentWhen(said -> evidence(said, 1) >= ENOUGH_ALONE || force.isSet(), slices)
          .keepWhen((said, found) -> agree(said, found.confidence()))
          .build();
    }
    return steps
        .classify(screen.opinion().classifier())
        .segmentWhen(
            (image, prediction) -> mayBeTumor(prediction) || segmenter.decides(image, augmented),
            slices)
        .build();
  }

  /** A pipeline for volumes, after the steps that there are; it asks as {@code analyze} does. */
  public VolumePipeline of(
      VolumePipeline.Builder steps,
      SegmenterOptions.Opened segmenter,
      @Nullable Screen screen,
      VolumeSegmenter volumes) {
    force.apply(steps);
    if (screen == null) {
      return steps.segment(volumes).build();
    }
    return steps
        .classify(
            SliceClassifier.of(
                screen.opinion().classifier(), segmenter.brain().slices(), SliceRule.majority()))
        .segmentWhen(said -> force.isSet() || said.isTumor(), volumes)
        .build();
  }

  private static boolean agree(Prediction said, OptionalDouble confidence) {
    return said.tumorProbability() >= CERTAIN
        || evidence(said, confidence.orElse(1)) >= ENOUGH_ALONE;
  }

  private static double evidence(Prediction said, double confidence) {
    double tumor = said.tumorProbability();
    return confidence + ODDS_WEIGHT * Math.log(tumor / (1 - tumor));
  }

  private boolean mayBeTumor(Prediction prediction) {
    return force.isSet() || prediction.tumorProbability() >= ENOUGH;
  }
}
