package io.github.brainimaging.examples.cli.option;

import io.github.brainimaging.core.geometry.AnatomicalPlane;
import io.github.brainimaging.core.inference.Classifier;
import io.github.brainimaging.core.inference.VolumeClassifier;
import io.github.brainimaging.core.slice.SliceClassifier;
import io.github.brainimaging.core.slice.SliceRule;
import io.github.brainimaging.core.slice.SliceSampling;
import io.github.brainimaging.models.onnx.Device;
import io.github.brainimaging.models.onnx.ModelSource;
import io.github.brainimaging.models.onnx.SequenceClassifier;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a volume gets its class. */
public final class VolumeOptions {

  /** The choices of {@code --rule}. */
  enum Rule {
    MEAN,
    MAX,
    TOP3,
    ATTENTION,
    MAJORITY
  }

  @Option(
      names = "--slices",
      paramLabel = "brain|N|all",
      description =
          "Volumes: which slices are looked at: those that hold enough brain, N axial ones at equal"
              + " distances, or all axial ones (default: brain).")
  private @Nullable String slices;

  @Option(
      names = "--rule",
      paramLabel = "majority|mean|max|top3|attention",
      description =
          "Volumes: whether by the mean of all slices, then what by those that say so; or the mean"
              + " of all, the most suspicious slice, the mean of the three most suspicious ones, a"
              + " mean weighted by suspicion (default: majority).")
  private @Nullable Rule rule;

  @Option(
      names = "--sequence-model",
      paramLabel = "FILE.onnx",
      description = "Volumes: a network that sees all slices at once, instead of --rule.")
  private @Nullable Path sequenceModel;

  /**
   * The slices that are looked at.
   *
   * @param brain finds the brain
   * @throws IllegalArgumentException if the options do not make sense
   */
  public SliceSampling sampling(FoundBrain brain) {
    if (rule != null && sequenceModel != null) {
      throw new IllegalArgumentException("--rule does not go with --sequence-model");
    }
    if (slices == null || slices.equals("brain")) {
      return brain.slices();
    }
    if (slices.equals("all")) {
      return SliceSampling.all(AnatomicalPlane.AXIAL);
    }
    try {
      return SliceSampling.equallySpaced(AnatomicalPlane.AXIAL, Integer.parseInt(slices));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "--slices must be brain, a positive number or all, got " + slices, e);
    }
  }

  public boolean hasSequenceModel() {
    return sequenceModel != null;
  }

  /** The network over sequences, to be closed by the caller; null if none was asked for. */
  public @Nullable SequenceClassifier open(Device device, FoundBrain brain) {
    return sequenceModel == null
        ? null
        : sequences(ModelSource.ofPath(sequenceModel), device, brain);
  }

  private SequenceClassifier sequences(ModelSource source, Device device, FoundBrain brain) {
    SequenceClassifier.Builder builder = SequenceClassifier.builder(source).device(device);
    return (slices == null ? builder : builder.sampling(sampling(brain))).build();
  }

  public VolumeClassifier sliceBySlice(Classifier classifier, FoundBrain brain) {
    SliceRule applied =
        switch (rule == null ? Rule.MAJORITY : rule) {
          case MAJORITY -> SliceRule.majority();
          case MEAN -> SliceRule.mean();
          case MAX -> SliceRule.maximum();
          case TOP3 -> SliceRule.topMean(3);
          case ATTENTION -> SliceRule.attention(0.2);
        };
    return SliceClassifier.of(classifier, sampling(brain), applied);
  }
}
