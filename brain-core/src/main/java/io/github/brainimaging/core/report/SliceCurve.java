package io.github.brainimaging.core.report;

import io.github.brainimaging.core.inference.SlicePrediction;
import java.util.List;
import java.util.Locale;

/** The tumor probability over the slices, as a drawing within the page. */
final class SliceCurve {

  private static final int WIDTH = 760;
  private static final int HEIGHT = 190;
  private static final int LEFT = 40;
  private static final int TOP = 12;
  private static final int BOTTOM = 160;

  private final List<SlicePrediction> slices;
  private final boolean linked;
  private final int first;
  private final int last;

  private SliceCurve(List<SlicePrediction> slices, boolean linked) {
    this.slices = slices;
    this.linked = linked;
    first = slices.get(0).number();
    last = slices.get(slices.size() - 1).number();
  }

  /**
   * The drawing of one slice or more.
   *
   * @param linked whether the page shows the slices under these numbers, one of which a line marks
   */
  static String svg(List<SlicePrediction> slices, boolean linked) {
    return new SliceCurve(slices, linked).draw();
  }

  private String draw() {
    StringBuilder svg = new StringBuilder();
    svg.append(
        String.format(
            Locale.ROOT,
            "<svg class=\"curve\" viewBox=\"0 0 %d %d\" role=\"img\""
                + " aria-label=\"tumor probability over the slices\">%n",
            WIDTH,
            HEIGHT));
    for (double level : new double[] {0, 0.5, 1}) {
      svg.append(
          String.format(
              Locale.ROOT,
              "<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/><text x=\"%d\" y=\"%.1f\""
                  + " text-anchor=\"end\">%.1f</text>%n",
              LEFT,
              WIDTH - 10,
              y(level),
              y(level),
              LEFT - 8,
              y(level) + 4,
              level));
    }
    if (linked) {
      svg.append(
          String.format(
              "<line id=\"here\" x1=\"0\" x2=\"0\" y1=\"%d\" y2=\"%d\" style=\"display:none\"/>%n",
              TOP, BOTTOM));
    }
    svg.append("<polyline points=\"");
    for (SlicePrediction slice : slices) {
      svg.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(slice), y(tumor(slice))));
    }
    svg.append("\"/>\n");
    slices.forEach(slice -> svg.append(dot(slice)));
    svg.append(label(LEFT, "start", "slice " + first));
    svg.append(label(WIDTH - 10, "end", "slice " + last));
    return svg.append("</svg>").toString();
  }

  private static String label(int x, String anchor, String text) {
    return String.format(
        "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\">%s</text>%n", x, HEIGHT - 8, anchor, text);
  }

  private String dot(SlicePrediction slice) {
    boolean answers = slice.prediction().assessment().answers();
    String kind =
        !answers
            ? "refused"
            : (slice.isDecisive() ? "decisive " : "")
                + (slice.prediction().isTumor() ? "tumor" : "clear");
    return String.format(
        Locale.ROOT,
        "<circle class=\"%s\"%s cx=\"%.1f\" cy=\"%.1f\" r=\"%d\"><title>%s</title></circle>%n",
        kind,
        linked ? " data-slice=\"" + slice.number() + "\"" : "",
        x(slice),
        y(tumor(slice)),
        slice.isDecisive() ? 4 : 3,
        ReportRow.escape(
            String.format(
                Locale.ROOT,
                "slice %d: %s, tumor %.3f%s",
                slice.number(),
                slice.prediction().label(),
                tumor(slice),
                answers ? "" : ", " + slice.prediction().assessment())));
  }

  private static double tumor(SlicePrediction slice) {
    return slice.prediction().tumorProbability();
  }

  private double x(SlicePrediction slice) {
    double share = last == first ? 0.5 : (double) (slice.number() - first) / (last - first);
    return LEFT + 6 + share * (WIDTH - LEFT - 22);
  }

  private static double y(double probability) {
    return BOTTOM - probability * (BOTTOM - TOP);
  }
}
