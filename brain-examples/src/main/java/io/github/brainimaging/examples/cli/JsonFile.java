package io.github.brainimaging.examples.cli;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.github.brainimaging.core.internal.AtomicFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** JSON files for people and programs: indented, absent figures as null. */
final class JsonFile {

  private JsonFile() {}

  static void write(Path file, JsonObject content) throws IOException {
    String text = new GsonBuilder().setPrettyPrinting().serializeNulls().create().toJson(content);
    AtomicFiles.write(file, stream -> stream.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** JSON knows no NaN. */
  static void addNumber(JsonObject json, String key, double value) {
    json.add(key, number(value));
  }

  static JsonElement number(double value) {
    return Double.isFinite(value) ? new JsonPrimitive(value) : JsonNull.INSTANCE;
  }
}
