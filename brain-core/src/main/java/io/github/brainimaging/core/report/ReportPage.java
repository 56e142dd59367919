package io.github.brainimaging.core.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Makes {@code index.html}: one page that needs nothing else. Rows are made as results come; the
 * head, which counts them and knows what columns have content, is made last and put before them.
 */
final class ReportPage {
  /** Said in every report. */
  static final String NOTICE =
      "Not a medical device: for research and development, not for diagnosis or treatment."
          + " Classes and outlines can be wrong.";

  private final ReportWriter.Facts facts;
  private final Map<String, Integer> counts = new TreeMap<>();
  private int total;
  private boolean probabilities;
  private boolean regions;
  private boolean outlines;
  private boolean heatMaps;

  ReportPage(ReportWriter.Facts facts) {
    this.facts = facts;
  }

  /** Counts a result. */
  void count(ResultLine line) {
    counts.merge(line.result(), 1, Integer::sum);
    total++;
    probabilities |= line.probabilities();
    regions |= line.region();
    outlines |= line.outline();
    heatMaps |= line.heatMap();
  }

  /** How many failed. */
  int failed() {
    return counts.getOrDefault(ReportRow.FAILED, 0);
  }

  /**
   * Everything before the rows.
   *
   * @param volumes the table of the volumes in the same folder, empty if there are none
   */
  String head(String volumes) throws IOException {
    StringBuilder cards = new StringBuilder(card(total, total == 1 ? "image" : "images"));
    StringBuilder options = new StringBuilder();
    counts.forEach(
        (result, count) -> {
          cards.append(card(count, result.equals(ReportRow.FAILED) ? "failed" : result));
          options.append("<option>").append(ReportRow.escape(result)).append("</option>");
        });
    return String.format(
        Locale.ROOT,
        """
        %1$s%10$s<div class="summary">%2$s</div>
        <div class="controls">
        <input id="search" type="search" placeholder="Find by name or warning" \
        aria-label="Find by name or warning">
        <select id="result" aria-label="Result"><option value="">All results</option>%3$s</select>
        <label class="probability">Probability up to \
        <input id="most" type="number" min="0" max="1" step="0.05" value="1"></label>
        <label><input id="doubtful" type="checkbox"> with a warning</label>
        <select id="order" aria-label="Order"><option value="">In the order of the inputs</option>\
        <option value="uncertain">Uncertain first</option></select>
        <button id="csv" type="button">CSV</button>
        <span id="shown" aria-live="polite"></span>
        </div>
        %4$s<div class="table"><table class="%5$s">
        <thead><tr>
        <th>Image</th>
        %6$s%7$s%8$s%9$s</tr></thead>
        <tbody>
        """,
        start(title("images", facts), facts),
        cards,
        options,
        legend(),
        (probabilities ? "" : "without-probability ") + (regions ? "" : "without-region"),
        header("name", "Input", "text"),
        header("result", "Result", "text"),
        header("probability", "Probability", "number"),
        header("area", "Region", "number"),
        volumes);
  }

  /** The begin of every page, up to its heading and what made it. */
  private static String start(String title, ReportWriter.Facts facts) throws IOException {
    return String.format(
        Locale.ROOT,
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data: 'self' file:; \
        style-src 'unsafe-inline'; script-src 'unsafe-inline'">
        <title>%1$s</title>
        <style>
        %2$s</style>
        </head>
        <body>
        <h1>%1$s</h1>
        <p class="facts">%3$s</p>
        <p class="notice">%4$s</p>
        %5$s\
        """,
        ReportRow.escape(title),
        resource("report.css"),
        ReportRow.escape(factsLine(facts)),
        ReportRow.escape(NOTICE),
        facts.remark().isEmpty()
            ? ""
            : "<p class=\"notice\">" + ReportRow.escape(facts.remark()) + "</p>\n");
  }

  /** A page without a table of images. */
  static String document(String title, ReportWriter.Facts facts, String body) throws IOException {
    return start(title, facts) + body + "</body>\n</html>\n";
  }

  private static String header(String key, String name, String kind) {
    String column = key.equals("area") ? "region" : key;
    return "<th class=\""
        + column
        + "\" data-key=\""
        + key
        + "\" data-kind=\""
        + kind
        + "\"><button type=\"button\" title=\"sort by "
        + name.toLowerCase(Locale.ROOT)
        + "\">"
        + name
        + "</button></th>\n";
  }

  /** Names what was analyzed, and the day. */
  static String title(String kind, ReportWriter.Facts facts) {
    String date = LocalDate.now(ZoneId.systemDefault()).toString();
    String what = facts.title().isEmpty() ? " report" : ": " + facts.title();
    return "Brain " + kind + what + ", " + date;
  }

  private String legend() {
    String line = outlines ? "<span class=\"outline\">outline of what was found</span>" : "";
    String heat =
        heatMaps
            ? "<span class=\"heat\">blue speaks against the class, red and yellow for it</span>"
            : "";
    return line.isEmpty() && heat.isEmpty() ? "" : "<p class=\"legend\">" + line + heat + "</p>\n";
  }

  private static String card(int count, String name) {
    return card(Integer.toString(count), name);
  }

  /** A table whose cells are HTML. */
  static String table(List<String> columns, List<List<String>> rows) {
    StringBuilder text = new StringBuilder("<div class=\"table\"><table><thead><tr>");
    columns.forEach(name -> text.append("<th>").append(name).append("</th>"));
    text.append("</tr></thead><tbody>\n");
    for (List<String> row : rows) {
      text.append("<tr>");
      row.forEach(cell -> text.append("<td>").append(cell).append("</td>"));
      text.append("</tr>\n");
    }
    return text.append("</tbody></table></div>\n").toString();
  }

  /** A number or a word, with what it is below. */
  static String card(String value, String name) {
    return "<div class=\"card\"><b>"
        + ReportRow.escape(value)
        + "</b><span>"
        + ReportRow.escape(name)
        + "</span></div>";
  }

  private static String factsLine(ReportWriter.Facts facts) {
    String line = "brain-imaging " + version();
    line += facts.model().isEmpty() ? "" : " \u00b7 classified by " + facts.model();
    line += facts.segmenter().isEmpty() ? "" : " \u00b7 segmented by " + facts.segmenter();
    return line + (facts.device().isEmpty() ? "" : " \u00b7 on " + facts.device());
  }

  /** Everything after the rows. */
  static String foot() throws IOException {
    return """
    </tbody>
    </table></div>
    <dialog id="large" aria-label="Enlarged image">
    <p><b id="caption"></b><button id="close" type="button">Close</button></p>
    <div id="pictures"></div>
    <p><a id="full">outline in full size</a><small>arrow keys: the next; Esc: close</small></p>
    </dialog>
    <script>
    """
        + resource("report.js")
        + "</script>\n</body>\n</html>\n";
  }

  /** A text that lies beside this class. */
  static String resource(String name) throws IOException {
    try (InputStream in = ReportPage.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException(name + " is missing beside " + ReportPage.class.getName());
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** The version of the library, as the manifest of its jar says. */
  static String version() {
    String version = ReportPage.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
