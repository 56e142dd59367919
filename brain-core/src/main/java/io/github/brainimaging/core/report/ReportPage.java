package io.github.brainimaging.core.report;

import io.github.brainimaging.core.explanation.Explanation;
import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.inference.Assessment;
import io.github.brainimaging.core.inference.Prediction;
import io.github.brainimaging.core.inference.Segmentation;
import io.github.brainimaging.core.pipeline.Analysis;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes {@code index.html}: one page that needs nothing else. Rows are made as results come; the
 * head, which counts them, is made last and put before them.
 */
final class ReportPage {

  /** What a row is filtered by if its input failed; not a label, which would not begin so. */
  static final String FAILED = "\u2013 failed \u2013";

  /** What a row is filtered by if the input is out of the domain. */
  private static final String REFUSED = "\u2013 out of domain \u2013";

  private final ReportWriter.Facts facts;
  private final Map<String, Integer> counts = new TreeMap<>();
  private int total;

  ReportPage(ReportWriter.Facts facts) {
    this.facts = facts;
  }

  /** Counts a result. */
  void count(String result) {
    counts.merge(result, 1, Integer::sum);
    total++;
  }

  /** How many results there are of a kind. */
  int countOf(String result) {
    return counts.getOrDefault(result, 0);
  }

  /** What a row is filtered by. */
  static String result(ReportEntry entry) {
    return entry.outcome().analysis().map(ReportPage::result).orElse(FAILED);
  }

