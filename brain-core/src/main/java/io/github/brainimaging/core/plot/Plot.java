package io.github.brainimaging.core.plot;

import io.github.brainimaging.core.evaluation.classification.ConfusionMatrix;
import io.github.brainimaging.core.evaluation.classification.PrecisionRecallCurve;
import io.github.brainimaging.core.evaluation.classification.ProbabilityEvaluation;
import io.github.brainimaging.core.evaluation.classification.RiskCoverageCurve;
import io.github.brainimaging.core.evaluation.classification.RocCurve;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.core.internal.OptionalLibrary;
import io.github.brainimaging.core.io.PngImageWriter;
import io.github.brainimaging.core.io.internal.Drawing;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A plot: as an RGB image of any resolution, which {@link PngImageWriter} writes to a file or a
 * stream, or as SVG.
 *
 * <pre>{@code
 * Plot roc = Plot.roc(Map.of("glioma", curve));
 * PngImageWriter.write(roc.toImage(3), Path.of("roc.png")); // 1920 x 1440
 * Files.writeString(Path.of("roc.svg"), roc.toSvg());
 * }</pre>
 *
 * <p>Safe to use from several threads, which take turns where they draw the same plot.
 *
 * @since 0.1.0
 */
public final class Plot {

  private static final double SMALLEST = 0.1;
  private static final double LARGEST = 10;

  private final int width;
  private final int height;
  private final Consumer<Graphics2D> painter;

  Plot(int width, int height, Consumer<Graphics2D> painter) {
    this.width = width;
    this.height = height;
    this.painter = painter;
  }

  /**
   * The plot in its own size.
   *
   * @return an image of three channels, 0 to 255
   */
  public MedicalImage toImage() {
    return toImage(1);
  }

  /**
   * The plot in another resolution: lines and texts grow alike.
   *
   * @param scale how many times its own size, from 0.1 to 10
   * @return an image of three channels, 0 to 255
   * @throws IllegalArgumentException if the scale is out of its range
   */
  public MedicalImage toImage(double scale) {
    Arguments.require(
        scale >= SMALLEST && scale <= LARGEST,
        "scale must be from %s to %s, got %s",
        SMALLEST,
        LARGEST,
        scale);
    BufferedImage picture =
        new BufferedImage(
            (int) Math.ceil(width * scale),
            (int) Math.ceil(height * scale),
            BufferedImage.TYPE_INT_RGB);
    Graphics2D canvas = picture.createGraphics();
    try {
      canvas.scale(scale, scale);
      paint(canvas);
    } finally {
      canvas.dispose();
    }
    return Drawing.toImage(picture);
  }

  /**
   * The plot as a drawing that is sharp in any size, for papers.
   *
   * @return a document of SVG
   * @throws IllegalStateException if Batik ({@code org.apache.xmlgraphics:batik-svggen}) is not on
   *     the class path
   */
  public String toSvg() {
    OptionalLibrary.BATIK.require();
    return Svg.of(width, height, this::paint);
  }

  private synchronized void paint(Graphics2D canvas) {
    canvas.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    canvas.setColor(Color.WHITE);
    canvas.fillRect(0, 0, width, height);
    painter.accept(canvas);
  }

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
   * The history of a training: accuracy at the left, loss at the right, each over the epochs, for
   * the training and the validation images. 1280 x 480 pixels.
   *
   * @param epochs in their order, counted from 1; at least one
   * @return the plot
   * @throws IllegalStateException if XChart is not on the class path
   * @throws IllegalArgumentException if there is no epoch
   */
  public static Plot training(List<Epoch> epochs) {
    return TrainingPlot.draw(epochs);
  }

  /**
   * ROC curves in one plot, with the diagonal of chance. 640 x 480 pixels.
   *
   * @param curves what the legend says of each curve, such as {@code "glioma (AUC 0.996)"} -> the
   *     curve; at least one
   * @return the plot
   * @throws IllegalStateException if XChart is not on the class path
   * @throws IllegalArgumentException if there is no curve
   */
  public static Plot roc(Map<String, RocCurve> curves) {
    return RocPlot.draw(curves);
  }

  /**
   * Precision-recall curves in one plot. 640 x 480 pixels.
   *
   * @param curves what the legend says of each curve, such as {@code "glioma (AP 0.991)"} -> the
   *     curve; at least one
   * @return the plot
   * @throws IllegalStateException if XChart is not on the class path
   * @throws IllegalArgumentException if there is no curve
   */
  public static Plot precisionRecall(Map<String, PrecisionRecallCurve> curves) {
    return PrecisionRecallPlot.draw(curves);
  }

  /**
   * A reliability diagram: the share that is right over the probability, a point for each bin, with
   * the diagonal of perfect calibration. 640 x 480 pixels.
   *
   * @param models what the legend says of each model, such as {@code "calibration error 0.014"} ->
   *     its bins; at least one
   * @return the plot
   * @throws IllegalStateException if XChart is not on the class path
   * @throws IllegalArgumentException if there is no model, or one without a bin
   */
  public static Plot reliability(Map<String, List<ProbabilityEvaluation.Bin>> models) {
    return TrustPlots.reliability(models);
  }

  /**
   * Risk-coverage curves in one plot. 640 x 480 pixels.
   *
   * @param curves what the legend says of each curve, such as {@code "AURC 0.002"} -> the curve; at
   *     least one
   * @return the plot
   * @throws IllegalStateException if XChart is not on the class path
   * @throws IllegalArgumentException if there is no curve
   */
  public static Plot riskCoverage(Map<String, RiskCoverageCurve> curves) {
    return TrustPlots.riskCoverage(curves);
  }

  /**
   * A confusion matrix as a heat map with its counts: rows are the truth, the first class at the
   * top, columns the prediction. The color of a cell is its share of its row. 96 x 96 pixels a
   * cell; the name of a column that is wider is cut.
   *
   * @param confusion the counts
   * @return the plot
   */
  public static Plot confusionMatrix(ConfusionMatrix confusion) {
    return ConfusionMatrixPlot.draw(confusion);
  }

  /**
   * A bar chart: the bars of each name side by side, from 0, a color for each series, such as the
   * accuracy and F1 of models or the number of images of classes. 640 x 480 pixels.
   *
   * @param title what stands above
   * @param unit what the height means
   * @param series what the legend says of each series -> what stands below a bar -> its height,
   *     finite; names that a series lacks have a height of 0 in it; at least one bar
   * @return the plot
   * @throws IllegalStateException if XChart is not on the class path
   * @throws IllegalArgumentException if there is no bar
   */
  public static Plot bars(String title, String unit, Map<String, Map<String, Double>> series) {
    return BarsPlot.draw(title, unit, series);
  }

  /**
   * Points in the plane, a color for each group, such as the first two principal components of the
   * features of images by class. 640 x 480 pixels.
   *
   * @param title what stands above
   * @param x what the horizontal axis means
   * @param y what the vertical axis means
   * @param groups what the legend says of each group -> its points, each {@code {x, y}}, finite; at
   *     least one group and one point in each
   * @return the plot
   * @throws IllegalStateException if XChart is not on the class path
   * @throws IllegalArgumentException if there is no group, or one without a point
   */
  public static Plot points(String title, String x, String y, Map<String, List<double[]>> groups) {
    return PointsPlot.draw(title, x, y, groups);
  }
}
