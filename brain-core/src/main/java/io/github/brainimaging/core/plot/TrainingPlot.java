package io.github.brainimaging.core.plot;

import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.core.internal.OptionalLibrary;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * The history of a training: accuracy at the left, loss at the right, each over the epochs, for the
 * training and the validation images, the legends below them.
 */
final class TrainingPlot {

  private static final int FEW = 12;

  private TrainingPlot() {}

  static Plot draw(List<Plot.Epoch> epochs) {
    OptionalLibrary.XCHART.require();
    Arguments.require(!epochs.isEmpty(), "epochs must be at least one, got none");
    XYChart accuracy =
        Charts.lines("Accuracy", "epoch", "share that was right", LegendPosition.OutsideS);
    accuracy.getStyler().setYAxisMax(1.0);
    add(accuracy, "training", epochs, Plot.Epoch::trainingAccuracy);
    add(accuracy, "validation", epochs, Plot.Epoch::validationAccuracy);
    XYChart loss = Charts.lines("Loss", "epoch", "loss", LegendPosition.OutsideS);
    loss.getStyler().setYAxisMin(0.0);
    add(loss, "training", epochs, Plot.Epoch::trainingLoss);
    add(loss, "validation", epochs, Plot.Epoch::validationLoss);
    return Charts.plot(accuracy, loss);
  }

  private static void add(
      XYChart chart, String name, List<Plot.Epoch> epochs, ToDoubleFunction<Plot.Epoch> value) {
    double[] y = epochs.stream().mapToDouble(value).toArray();
    int[] shown = IntStream.range(0, y.length).filter(i -> Double.isFinite(y[i])).toArray();
    if (shown.length == 0) {
      return;
    }
    var series =
        chart.addSeries(
            name,
            IntStream.of(shown).mapToDouble(i -> i + 1).toArray(),
            IntStream.of(shown).mapToDouble(i -> y[i]).toArray());
    // A single point makes no line, and a few make a poor one.
    series.setMarker(shown.length <= FEW ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE);
  }
}
