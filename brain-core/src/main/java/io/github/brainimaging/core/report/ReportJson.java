package io.github.brainimaging.core.report;

import com.google.gson.stream.JsonWriter;
import io.github.brainimaging.core.explanation.Explanation;
import io.github.brainimaging.core.image.BoundingBox;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.inference.Contour;
import io.github.brainimaging.core.inference.MaskUncertainty;
import io.github.brainimaging.core.inference.Prediction;
import io.github.brainimaging.core.inference.Segmentation;
import io.github.brainimaging.core.pipeline.Analysis;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes {@code report.json}, one result after the other. Every key is always there, or null. */
final class ReportJson {

  private final JsonWriter json;

  private ReportJson(JsonWriter json) {
    this.json = json;
  }

  private ReportJson(Writer out) {
    this(new JsonWriter(out));
    json.setIndent(" ");
  }

  /** The whole file, of the lines of a journal, and the rows of the page beside it. */
  static void write(Writer text, ReportWriter.Facts facts, Journal journal, Writer page)
      throws IOException {
    new ReportJson(text).begin(facts);
    String[] comma = {""};
    journal.forEach(
        read -> {
          ResultLine line = ResultLine.of(read);
          page.write(line.row());
          text.write(comma[0] + line.entry());
          comma[0] = ",";
        });
    text.write(journal.size() == 0 ? "]\n}" : "\n ]\n}");
    text.flush();
  }

  private void begin(ReportWriter.Facts facts) throws IOException {
    json.beginObject();
    JsonParts.facts(json, facts);
    json.name("results").beginArray();
    json.flush();
  }

  /** A result as it stands among the others, which a comma parts. */
  static String result(ReportEntry entry) throws IOException {
    StringWriter text = new StringWriter();
    ReportJson document = new ReportJson(text);
    document.json.beginObject().name("results").beginArray();
    document.json.flush();
    int from = text.getBuffer().length();
    document.add(entry);
    document.json.flush();
    return text.getBuffer().substring(from);
  }

  /** What an analysis says, alone. */
  static void write(JsonWriter json, Analysis analysis) throws IOException {
    json.beginObject();
    json.name("input").value(analysis.input());
    new ReportJson(json).writeFindings(analysis, ReportEntry.contours(analysis), null);
    json.name("milliseconds");
    JsonParts.numbers(json, analysis.milliseconds());
    json.endObject();
  }

  private void add(ReportEntry entry) throws IOException {
    @Nullable Analysis analysis = entry.outcome().analysis().orElse(null);
    json.beginObject();
    json.name("input").value(entry.input());
    json.name("status").value(analysis == null ? "failed" : "ok");
    json.name("error").value(entry.outcome().error().orElse(null));
    writeFindings(analysis, entry.contours(), entry.doubtMap());
    json.name("mask").value(entry.mask());
    json.name("overlay").value(entry.overlay());
    json.name("explanation");
    writeExplanation(entry.explanation(), entry.heatMap());
    json.name("milliseconds");
    JsonParts.numbers(json, analysis == null ? null : analysis.milliseconds());
    json.endObject();
  }

  private void writeFindings(
      @Nullable Analysis analysis, List<Contour> contours, @Nullable String doubtMap)
      throws IOException {
    @Nullable Prediction prediction = analysis == null ? null : analysis.prediction().orElse(null);
    json.name("assessment");
    JsonParts.assessment(json, analysis == null ? null : analysis.assessment());
    json.name("image");
    writeImage(analysis);
    json.name("predicted").value(prediction == null ? null : prediction.label());
    json.name("probabilities");
    JsonParts.numbers(json, prediction == null ? null : prediction.probabilities());
    json.name("set");
    JsonParts.set(json, prediction);
    json.name("uncertainty");
    JsonParts.uncertainty(json, prediction);
    json.name("tumor");
    writeTumor(analysis, contours, doubtMap);
    json.name("remarks");
    JsonParts.texts(json, analysis == null ? null : analysis.remarks());
  }

