package io.github.brainimaging.core.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.stream.JsonWriter;
import io.github.brainimaging.core.image.ScanFacts;
import io.github.brainimaging.core.inference.Assessment;
import io.github.brainimaging.core.inference.Prediction;
import io.github.brainimaging.core.inference.Uncertainty;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is written alike of images and of volumes. */
final class JsonParts {

  /**
   * Of {@code report.json} and {@code volumes.json}, which are one schema: raised when a key
   * changes its meaning or goes; new keys do not raise it.
   */
  private static final int SCHEMA_VERSION = 1;

  private static final Gson WITH_NULLS = new GsonBuilder().serializeNulls().create();

  private JsonParts() {}

  /** What made the report, and when. */
  static void facts(JsonWriter json, ReportWriter.Facts facts) throws IOException {
    json.name("schemaVersion").value(SCHEMA_VERSION);
    json.name("version").value(ReportPage.version());
    json.name("created").value(Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    json.name("title").value(facts.title());
    json.name("model").value(facts.model());
    json.name("segmenter").value(facts.segmenter());
    json.name("device").value(facts.device());
    json.name("notice").value(ReportPage.NOTICE);
    json.name("remark").value(facts.remark());
  }

  /** What stands in an object under some keys, where it is a text. */
  static List<String> texts(JsonObject object, String... keys) {
    return Arrays.stream(keys)
        .map(object::get)
        .filter(value -> value != null && value.isJsonPrimitive())
        .map(JsonElement::getAsString)
        .toList();
  }

  /** Writes an object that is there already. */
  static void copy(JsonObject object, JsonWriter json) {
    WITH_NULLS.toJson(object, json);
  }

  /** Verdict and reasons, or null. */
  static void assessment(JsonWriter json, @Nullable Assessment assessment) throws IOException {
    if (assessment == null) {
      json.nullValue();
      return;
    }
    json.beginObject();
    json.name("verdict").value(assessment.verdict().id());
    json.name("reasons");
    texts(json, assessment.reasons());
    json.endObject();
  }

  /** What is known of how an image was made, each with its source. */
  static void facts(JsonWriter json, ScanFacts facts) throws IOException {
    json.beginArray();
    for (ScanFacts.Fact fact : facts.facts()) {
      json.beginObject();
      json.name("name").value(fact.name());
      json.name("value").value(fact.value());
      json.name("source").value(fact.source());
      json.name("confidence").value(fact.confidence());
      json.endObject();
    }
    json.endArray();
  }

  /** The labels among which the true one is, or null. */
  static void set(JsonWriter json, @Nullable Prediction prediction) throws IOException {
    @Nullable Set<String> set = prediction == null ? null : prediction.set().orElse(null);
    if (prediction == null || set == null) {
      json.nullValue();
      return;
    }
    json.beginObject();
    json.name("coverage").value(prediction.sets().coverage());
    json.name("labels");
    texts(json, List.copyOf(set));
    json.name("unsure").value(prediction.isUnsure());
    json.endObject();
  }

  /** How much several runs disagree about a class, or null. */
  static void uncertainty(JsonWriter json, @Nullable Prediction prediction) throws IOException {
    @Nullable Uncertainty known = prediction == null ? null : prediction.uncertainty().orElse(null);
    if (known == null) {
      json.nullValue();
      return;
    }
    json.beginObject();
    json.name("runs").value(known.runs());
    json.name("deviations");
    numbers(json, known.deviations());
    json.name("entropy").value(known.entropy());
    json.name("mutualInformation").value(known.mutualInformation());
    json.name("low").value(known.low());
    json.name("high").value(known.high());
    json.endObject();
  }

  /** An array of texts, or null. */
  static void texts(JsonWriter json, @Nullable List<String> texts) throws IOException {
    if (texts == null) {
      json.nullValue();
      return;
    }
    json.beginArray();
    for (String text : texts) {
      json.value(text);
    }
    json.endArray();
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
      number(json, number.getValue());
    }
    json.endObject();
  }

  /** A number; null where it is not finite, which JSON does not know. */
  static void number(JsonWriter json, double number) throws IOException {
    if (Double.isFinite(number)) {
      json.value(number);
    } else {
      json.nullValue();
    }
  }
}
