package io.github.brainimaging.examples.cli.command;

import io.github.brainimaging.examples.cli.file.Terminal;
import io.github.brainimaging.examples.cli.option.ModelOptions;
import io.github.brainimaging.models.onnx.OnnxSummary;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows what a model is. */
@Command(
    name = "card",
    mixinStandardHelpOptions = true,
    description = "Prints what a model says of itself: inputs, outputs, size, checksum, card.")
public final class CardCommand implements Callable<Integer> {

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Parameters(paramLabel = "MODEL.onnx", description = "The model, or `embedded`.")
  private Path model = Path.of("");

  @Override
  public Integer call() throws IOException {
    OnnxSummary summary = OnnxSummary.read(ModelOptions.source(model));
    PrintWriter out = spec.commandLine().getOut();
    summary.inputs().forEach(input -> out.println("input       " + Terminal.plain(input)));
    summary.outputs().forEach(output -> out.println("output      " + Terminal.plain(output)));
    out.printf(Locale.ROOT, "parameters  %,d%n", summary.parameters());
    out.println("opset       " + summary.opset());
    out.println("producer    " + Terminal.plain(summary.producer()));
    out.println("sha256      " + summary.sha256());
    summary.card().ifPresent(card -> warn(out, card.sha256(), summary));
    out.println(
        summary
            .card()
            .map(card -> "card        " + card.toJson())
            .orElse("card        none beside the file (" + beside() + ") or inside"));
    out.flush();
    return 0;
  }

  private static void warn(PrintWriter out, String told, OnnxSummary summary) {
    if (!told.isEmpty() && !told.equals(summary.sha256())) {
      out.println("            the card beside it is of another file: " + told);
    }
  }

  private String beside() {
    return String.valueOf(model.getFileName()).replaceFirst("\\.onnx$", "") + ".json";
  }
}
