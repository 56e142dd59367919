package io.github.brainimaging.core.report;

import com.google.gson.stream.JsonWriter;
import io.github.brainimaging.core.image.VolumeLabels;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The regions of a segmentation that have names, each with its size. */
final class LabelRows {

  private static final List<String> COLUMNS =
      List.of("Number in the label map", "Region", "Volume");

  private LabelRows() {}

  /** An array, null where the segmenter knows one region only. */
  static void json(JsonWriter json, Optional<VolumeLabels> labels) throws IOException {
    if (labels.isEmpty()) {
      json.nullValue();
      return;
    }
    VolumeLabels regions = labels.get();
    json.beginArray();
    for (String name : regions.names()) {
      json.beginObject();
      json.name("name").value(name);
      json.name("number").value(regions.names().indexOf(name) + 1);
      json.name("voxels").value(regions.count(name));
      json.name("volumeMl");
      JsonParts.number(json, regions.volumeMl(name).orElse(Double.NaN));
      json.endObject();
    }
    json.endArray();
  }

  /** A table with a heading; nothing where the segmenter knows one region only. */
  static String html(Optional<VolumeLabels> labels) {
    if (labels.isEmpty()) {
      return "";
    }
    VolumeLabels regions = labels.get();
    List<List<String>> rows = new ArrayList<>();
    for (String name : regions.names()) {
      rows.add(
          List.of(
              Integer.toString(regions.names().indexOf(name) + 1),
              ReportRow.escape(name),
              regions.volumeMl(name).isPresent()
                  ? String.format(Locale.ROOT, "%.2f ml", regions.volumeMl(name).getAsDouble())
                  : regions.count(name) + " voxels"));
    }
    return "<h2>Regions</h2>\n" + ReportPage.table(COLUMNS, rows);
  }
}
