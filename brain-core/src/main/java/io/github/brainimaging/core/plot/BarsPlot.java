package io.github.brainimaging.core.plot;

import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.core.internal.OptionalLibrary;
import java.awt.Color;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.style.CategoryStyler;
import org.knowm.xchart.style.Styler.LegendPosition;

/** Bars side by side for each name, a color for each series. */
final class BarsPlot {

  /** Beyond so many letters in all, the names are written aslant. */
  private static final int LETTERS = 60;

  private static final int ASLANT_DEGREES = 30;

  private BarsPlot() {}

  static Plot draw(String title, String unit, Map<String, Map<String, Double>> series) {
    OptionalLibrary.XCHART.require();
    Set<String> names = new LinkedHashSet<>();
    series.values().forEach(bars -> names.addAll(bars.keySet()));
    Arguments.require(!names.isEmpty(), "series must have at least one bar, got none");
    CategoryChart chart = new CategoryChart(Charts.WIDTH, Charts.HEIGHT);
    chart.setTitle(title);
    chart.setYAxisTitle(unit);
    CategoryStyler styler = chart.getStyler();
    styler.setLegendPosition(LegendPosition.OutsideS);
    styler.setLegendVisible(series.size() > 1);
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setPlotGridLinesColor(new Color(0xDDDDDD));
    styler.setLegendBorderColor(Color.WHITE);
    styler.setSeriesColors(Charts.colors());
    styler.setLocale(Locale.ROOT);
    styler.setYAxisDecimalPattern("0.##");
    styler.setYAxisMin(0.0);
    if (String.join("", names).length() > LETTERS) {
      styler.setXAxisLabelRotation(ASLANT_DEGREES);
    }
    series.forEach(
        (name, bars) -> {
          List<Double> values = new ArrayList<>();
          names.forEach(bar -> values.add(bars.getOrDefault(bar, 0.0)));
          chart.addSeries(name, List.copyOf(names), values);
        });
    return new Plot(
        Charts.WIDTH, Charts.HEIGHT, canvas -> chart.paint(canvas, Charts.WIDTH, Charts.HEIGHT));
  }
}
