package io.github.brainimaging.core.inference;

import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.Percentiles;
import io.github.brainimaging.core.internal.Arguments;
import java.util.Arrays;
import java.util.List;

/**
 * How much several runs of a segmenter disagree about the same image.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @param runs how many there were, at least 1
 * @param probabilities the mean over the runs: for each pixel of the image how probably it belongs
 *     to the region, 0 to 1
 * @param agreement how well each run's mask covers that of the mean: the mean Dice, 0 to 1. Masks
 *     that are both empty agree
 * @param low in pixels: 5 % of the runs found a smaller area
 * @param high in pixels: 5 % of the runs found a larger area. Nine tenths of the runs lie between
 *     both: an interval of this model's doubts, not of the truth
 * @since 0.1.0
 */
public record MaskUncertainty(
    int runs, MedicalImage probabilities, double agreement, double low, double high) {

  /** Of each end of the runs, what is left out of an interval. */
  static final double TAIL_PERCENT = 5;

  /**
   * Checks the values.
   *
   * @param runs at least 1
   * @param probabilities one channel
   * @param agreement 0 to 1
   * @param low 0 to {@code high}
   * @param high pixels
   * @throws IllegalArgumentException if a value is out of range
   */
  public MaskUncertainty {
    Arguments.requirePositive("runs", runs);
    Arguments.require(
        probabilities.channels() == 1,
        "probabilities must have 1 channel, got %s",
        probabilities.channels());
    Arguments.requireShare("agreement", agreement);
    Arguments.require(
        low >= 0 && low <= high, "low and high must rise from 0, got %s and %s", low, high);
  }

  /** Of runs whose mean, and the mask of the mean, are known. */
  static MaskUncertainty of(List<MedicalImage> runs, MedicalImage mean, Mask mask, float limit) {
    double[] areas = new double[runs.size()];
    double dice = 0;
    boolean[] all = mask.toArray();
    for (int r = 0; r < areas.length; r++) {
      Mask own = Mask.above(runs.get(r), limit);
      areas[r] = own.count();
      dice += dice(own.toArray(), all) / areas.length;
    }
    Arrays.sort(areas);
    return new MaskUncertainty(
        areas.length,
        mean,
        Math.min(1, dice),
        Percentiles.inSorted(areas, TAIL_PERCENT),
        Percentiles.inSorted(areas, 100 - TAIL_PERCENT));
  }

  /** Of two masks, pixels or voxels, on one grid; 1 if both are empty. */
  static double dice(boolean[] a, boolean[] b) {
    long shared = 0;
    long all = 0;
    for (int i = 0; i < a.length; i++) {
      shared += a[i] && b[i] ? 1 : 0;
      all += (a[i] ? 1 : 0) + (b[i] ? 1 : 0);
    }
    return all == 0 ? 1 : 2.0 * shared / all;
  }

  /**
   * Where the doubt lies.
   *
   * @return of each pixel the entropy of {@link #probabilities}, in nats: 0 where it is certain,
   *     0.69 (ln 2) where both are as likely
   */
  public MedicalImage entropy() {
    float[] values = probabilities.samples();
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) Uncertainty.ofTwo(values[i]);
    }
    return probabilities.wrapSamples(values);
  }

  /**
   * The Dice coefficient that a mask would have with the truth if the probabilities were right.
   *
   * @param mask on the grid of the image
   * @return {@code 2 S / (A + T)} with S the sum of the probabilities within the mask, A its area
   *     and T the sum of all probabilities; 1 where A and T are 0
   * @throws IllegalArgumentException if the mask has another size
   */
  public double expectedDice(Mask mask) {
    Arguments.require(
        mask.width() == probabilities.width() && mask.height() == probabilities.height(),
        "mask must be %sx%s, got %sx%s",
        probabilities.width(),
        probabilities.height(),
        mask.width(),
        mask.height());
    double inside = 0;
    double all = 0;
    for (int y = 0; y < mask.height(); y++) {
      for (int x = 0; x < mask.width(); x++) {
        float p = probabilities.get(x, y);
        all += p;
        inside += mask.get(x, y) ? p : 0;
      }
    }
    return mask.count() + all > 0 ? 2 * inside / (mask.count() + all) : 1;
  }
}
