package io.github.brainimaging.models.card;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.github.brainimaging.core.geometry.Resample;
import io.github.brainimaging.core.image.Orientation;
import io.github.brainimaging.core.image.VoxelSpacing;
import io.github.brainimaging.core.internal.Arguments;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads a {@link VolumeCard}. */
final class VolumeCardJson {

  private VolumeCardJson() {}

  static boolean isMeantBy(String text) {
    try {
      JsonElement json = JsonParser.parseString(text);
      return json.isJsonObject()
          && json.getAsJsonObject().has("task")
          && VolumeCard.TASK.equals(ModelCardJson.text("task", json.getAsJsonObject().get("task")));
    } catch (JsonParseException | IllegalArgumentException e) {
      return false;
    }
  }

  static VolumeCard read(String text, String origin) {
    try {
      return card(ModelCardJson.object("the card", JsonParser.parseString(text)));
    } catch (JsonParseException | IllegalArgumentException e) {
      throw new ModelException(origin + " is not valid: " + e.getMessage(), e);
    }
  }

  private static VolumeCard card(JsonObject json) {
    String task = ModelCardJson.text("task", ModelCardJson.required(json, "task"));
    Arguments.require(
        task.equals(VolumeCard.TASK), "task must be %s, got %s", VolumeCard.TASK, task);
    List<String> sequences = texts(json, "sequences");
    List<Integer> patch = new ArrayList<>();
    for (double side : numbers("patch", ModelCardJson.required(json, "patch"))) {
      Arguments.require(side == (int) side, "patch must be whole numbers, got %s", side);
      patch.add((int) side);
    }
    List<ChannelNormalization> normalization = new ArrayList<>();
    array("normalization", ModelCardJson.required(json, "normalization"))
        .forEach(e -> normalization.add(normalization(ModelCardJson.object("normalization", e))));
    return new VolumeCard(
        ModelCardJson.text("name", ModelCardJson.required(json, "name")),
        sequences,
        patch,
        spacing(json),
        json.has("orientation")
            ? Optional.of(Orientation.of(text(json, "orientation")))
            : Optional.empty(),
        flag(json, "cropToNonZero", false),
        constant(Resample.Method.class, json, "interpolation", Resample.Method.LINEAR),
        normalization.size() == 1
            ? Collections.nCopies(sequences.size(), normalization.get(0))
            : normalization,
        ModelCardJson.constant(Activation.class, json, "activation"),
        texts(json, "labels"),
        Set.copyOf(texts(json, "tumorLabels")),
        number(json, "threshold", 0.5),
        number(json, "overlap", 0.5),
        text(json, "mirror"),
        constant(VolumeCard.Convention.class, json, "convention", VolumeCard.Convention.NNUNET),
        json.has("axes") ? text(json, "axes") : "xyz",
        flag(json, "gaussian", true),
        constant(Resample.Method.class, json, "interpolationBack", Resample.Method.LINEAR),
        json.has("within") ? Optional.of(coarse(json)) : Optional.empty(),
        flag(json, "onePiece", false),
        whole(json, "neighbors"),
        text(json, "sha256"));
  }

  private static VolumeCard.Coarse coarse(JsonObject json) {
    JsonObject coarse = ModelCardJson.object("within", json.get("within"));
    return new VolumeCard.Coarse(text(coarse, "model"), number(coarse, "margin", 0));
  }

  private static ChannelNormalization normalization(JsonObject json) {
    return new ChannelNormalization(
        ModelCardJson.constant(ChannelNormalization.Kind.class, json, "kind"),
        number(json, "low", 0),
        number(json, "high", 0),
        number(json, "mean", 0),
        number(json, "deviation", 1));
  }

  private static VoxelSpacing spacing(JsonObject json) {
    if (!json.has("spacing")) {
      return VoxelSpacing.UNKNOWN;
    }
    List<Double> mm = numbers("spacing", json.get("spacing"));
    Arguments.require(mm.size() == 3, "spacing must be three numbers, got %s", mm);
    return new VoxelSpacing(mm.get(0), mm.get(1), mm.get(2));
  }

  private static <E extends Enum<E>> E constant(
      Class<E> type, JsonObject json, String key, E usual) {
    return json.has(key) ? ModelCardJson.constant(type, json, key) : usual;
  }

  private static boolean flag(JsonObject json, String key, boolean usual) {
    if (!json.has(key)) {
      return usual;
    }
    JsonElement value = json.get(key);
    Arguments.require(
        value.isJsonPrimitive() && value.getAsJsonPrimitive().isBoolean(),
        "%s must be true or false, got %s",
        key,
        value);
    return value.getAsBoolean();
  }

  private static int whole(JsonObject json, String key) {
    double number = number(json, key, 0);
    Arguments.require(number == (int) number, "%s must be a whole number, got %s", key, number);
    return (int) number;
  }

  private static String text(JsonObject json, String key) {
    return json.has(key) ? ModelCardJson.text(key, json.get(key)) : "";
  }

  private static double number(JsonObject json, String key, double usual) {
    return json.has(key) ? ModelCardJson.number(key, json.get(key)) : usual;
  }

  private static List<String> texts(JsonObject json, String key) {
    return ModelCardJson.texts(key, ModelCardJson.required(json, key));
  }

  private static List<Double> numbers(String key, JsonElement element) {
    List<Double> numbers = new ArrayList<>();
    array(key, element).forEach(e -> numbers.add(ModelCardJson.number(key, e)));
    return numbers;
  }

  private static JsonArray array(String key, JsonElement element) {
    Arguments.require(element.isJsonArray(), "%s must be an array, got %s", key, element);
    return element.getAsJsonArray();
  }
}
