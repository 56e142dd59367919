package io.github.brainimaging.core.report;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.io.IOException;

/**
 * A result as the journal keeps it: all that the report says of it.
 *
 * @param input what the report calls the input
 * @param named whether pictures are called after it
 * @param result what the page counts and filters it by
 * @param refused whether it is out of the domain
 * @param probabilities whether the page's column of probabilities has something to say of it
 * @param region whether the page's column of regions has
 * @param outline whether an outline is drawn
 * @param heatMap whether there is a map of where its class is seen
 * @param entry its object in {@code report.json}
 * @param row its row in {@code index.html}
 */
record ResultLine(
    String input,
    boolean named,
    String result,
    boolean refused,
    boolean probabilities,
    boolean region,
    boolean outline,
    boolean heatMap,
    String entry,
    String row) {

  private static final Gson GSON = new Gson();

  static ResultLine of(ReportEntry entry, boolean named) throws IOException {
    ReportRow row = new ReportRow(entry);
    return new ResultLine(
        entry.input(),
        named,
        row.result(),
        entry.outcome().analysis().filter(a -> !a.assessment().answers()).isPresent(),
        row.hasProbabilities(),
        row.hasRegion(),
        row.hasOutline(),
        row.hasHeatMap(),
        ReportJson.result(entry),
        row.toHtml());
  }

  static ResultLine of(JsonObject line) {
    return GSON.fromJson(line, ResultLine.class);
  }

  JsonObject toJson() {
    return GSON.toJsonTree(this).getAsJsonObject();
  }
}
