package io.github.brainimaging.core.plot;

import io.github.brainimaging.core.evaluation.classification.ConfusionMatrix;
import io.github.brainimaging.core.evaluation.classification.PrecisionRecallCurve;
import io.github.brainimaging.core.evaluation.classification.ProbabilityEvaluation;
import io.github.brainimaging.core.evaluation.classification.RiskCoverageCurve;
import io.github.brainimaging.core.evaluation.classification.RocCurve;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Plots as PNG files, each written whole or not at all. Folders are created as needed; a file that
 * is there is replaced.
 *
 * <p>Safe to use from several threads.
 */
public final class Plot {

  private Plot() {}

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
   * @param png the file to write
   * @throws IllegalStateException if XChart is not on the class path
   * @throws IllegalArgumentException if there is no epoch
   * @throws IOException if writing fails
   */
  public static void training(List<Epoch> epochs, Path png) throws IOException {
    TrainingPlot.write(epochs, png);
  }

  /**
   * ROC curves in one plot, with the diagonal of chance. 640 x 480 pixels.
   *
   * @param curves what the legend says of each curve, such as {@code "glioma (AUC 0.996)"} -> the
   *     curve; at least one
   * @param png the file to write
   * @throws IllegalStateException if XChart is not on the class path
   * @throws IllegalArgumentException if there is no curve
   * @throws IOException if writing fails
   */
  public static void roc(Map<String, RocCurve> curves, Path png) throws IOException {
    RocPlot.write(curves, png);
  }

  /**
   * Precision-recall curves in one plot. 640 x 480 pixels.
   *
   * @param curves what the legend says of each curve, such as {@code "glioma (AP 0.991)"} -> the
   *     curve; at least one
   * @param png the file to write
   * @throws IllegalStateException if XChart is not on the class path
   * @throws IllegalArgumentException if there is no curve
   * @throws IOException if writing fails
   */
  public static void precisionRecall(Map<String, PrecisionRecallCurve> curves, Path png)
      throws IOException {
    PrecisionRecallPlot.write(curves, png);
  }

  /**
   * A reliability diagram: the share that is right over the probability, a point for each bin, with
   * the diagonal of perfect calibration. 640 x 480 pixels.
   *
   * @param models what the legend says of each model, such as {@code "calibration error 0.014"} ->
   *     its bins; at least one
   * @param png the file to write
   * @throws IllegalStateException if XChart is not on the class path
   * @throws IllegalArgumentException if there is no model, or one without a bin
   * @throws IOException if writing fails
   */
  public static void reliability(Map<String, List<ProbabilityEvaluation.Bin>> models, Path png)
      throws IOException {
    TrustPlots.reliability(models, png);
  }

  /**
   * Risk-coverage curves in one plot. 640 x 480 pixels.
   *
   * @param curves what the legend says of each curve, such as {@code "AURC 0.002"} -> the curve; at
   *     least one
   * @param png the file to write
   * @throws IllegalStateException if XChart is not on the class path
   * @throws IllegalArgumentException if there is no curve
   * @throws IOException if writing fails
   */
  public static void riskCoverage(Map<String, RiskCoverageCurve> curves, Path png)
      throws IOException {
    TrustPlots.riskCoverage(curves, png);
  }

  /**
   * A confusion matrix as a heat map with its counts: rows are the truth, the first class at the
   * top, columns the prediction. The color of a cell is its share of its row. 96 x 96 pixels a
   * cell; the name of a column that is wider is cut.
   *
   * @param confusion the counts
   * @param png the file to write
   * @throws IOException if writing fails
   */
  public static void confusionMatrix(ConfusionMatrix confusion, Path png) throws IOException {
    ConfusionMatrixPlot.write(confusion, png);
  }
}
