package io.github.brainimaging.examples.cli.file;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.brainimaging.core.image.ScanFacts;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.study.Study;
import io.github.brainimaging.core.study.StudySeries;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;

/** The series of a study with the one that is chosen, and the reason for every other. */
public final class StudyTable {

  private static final String CHOSEN = "chosen";

  private StudyTable() {}

  /** Prints the table, and gives it as JSON. */
  public static JsonObject print(Path folder, Study study, PrintWriter out) {
    Study.Selection selection = study.select();
    JsonArray rows = new JsonArray();
    out.println(Terminal.plain(folder + ": which series serves best (analyze --series best)"));
    int width = study.series().stream().mapToInt(each -> each.name().length()).max().orElse(1);
    for (StudySeries each : study.series()) {
      String choice = selection.leftOut().getOrDefault(each.name(), CHOSEN);
      JsonObject row = new JsonObject();
      row.addProperty("series", each.name());
      row.addProperty("kind", each.kind());
      row.addProperty("choice", choice);
      rows.add(row);
      out.println(Terminal.plain("  " + columns(each, width) + "  " + choice));
    }
    study
        .others()
        .forEach((file, reason) -> out.println(Terminal.plain("  " + file + "  " + reason)));
    JsonObject json = new JsonObject();
    json.addProperty("folder", folder.toString());
    json.add("series", rows);
    return json;
  }

  private static String columns(StudySeries series, int width) {
    VolumeGrid grid = series.grid();
    double mm = series.coarsestMm();
    return String.format(
        Locale.ROOT,
        "%-" + width + "s  %-22s  %-8s  %-15s  %7s",
        series.name(),
        series.kind(),
        series.facts().find(ScanFacts.PLANE).map(ScanFacts.Fact::value).orElse(""),
        grid.width() + " x " + grid.height() + " x " + grid.depth(),
        Double.isNaN(mm) ? "" : String.format(Locale.ROOT, "%.1f mm", mm));
  }
}
