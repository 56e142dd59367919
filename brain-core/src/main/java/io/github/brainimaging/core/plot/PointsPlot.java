package io.github.brainimaging.core.plot;

import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.core.internal.OptionalLibrary;
import java.util.List;
import java.util.Map;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Points in the plane, a color for each group. */
final class PointsPlot {

  private static final int SIZE = 5;

  private PointsPlot() {}

  static Plot draw(String title, String x, String y, Map<String, List<double[]>> groups) {
    OptionalLibrary.XCHART.require();
    Arguments.require(!groups.isEmpty(), "groups must be at least one, got none");
    XYChart chart = Charts.lines(title, x, y, LegendPosition.OutsideS);
    chart.getStyler().setDefaultSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
    chart.getStyler().setMarkerSize(SIZE);
    groups.forEach(
        (name, points) -> {
          Arguments.require(
              !points.isEmpty(), "groups must each have a point, got none of %s", name);
          chart
              .addSeries(
                  name,
                  points.stream().mapToDouble(p -> p[0]).toArray(),
                  points.stream().mapToDouble(p -> p[1]).toArray())
              .setMarker(SeriesMarkers.CIRCLE);
        });
    return Charts.plot(chart);
  }
}
