package io.github.brainimaging.examples.cli.command;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.brainimaging.core.work.AtomicFiles;
import io.github.brainimaging.examples.cli.file.JsonFile;
import io.github.brainimaging.examples.cli.file.Terminal;
import io.github.brainimaging.examples.cli.option.DraftOptions;
import io.github.brainimaging.examples.cli.option.ModelOptions;
import io.github.brainimaging.models.onnx.ModelSource;
import io.github.brainimaging.models.onnx.OnnxSummary;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows what a model is. */
@Command(
    name = "card",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Prints what a model says of itself: inputs, outputs, size, checksum, card. With --write it"
            + " makes the card of a model that has none.")
public final class CardCommand implements Callable<Integer> {

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Parameters(paramLabel = "MODEL.onnx", description = "The model, or `embedded`.")
  private Path model = Path.of("");

  @ArgGroup(exclusive = false, heading = "%nA new card%n")
  private @Nullable DraftOptions draft;

  @Override
  public Integer call() throws IOException {
    if (draft != null) {
      write(draft);
    }
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
            .map(card -> "card        " + shown(card.toJson()))
            .orElse("card        none beside the file (" + beside() + ") or inside"));
    out.flush();
    return 0;
  }

  private void write(DraftOptions options) throws IOException {
    Path file = model.resolveSibling(beside());
    if (Files.exists(file)) {
      throw new FileAlreadyExistsException(
          file.toString(), null, "it is there already; remove it, to make it anew");
    }
    String json = options.card(ModelSource.ofPath(model)).toJson();
    AtomicFiles.write(file, stream -> stream.write(json.getBytes(StandardCharsets.UTF_8)));
  }

  /** The card without the hundreds of scores behind sets of labels: how many there are. */
  private static String shown(String card) {
    JsonObject json = JsonParser.parseString(card).getAsJsonObject();
    JsonObject sets = json.getAsJsonObject("sets");
    if (sets != null) {
      JsonObject scores = sets.getAsJsonObject("scores");
      for (String label : scores.keySet()) {
        int count = scores.getAsJsonArray(label).size();
        scores.addProperty(label, count + " scores, in the file");
      }
    }
    return JsonFile.text(json);
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
