package io.github.brainimaging.core.report;

import io.github.brainimaging.core.inference.VolumeSegmentation;
import io.github.brainimaging.core.measure.Change;
import io.github.brainimaging.core.pipeline.VolumeAnalysis;
import io.github.brainimaging.core.report.VolumeFindings.Figure;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The page of one volume: it needs nothing but the pictures of {@link SliceSheets}. */
final class VolumePage {

  private final VolumeFindings findings;
  private final List<SliceSheets> sheets;

  private VolumePage(VolumeFindings findings, List<SliceSheets> sheets) {
    this.findings = findings;
    this.sheets = sheets;
  }

  /** The whole page. */
  static String of(
      String input, VolumeFindings findings, List<SliceSheets> sheets, ReportWriter.Facts facts)
      throws IOException {
    String body = new VolumePage(findings, sheets).body();
    return ReportPage.document("Brain volume: " + input, facts, body);
  }

  private String body() throws IOException {
    VolumeAnalysis analysis = findings.analysis();
    Map<Integer, String> answers = findings.answers();
    StringBuilder body = new StringBuilder();
    body.append("<div class=\"summary\">");
    findings.headlines().forEach(line -> body.append(ReportPage.card(line.value(), line.name())));
    body.append("</div>\n").append(list());
    body.append(LabelRows.html(analysis.segmentation().flatMap(VolumeSegmentation::labels)));
    if (!analysis.slices().isEmpty()) {
      body.append("<h2>Tumor probability of the slices</h2>\n");
      body.append(SliceCurve.svg(analysis.slices(), !answers.isEmpty()));
      body.append(
          "<p class=\"facts\">Filled: the slices that decide. Hollow: the model refuses to answer"
              + " or the slice says otherwise than the volume.</p>\n");
    }
    body.append(SliceScroller.html(sheets, answers));
    body.append("<h2>Slices, ").append(findings.plane()).append("</h2>\n<div class=\"montage\">\n");
    for (Map.Entry<Integer, Figure> slice : findings.slices().entrySet()) {
      body.append(link(slice.getKey(), figure(slice.getValue()))).append('\n');
    }
    body.append("</div>\n");
    List<Figure> planes = findings.planes();
    if (!planes.isEmpty()) {
      body.append("<h2>Through the largest lesion</h2>\n").append(figures("planes", planes));
    }
    if (!findings.lesions().isEmpty()) {
      body.append(LesionTable.html(findings.lesions(), VolumePage::link));
    }
    if (analysis.change().isPresent()) {
      Change change = analysis.change().get();
      body.append("<h2>Since ").append(ReportRow.escape(change.earlier())).append("</h2>\n");
      body.append(figures("planes", findings.visits(change))).append(ChangeTable.html(change));
    }
    if (findings.doubt().isPresent()) {
      Figure map = findings.disagreement(findings.doubt().get());
      body.append("<h2>Where the runs disagree</h2>\n").append(figures("montage", List.of(map)));
    }
    return body.append(SliceScroller.script()).toString();
  }

  /** Leads to a slice among those that can be scrolled. */
  private static String link(int slice, String html) {
    return "<a href=\"#scroller\" data-slice=\"" + slice + "\">" + html + "</a>";
  }

  private String list() {
    StringBuilder list = new StringBuilder("<dl class=\"facts\">\n");
    findings.facts().forEach(fact -> term(list, fact.name(), fact.value()));
    double seconds =
        findings.analysis().milliseconds().values().stream().mapToDouble(Double::doubleValue).sum()
            / 1000;
    term(list, "time", String.format(Locale.ROOT, "%.1f s", seconds));
    list.append("</dl>\n");
    findings.analysis().prediction().map(ReportRow::bars).ifPresent(list::append);
    return list.toString();
  }

  private static void term(StringBuilder list, String name, String value) {
    list.append("<dt>").append(name).append("</dt><dd>");
    list.append(ReportRow.escape(value)).append("</dd>\n");
  }

  private static String figures(String kind, List<Figure> figures) throws IOException {
    StringBuilder text = new StringBuilder("<div class=\"" + kind + "\">\n");
    for (Figure figure : figures) {
      text.append(figure(figure));
    }
    return text.append("</div>\n").toString();
  }

  private static String figure(Figure figure) throws IOException {
    return String.format(
        Locale.ROOT,
        "<figure>%s<figcaption>%s</figcaption></figure>%n",
        ReportRow.embedded(figure.picture(), figure.caption(), ""),
        ReportRow.escape(figure.caption()));
  }
}
