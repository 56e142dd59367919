package io.github.brainimaging.models.card;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.brainimaging.core.internal.Arguments;
import java.util.ArrayList;
import java.util.List;

/** {@link ClinicalColumns} as JSON, there and back: an array with an object for each column. */
final class ClinicalJson {

  private ClinicalJson() {}

  static JsonArray write(ClinicalColumns clinical) {
    JsonArray columns = new JsonArray();
    for (ClinicalColumns.Column column : clinical.columns()) {
      JsonObject json = new JsonObject();
      json.addProperty("name", column.name());
      if (column instanceof ClinicalColumns.Quantity quantity) {
        json.addProperty("mean", quantity.mean());
        json.addProperty("deviation", quantity.deviation());
      } else if (column instanceof ClinicalColumns.Category category) {
        JsonArray levels = new JsonArray();
        category.levels().forEach(levels::add);
        json.add("levels", levels);
      }
      json.addProperty("missing", column.missing());
      columns.add(json);
    }
    return columns;
  }

  static ClinicalColumns read(JsonElement element) {
    Arguments.require(element.isJsonArray(), "clinical must be an array, got %s", element);
    List<ClinicalColumns.Column> columns = new ArrayList<>();
    for (JsonElement each : element.getAsJsonArray()) {
      JsonObject json = ModelCardJson.object("column", each);
      String name = ModelCardJson.text("name", ModelCardJson.required(json, "name"));
      int missing = json.has("missing") ? ModelCardJson.wholeNumber(json, "missing") : 0;
      columns.add(
          json.has("levels")
              ? new ClinicalColumns.Category(
                  name, ModelCardJson.texts("levels of " + name, json.get("levels")), missing)
              : new ClinicalColumns.Quantity(
                  name, number(json, "mean"), number(json, "deviation"), missing));
    }
    return new ClinicalColumns(columns);
  }

  private static double number(JsonObject json, String key) {
    return ModelCardJson.number(key, ModelCardJson.required(json, key));
  }
}
