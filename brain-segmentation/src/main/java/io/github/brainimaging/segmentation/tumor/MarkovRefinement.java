package io.github.brainimaging.segmentation.tumor;

import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.Spacing;
import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.segmentation.internal.BitMask;
import io.github.brainimaging.segmentation.internal.StructuringElement;
import io.github.brainimaging.segmentation.internal.Window;
import java.util.Arrays;

/**
 * Smooths the outline of a mask and draws it where the gray values change: iterated conditional
 * modes of a Markov random field (J. Besag, "On the Statistical Analysis of Dirty Pictures", J.
 * Royal Statistical Society B 48(3), 1986, 259).
 *
 * <p>Gray values are taken to be normally distributed, in the mask and around it, with a mean and a
 * deviation of each, estimated anew in every iteration. A pixel i is put to the side k with the
 * smaller energy {@code ln s_k + (g_i - m_k)^2 / (2 s_k^2) + beta u_k}, where {@code u_k} of its
 * eight neighbors are not on that side. Only pixels near the outline can change. All are put at
 * once, not one after the other, so that the result turns and mirrors with the image; the work ends
 * when nothing changes, or after a number of iterations: a few pixels may go to and fro for ever.
 *
 * <p>An empty mask, one with nothing around it, and one whose pixels have the mean gray value of
 * what is around them, stay as they are. Beyond the border of the image is outside.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @since 0.1.0
 */
public final class MarkovRefinement {

  private static final Spacing SQUARE = new Spacing(1, 1);

  /** What is around is known from this many times the reach, or an outline far off had no rival. */
  private static final int SURROUNDINGS = 2;

  /** A deviation is at least this part of the difference of the means. */
  private static final double SMALLEST_DEVIATION = 0.05;

  private static final MarkovRefinement DEFAULTS = new MarkovRefinement(0.5, 10, 3);

  private final double beta;
  private final int iterations;
  private final int reachPixels;

  private MarkovRefinement(double beta, int iterations, int reachPixels) {
    this.beta = beta;
    this.iterations = iterations;
    this.reachPixels = reachPixels;
  }

  /**
   * A beta that leaves the outline free to move, and as many iterations as are mostly needed.
   *
   * @return beta 0.5, 10 iterations, reach 3 pixels
   */
  public static MarkovRefinement withDefaults() {
    return DEFAULTS;
  }

  /**
   * How much neighbors count.
   *
   * @param newBeta 0 or more: 0 for the gray values alone; default 0.5. Besag's 1.5 smooths more,
   *     but an outline that is smooth already hardly moves
   * @return a new refinement
   * @throws IllegalArgumentException if it is negative or not finite
   */
  public MarkovRefinement withBeta(double newBeta) {
    Arguments.require(
        newBeta >= 0 && newBeta < Double.POSITIVE_INFINITY,
        "beta must be 0 or more and finite, got %s",
        newBeta);
    return new MarkovRefinement(newBeta, iterations, reachPixels);
  }

  /**
   * When to end at the latest.
   *
   * @param newIterations positive, default 10
   * @return a new refinement
   * @throws IllegalArgumentException if it is not positive
   */
  public MarkovRefinement withIterations(int newIterations) {
    Arguments.requirePositive("iterations", newIterations);
    return new MarkovRefinement(beta, newIterations, reachPixels);
  }

  /**
   * How far the outline may move.
   *
   * @param newReachPixels distance from the given outline, 1 to 1,000 pixels, default 3
   * @return a new refinement
   * @throws IllegalArgumentException if it is outside this range
   */
  public MarkovRefinement withReachPixels(int newReachPixels) {
    Arguments.require(
        newReachPixels >= 1 && newReachPixels <= 1_000,
        "reachPixels must be between 1 and 1000, got %s",
        newReachPixels);
    return new MarkovRefinement(beta, iterations, newReachPixels);
  }

