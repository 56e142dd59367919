package io.github.brainimaging.core.plot;

import io.github.brainimaging.core.evaluation.classification.ConfusionMatrix;
import io.github.brainimaging.core.evaluation.classification.PrecisionRecallCurve;
import io.github.brainimaging.core.evaluation.classification.ProbabilityEvaluation;
import io.github.brainimaging.core.evaluation.classification.RiskCoverageCurve;
import io.github.brainimaging.core.evaluation.classification.RocCurve;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.io.PngImageWriter;
import java.util.List;
import java.util.Map;

/**
 * Plots, as RGB images that {@link PngImageWriter} writes to a file or a stream.
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
   * @return the plot
   * @throws IllegalStateException if XChart is not on the class path
   * @throws IllegalArgumentException if there is no epoch
   */
  public static MedicalImage training(List<Epoch> epochs) {
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
  public static MedicalImage roc(Map<String, RocCurve> curves) {
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
  public static MedicalImage precisionRecall(Map<String, PrecisionRecallCurve> curves) {
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
  public static MedicalImage reliability(Map<String, List<ProbabilityEvaluation.Bin>> models) {
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
  public static MedicalImage riskCoverage(Map<String, RiskCoverageCurve> curves) {
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
  public static MedicalImage confusionMatrix(ConfusionMatrix confusion) {
    return ConfusionMatrixPlot.draw(confusion);
  }
}
