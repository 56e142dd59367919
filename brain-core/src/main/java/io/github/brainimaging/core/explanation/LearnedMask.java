package io.github.brainimaging.core.explanation;

import io.github.brainimaging.core.image.BoundingBox;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.inference.Classifier;
import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.core.transform.spatial.CropToForeground;
import io.github.brainimaging.core.transform.spatial.Interpolation;
import io.github.brainimaging.core.transform.spatial.Resize;
import io.github.brainimaging.core.work.Progress;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.SplittableRandom;

/**
 * Learns the smooth mask that hides as little as possible and makes the classifier believe in the
 * class as little as possible (Fong and Vedaldi, "Interpretable explanations of black boxes by
 * meaningful perturbation", 2017). Where they follow the gradient of the network, this one only
 * asks for classifications, so it works with any classifier.
 *
 * <p>The mask is a coarse grid of values from 0 (shown) to 1 (hidden) over the box of the head,
 * enlarged linearly. What is made small is {@code logOdds / range + AREA * mean(mask)}, where the
 * range is that of the log odds met so far, so that the weight of the area needs no unit. The
 * gradient is estimated from pairs of masks that lie on opposite sides of the present one (SPSA,
 * Spall 1992), 8 pairs a step; the mask is the mean of those of the second half of the steps. The
 * same seed gives the same map.
 *
 * <p>The map is the mask: nothing is below 0, and {@link Explanation#strength()} is how much the
 * log odds of the class fall under the whole mask. Outside of the head it is 0; it is 0 everywhere
 * where no mask was found under which they fall.
 *
 * <p>Immutable and safe to share between threads, as far as the progress is.
 *
 * @since 0.1.0
 */
public final class LearnedMask extends Perturbation {

  private static final int DEFAULT_ITERATIONS = 30;
  private static final int DEFAULT_CELLS = 8;

  /*
   * PAIRS, AREA, REACH and STEP were chosen on 25 of the 300 slices of
   * docs/t1ce-masks-held-apart.txt, its lines 4, 16, 28 and so on; two settings were compared.
   */
  private static final int PAIRS = 8;

  /** Hiding the whole head costs as much as the range of the log odds this many times. */
  private static final double AREA = 4;

  private static final double START = 0.5;

  /** From the start it leads to all or nothing in each cell. */
  private static final double REACH = 0.5;

  private static final double STEP = 0.4;

  private final int iterations;
  private final int cells;
  private final Hidden hidden;
  private final long seed;

  private LearnedMask(
      Classifier classifier,
      int iterations,
      int cells,
      Hidden hidden,
      long seed,
      Progress progress) {
    super(classifier, progress);
    this.iterations = iterations;
    this.cells = cells;
    this.hidden = Objects.requireNonNull(hidden, "hidden");
    this.seed = seed;
  }

  /**
   * 30 steps, which classify 482 images, of a mask of 8 x 8 cells that blurs what it hides; seed 0.
   *
   * @param classifier the classifier to explain; stays the caller's
   * @return the explainer
   */
  public static LearnedMask of(Classifier classifier) {
    return new LearnedMask(
        classifier, DEFAULT_ITERATIONS, DEFAULT_CELLS, Hidden.BLURRED, 0, Progress.none());
  }

  /**
   * The same with more or fewer steps.
   *
   * @param newIterations steps, positive; each classifies 16 images
   * @return a new explainer
   * @throws IllegalArgumentException if it is not positive
   */
  public LearnedMask withIterations(int newIterations) {
    Arguments.requirePositive("iterations", newIterations);
    return new LearnedMask(classifier, newIterations, cells, hidden, seed, progress);
  }

  /**
   * The same with a coarser or finer mask.
   *
   * @param newCells cells along each side of the head, positive
   * @return a new explainer
   * @throws IllegalArgumentException if it is not positive
   */
  public LearnedMask withCells(int newCells) {
    Arguments.requirePositive("cells", newCells);
    return new LearnedMask(classifier, iterations, newCells, hidden, seed, progress);
  }

  /**
   * The same with another thing in the place of what is hidden.
   *
   * @param newHidden {@link Hidden#BLURRED} by default
   * @return a new explainer
   */
  public LearnedMask withHidden(Hidden newHidden) {
    return new LearnedMask(classifier, iterations, cells, newHidden, seed, progress);
  }

  /**
   * The same with other random directions.
   *
   * @param newSeed any number; 0 by default
   * @return a new explainer
   */
  public LearnedMask withSeed(long newSeed) {
    return new LearnedMask(classifier, iterations, cells, hidden, newSeed, progress);
  }

  /**
   * The same with a listener.
   *
   * @param newProgress told after each batch, and may cancel. Default: nobody
   * @return a new explainer
   */
  public LearnedMask withProgress(Progress newProgress) {
    return new LearnedMask(classifier, iterations, cells, hidden, seed, newProgress);
  }

