package io.github.brainimaging.core.report;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

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

  /** Of a line that is none, what {@link #isWhole} tells. */
  static ResultLine of(JsonObject line) {
    try {
      return GSON.fromJson(line, ResultLine.class);
    } catch (JsonParseException e) {
      return GSON.fromJson(new JsonObject(), ResultLine.class);
    }
  }

  /** Whether a journal told all of it: Gson leaves what is missing null. */
  boolean isWhole() {
    return Stream.of(input, result, entry, row).allMatch(Objects::nonNull);
  }

  /** The pictures that it names, relative to the folder of the report. */
  List<String> files() {
    return JsonParts.texts(JsonParser.parseString(entry).getAsJsonObject(), "mask", "overlay");
  }

  JsonObject toJson() {
    return GSON.toJsonTree(this).getAsJsonObject();
  }
}
