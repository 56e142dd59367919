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
    ATTENTION
  }

  @Option(
      names = "--slices",
      paramLabel = "N|all",
      description =
          "Volumes: how many axial slices, at equal distances, are looked at (default: 6).")
  private String slices = "6";

  @Option(
      names = "--rule",
      paramLabel = "mean|max|top3|attention",
      description =
          "Volumes: the mean of all slices, the most suspicious one, the mean of the three most"
              + " suspicious ones, or a mean weighted by suspicion (default: mean).")
  private @Nullable Rule rule;

  @Option(
      names = "--sequence-model",
      paramLabel = "FILE.onnx",
      description = "Volumes: a network that sees all slices at once, instead of --rule.")
  private @Nullable Path sequenceModel;

  /**
   * The slices that are looked at.
   *
   * @throws IllegalArgumentException if the options do not make sense
   */
  public SliceSampling sampling() {
    if (rule != null && sequenceModel != null) {
      throw new IllegalArgumentException("--rule does not go with --sequence-model");
    }
    if (slices.equals("all")) {
      return SliceSampling.all(AnatomicalPlane.AXIAL);
    }
    try {
      return SliceSampling.equallySpaced(AnatomicalPlane.AXIAL, Integer.parseInt(slices));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "--slices must be a positive number or all, got " + slices, e);
    }
  }

  public boolean hasSequenceModel() {
    return sequenceModel != null;
  }

  /** The network over sequences, to be closed by the caller; null if none was asked for. */
  public @Nullable SequenceClassifier open(Device device) {
    return sequenceModel == null
        ? null
        : SequenceClassifier.builder(ModelSource.ofPath(sequenceModel))
            .device(device)
            .sampling(sampling())
            .build();
  }

  public VolumeClassifier sliceBySlice(Classifier classifier) {
    SliceRule applied =
        switch (rule == null ? Rule.MEAN : rule) {
          case MEAN -> SliceRule.mean();
          case MAX -> SliceRule.maximum();
          case TOP3 -> SliceRule.topMean(3);
          case ATTENTION -> SliceRule.attention(0.2);
        };
    return SliceClassifier.of(classifier, sampling(), applied);
  }
}
