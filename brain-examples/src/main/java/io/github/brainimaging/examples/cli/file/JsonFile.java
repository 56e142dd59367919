package io.github.brainimaging.examples.cli.file;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.github.brainimaging.core.work.AtomicFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** JSON files for people and programs: indented, absent figures as null. */
public final class JsonFile {

  private JsonFile() {}

  public static void write(Path file, JsonObject content) throws IOException {
    byte[] text = text(content).getBytes(StandardCharsets.UTF_8);
    AtomicFiles.write(file, stream -> stream.write(text));
  }

  public static String text(JsonObject content) {
    return new GsonBuilder().setPrettyPrinting().serializeNulls().create().toJson(content);
  }

  /** JSON knows no NaN. */
  public static void addNumber(JsonObject json, String key, double value) {
    json.add(key, number(value));
  }

  public static JsonElement number(double value) {
    return Double.isFinite(value) ? new JsonPrimitive(value) : JsonNull.INSTANCE;
  }
}
