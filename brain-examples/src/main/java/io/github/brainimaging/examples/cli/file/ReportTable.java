package io.github.brainimaging.examples.cli.file;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The results of reports as CSV: a line for each input, a column for each label. */
public final class ReportTable {

  private static final List<String> COLUMNS =
      List.of(
          "input",
          "status",
          "result",
          "probability",
          "areaPixels",
          "areaMm2",
          "volumeMl",
          "confidence",
          "assessment",
          "warning",
          "inputWarnings",
          "remarks",
          "error",
          "mask");

  private final List<JsonObject> results = new ArrayList<>();

  /** Takes what {@code report.json} or {@code volumes.json} holds. */
  public void add(Path json) throws IOException {
    try (Reader reader = Files.newBufferedReader(json)) {
      JsonParser.parseReader(reader)
          .getAsJsonObject()
          .getAsJsonArray("results")
          .forEach(result -> results.add(result.getAsJsonObject()));
    }
  }

  public void write(Path file) throws IOException {
    Set<String> labels = new LinkedHashSet<>();
    for (JsonObject result : results) {
      labels.addAll(object(result, "probabilities").keySet());
    }
    List<String> header = new ArrayList<>(COLUMNS);
    labels.forEach(label -> header.add("p(" + label + ")"));
    CsvFile table = new CsvFile(header);
    results.forEach(result -> table.add(line(result, labels)));
    table.write(file);
  }

  private static List<Object> line(JsonObject result, Set<String> labels) {
    JsonObject assessment = object(result, "assessment");
    JsonObject probabilities = object(result, "probabilities");
    // Of a slice the region's measures stand together, of a volume beside the class.
    JsonObject region = result.has("tumor") ? object(result, "tumor") : result;
    JsonObject input = object(result, result.has("image") ? "image" : "volume");
    Object label = value(result.get("predicted"));
    List<Object> line = new ArrayList<>();
    line.add(value(result.get("input")));
    line.add(value(result.get("status")));
    line.add(label);
    line.add(value(probabilities.get(label.toString())));
    line.add(value(region.get("areaPixels")));
    line.add(value(region.get("areaMm2")));
    line.add(value(region.get("volumeMl")));
    line.add(value(region.get("confidence")));
    line.add(value(assessment.get("verdict")));
    line.add(value(assessment.get("reasons")));
    line.add(value(input.get("warnings")));
    line.add(value(result.get("remarks")));
    line.add(value(result.get("error")));
    line.add(value(result.get("mask")));
    labels.forEach(each -> line.add(value(probabilities.get(each))));
    return line;
  }

  private static JsonObject object(JsonObject parent, String key) {
    JsonElement found = parent.get(key);
    return found == null || found.isJsonNull() ? new JsonObject() : found.getAsJsonObject();
  }

  private static Object value(@Nullable JsonElement element) {
    if (element == null || element.isJsonNull()) {
      return "";
    }
    if (element.isJsonArray()) {
      return StreamSupport.stream(element.getAsJsonArray().spliterator(), false)
          .map(JsonElement::getAsString)
          .collect(Collectors.joining("; "));
    }
    boolean isNumber = element.getAsJsonPrimitive().isNumber();
    return isNumber ? element.getAsNumber() : element.getAsString();
  }
}
