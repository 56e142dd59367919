package io.github.brainimaging.examples.cli.command;

import io.github.brainimaging.examples.cli.file.Terminal;
import io.github.brainimaging.examples.cli.run.MaskPlan;
import io.github.brainimaging.examples.cli.run.TrainedModel;
import io.github.brainimaging.examples.cli.run.TrainingPlan;
import io.github.brainimaging.models.card.ModelCard;
import io.github.brainimaging.models.network.format.WeightFiles;
import io.github.brainimaging.models.onnx.OnnxSummary;
import io.github.brainimaging.models.training.ModelWriter;
import io.github.brainimaging.models.training.TrainingResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes a model of what a training has reached. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description =
        "Writes what a training has reached so far, finished or not, as an ONNX model with its"
            + " card.")
public final class ExportCommand implements Callable<Integer> {

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Parameters(paramLabel = "DIR", description = "The folder that a training writes into.")
  private Path folder = Path.of("");

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE.onnx",
      description = "The model; its card gets the same name with .json.")
  private Path out = Path.of("");

  @Option(
      names = "--half",
      description =
          "Keep the weights in half precision: half the size, the same speed, answers that differ"
              + " in the third digit at most.")
  private boolean half;

  @Override
  public Integer call() throws IOException {
    TrainingResult result = TrainingResult.ofFolder(folder);
    Optional<MaskPlan> masks = MaskPlan.read(folder);
    if (masks.isPresent()) {
      masks.get().write(out, result);
    } else {
      new TrainedModel(TrainingPlan.read(folder), result).write(out);
    }
    if (half) {
      ModelCard card = OnnxSummary.read(out).card().orElseThrow();
      ModelWriter.write(WeightFiles.halved(Files.readAllBytes(out)), card, out);
    }
    int taken = masks.map(plan -> plan.epoch(result)).orElse(result.bestEpoch());
    spec.commandLine()
        .getOut()
        .printf(
            "%s done, epoch %d is the best; model, of epoch %d: %s%n",
            Terminal.count(result.history().size(), "epoch"), result.bestEpoch(), taken, out);
    spec.commandLine().getOut().flush();
    return 0;
  }
}
