package io.github.brainimaging.core.augmentation;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.Percentiles;
import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.core.transform.ForegroundThreshold;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Gives the tissues other gray values, as another sequence would, so that a network learns shapes
 * and borders rather than what is bright in one contrast.
 *
 * <p>Knots stand at evenly spaced quantiles of the samples above {@link ForegroundThreshold}; each
 * gets a gray value of its own, drawn uniformly between the threshold and the largest sample, and
 * in between the map is linear. A monotone map has the drawn values in order, a free one as they
 * were drawn; with a probability of choice a map is turned over, so that bright tissues become dark
 * ones. A share drawn from the strength is mixed with the image as it was.
 *
 * <p>What is not above the threshold stays as it is, so that the background remains the darkest
 * part, as in every MRI; the range of the samples is never left. An image without foreground and
 * samples that are not finite stay as they are.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @since 0.1.0
 */
public final class RandomIntensityMap implements Augmentation {

  private static final int KNOTS = 6;

  private final boolean ordered;
  private final int knots;
  private final double inversion;
  private final Range strength;

  private RandomIntensityMap(boolean ordered, int knots, double inversion, Range strength) {
    this.ordered = ordered;
    this.knots = knots;
    this.inversion = inversion;
    this.strength = strength;
  }

  /**
   * Maps that keep the order of the gray values: six knots, never turned over, strength 0 to 1.
   *
   * @return the augmentation
   */
  public static RandomIntensityMap monotone() {
    return new RandomIntensityMap(true, KNOTS, 0, new Range(0, 1));
  }

  /**
   * Maps that may give any tissue any gray value: six knots, strength 0 to 1.
   *
   * @return the augmentation
   */
  public static RandomIntensityMap free() {
    return new RandomIntensityMap(false, KNOTS, 0, new Range(0, 1));
  }

  /**
   * With another number of knots.
   *
   * @param count 2 or more; the fewer, the smoother the map
   * @return a new augmentation
   * @throws IllegalArgumentException if there are too few
   */
  public RandomIntensityMap withKnots(int count) {
    Arguments.require(count >= 2, "count must be at least 2, got %s", count);
    return new RandomIntensityMap(ordered, count, inversion, strength);
  }

  /**
   * With some of the maps turned over.
   *
   * @param probability 0 (never) to 1 (always)
   * @return a new augmentation
   * @throws IllegalArgumentException if it is out of range
   */
  public RandomIntensityMap withInversion(double probability) {
    Arguments.requireShare("probability", probability);
    return new RandomIntensityMap(ordered, knots, probability, strength);
  }

  /**
   * With another strength.
   *
   * @param low smallest share of the mapped image, 0 or more
   * @param high largest share, low to 1
   * @return a new augmentation
   * @throws IllegalArgumentException if a share is out of range
   */
  public RandomIntensityMap withStrength(double low, double high) {
    Arguments.require(high <= 1, "high must be at most 1, got %s", high);
    return new RandomIntensityMap(
        ordered, knots, inversion, new Range(low, high).requireNotNegative());
  }

  @Override
  public MedicalImage apply(MedicalImage image, RandomGenerator random) {
    double[] values = new double[knots];
    for (int i = 0; i < knots; i++) {
      values[i] = random.nextDouble();
    }
    if (ordered) {
      Arrays.sort(values);
    }
    if (random.nextDouble() < inversion) {
      turnOver(values);
    }
    double share = strength.draw(random);
    double threshold = ForegroundThreshold.value(image);
    float[] samples = image.samples();
    double[] places = places(samples, threshold);
    if (places.length == 0) {
      return image;
    }
    double width = image.range()[1] - threshold;
    for (int i = 0; i < samples.length; i++) {
      if (Float.isFinite(samples[i]) && samples[i] > threshold) {
        double mapped = threshold + width * at(places, values, samples[i]);
        samples[i] = (float) (samples[i] + share * (mapped - samples[i]));
      }
    }
    return image.wrapSamples(samples);
  }

  private static void turnOver(double[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] = 1 - values[i];
    }
  }

  /** Where the knots stand; none if nothing is above the threshold. */
  private double[] places(float[] samples, double threshold) {
    double[] head = new double[samples.length];
    int n = 0;
    for (float v : samples) {
      if (Float.isFinite(v) && v > threshold) {
        head[n++] = v;
      }
    }
    if (n == 0) {
      return new double[0];
    }
    double[] sorted = Arrays.copyOf(head, n);
    Arrays.sort(sorted);
    double[] places = new double[knots];
    for (int i = 0; i < knots; i++) {
      places[i] = Percentiles.inSorted(sorted, 100.0 * i / (knots - 1));
    }
    return places;
  }

  private static double at(double[] places, double[] values, double sample) {
    int upper = 1;
    while (upper < places.length - 1 && places[upper] < sample) {
      upper++;
    }
    double gap = places[upper] - places[upper - 1];
    double part = gap > 0 ? Math.min(1, Math.max(0, (sample - places[upper - 1]) / gap)) : 1;
    return values[upper - 1] + part * (values[upper] - values[upper - 1]);
  }

  /** All settings. */
  @Override
  public String toString() {
    return "RandomIntensityMap[ordered="
        + ordered
        + ", knots="
        + knots
        + ", inversion="
        + inversion
        + ", strength="
        + strength
        + "]";
  }
}
