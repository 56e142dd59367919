package io.github.brainimaging.core.plot;

import io.github.brainimaging.core.evaluation.classification.RocCurve;
import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.core.internal.OptionalLibrary;
import java.util.List;
import java.util.Map;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** ROC curves in one plot, with the diagonal of chance. */
final class RocPlot {

  private RocPlot() {}

  static Plot draw(Map<String, RocCurve> curves) {
    OptionalLibrary.XCHART.require();
    Arguments.require(!curves.isEmpty(), "curves must be at least one, got none");
    XYChart chart =
        Charts.lines(
            "ROC curve",
            "1 - specificity (false positive rate)",
            "sensitivity (true positive rate)",
            LegendPosition.InsideSE);
    Charts.unitAxes(chart);
    curves.forEach(
        (name, curve) -> {
          List<RocCurve.OperatingPoint> points = curve.points();
          chart
              .addSeries(
                  name,
                  points.stream().mapToDouble(RocCurve.OperatingPoint::falsePositiveRate).toArray(),
                  points.stream().mapToDouble(RocCurve.OperatingPoint::truePositiveRate).toArray())
              .setMarker(SeriesMarkers.NONE);
        });
    Charts.addReference(chart, new double[] {0, 1}, new double[] {0, 1});
    return Charts.plot(chart);
  }
}
