package io.github.brainimaging.core.plot;

import io.github.brainimaging.core.evaluation.classification.PrecisionRecallCurve;
import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.core.internal.OptionalLibrary;
import java.util.List;
import java.util.Map;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Precision-recall curves in one plot. */
final class PrecisionRecallPlot {

  private PrecisionRecallPlot() {}

  static Plot draw(Map<String, PrecisionRecallCurve> curves) {
    OptionalLibrary.XCHART.require();
    Arguments.require(!curves.isEmpty(), "curves must be at least one, got none");
    XYChart chart =
        Charts.lines("Precision-recall curve", "recall", "precision", LegendPosition.InsideSW);
    Charts.unitAxes(chart);
    curves.forEach((name, curve) -> addSteps(chart, name, curve.points()));
    return Charts.plot(chart);
  }

  /** Steps, since precision does not change linearly between two points. */
  private static void addSteps(
      XYChart chart, String name, List<PrecisionRecallCurve.OperatingPoint> points) {
    int n = points.size();
    double[] recall = new double[2 * n - 1];
    double[] precision = new double[2 * n - 1];
    for (int i = 0; i < n; i++) {
      recall[2 * i] = points.get(i).recall();
      precision[2 * i] = points.get(i).precision();
      if (i > 0) {
        recall[2 * i - 1] = points.get(i - 1).recall();
        precision[2 * i - 1] = points.get(i).precision();
      }
    }
    chart.addSeries(name, recall, precision).setMarker(SeriesMarkers.NONE);
  }
}
