package io.github.brainimaging.core.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.util.Locale;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** What all plots have in common: one look. */
final class Charts {

  static final int WIDTH = 640;
  static final int HEIGHT = 480;

  /** Okabe and Ito's colors, which people with any color vision tell apart, without the yellow. */
  private static final Color[] COLORS = {
    new Color(0x0072B2),
    new Color(0xD55E00),
    new Color(0x009E73),
    new Color(0xCC79A7),
    new Color(0x56B4E9),
    new Color(0xE69F00),
    Color.BLACK
  };

  /** How texts are measured before there is a canvas. */
  static final FontRenderContext FONT_CONTEXT = new FontRenderContext(null, true, false);

  private Charts() {}

  static Color[] colors() {
    return COLORS.clone();
  }

  /** An empty chart with lines. */
  static XYChart lines(String title, String x, String y, LegendPosition legend) {
    XYChart chart = new XYChart(WIDTH, HEIGHT);
    chart.setTitle(title);
    chart.setXAxisTitle(x);
    chart.setYAxisTitle(y);
    XYStyler styler = chart.getStyler();
    styler.setLegendPosition(legend);
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setPlotGridLinesColor(new Color(0xDDDDDD));
    styler.setLegendBorderColor(Color.WHITE);
    styler.setSeriesColors(COLORS);
    // Not the decimal comma of the machine that happens to draw.
    styler.setLocale(Locale.ROOT);
    styler.setDecimalPattern("0.##");
    styler.setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 10));
    return chart;
  }

  /** A thin gray line to compare with. */
  static void addReference(XYChart chart, double[] x, double[] y) {
    var series = chart.addSeries("reference", x, y);
    series.setShowInLegend(false);
    series.setMarker(SeriesMarkers.NONE);
    series.setLineColor(Color.GRAY);
    series.setLineStyle(
        new BasicStroke(1, BasicStroke.CAP_BUTT, BasicStroke.JOIN_BEVEL, 1, new float[] {4, 4}, 0));
  }

  /** Both axes from 0 to 1. */
  static void unitAxes(XYChart chart) {
    chart.getStyler().setXAxisMin(0.0).setXAxisMax(1.0);
    chart.getStyler().setYAxisMin(0.0).setYAxisMax(1.0);
  }

  /** Charts side by side. */
  static Plot plot(XYChart... charts) {
    return new Plot(
        charts.length * WIDTH,
        HEIGHT,
        canvas -> {
          for (XYChart chart : charts) {
            chart.paint(canvas, WIDTH, HEIGHT);
            canvas.translate(WIDTH, 0);
          }
        });
  }
}
