package io.github.brainimaging.core.report;

import io.github.brainimaging.core.explanation.Explanation;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.Modality;
import io.github.brainimaging.core.image.ScanFacts;
import io.github.brainimaging.core.inference.Assessment;
import io.github.brainimaging.core.inference.Contour;
import io.github.brainimaging.core.inference.Prediction;
import io.github.brainimaging.core.inference.Segmentation;
import io.github.brainimaging.core.inference.Uncertainty;
import io.github.brainimaging.core.pipeline.Analysis;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One row of {@code index.html}.
 *
 * <p>The picture is the plain image; the outline lies over it as a drawing of its own, so that the
 * page can show one beside the other and both larger.
 */
final class ReportRow {

  /** What a row is filtered by if its input failed; not a label, which would not begin so. */
  static final String FAILED = "\u2013 failed \u2013";

  /** What a row is filtered by if the input is out of the domain. */
  private static final String REFUSED = "\u2013 out of domain \u2013";

  private final ReportEntry entry;
  private final Optional<Analysis> analysis;

  ReportRow(ReportEntry entry) {
    this.entry = entry;
    this.analysis = entry.outcome().analysis();
  }

  /** What the row is counted and filtered by. */
  String result() {
    return analysis.map(ReportRow::result).orElse(FAILED);
  }

  boolean hasProbabilities() {
    return analysis.flatMap(Analysis::prediction).isPresent();
  }

  boolean hasRegion() {
    return analysis.flatMap(Analysis::segmentation).isPresent()
        || analysis.filter(a -> !a.remarks().isEmpty()).isPresent();
  }

  boolean hasOutline() {
    return analysis.flatMap(Analysis::segmentation).filter(Segmentation::found).isPresent();
  }

  boolean hasHeatMap() {
    return entry.explanation() != null;
  }

  String toHtml() throws IOException {
    String start =
        String.format(
            Locale.ROOT,
            "<tr data-name=\"%s\" data-result=\"%s\" data-probability=\"%.6f\" data-area=\"%d\""
                + " data-doubt=\"%s\">%n",
            escape(entry.input()),
            escape(result()),
            analysis.flatMap(Analysis::prediction).map(Prediction::probability).orElse(-1.0),
            analysis.flatMap(Analysis::segmentation).map(Segmentation::areaPixels).orElse(-1),
            escape(String.join("; ", doubts())));
    return start
        + (analysis.isPresent()
            ? success(analysis.get())
            : failure(entry.input(), entry.outcome().error().orElse("")))
        + "</tr>\n";
  }

  private static String result(Analysis analysis) {
    return analysis
        .prediction()
        .map(Prediction::label)
        .orElse(
            !analysis.assessment().answers()
                ? REFUSED
                : analysis.tumorPresent() ? "region found" : "nothing found");
  }

  /** All that speaks against the result; empty if nothing does. */
  private List<String> doubts() {
    if (analysis.isEmpty()) {
      return entry.outcome().error().stream().toList();
    }
    Assessment assessment = analysis.get().assessment();
    List<String> doubts = new ArrayList<>();
    if (!assessment.reasons().isEmpty()) {
      doubts.add(assessment.toString());
    }
    doubts.addAll(analysis.get().image().warnings());
    return doubts;
  }

  private String success(Analysis analysis) throws IOException {
    MedicalImage image = analysis.image();
    String kind =
        result(analysis).equals(REFUSED) ? "failed" : analysis.tumorPresent() ? "tumor" : "clear";
    return String.format(
        Locale.ROOT,
        "<td class=\"picture\">%s</td><td class=\"name\">%s<small>%d \u00d7 %d%s</small></td>"
            + "<td><span class=\"tag %s\">%s</span>%s</td><td class=\"probability\">%s</td>"
            + "<td class=\"region number\">%s</td>%n",
        entry.gray() == null ? "" : pictures(entry.gray(), analysis),
        escape(entry.input()),
        image.width(),
        image.height(),
        scan(image.modality(), image.facts()),
        kind,
        escape(result(analysis)),
        small(doubts()),
        analysis.prediction().map(ReportRow::bars).orElse(""),
        analysis.segmentation().map(ReportRow::area).orElse("") + small(analysis.remarks()));
  }

  /** The modality, and the sequence with its source; empty if neither is known. */
  static String scan(Modality modality, ScanFacts facts) {
    String told =
        facts
            .find(ScanFacts.SEQUENCE)
            .map(fact -> ", " + escape(fact.value() + " (" + fact.source() + ")"))
            .orElse("");
    return (modality == Modality.UNKNOWN ? "" : ", " + words(modality)) + told;
  }

  static String words(Modality modality) {
    return modality.name().replace('_', ' ').replace("CONTRAST", "with contrast agent");
  }

  private static String small(List<String> lines) {
    StringBuilder text = new StringBuilder();
    lines.forEach(line -> text.append("<small>").append(escape(line)).append("</small>"));
    return text.toString();
  }

  private static String failure(String input, String error) {
    return String.format(
        Locale.ROOT,
        "<td class=\"picture\"></td><td class=\"name\">%s</td>"
            + "<td><span class=\"tag failed\">failed</span></td>"
            + "<td class=\"error\" colspan=\"2\">%s</td>%n",
        escape(input),
        escape(error));
  }

