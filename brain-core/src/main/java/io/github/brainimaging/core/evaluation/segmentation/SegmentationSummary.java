package io.github.brainimaging.core.evaluation.segmentation;

import io.github.brainimaging.core.image.Percentiles;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * The evaluations of many masks taken together. A measure that is undefined for a case (a distance
 * where a mask is empty) is left out of the mean, and the number of cases left out is part of the
 * result: a lesion that was missed does not vanish unseen. {@link #toString()} is a table for
 * people.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @since 0.1.0
 */
public final class SegmentationSummary {

  private final List<SegmentationEvaluation> cases;

  private SegmentationSummary(List<SegmentationEvaluation> cases) {
    this.cases = cases;
  }

  /**
   * One measure over all cases.
   *
   * @param mean arithmetic mean over the cases where it is defined, NaN if there is none
   * @param median median over the same cases, the mean of the middle two if their number is even
   * @param count number of cases where it is defined
   * @param excluded number of cases left out because it is NaN
   */
  public record Statistics(double mean, double median, int count, int excluded) {}

  /**
   * Puts evaluations together. Some may be in mm2 and others in pixels, since Dice and its like
   * have no unit; the table then leaves distances and sizes out and says so.
   *
   * @param cases one evaluation per mask; may be empty
   * @return the summary
   */
  public static SegmentationSummary of(List<SegmentationEvaluation> cases) {
    return new SegmentationSummary(List.copyOf(cases));
  }

  /**
   * One measure over all cases, such as {@code summary.statistics(SegmentationEvaluation::dice)}.
   *
   * @param measure what to take from each case; NaN where undefined. A distance or size has a mean
   *     only if all cases have one {@link SegmentationEvaluation#sizeUnit()}
   * @return mean, median and how many cases they are made of
   */
  public Statistics statistics(ToDoubleFunction<SegmentationEvaluation> measure) {
    double[] values =
        cases.stream().mapToDouble(measure).filter(v -> !Double.isNaN(v)).sorted().toArray();
    int n = values.length;
    return new Statistics(
        Arrays.stream(values).average().orElse(Double.NaN),
        Percentiles.inSorted(values, 50),
        n,
        cases.size() - n);
  }

  /**
   * Number of cases.
   *
   * @return 0 or more
   */
  public int count() {
    return cases.size();
  }

  /**
   * Number of cases with a true region and an empty prediction.
   *
   * @return 0 or more
   */
  public int missed() {
    return count(overlap -> !overlap.truthEmpty() && overlap.predictionEmpty());
  }

  /**
   * Number of cases with a prediction where the truth is empty.
   *
   * @return 0 or more
   */
  public int spurious() {
    return count(overlap -> overlap.truthEmpty() && !overlap.predictionEmpty());
  }

  /**
   * Number of cases where truth and prediction are empty.
   *
   * @return 0 or more
   */
  public int bothEmpty() {
    return count(overlap -> overlap.truthEmpty() && overlap.predictionEmpty());
  }

  /**
   * The pixels of all cases taken together. If they are the slices of one volume, this is its
   * overlap.
   *
   * @return the sums
   * @throws ArithmeticException if a sum is above the largest int
   */
  public Overlap overlap() {
    return cases.stream()
        .map(SegmentationEvaluation::overlap)
        .reduce(new Overlap(0, 0, 0), Overlap::plus);
  }

  /**
   * The lesions of all cases taken together.
   *
   * @return the sums
   */
  public LesionDetection lesions() {
    return cases.stream()
        .map(SegmentationEvaluation::lesions)
        .reduce(LesionDetection.NONE, LesionDetection::plus);
  }

  private int count(Predicate<Overlap> condition) {
    return (int) cases.stream().map(SegmentationEvaluation::overlap).filter(condition).count();
  }

  /** A table of all measures, with the number of cases that each had to leave out. */
  @Override
  public String toString() {
    LesionDetection lesions = lesions();
    return String.format(
            Locale.ROOT,
            "%s: %d missed (truth, nothing predicted), %d spurious (predicted, no truth),"
                + " %d empty in both%n%n%-29s %9s %9s %6s %9s%n",
            count() == 1 ? "1 case" : count() + " cases",
            missed(),
            spurious(),
            bothEmpty(),
            "measure",
            "mean",
            "median",
            "cases",
            "excluded")
        + row("Dice", SegmentationEvaluation::dice)
        + row("IoU", SegmentationEvaluation::iou)
        + row("sensitivity", SegmentationEvaluation::sensitivity)
        + row("precision", SegmentationEvaluation::precision)
        + rowsWithUnit()
        + row("relative size error", SegmentationEvaluation::relativeSizeError)
        + String.format(
            Locale.ROOT,
            "lesions: %d of %d found, %d of %d predicted are false, F1 %.4f%n",
            lesions.found(),
            lesions.trueLesions(),
            lesions.falsePositives(),
            lesions.predictedLesions(),
            lesions.f1());
  }

  private String rowsWithUnit() {
    List<String> units =
        cases.stream().map(c -> c.sizeUnit().toString()).distinct().sorted().toList();
    if (units.size() > 1) {
      return String.format(
          "distances and sizes: left out, since cases are in %s%n", String.join(" and ", units));
    }
    String unit = cases.isEmpty() ? "" : " (" + cases.get(0).unit() + ")";
    String sizeUnit = cases.isEmpty() ? "" : " (" + cases.get(0).sizeUnit() + ")";
    return row("Hausdorff" + unit, SegmentationEvaluation::hausdorff)
        + row("HD95" + unit, SegmentationEvaluation::hausdorff95)
        + row("average surface distance" + unit, SegmentationEvaluation::averageSurfaceDistance)
        + row("size error" + sizeUnit, SegmentationEvaluation::sizeError);
  }

  private String row(String name, ToDoubleFunction<SegmentationEvaluation> measure) {
    Statistics s = statistics(measure);
    return String.format(
        Locale.ROOT,
        "%-29s %9.4f %9.4f %6d %9d%n",
        name,
        s.mean(),
        s.median(),
        s.count(),
        s.excluded());
  }
}
