package io.github.brainimaging.core.archive;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Reads answers in DICOM's JSON (PS3.18, annex F). */
final class FoundSeries {

  private static final long LONGEST = 64L << 20;

  private FoundSeries() {}

  static List<DicomWeb.Series> of(DicomWeb.Answer answer) throws IOException {
    if (Files.size(answer.content()) > LONGEST) {
      throw new IOException(
          answer.what() + ": expected at most 64 MiB, found more: ask for less or for pages");
    }
    List<DicomWeb.Series> found = new ArrayList<>();
    try (Reader reader = Files.newBufferedReader(answer.content(), StandardCharsets.UTF_8)) {
      for (JsonElement each : JsonParser.parseReader(reader).getAsJsonArray()) {
        JsonObject series = each.getAsJsonObject();
        String instances = value(series, "00201209");
        found.add(
            new DicomWeb.Series(
                value(series, "0020000D"),
                value(series, "0020000E"),
                value(series, "00080060"),
                value(series, "0008103E"),
                instances.matches("[0-9]{1,9}")
                    ? OptionalInt.of(Integer.parseInt(instances))
                    : OptionalInt.empty()));
      }
    } catch (JsonParseException | IllegalStateException | IllegalArgumentException e) {
      throw new IOException(
          answer.what() + ": expected a list of series as JSON, found something else", e);
    }
    return found;
  }

  /** The first value of an attribute as a text; empty if there is none. */
  private static String value(JsonObject item, String tag) {
    JsonElement attribute = item.get(tag);
    JsonElement values = attribute == null ? null : attribute.getAsJsonObject().get("Value");
    if (values == null || values.getAsJsonArray().isEmpty()) {
      return "";
    }
    JsonElement first = values.getAsJsonArray().get(0);
    return first.isJsonPrimitive() ? first.getAsString() : "";
  }

  /**
   * Why an archive did not take what was to be stored (0008,1197); null if it does not say.
   *
   * @throws IOException if the answer is none of an archive, such as the page of a login, and its
   *     status does not say that nothing was taken
   */
  static @Nullable String reasonOfRefusal(DicomWeb.Answer answer, boolean refuses)
      throws IOException {
    try (Reader reader = Files.newBufferedReader(answer.content(), StandardCharsets.UTF_8)) {
      JsonElement said = JsonParser.parseReader(reader);
      JsonElement refused = said.getAsJsonObject().get("00081198");
      JsonElement items = refused == null ? null : refused.getAsJsonObject().get("Value");
      JsonArray all = items == null ? new JsonArray() : items.getAsJsonArray();
      if (all.isEmpty()) {
        return null;
      }
      String reason = value(all.get(0).getAsJsonObject(), "00081197");
      return reason.matches("[0-9]{1,9}")
          ? String.format("%04X (hexadecimal)", Integer.parseInt(reason))
          : "not told";
    } catch (JsonParseException | IllegalStateException | IOException e) {
      if (refuses) {
        return null; // The status says enough.
      }
      throw new IOException(
          answer.what()
              + ": expected the answer of an archive as JSON, found something else; whether it was"
              + " taken is not known",
          e);
    }
  }
}
