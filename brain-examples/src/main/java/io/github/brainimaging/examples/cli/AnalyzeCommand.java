package io.github.brainimaging.examples.cli;

import io.github.brainimaging.core.pipeline.BrainPipeline;
import io.github.brainimaging.core.pipeline.Prediction;
import io.github.brainimaging.core.pipeline.SliceSampling;
import io.github.brainimaging.core.pipeline.SliceSegmenter;
import io.github.brainimaging.core.pipeline.VolumePipeline;
import io.github.brainimaging.core.report.ReportFacts;
import io.github.brainimaging.models.onnx.OnnxClassifier;
import io.github.brainimaging.models.onnx.SequenceClassifier;
import io.github.brainimaging.segmentation.morphology.VolumeCleanUp;
import io.github.brainimaging.segmentation.tumor.TumorSegmenter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Classifies images and volumes, segments those with a tumor, and writes a report. */
@Command(
    name = "analyze",
    mixinStandardHelpOptions = true,
    description =
        "Classifies images and volumes, segments those with a tumor, and writes a report.")
final class AnalyzeCommand implements Callable<Integer> {

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "INPUT",
      description = "Image files, volumes (NIfTI or DICOM) or folders.")
  private List<Path> paths = List.of();

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description =
          "Where report.json, index.html, masks and overlays are written; for volumes,"
              + " volumes.json.")
  private Path out = Path.of("");

  @Mixin private final ModelOptions model = new ModelOptions();

  @Mixin private final VolumeOptions volumeOptions = new VolumeOptions();

  @Override
  public Integer call() throws IOException {
    SliceSampling unused = sampling();
    List<Input> inputs = new ArrayList<>(Input.list(paths, out));
    List<VolumeInput> volumes = VolumeInput.takeFrom(paths, inputs);
    int failed = 0;
    try (OnnxClassifier classifier = model.open();
        SequenceClassifier sequences = volumeOptions.open(model.device.toDevice())) {
      if (!inputs.isEmpty()) {
        failed += analyzeImages(classifier, inputs);
      }
      if (!volumes.isEmpty()) {
        VolumePipeline pipeline =
            VolumePipeline.builder()
                .classify(sequences == null ? volumeOptions.sliceBySlice(classifier) : sequences)
                .segmentWhen(
                    Prediction::isTumor,
                    VolumeCleanUp.withDefaults()
                        .after(SliceSegmenter.of(TumorSegmenter.withDefaults())))
                .build();
        failed += new VolumeBatch(pipeline, out).run(volumes, spec.commandLine().getOut());
      }
    }
    return failed == 0 ? 0 : 1;
  }

  private SliceSampling sampling() {
    try {
      return volumeOptions.sampling();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private int analyzeImages(OnnxClassifier classifier, List<Input> inputs) throws IOException {
    BrainPipeline pipeline =
        BrainPipeline.builder()
            .classify(classifier)
            // The class says that there is a tumor: the most suspicious region is shown.
            .segmentWhen(Prediction::isTumor, TumorSegmenter.ofMinimumScore(0))
            .build();
    ReportFacts facts = new ReportFacts(classifier.card().name(), classifier.device().toString());
    return Batch.run(
        pipeline, inputs, out, facts, spec.commandLine().getOut(), (input, outcome) -> {});
  }
}