  private String pictures(MedicalImage gray, Analysis analysis) throws IOException {
    return picture(gray, analysis) + heatMap(gray, entry.explanation());
  }

  private String picture(MedicalImage gray, Analysis analysis) throws IOException {
    MedicalImage image = analysis.image();
    Optional<Segmentation> found = analysis.segmentation();
    String overlay = entry.overlay() == null ? "" : entry.overlay();
    return "<button type=\"button\" class=\"enlarge\" title=\"enlarge\" data-overlay=\""
        + escape(overlay)
        + "\">"
        + embedded(Thumbnail.plain(gray), entry.input() + ": " + result(analysis), "")
        + found.filter(Segmentation::found).map(f -> outline(image)).orElse("")
        + "</button>";
  }

  /** In pixels of the image, whose first one's center is (0, 0). */
  private String outline(MedicalImage image) {
    StringBuilder path = new StringBuilder();
    for (Contour contour : entry.contours()) {
      polygon(path, contour.outline());
      contour.holes().forEach(hole -> polygon(path, hole));
    }
    return String.format(
        Locale.ROOT,
        "<svg viewBox=\"-0.5 -0.5 %d %d\" preserveAspectRatio=\"none\" aria-hidden=\"true\">"
            + "<path d=\"%s\"/></svg>",
        image.width(),
        image.height(),
        path);
  }

  /** Hundreds of them are in an outline, and they lie at halves: no formatter is needed. */
  static String place(double corner) {
    long halves = (long) (2 * corner);
    return halves != 2 * corner
        ? Double.toString(corner)
        : (halves < 0 ? "-" : "") + Math.abs(halves) / 2 + (halves % 2 == 0 ? ".0" : ".5");
  }

  private static void polygon(StringBuilder path, List<Segmentation.Point> points) {
    char command = 'M';
    for (Segmentation.Point point : points) {
      path.append(command).append(place(point.x())).append(' ').append(place(point.y()));
      command = 'L';
    }
    path.append('Z');
  }

  private static String heatMap(MedicalImage gray, @Nullable Explanation explanation)
      throws IOException {
    if (explanation == null) {
      return "";
    }
    String title = "where " + explanation.method() + " sees " + explanation.label();
    return embedded(Thumbnail.of(gray, explanation), title, title);
  }

  static String embedded(MedicalImage picture, String alt, String title) throws IOException {
    return String.format(
        Locale.ROOT,
        "<img width=\"%d\" height=\"%d\" alt=\"%s\" title=\"%s\" src=\"data:image/jpeg;base64,%s\">",
        picture.width(),
        picture.height(),
        escape(alt),
        escape(title),
        Base64.getEncoder().encodeToString(Thumbnail.jpeg(picture)));
  }

  static String bars(Prediction prediction) {
    StringBuilder bars = new StringBuilder("<div class=\"bars\">");
    for (Map.Entry<String, Double> label : prediction.probabilities().entrySet()) {
      bars.append(
          String.format(
              Locale.ROOT,
              "<span>%s</span><i style=\"--p:%.1f%%\"></i><span class=\"number\">%.3f</span>",
              escape(label.getKey()),
              100 * label.getValue(),
              label.getValue()));
    }
    String doubt = prediction.uncertainty().map(ReportRow::doubt).orElse("");
    return bars.append("</div>").append(doubt).append(set(prediction)).toString();
  }

  private static String doubt(Uncertainty known) {
    return String.format(
        Locale.ROOT,
        "<small title=\"nine tenths of %d runs; entropy %.3f, mutual information %.3f\">"
            + "%.2f to %.2f</small>",
        known.runs(),
        known.entropy(),
        known.mutualInformation(),
        known.low(),
        known.high());
  }

  /** What an unsure answer leaves open; a sure one is said by its label. */
  private static String set(Prediction prediction) {
    if (!prediction.isUnsure()) {
      return "";
    }
    String labels = String.join(" or ", prediction.set().orElseThrow());
    return String.format(
        Locale.ROOT,
        "<small>unsure (%.1f %%): %s</small>",
        100 * prediction.sets().coverage(),
        labels.isEmpty() ? "fits no label well" : escape(labels));
  }

  private static String area(Segmentation found) {
    if (!found.found()) {
      return "nothing found";
    }
    StringBuilder text = new StringBuilder().append(found.areaPixels()).append(" px");
    found
        .areaMm2()
        .ifPresent(
            area -> text.append(String.format(Locale.ROOT, "<small>%.0f mm\u00b2</small>", area)));
    found
        .confidence()
        .ifPresent(
            sure ->
                text.append(String.format(Locale.ROOT, "<small>confidence %.2f</small>", sure)));
    found
        .uncertainty()
        .ifPresent(
            known ->
                text.append(
                    String.format(
                        Locale.ROOT,
                        "<small>%.0f to %.0f px, expected Dice %.2f</small>",
                        known.low(),
                        known.high(),
                        known.expectedDice(found.mask()))));
    return text.toString();
  }

  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
