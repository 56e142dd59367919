package io.github.brainimaging.core.explanation;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.inference.Classifier;
import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.core.transform.spatial.Interpolation;
import io.github.brainimaging.core.transform.spatial.Resize;
import io.github.brainimaging.core.work.Progress;
import java.util.Locale;
import java.util.Objects;
import java.util.SplittableRandom;

/**
 * Hides random parts of the image, many times, and takes for the importance of a place how much
 * more the classifier believes in the class where it can be seen (Petsiuk, Das, Saenko, "RISE:
 * Randomized Input Sampling for Explanation of Black-box Models", 2018). Works with any classifier.
 *
 * <p>A mask is a coarse grid of random zeros and ones, enlarged linearly and shifted by a random
 * part of a cell. The value of a pixel is the covariance of the masks with the logarithm of the
 * odds of the class, divided by the variance of the masks, so that it is signed and 0 where a place
 * makes no difference. The same seed gives the same map.
 *
 * <p>Immutable and safe to share between threads, as far as the progress is.
 *
 * @since 0.1.0
 */
public final class Rise extends Perturbation {

  private static final int DEFAULT_MASKS = 500;
  private static final int DEFAULT_CELLS = 7;

  private final int masks;
  private final int cells;
  private final double shown;
  private final Hidden hidden;
  private final long seed;

  private Rise(
      Classifier classifier,
      int masks,
      int cells,
      double shown,
      Hidden hidden,
      long seed,
      Progress progress) {
    super(classifier, progress);
    this.masks = masks;
    this.cells = cells;
    this.shown = shown;
    this.hidden = Objects.requireNonNull(hidden, "hidden");
    this.seed = seed;
  }

  /**
   * 500 masks of 7 x 7 cells, of which half is shown (the paper's cells and share; it takes 4,000
   * to 8,000 masks), the rest blurred; seed 0.
   *
   * @param classifier the classifier to explain; stays the caller's
   * @return the explainer
   */
  public static Rise of(Classifier classifier) {
    return new Rise(
        classifier, DEFAULT_MASKS, DEFAULT_CELLS, 0.5, Hidden.BLURRED, 0, Progress.none());
  }

  /**
   * The same with another number of masks.
   *
   * @param newMasks how many images are classified, at least 2
   * @return a new explainer
   * @throws IllegalArgumentException if it is less than 2
   */
  public Rise withMasks(int newMasks) {
    Arguments.require(newMasks >= 2, "masks must be at least 2, got %s", newMasks);
    return new Rise(classifier, newMasks, cells, shown, hidden, seed, progress);
  }

  /**
   * The same with coarser or finer masks.
   *
   * @param newCells cells along each side of the image, positive
   * @return a new explainer
   * @throws IllegalArgumentException if it is not positive
   */
  public Rise withCells(int newCells) {
    Arguments.requirePositive("cells", newCells);
    return new Rise(classifier, masks, newCells, shown, hidden, seed, progress);
  }

  /**
   * The same with more or less to be seen in each mask.
   *
   * @param newShown share of the cells that are shown, above 0 and below 1
   * @return a new explainer
   * @throws IllegalArgumentException if it is out of range
   */
  public Rise withShown(double newShown) {
    Arguments.require(
        newShown > 0 && newShown < 1, "shown must be above 0 and below 1, got %s", newShown);
    return new Rise(classifier, masks, cells, newShown, hidden, seed, progress);
  }

  /**
   * The same with another thing in the place of what is hidden.
   *
   * @param newHidden {@link Hidden#BLURRED} by default
   * @return a new explainer
   */
  public Rise withHidden(Hidden newHidden) {
    return new Rise(classifier, masks, cells, shown, newHidden, seed, progress);
  }

  /**
   * The same with other random masks.
   *
   * @param newSeed any number; 0 by default
   * @return a new explainer
   */
  public Rise withSeed(long newSeed) {
    return new Rise(classifier, masks, cells, shown, hidden, newSeed, progress);
  }

  /**
   * The same with a listener.
   *
   * @param newProgress told after each batch, and may cancel. Default: nobody
   * @return a new explainer
   */
  public Rise withProgress(Progress newProgress) {
    return new Rise(classifier, masks, cells, shown, hidden, seed, newProgress);
  }

  @Override
  Explanation explain(MedicalImage image, Question question) {
    float[] whole = image.samples();
    float[] instead = hidden.of(image).samples();
    double[] logOdds =
        question.logOdds(
            "masks",
            masks,
            i -> image.wrapSamples(mixed(whole, instead, mask(i, image.width(), image.height()))));
    double mean = 0; // of the distances from the first, so that equal values have none
    for (double one : logOdds) {
      mean += (one - logOdds[0]) / masks;
    }
    // The masks are made twice: kept, they would take more memory than anything else.
    int pixels = image.width() * image.height();
    double[] sum = new double[pixels];
    double[] squares = new double[pixels];
    double[] product = new double[pixels];
    for (int i = 0; i < masks; i++) {
      float[] mask = mask(i, image.width(), image.height());
      for (int p = 0; p < pixels; p++) {
        sum[p] += mask[p];
        squares[p] += (double) mask[p] * mask[p];
        product[p] += mask[p] * (logOdds[i] - logOdds[0] - mean);
      }
    }
    float[] effects = new float[pixels];
    for (int p = 0; p < pixels; p++) {
      double variance = squares[p] - sum[p] * sum[p] / masks;
      effects[p] = variance > 0 ? (float) (product[p] / variance) : 0;
    }
    MedicalImage map = MedicalImage.wrap(image.width(), image.height(), 1, effects);
    return Explanation.of("rise", question.label(), map.withSpacing(image.spacing()));
  }

  private static float[] mixed(float[] whole, float[] instead, float[] mask) {
    float[] mixed = new float[whole.length];
    for (int i = 0; i < mixed.length; i++) {
      float share = mask[i % mask.length];
      mixed[i] = share * whole[i] + (1 - share) * instead[i];
    }
    return mixed;
  }

  /** How much of each pixel is shown. */
  private float[] mask(int number, int width, int height) {
    SplittableRandom random = new SplittableRandom(seed + number * 0x9E3779B97F4A7C15L);
    int side = cells + 1;
    float[] grid = new float[side * side];
    for (int i = 0; i < grid.length; i++) {
      grid[i] = random.nextDouble() < shown ? 1 : 0;
    }
    int cellWidth = (width + cells - 1) / cells;
    int cellHeight = (height + cells - 1) / cells;
    MedicalImage large =
        Resize.to(side * cellWidth, side * cellHeight)
            .withInterpolation(Interpolation.BILINEAR)
            .apply(MedicalImage.wrap(side, side, 1, grid));
    float[] all = large.samples();
    int left = random.nextInt(cellWidth);
    int top = random.nextInt(cellHeight);
    float[] mask = new float[width * height];
    for (int y = 0; y < height; y++) {
      System.arraycopy(all, (y + top) * large.width() + left, mask, y * width, width);
    }
    return mask;
  }

  /** The options, not the classifier. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "Rise[masks=%d, cells=%d, shown=%s, hidden=%s, seed=%d, progress=%s]",
        masks,
        cells,
        shown,
        hidden,
        seed,
        progress);
  }
}
