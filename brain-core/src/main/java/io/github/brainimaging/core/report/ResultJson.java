package io.github.brainimaging.core.report;

import com.google.gson.stream.JsonWriter;
import io.github.brainimaging.core.inference.Prediction;
import io.github.brainimaging.core.internal.OptionalLibrary;
import io.github.brainimaging.core.pipeline.Analysis;
import io.github.brainimaging.core.pipeline.VolumeAnalysis;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/**
 * The JSON of one result, for a web service or a database: an object with the keys that reports
 * have, null where there is nothing to say. Results are no beans; what Jackson or Gson make of them
 * by themselves is not what they say.
 *
 * <p>Needs Gson on the class path. Safe to use from several threads.
 *
 * @since 0.1.0
 */
public final class ResultJson {

  /** Writes the content. */
  private interface Content {
    void write(JsonWriter json) throws IOException;
  }

  private ResultJson() {}

  /**
   * What a classifier says: {@code label}, {@code probability}, {@code tumor}, {@code
   * probabilities} by label, {@code uncertainty} (null of a single run), {@code assessment}.
   *
   * @param prediction what it says
   * @return a JSON object in one line
   * @throws IllegalStateException if Gson is not on the class path
   */
  public static String toJson(Prediction prediction) {
    return text(
        json -> {
          json.beginObject();
          json.name("label").value(prediction.label());
          json.name("probability");
          JsonParts.number(json, prediction.probability());
          json.name("tumor").value(prediction.isTumor());
          json.name("probabilities");
          JsonParts.numbers(json, prediction.probabilities());
          json.name("uncertainty");
          JsonParts.uncertainty(json, prediction);
          json.name("assessment");
          JsonParts.assessment(json, prediction.assessment());
          json.endObject();
        });
  }

  /**
   * What a pipeline says of an image, as {@code report.json} has it, without the names of files.
   *
   * @param analysis what it says
   * @return a JSON object
   * @throws IllegalStateException if Gson is not on the class path
   */
  public static String toJson(Analysis analysis) {
    return text(json -> ReportJson.write(json, analysis));
  }

  /**
   * What a pipeline says of a volume, as {@code volumes.json} has it, without the names of files.
   *
   * @param analysis what it says
   * @return a JSON object in one line
   * @throws IllegalStateException if Gson is not on the class path
   */
  public static String toJson(VolumeAnalysis analysis) {
    return text(
        json -> {
          json.beginObject();
          json.name("input").value(analysis.input());
          VolumeJson.write(json, analysis);
          json.endObject();
        });
  }

  private static String text(Content content) {
    OptionalLibrary.GSON.require();
    StringWriter text = new StringWriter();
    try {
      content.write(new JsonWriter(text));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // Memory does not fail.
    }
    return text.toString();
  }
}
