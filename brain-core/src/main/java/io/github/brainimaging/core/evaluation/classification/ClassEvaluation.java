package io.github.brainimaging.core.evaluation.classification;

/**
 * How well one class is told from all others. With TP, FP, FN, TN the true and false positives and
 * negatives of "is it this class":
 *
 * <pre>
 *   precision   = TP / (TP + FP)     0 if the class was never predicted though it occurs
 *   recall      = TP / (TP + FN)     NaN if the class does not occur
 *   specificity = TN / (TN + FP)     NaN if every case is of this class
 *   F1          = 2 TP / (2 TP + FP + FN)
 *   AUC         see {@link RocCurve#area}; NaN if the class does not occur or nothing else does
 *   average precision   see {@link PrecisionRecallCurve}; NaN if the class does not occur
 * </pre>
 *
 * Precision and F1 of a class that neither occurs nor was predicted are NaN. The 0 for a class that
 * was missed altogether is scikit-learn's {@code zero_division=0}.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @param label the class
 * @param precision positive predictive value, between 0 and 1, or NaN
 * @param recall sensitivity, between 0 and 1, or NaN
 * @param specificity between 0 and 1, or NaN
 * @param f1 harmonic mean of precision and recall, between 0 and 1, or NaN
 * @param auc area under the ROC curve of this class's score, between 0 and 1, or NaN
 * @param averagePrecision area under the precision-recall curve of this class's score, between 0
 *     and 1, or NaN
 * @param support number of cases of this class in truth
 */
public record ClassEvaluation(
    String label,
    double precision,
    double recall,
    double specificity,
    double f1,
    double auc,
    double averagePrecision,
    int support) {

  static ClassEvaluation of(
      ConfusionMatrix confusion, String label, boolean[] positive, double[] scores) {
    int support = confusion.truthCount(label);
    int predicted = confusion.predictedCount(label);
    int truePositives = confusion.count(label, label);
    int negatives = confusion.total() - support;
    int falsePositives = predicted - truePositives;
    boolean missed = predicted == 0 && support > 0;
    return new ClassEvaluation(
        label,
        missed ? 0 : (double) truePositives / predicted,
        (double) truePositives / support,
        (double) (negatives - falsePositives) / negatives,
        2.0 * truePositives / (support + predicted),
        RocCurve.area(positive, scores),
        support == 0 ? Double.NaN : PrecisionRecallCurve.of(positive, scores).averagePrecision(),
        support);
  }
}
