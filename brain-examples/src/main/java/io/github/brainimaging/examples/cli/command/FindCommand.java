package io.github.brainimaging.examples.cli.command;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.brainimaging.core.archive.DicomWeb;
import io.github.brainimaging.examples.cli.file.JsonFile;
import io.github.brainimaging.examples.cli.file.Terminal;
import io.github.brainimaging.examples.cli.option.ArchiveOption;
import io.github.brainimaging.examples.cli.option.QueryOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists series of an archive. */
@Command(
    name = "find",
    mixinStandardHelpOptions = true,
    description = {
      "Lists series of an archive (DICOMweb).",
      "One line each: modality, number of files, study and series UID, description."
    })
public final class FindCommand implements Callable<Integer> {

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Mixin private final ArchiveOption archive = new ArchiveOption();

  @Mixin private final QueryOptions query = new QueryOptions();

  @Option(names = "--json", description = "As JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    List<DicomWeb.Series> found = archive.open(spec).find(query.query());
    PrintWriter text = spec.commandLine().getOut();
    if (json) {
      JsonArray all = new JsonArray();
      found.forEach(series -> all.add(entry(series)));
      JsonObject content = new JsonObject();
      content.add("series", all);
      text.println(JsonFile.text(content));
    } else {
      found.forEach(series -> text.println(Terminal.plain(line(series))));
      text.println(found.size() + " series");
    }
    text.flush();
    return 0;
  }

  private static String line(DicomWeb.Series series) {
    String files = series.instances().isPresent() ? "" + series.instances().getAsInt() : "?";
    return String.format(
        Locale.ROOT,
        "%-8s %5s  %s  %s  %s",
        series.modality(),
        files,
        series.study(),
        series.series(),
        series.description());
  }

  private static JsonObject entry(DicomWeb.Series series) {
    JsonObject entry = new JsonObject();
    entry.addProperty("modality", series.modality());
    entry.addProperty(
        "instances", series.instances().isPresent() ? series.instances().getAsInt() : null);
    entry.addProperty("study", series.study());
    entry.addProperty("series", series.series());
    entry.addProperty("description", series.description());
    return entry;
  }
}
