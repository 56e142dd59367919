package io.github.brainimaging.core.plot;

import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.core.internal.OptionalLibrary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * The history of a training: accuracy at the left, loss at the right, each over the epochs, for the
 * training and the validation images. 1280 x 480 pixels.
 *
 * <p>Safe to use from several threads.
 */
public final class TrainingPlot {

  private TrainingPlot() {}

  /**
   * What one epoch gave. A value that is not finite is left out of the plot.
   *
   * @param trainingAccuracy share of the training images that was right, between 0 and 1
   * @param validationAccuracy share of the validation images that was right, between 0 and 1
   * @param trainingLoss loss over the training images
   * @param validationLoss loss over the validation images
   */
  public record Epoch(
      double trainingAccuracy,
      double validationAccuracy,
      double trainingLoss,
      double validationLoss) {}

  /**
   * Writes the plot, whole or not at all. Folders are created as needed; a file that is there is
   * replaced.
   *
   * @param epochs in their order, counted from 1; at least one
   * @param png the file to write
   * @throws IllegalStateException if XChart is not on the class path
   * @throws IllegalArgumentException if there is no epoch
   * @throws IOException if writing fails
   */
  public static void write(List<Epoch> epochs, Path png) throws IOException {
    OptionalLibrary.XCHART.require();
    Arguments.require(!epochs.isEmpty(), "epochs must be at least one, got none");
    XYChart accuracy =
        Charts.lines("Accuracy", "epoch", "share that was right", LegendPosition.InsideSE);
    accuracy.getStyler().setYAxisMax(1.0);
    add(accuracy, "training", epochs, Epoch::trainingAccuracy);
    add(accuracy, "validation", epochs, Epoch::validationAccuracy);
    XYChart loss = Charts.lines("Loss", "epoch", "loss", LegendPosition.InsideNE);
    loss.getStyler().setYAxisMin(0.0);
    add(loss, "training", epochs, Epoch::trainingLoss);
    add(loss, "validation", epochs, Epoch::validationLoss);
    Charts.write(List.of(accuracy, loss), png);
  }

  private static void add(
      XYChart chart, String name, List<Epoch> epochs, ToDoubleFunction<Epoch> value) {
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
    // A single point makes no line.
    series.setMarker(shown.length == 1 ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE);
  }
}
