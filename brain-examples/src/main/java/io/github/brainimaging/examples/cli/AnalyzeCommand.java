package io.github.brainimaging.examples.cli;

import io.github.brainimaging.core.pipeline.BrainPipeline;
import io.github.brainimaging.core.pipeline.Prediction;
import io.github.brainimaging.core.report.ReportFacts;
import io.github.brainimaging.models.onnx.OnnxClassifier;
import io.github.brainimaging.segmentation.tumor.TumorSegmenter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Classifies images, segments those with a tumor, and writes a report. */
@Command(
    name = "analyze",
    mixinStandardHelpOptions = true,
    description = "Classifies images, segments those with a tumor, and writes a report.")
final class AnalyzeCommand implements Callable<Integer> {

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Parameters(arity = "1..*", paramLabel = "INPUT", description = "Image files or folders.")
  private List<Path> paths = List.of();

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Where report.json, index.html, masks and overlays are written.")
  private Path out = Path.of("");

  @Mixin private final ModelOptions model = new ModelOptions();

  @Override
  public Integer call() throws IOException {
    List<Input> inputs = Input.list(paths, out);
    try (OnnxClassifier classifier = model.open()) {
      BrainPipeline pipeline =
          BrainPipeline.builder()
              .classify(classifier)
              // The class says that there is a tumor: the most suspicious region is shown.
              .segmentWhen(Prediction::isTumor, TumorSegmenter.ofMinimumScore(0))
              .build();
      ReportFacts facts = new ReportFacts(classifier.card().name(), classifier.device().toString());
      int failed =
          Batch.run(
              pipeline, inputs, out, facts, spec.commandLine().getOut(), (input, outcome) -> {});
      return failed == 0 ? 0 : 1;
    }
  }
}