  /**
   * Refines a mask.
   *
   * @param image one channel, finite samples
   * @param mask what to refine, of the image's size
   * @param within the pixels that may belong to it, such as the brain, of the image's size
   * @return a new mask, inside {@code within}
   * @throws IllegalArgumentException if the image has several channels or the sizes differ
   */
  public Mask refine(MedicalImage image, Mask mask, Mask within) {
    Arguments.require(image.channels() == 1, "image must have 1 channel, got %s", image.channels());
    requireSize("mask", mask, image);
    requireSize("within", within, image);
    BitMask start = BitMask.of(mask).and(BitMask.of(within));
    StructuringElement reach = StructuringElement.disk(reachPixels, SQUARE);
    BitMask near =
        StructuringElement.disk(SURROUNDINGS * reachPixels, SQUARE)
            .dilate(start)
            .and(BitMask.of(within));
    Mask free = reach.dilate(start).minus(reach.erode(start)).and(near).toMask();
    return near.boundingBox()
        .map(box -> new Window(image.width(), image.height(), box))
        .map(
            window ->
                window.restore(
                    refine(
                        window.crop(image.samples()),
                        window.crop(start.toMask()),
                        window.crop(near.toMask()).toArray(),
                        window.crop(free).toArray())))
        .orElseGet(start::toMask);
  }

  private static void requireSize(String name, Mask mask, MedicalImage image) {
    Arguments.require(
        mask.width() == image.width() && mask.height() == image.height(),
        "%s must be of the image's size %s x %s, got %s",
        name,
        image.width(),
        image.height(),
        mask);
  }

  private Mask refine(float[] gray, Mask start, boolean[] near, boolean[] free) {
    boolean[] inside = start.toArray();
    for (int iteration = 0; iteration < iterations; iteration++) {
      Normal in = Normal.of(gray, inside);
      Normal out = Normal.of(gray, difference(near, inside));
      double smallest = SMALLEST_DEVIATION * Math.abs(in.mean - out.mean);
      if (!(smallest > 0)) {
        break;
      }
      boolean[] next = inside.clone();
      for (int i = 0; i < next.length; i++) {
        if (free[i]) {
          int neighbors = neighbors(inside, i, start.width());
          next[i] =
              in.energy(gray[i], smallest) + beta * (8 - neighbors)
                  < out.energy(gray[i], smallest) + beta * neighbors;
        }
      }
      if (Arrays.equals(next, inside)) {
        break;
      }
      inside = next;
    }
    return Mask.wrap(start.width(), start.height(), inside);
  }

  private static boolean[] difference(boolean[] all, boolean[] without) {
    boolean[] rest = all.clone();
    for (int i = 0; i < rest.length; i++) {
      rest[i] &= !without[i];
    }
    return rest;
  }

  /** How many of the eight pixels around are inside. */
  private static int neighbors(boolean[] inside, int i, int width) {
    int x = i % width;
    int count = 0;
    for (int row = i - x - width; row <= i - x + width; row += width) {
      for (int column = Math.max(0, x - 1); column <= Math.min(width - 1, x + 1); column++) {
        int j = row + column;
        count += j >= 0 && j < inside.length && j != i && inside[j] ? 1 : 0;
      }
    }
    return count;
  }

  /** Beta, iterations and reach. */
  @Override
  public String toString() {
    return "MarkovRefinement[beta=%s, iterations=%s, reachPixels=%s]"
        .formatted(beta, iterations, reachPixels);
  }

  /** A normal distribution; not a number if there are no values. */
  private record Normal(double mean, double deviation) {

    static Normal of(float[] values, boolean[] where) {
      int count = 0;
      double sum = 0;
      for (int i = 0; i < values.length; i++) {
        count += where[i] ? 1 : 0;
        sum += where[i] ? values[i] : 0;
      }
      double mean = sum / count;
      double squares = 0;
      for (int i = 0; i < values.length; i++) {
        double deviation = values[i] - mean;
        squares += where[i] ? deviation * deviation : 0;
      }
      return new Normal(mean, Math.sqrt(squares / count));
    }

    double energy(double value, double smallestDeviation) {
      double s = Math.max(deviation, smallestDeviation);
      double z = (value - mean) / s;
      return Math.log(s) + z * z / 2;
    }
  }
}