  @Override
  Explanation explain(MedicalImage image, Question question) {
    Cover cover = Cover.of(image, hidden, cells);
    double whole = question.logOdds(image);
    double[] mask = learn(cover, whole, question);
    double strength = Math.max(0, whole - question.logOdds(cover.hide(mask)));
    double largest = Arrays.stream(mask).max().orElseThrow();
    double unit = largest > 0 ? strength / largest : 0;
    float[] effects = cover.enlarged(mask);
    for (int i = 0; i < effects.length; i++) {
      effects[i] *= (float) unit;
    }
    MedicalImage map = MedicalImage.wrap(image.width(), image.height(), 1, effects);
    return Explanation.of("learned", question.label(), map.withSpacing(image.spacing()));
  }

  private double[] learn(Cover cover, double whole, Question question) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] mask = new double[cells * cells];
    Arrays.fill(mask, START);
    double[] mean = new double[mask.length];
    double lowest = whole;
    double highest = whole;
    for (int i = 0; i < iterations; i++) {
      double[][] sides = sides(mask, random);
      double[] logOdds =
          part(i, question).logOdds("masks", sides.length, k -> cover.hide(sides[k]));
      lowest = Math.min(lowest, Arrays.stream(logOdds).min().orElseThrow());
      highest = Math.max(highest, Arrays.stream(logOdds).max().orElseThrow());
      step(mask, sides, logOdds, highest - lowest);
      if (i >= iterations / 2) {
        for (int c = 0; c < mask.length; c++) {
          mean[c] += mask[c] / (iterations - iterations / 2);
        }
      }
    }
    return mean;
  }

  /** Pairs of masks, one after the other, on opposite sides of this one. */
  private static double[][] sides(double[] mask, SplittableRandom random) {
    double[][] sides = new double[2 * PAIRS][mask.length];
    for (int k = 0; k < sides.length; k += 2) {
      for (int c = 0; c < mask.length; c++) {
        double reach = random.nextBoolean() ? REACH : -REACH;
        sides[k][c] = limited(mask[c] + reach);
        sides[k + 1][c] = limited(mask[c] - reach);
      }
    }
    return sides;
  }

  /**
   * At 0 and at 1 a pair lies half as far apart and is not made up for: what was let go comes back
   * only if it matters twice as much.
   */
  private static void step(double[] mask, double[][] sides, double[] logOdds, double range) {
    double area = AREA / mask.length;
    for (int c = 0; c < mask.length; c++) {
      double slope = 0;
      for (int k = 0; k < sides.length; k += 2) {
        double direction = Math.signum(sides[k][c] - sides[k + 1][c]);
        slope += (logOdds[k] - logOdds[k + 1]) * direction / (2 * REACH * PAIRS);
      }
      double relative = range > 0 ? slope / range : 0;
      mask[c] = limited(mask[c] - STEP * (relative + area));
    }
  }

  private static double limited(double value) {
    return Math.max(0, Math.min(1, value));
  }

  /** What one step asks, told as a part of all of them. */
  private Question part(int iteration, Question question) {
    long before = 2L * PAIRS * iteration;
    long all = 2L * PAIRS * iterations;
    Progress whole = question.progress();
    return new Question(
        classifier,
        question.label(),
        (what, done, total) -> whole.report(what, before + done, all));
  }

  /** The options, not the classifier. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "LearnedMask[iterations=%d, cells=%d, hidden=%s, seed=%d, progress=%s]",
        iterations,
        cells,
        hidden,
        seed,
        progress);
  }

  /** Hides parts of the head in an image. */
  private record Cover(MedicalImage image, MedicalImage instead, BoundingBox head, int cells) {

    static Cover of(MedicalImage image, Hidden hidden, int cells) {
      BoundingBox head = CropToForeground.withDefaults().box(image);
      return new Cover(image, hidden.of(image), head, cells);
    }

    /** How much of each pixel is hidden. */
    float[] enlarged(double[] mask) {
      float[] grid = new float[mask.length];
      for (int i = 0; i < grid.length; i++) {
        grid[i] = (float) mask[i];
      }
      float[] inside =
          Resize.to(head.width(), head.height())
              .withInterpolation(Interpolation.BILINEAR)
              .apply(MedicalImage.wrap(cells, cells, 1, grid))
              .samples();
      float[] all = new float[image.width() * image.height()];
      for (int y = 0; y < head.height(); y++) {
        int start = (y + head.y()) * image.width() + head.x();
        System.arraycopy(inside, y * head.width(), all, start, head.width());
      }
      return all;
    }

    MedicalImage hide(double[] mask) {
      float[] share = enlarged(mask);
      float[] mixed = image.samples();
      float[] blank = instead.samples();
      for (int i = 0; i < mixed.length; i++) {
        mixed[i] += share[i % share.length] * (blank[i] - mixed[i]);
      }
      return image.wrapSamples(mixed);
    }
  }
}
