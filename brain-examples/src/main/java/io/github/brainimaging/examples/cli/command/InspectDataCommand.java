package io.github.brainimaging.examples.cli.command;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.brainimaging.core.data.DataInspection;
import io.github.brainimaging.core.data.DataSet;
import io.github.brainimaging.core.data.Duplicates;
import io.github.brainimaging.core.plot.Plot;
import io.github.brainimaging.examples.cli.file.JsonFile;
import io.github.brainimaging.examples.cli.file.Terminal;
import io.github.brainimaging.examples.cli.option.DataOptions;
import io.github.brainimaging.examples.cli.option.PlotOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells what should be known of a data set before a network learns from it. */
@Command(
    name = "inspect-data",
    mixinStandardHelpOptions = true,
    description = {
      "Tells classes, sizes, gray values and copies of a data set, and how well ten gray-value"
          + " statistics alone tell the class."
    })
public final class InspectDataCommand implements Callable<Integer> {

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Parameters(
      paramLabel = "DIR|LIST.csv",
      description = "One folder per class, or a list with the columns path and label.")
  private Path data = Path.of("");

  @Option(
      names = "--test",
      paramLabel = "DIR|LIST.csv",
      description = "The test set: how much of it is a copy of DIR, and what the control asks.")
  private @Nullable Path test;

  @Option(
      names = "--groups",
      paramLabel = "REGEX",
      description = "Finds the patient in a file's path, as in `train`.")
  private @Nullable Pattern groups;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Where to write the figures and the list of copies.")
  private @Nullable Path json;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where classes.png is written: a bar for the images of each class.")
  private @Nullable Path out;

  @Mixin private final PlotOptions plots = new PlotOptions();

  @Override
  public Integer call() throws IOException {
    DataSet learned = read(data);
    DataInspection found =
        test == null ? DataInspection.of(learned) : DataInspection.of(learned, read(test));
    PrintWriter printer = spec.commandLine().getOut();
    printer.println(Terminal.plainTable(found));
    if (out != null) {
      Map<String, Double> bars = new LinkedHashMap<>();
      found.classes().forEach(each -> bars.put(each.label(), (double) each.images()));
      plots.write(
          out, "classes", printer, () -> Plot.bars("Classes", "images", Map.of("images", bars)));
    }
    printer.flush();
    if (json != null) {
      JsonFile.write(json, figures(found));
    }
    return found.unreadable().isEmpty() ? 0 : 1;
  }

  private DataSet read(Path source) throws IOException {
    DataSet read = DataOptions.read(source);
    return groups == null ? read : read.groupedBy(groups);
  }

  private static JsonObject figures(DataInspection found) {
    JsonObject figures = new JsonObject();
    JsonArray classes = new JsonArray();
    for (DataInspection.ClassFigures each : found.classes()) {
      JsonObject one = new JsonObject();
      one.addProperty("label", each.label());
      one.addProperty("images", each.images());
      one.addProperty("groups", each.groups());
      one.add("width", spread(each.width()));
      one.add("height", spread(each.height()));
      one.add("mean", spread(each.mean()));
      one.add("deviation", spread(each.deviation()));
      classes.add(one);
    }
    figures.add("classes", classes);
    figures.add("copies", copies(found.copies()));
    figures.addProperty("contradicting", found.contradicting());
    found
        .test()
        .ifPresent(
            test -> {
              JsonObject own = new JsonObject();
              own.addProperty("images", test.images());
              own.addProperty("copiedShare", test.copiedShare());
              own.add("copies", copies(test.copies()));
              own.add("sharedGroups", new Gson().toJsonTree(test.sharedGroups()));
              figures.add("test", own);
            });
    JsonObject control = new JsonObject();
    JsonFile.addNumber(control, "accuracy", found.shortcut().accuracy());
    JsonFile.addNumber(control, "chance", found.shortcut().chance());
    control.addProperty("asked", found.shortcut().asked());
    control.addProperty("words", found.shortcut().toString());
    figures.add("shortcut", control);
    JsonObject unreadable = new JsonObject();
    found.unreadable().forEach((file, why) -> unreadable.addProperty(file.toString(), why));
    figures.add("unreadable", unreadable);
    return figures;
  }

  private static JsonObject spread(DataInspection.Spread spread) {
    JsonObject json = new JsonObject();
    JsonFile.addNumber(json, "minimum", spread.minimum());
    JsonFile.addNumber(json, "median", spread.median());
    JsonFile.addNumber(json, "maximum", spread.maximum());
    return json;
  }

  private static JsonArray copies(Duplicates copies) {
    JsonArray list = new JsonArray();
    for (Duplicates.Copy copy : copies.copies()) {
      JsonObject one = new JsonObject();
      one.addProperty("file", copy.file().toString());
      one.addProperty("original", copy.original().toString());
      one.addProperty("distance", copy.distance());
      one.addProperty("exact", copy.exact());
      list.add(one);
    }
    return list;
  }
}
