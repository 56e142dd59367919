package io.github.brainimaging.models.card;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A JSON object in a file that another program wrote. What is wrong with it is told with file, key,
 * what was found and what is expected.
 *
 * @param file the file
 * @param at the key of the object, ending in a point, or empty
 * @param json the object
 */
record ForeignJson(Path file, String at, JsonObject json) {

  static ForeignJson read(Path file) {
    try {
      JsonElement json = JsonParser.parseString(Files.readString(file, StandardCharsets.UTF_8));
      if (!json.isJsonObject()) {
        throw new ModelException(file + " is no JSON object");
      }
      return new ForeignJson(file, "", json.getAsJsonObject());
    } catch (IOException | JsonParseException e) {
      throw new ModelException(file + " cannot be read: " + e.getMessage(), e);
    }
  }

  boolean has(String key) {
    return json.has(key) && !json.get(key).isJsonNull();
  }

  JsonElement element(String key, String expected) {
    if (!has(key)) {
      throw wrong(key, expected);
    }
    return json.get(key);
  }

  ForeignJson object(String key) {
    JsonElement element = element(key, "an object");
    if (!element.isJsonObject()) {
      throw wrong(key, "an object");
    }
    return new ForeignJson(file, at + key + ".", element.getAsJsonObject());
  }

  List<JsonElement> list(String key) {
    JsonElement element = element(key, "an array");
    if (!element.isJsonArray()) {
      throw wrong(key, "an array");
    }
    return element.getAsJsonArray().asList();
  }

  String text(String key) {
    JsonElement element = element(key, "a text");
    if (!element.isJsonPrimitive() || !element.getAsJsonPrimitive().isString()) {
      throw wrong(key, "a text");
    }
    return element.getAsString();
  }

  List<String> texts(String key) {
    List<String> texts = new ArrayList<>();
    for (JsonElement element : list(key)) {
      if (!element.isJsonPrimitive()) {
        throw wrong(key, "texts");
      }
      texts.add(element.getAsString());
    }
    return texts;
  }

  boolean flag(String key, boolean usual) {
    return has(key) ? flag(key, json.get(key)) : usual;
  }

  private boolean flag(String key, JsonElement element) {
    if (!element.isJsonPrimitive() || !element.getAsJsonPrimitive().isBoolean()) {
      throw wrong(key, "true or false");
    }
    return element.getAsBoolean();
  }

  List<Boolean> flags(String key) {
    return list(key).stream().map(element -> flag(key, element)).toList();
  }

  double number(String key, double usual) {
    return has(key) ? number(key) : usual;
  }

  double number(String key) {
    return number(key, element(key, "a number"));
  }

  private double number(String key, JsonElement element) {
    if (!element.isJsonPrimitive() || !element.getAsJsonPrimitive().isNumber()) {
      throw wrong(key, "a number");
    }
    return element.getAsDouble();
  }

  List<Double> numbers(String key) {
    return list(key).stream().map(element -> number(key, element)).toList();
  }

  /** Three numbers for the axes of an array, the last of which are the columns, turned round. */
  List<Double> columnsRowsSlices(String key) {
    List<Double> numbers = numbers(key);
    if (numbers.size() != 3 || numbers.stream().anyMatch(number -> !(number > 0))) {
      throw wrong(key, "three positive numbers");
    }
    return List.of(numbers.get(2), numbers.get(1), numbers.get(0));
  }

  /** The same, of whole numbers. */
  List<Integer> patch(String key) {
    List<Double> sides = columnsRowsSlices(key);
    if (sides.stream().anyMatch(side -> side != side.intValue())) {
      throw wrong(key, "three whole numbers");
    }
    return sides.stream().map(Double::intValue).toList();
  }

  /** The names of channels: {@code {"0": "T1", "1": "T2"}}. */
  List<String> channels(String key) {
    ForeignJson names = object(key);
    List<String> channels = new ArrayList<>();
    for (int i = 0; i < names.json.size(); i++) {
      channels.add(names.text(Integer.toString(i)));
    }
    if (channels.isEmpty()) {
      throw wrong(key, "names of the channels");
    }
    return channels;
  }

  /** Refuses any other text. */
  void require(String key, String... expected) {
    String found = text(key);
    if (!List.of(expected).contains(found)) {
      throw wrong(key, String.join(" or ", expected));
    }
  }

  /** Refuses keys that are not known here. */
  void requireKeys(List<String> known) {
    for (String key : json.keySet()) {
      if (!known.contains(key) && has(key)) {
        throw wrong(key, "none (it is not known here; known are " + known + ")");
      }
    }
  }

  ModelException wrong(String key, String expected) {
    return new ModelException(
        "%s: %s%s is %s, expected %s"
            .formatted(file, at, key, json.has(key) ? json.get(key) : "missing", expected));
  }
}
