package io.github.brainimaging.core.report;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The volumes of a report as a table of {@code index.html}, each with the way to its page. */
final class VolumeList {

  private static final Logger logger = LoggerFactory.getLogger(VolumeList.class);

  private VolumeList() {}

  /** The table of the volumes whose report lies in a folder; empty if there is none. */
  static String in(Path folder) throws IOException {
    Path json = folder.resolve(VolumeReportWriter.JSON);
    if (!Files.isRegularFile(json)) {
      return "";
    }
    StringBuilder rows = new StringBuilder();
    int count = 0;
    try (Reader reader = Files.newBufferedReader(json)) {
      JsonObject report = JsonParser.parseReader(reader).getAsJsonObject();
      for (JsonElement result : report.getAsJsonArray("results")) {
        rows.append(row(result.getAsJsonObject()));
        count++;
      }
    } catch (JsonParseException
        | IllegalStateException
        | NullPointerException
        | ClassCastException
        | NumberFormatException
        | UnsupportedOperationException
        | MalformedInputException e) {
      logger.warn("{} is no report of volumes: the page of the images does not list it", json);
      return "";
    }
    return String.format(
        Locale.ROOT,
        """
        <h2>%d %s</h2>
        <div class="table"><table class="volumes">
        <thead><tr><th>Input</th><th>Result</th><th>Region</th><th>Lesions</th></tr></thead>
        <tbody>
        %s</tbody>
        </table></div>
        """,
        count,
        count == 1 ? "volume" : "volumes",
        rows);
  }

  private static String row(JsonObject result) {
    String input = ReportRow.escape(result.get("input").getAsString());
    if (!result.has("page")) {
      return String.format(
          Locale.ROOT,
          "<tr><td>%s</td><td><span class=\"tag failed\">failed</span></td>"
              + "<td class=\"error\" colspan=\"2\">%s</td></tr>%n",
          input,
          ReportRow.escape(text(result, "error")));
    }
    String label = text(result, "predicted");
    JsonElement known = label.isEmpty() ? null : result.getAsJsonObject("probabilities").get(label);
    String probability =
        known == null ? "" : String.format(Locale.ROOT, " %.3f", known.getAsDouble());
    return String.format(
        Locale.ROOT,
        "<tr><td><a href=\"%s\">%s</a></td><td>%s%s</td><td>%s</td><td>%d</td></tr>%n",
        ReportRow.escape(result.get("page").getAsString()),
        input,
        ReportRow.escape(label.isEmpty() ? verdict(result) : label),
        probability,
        region(result),
        result.getAsJsonArray("lesions").size());
  }

  private static String verdict(JsonObject result) {
    return text(result.getAsJsonObject("assessment"), "verdict");
  }

  private static String region(JsonObject result) {
    JsonElement ml = result.get("volumeMl");
    if (!ml.isJsonNull()) {
      return String.format(Locale.ROOT, "%.2f ml", ml.getAsDouble());
    }
    return text(result, "mask").isEmpty() ? "" : "of unknown size";
  }

  /** What stands under a key; empty for null. */
  private static String text(JsonObject object, String key) {
    JsonElement value = object.get(key);
    return value.isJsonNull() ? "" : value.getAsString();
  }
}
