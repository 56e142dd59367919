package io.github.brainimaging.core.plot;

import io.github.brainimaging.core.evaluation.classification.ProbabilityEvaluation.Bin;
import io.github.brainimaging.core.evaluation.classification.RiskCoverageCurve;
import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.core.internal.OptionalLibrary;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Whether probabilities come true, and what is gained by answering the surest cases only. */
final class TrustPlots {

  private TrustPlots() {}

  static Plot reliability(Map<String, List<Bin>> models) {
    OptionalLibrary.XCHART.require();
    Arguments.require(
        !models.isEmpty() && models.values().stream().noneMatch(List::isEmpty),
        "models must be at least one, each with a bin, got %s",
        models);
    XYChart chart =
        Charts.lines(
            "Reliability", "highest probability", "share that is right", LegendPosition.InsideNW);
    Charts.unitAxes(chart);
    models.forEach(
        (name, bins) ->
            chart
                .addSeries(name, values(bins, Bin::confidence), values(bins, Bin::accuracy))
                .setMarker(SeriesMarkers.CIRCLE));
    Charts.addReference(chart, new double[] {0, 1}, new double[] {0, 1});
    return Charts.plot(chart);
  }

  static Plot riskCoverage(Map<String, RiskCoverageCurve> curves) {
    OptionalLibrary.XCHART.require();
    Arguments.require(!curves.isEmpty(), "curves must be at least one, got none");
    XYChart chart =
        Charts.lines(
            "Risk and coverage",
            "coverage (share that is answered)",
            "risk (share of these that is wrong)",
            LegendPosition.InsideNW);
    chart.getStyler().setXAxisMin(0.0).setXAxisMax(1.0).setYAxisMin(0.0);
    chart.getStyler().setYAxisDecimalPattern("0.####");
    curves.forEach(
        (name, curve) ->
            chart
                .addSeries(
                    name,
                    values(curve.points(), RiskCoverageCurve.OperatingPoint::coverage),
                    values(curve.points(), RiskCoverageCurve.OperatingPoint::risk))
                .setMarker(SeriesMarkers.NONE));
    return Charts.plot(chart);
  }

  private static <T> double[] values(List<T> all, ToDoubleFunction<T> value) {
    return all.stream().mapToDouble(value).toArray();
  }
}
