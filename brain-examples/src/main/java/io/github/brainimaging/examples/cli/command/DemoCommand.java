package io.github.brainimaging.examples.cli.command;

import io.github.brainimaging.core.io.PngImageWriter;
import io.github.brainimaging.core.pipeline.BrainPipeline;
import io.github.brainimaging.core.report.ReportWriter;
import io.github.brainimaging.examples.cli.file.HeadPhantom;
import io.github.brainimaging.examples.cli.file.Input;
import io.github.brainimaging.examples.cli.file.Terminal;
import io.github.brainimaging.examples.cli.run.Batch;
import io.github.brainimaging.models.onnx.OnnxClassifier;
import io.github.brainimaging.segmentation.tumor.TumorSegmenter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows the whole chain without any data. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description =
        "Draws synthetic heads with and without a lesion and runs the whole chain on them.")
public final class DemoCommand implements Callable<Integer> {

  private static final String REMARK =
      "These heads are synthetic, drawn by a few ellipses. They show that the chain runs, not how"
          + " well: the model has learned from real images and owes such drawings no sensible"
          + " class. So every one is segmented here, whatever its class.";

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where pictures and report are written (default: ${DEFAULT-VALUE}).")
  private Path out = Path.of("brain-demo");

  @Override
  public Integer call() throws IOException {
    PrintWriter log = spec.commandLine().getOut();
    log.println(Terminal.wrapped(REMARK, 80, ""));
    Path images = Files.createDirectories(out.resolve("synthetic"));
    PngImageWriter.write(HeadPhantom.draw(0, 0, 0, 1), images.resolve("synthetic-healthy.png"));
    PngImageWriter.write(
        HeadPhantom.draw(165, 105, 16, 2), images.resolve("synthetic-lesion-right.png"));
    PngImageWriter.write(
        HeadPhantom.draw(95, 160, 11, 3), images.resolve("synthetic-lesion-left.png"));
    List<Input> inputs = Input.list(List.of(images), out);
    try (OnnxClassifier classifier = OnnxClassifier.embedded()) {
      BrainPipeline pipeline =
          BrainPipeline.builder()
              .classify(classifier)
              .insist()
              .segment(TumorSegmenter.withDefaults())
              .build();
      ReportWriter.Facts facts =
          new ReportWriter.Facts(
              "demo",
              classifier.card().name(),
              "TumorSegmenter",
              classifier.device().toString(),
              REMARK);
      return new Batch(out, 1, "", log).run(pipeline, inputs, facts, null, (input, outcome) -> {})
              == 0
          ? 0
          : 1;
    }
  }
}