  private void writeImage(@Nullable Analysis analysis) throws IOException {
    if (analysis == null) {
      json.nullValue();
      return;
    }
    MedicalImage image = analysis.image();
    json.beginObject();
    json.name("width").value(image.width());
    json.name("height").value(image.height());
    json.name("channels").value(image.channels());
    json.name("modality").value(image.modality().name());
    json.name("spacingMm");
    if (image.spacing().isKnown()) {
      writeArray(image.spacing().x(), image.spacing().y());
    } else {
      json.nullValue();
    }
    json.name("facts");
    JsonParts.facts(json, image.facts());
    json.name("warnings");
    JsonParts.texts(json, image.warnings());
    json.endObject();
  }

  private void writeTumor(
      @Nullable Analysis analysis, List<Contour> contours, @Nullable String doubtMap)
      throws IOException {
    if (analysis == null) {
      json.nullValue();
      return;
    }
    json.beginObject();
    json.name("present");
    if (analysis.assessment().answers() || analysis.prediction().isPresent()) {
      json.value(analysis.tumorPresent());
    } else {
      json.nullValue(); // not asked, which is not the same as no
    }
    if (analysis.segmentation().isPresent()) {
      writeMeasures(analysis.segmentation().get(), contours);
      json.name("uncertainty");
      writeDoubt(analysis.segmentation().get(), doubtMap);
    }
    json.endObject();
  }

  private void writeMeasures(Segmentation found, List<Contour> contours) throws IOException {
    json.name("areaPixels").value(found.areaPixels());
    json.name("areaMm2");
    JsonParts.number(json, found.areaMm2().orElse(Double.NaN));
    json.name("confidence");
    JsonParts.number(json, found.confidence().orElse(Double.NaN));
    if (found.boundingBox().isPresent() && found.centroid().isPresent()) {
      var box = found.boundingBox().get();
      var centroid = found.centroid().get();
      json.name("boundingBox");
      writeArray(box.x(), box.y(), box.width(), box.height());
      json.name("centroid");
      writeArray(centroid.x(), centroid.y());
    } else {
      json.name("boundingBox").nullValue();
      json.name("centroid").nullValue();
    }
    json.name("contours").beginArray();
    for (Contour contour : contours) {
      json.beginObject();
      json.name("outline");
      writePolygon(contour.outline());
      json.name("holes").beginArray();
      for (List<Segmentation.Point> hole : contour.holes()) {
        writePolygon(hole);
      }
      json.endArray();
      json.endObject();
    }
    json.endArray();
  }

  private void writeDoubt(Segmentation found, @Nullable String map) throws IOException {
    if (found.uncertainty().isEmpty()) {
      json.nullValue();
      return;
    }
    MaskUncertainty known = found.uncertainty().get();
    json.beginObject();
    json.name("runs").value(known.runs());
    json.name("expectedDice").value(known.expectedDice(found.mask()));
    json.name("agreement").value(known.agreement());
    json.name("lowPixels").value(known.low());
    json.name("highPixels").value(known.high());
    json.name("map").value(map);
    json.endObject();
  }

  private void writeExplanation(@Nullable Explanation explanation, @Nullable String heatMap)
      throws IOException {
    if (explanation == null) {
      json.nullValue();
      return;
    }
    json.beginObject();
    json.name("method").value(explanation.method());
    json.name("label").value(explanation.label());
    json.name("strength").value(explanation.strength());
    json.name("peak");
    if (explanation.peak().isPresent()) {
      writeArray(explanation.peak().get().x(), explanation.peak().get().y());
    } else {
      json.nullValue();
    }
    json.name("boxes").beginArray();
    for (BoundingBox box : explanation.boxes(Explanation.HALF)) {
      writeArray(box.x(), box.y(), box.width(), box.height());
    }
    json.endArray();
    json.name("heatMap").value(heatMap);
    json.endObject();
  }

  /** As x, y, x, y, in one line. */
  private void writePolygon(List<Segmentation.Point> polygon) throws IOException {
    json.beginArray();
    json.setIndent("");
    for (Segmentation.Point corner : polygon) {
      json.jsonValue(ReportRow.place(corner.x())).jsonValue(ReportRow.place(corner.y()));
    }
    json.endArray();
    json.setIndent(" ");
  }

  /** In one line, unlike objects. */
  private void writeArray(Number... numbers) throws IOException {
    json.beginArray();
    json.setIndent("");
    for (Number number : numbers) {
      json.value(number);
    }
    json.endArray();
    json.setIndent(" ");
  }
}
