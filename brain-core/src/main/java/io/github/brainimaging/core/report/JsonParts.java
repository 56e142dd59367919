package io.github.brainimaging.core.report;

import com.google.gson.stream.JsonWriter;
import io.github.brainimaging.core.inference.Assessment;
import java.io.IOException;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** What is written alike of images and of volumes. */
final class JsonParts {

  private JsonParts() {}

  /** Verdict and reasons, or null. */
  static void assessment(JsonWriter json, @Nullable Assessment assessment) throws IOException {
    if (assessment == null) {
      json.nullValue();
      return;
    }
    json.beginObject();
    json.name("verdict").value(assessment.verdict().id());
    json.name("reasons").beginArray();
    for (String reason : assessment.reasons()) {
      json.value(reason);
    }
    json.endArray();
    json.endObject();
  }

  /** An object of numbers, or null. */
  static void numbers(JsonWriter json, @Nullable Map<String, Double> numbers) throws IOException {
    if (numbers == null) {
      json.nullValue();
      return;
    }
    json.beginObject();
    for (Map.Entry<String, Double> number : numbers.entrySet()) {
      json.name(number.getKey());
      number(json, OptionalDouble.of(number.getValue()));
    }
    json.endObject();
  }

  /** A number; null where there is none, or one that JSON does not know. */
  static void number(JsonWriter json, OptionalDouble number) throws IOException {
    if (Double.isFinite(number.orElse(Double.NaN))) {
      json.value(number.getAsDouble());
    } else {
      json.nullValue();
    }
  }
}
