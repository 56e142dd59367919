package io.github.brainimaging.examples.spark;

import io.github.brainimaging.core.inference.Prediction;
import io.github.brainimaging.core.inference.VolumeClassifier;
import io.github.brainimaging.core.pipeline.BrainPipeline;
import io.github.brainimaging.core.pipeline.VolumePipeline;
import io.github.brainimaging.examples.cli.file.VolumeInput;
import io.github.brainimaging.examples.cli.option.OpinionOption;
import io.github.brainimaging.examples.cli.option.SegmenterOptions;
import io.github.brainimaging.examples.cli.option.SequencesOption;
import io.github.brainimaging.models.onnx.OnnxClassifier;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The models of a JVM: opened by its first task, shared by all that follow, free when the JVM ends.
 */
final class ExecutorModels {

  private static @Nullable ExecutorModels current;
  private static int loads;

  private final SparkAnalyze options;
  private final String[] arguments;
  private final OnnxClassifier network;
  private final OpinionOption.Opened classifier;
  private final SegmenterOptions.Opened segmenter;
  private final VolumeClassifier volumeClassifier;
  private final BrainPipeline images;

  private ExecutorModels(String[] arguments, int threads) {
    this.arguments = arguments.clone();
    options = SparkAnalyze.of(arguments);
    network = options.model.open(threads);
    classifier = options.opinion.open(network, options.model, threads);
    segmenter =
        options.segmenter.open(options.spec, true, options.model.device.toDevice(), threads);
    VolumeClassifier sequences =
        options.volumes.open(options.model.device.toDevice(), segmenter.brain());
    volumeClassifier =
        sequences == null
            ? options.volumes.sliceBySlice(classifier.classifier(), segmenter.brain())
            : sequences;
    BrainPipeline.Builder steps =
        BrainPipeline.builder()
            .classify(classifier.classifier())
            .segmentWhen(Prediction::isTumor, segmenter.slices(false));
    options.force.apply(steps);
    images = steps.build().withParallelism(1);
  }

  /**
   * Those of this JVM.
   *
   * @param arguments of the job
   * @param threads that share the work of one run of a network
   */
  static synchronized ExecutorModels of(String[] arguments, int threads) {
    if (current == null || !Arrays.equals(current.arguments, arguments)) {
      current = new ExecutorModels(arguments, threads);
      loads++;
    }
    return current;
  }

  /** How often this JVM loaded models. */
  static synchronized int loads() {
    return loads;
  }

  /** For images. */
  BrainPipeline images() {
    return images;
  }

  /**
   * For the volumes of an input.
   *
   * @param cases what goes along with them
   */
  VolumePipeline volumes(SequencesOption.Cases cases, VolumeInput volume) {
    VolumePipeline.Builder steps =
        options
            .preparation
            .begin()
            .classify(volumeClassifier)
            .segmentWhen(Prediction::isTumor, segmenter.volumes(false, cases, volume));
    options.force.apply(steps);
    return steps.build();
  }

  /** The sequences that go along with volumes, where the segmenter takes several. */
  SequencesOption.Cases cases(Path input, List<VolumeInput> volumes) throws IOException {
    return new SequencesOption().find(options.spec, segmenter.sequences(), List.of(input), volumes);
  }

  /** Says in a row what runs. */
  void describe(ResultRow row) {
    row.put("classifier", (classifier.name() + " " + network.card().version()).strip());
    row.put("segmenter", segmenter.name());
    row.put("device", network.device().toString());
  }
}