  static String row(ReportEntry entry) throws IOException {
    Optional<Analysis> analysis = entry.outcome().analysis();
    return String.format(
            Locale.ROOT,
            "<tr data-name=\"%s\" data-result=\"%s\" data-probability=\"%.6f\" data-area=\"%d\""
                + " data-time=\"%.3f\">%n",
            escape(entry.input()),
            escape(result(entry)),
            analysis.flatMap(Analysis::prediction).map(Prediction::probability).orElse(-1.0),
            analysis.flatMap(Analysis::segmentation).map(Segmentation::areaPixels).orElse(-1),
            analysis.map(ReportPage::milliseconds).orElse(-1.0))
        + (analysis.isPresent()
            ? success(entry, analysis.get())
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

  private static double milliseconds(Analysis analysis) {
    return analysis.milliseconds().values().stream().mapToDouble(Double::doubleValue).sum();
  }

  private static String success(ReportEntry entry, Analysis analysis) throws IOException {
    MedicalImage image = analysis.image();
    return String.format(
        Locale.ROOT,
        "<td class=\"picture\">%s</td><td class=\"name\">%s<small>%d \u00d7 %d</small></td>"
            + "<td><span class=\"tag %s\">%s</span>%s</td><td>%s</td><td class=\"number\">%s</td>"
            + "<td class=\"number\">%.1f ms</td>%n",
        entry.gray() == null ? "" : pictures(entry.gray(), analysis, entry.explanation()),
        escape(entry.input()),
        image.width(),
        image.height(),
        result(analysis).equals(REFUSED) ? "failed" : analysis.tumorPresent() ? "tumor" : "clear",
        escape(result(analysis)),
        doubt(analysis.assessment()),
        analysis.prediction().map(ReportPage::bars).orElse(""),
        analysis.segmentation().map(ReportPage::area).orElse("") + remarks(analysis),
        milliseconds(analysis));
  }

  private static String doubt(Assessment assessment) {
    return assessment.reasons().isEmpty()
        ? ""
        : "<small>" + escape(assessment.toString()) + "</small>";
  }

  private static String remarks(Analysis analysis) {
    StringBuilder text = new StringBuilder();
    analysis.remarks().forEach(r -> text.append("<small>").append(escape(r)).append("</small>"));
    return text.toString();
  }

  private static String failure(String input, String error) {
    return String.format(
        Locale.ROOT,
        "<td class=\"picture\"></td><td class=\"name\">%s</td>"
            + "<td><span class=\"tag failed\">failed</span></td><td colspan=\"3\">%s</td>%n",
        escape(input),
        escape(error));
  }

  /** The image with its region, and where its class is seen. */
  private static String pictures(
      MedicalImage gray, Analysis analysis, @Nullable Explanation explanation) throws IOException {
    Mask mask =
        analysis
            .segmentation()
            .map(Segmentation::mask)
            .orElseGet(() -> Mask.empty(gray.width(), gray.height()));
    String picture = embedded(Thumbnail.of(gray, mask), "");
    if (explanation == null) {
      return picture;
    }
    return picture
        + embedded(
            Thumbnail.of(gray, explanation),
            "where " + explanation.method() + " sees " + explanation.label());
  }

  private static String embedded(MedicalImage picture, String title) throws IOException {
    return String.format(
        Locale.ROOT,
        "<img width=\"%d\" height=\"%d\" alt=\"%s\" title=\"%s\""
            + " src=\"data:image/jpeg;base64,%s\">",
        picture.width(),
        picture.height(),
        escape(title),
        escape(title),
        Base64.getEncoder().encodeToString(Thumbnail.jpeg(picture)));
  }

  private static String bars(Prediction prediction) {
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
    return bars.append("</div>").toString();
  }

  private static String area(Segmentation found) {
    if (!found.found()) {
      return "nothing found";
    }
    String pixels = found.areaPixels() + " px";
    return found.areaMm2().isPresent()
        ? String.format(
            Locale.ROOT, "%s<small>%.0f mm\u00b2</small>", pixels, found.areaMm2().getAsDouble())
        : pixels;
  }

  /** Everything before the rows. */
  String head() throws IOException {
    StringBuilder cards = new StringBuilder(card(total, total == 1 ? "image" : "images"));
    StringBuilder options = new StringBuilder();
    counts.forEach(
        (result, count) -> {
          cards.append(card(count, result.equals(FAILED) ? "failed" : result));
          options.append("<option>").append(escape(result)).append("</option>");
        });
    return String.format(
        Locale.ROOT,
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; \
        style-src 'unsafe-inline'; script-src 'unsafe-inline'">
        <title>Brain image report</title>
        <style>
        %s</style>
        </head>
        <body>
        <h1>Brain image report</h1>
        <p class="facts">%s</p>
        <p class="notice">%s</p>
        <div class="summary">%s</div>
        <div class="controls">
        <input id="search" type="search" placeholder="Find by name" aria-label="Find by name">
        <select id="result" aria-label="Result"><option value="">All results</option>%s</select>
        <span id="shown"></span>
        </div>
        <div class="table"><table>
        <thead><tr>
        <th>Image</th>
        <th data-key="name">Input</th>
        <th data-key="result">Result</th>
        <th data-key="probability" data-kind="number">Probability</th>
        <th data-key="area" data-kind="number">Region</th>
        <th data-key="time" data-kind="number">Time</th>
        </tr></thead>
        <tbody>
        """,
        resource("report.css"),
        escape(factsLine()),
        escape(ReportWriter.Facts.NOTICE),
        cards,
        options);
  }

  private static String card(int count, String name) {
    return "<div class=\"card\"><b>" + count + "</b><span>" + escape(name) + "</span></div>";
  }

  private String factsLine() {
    String line =
        LocalDate.now(ZoneId.systemDefault())
            + " \u00b7 brain-imaging "
            + ReportWriter.Facts.version();
    line += facts.model().isEmpty() ? "" : " \u00b7 model " + facts.model();
    return line + (facts.device().isEmpty() ? "" : " \u00b7 on " + facts.device());
  }

  /** Everything after the rows. */
  static String foot() throws IOException {
    return "</tbody>\n</table></div>\n<script>\n"
        + resource("report.js")
        + "</script>\n</body>\n</html>\n";
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = ReportPage.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException(name + " is missing beside " + ReportPage.class.getName());
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
