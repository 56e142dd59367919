package io.github.brainimaging.core.inference;

import io.github.brainimaging.core.image.BoundingBox;
import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.Spacing;
import io.github.brainimaging.core.internal.Arguments;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A region found in an image, with its measures. An empty mask means that nothing was found: area
 * 0, no centroid, no bounding box.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @param mask the region on the grid of the image
 * @param spacing the spacing of the image
 * @param confidence how sure the segmenter is of the mask, 0 to 1; empty if it does not tell or
 *     found nothing
 * @param remarks in words: what was drawn and left out again, and why; empty where nothing was
 * @param uncertainty how much the runs disagree of which this is the mean, such as those of an
 *     ensemble; empty where there was one run. It speaks of what was found before anything was left
 *     out
 * @since 0.1.0
 */
public record Segmentation(
    Mask mask,
    Spacing spacing,
    OptionalDouble confidence,
    List<String> remarks,
    Optional<MaskUncertainty> uncertainty) {

  /**
   * Checks the values.
   *
   * @param mask the region on the grid of the image
   * @param spacing the spacing of the image
   * @param confidence how sure the segmenter is of the mask, 0 to 1, or empty
   * @param remarks what was left out, and why
   * @param uncertainty how much several runs disagree, or empty
   * @throws IllegalArgumentException if the confidence is not 0 to 1
   */
  public Segmentation {
    Objects.requireNonNull(uncertainty, "uncertainty");
    Objects.requireNonNull(mask, "mask");
    Objects.requireNonNull(spacing, "spacing");
    double value = confidence.orElse(0);
    Arguments.requireShare("confidence", value);
    remarks = List.copyOf(remarks);
  }

  /**
   * A region of which nothing was left out.
   *
   * @param mask the region on the grid of the image
   * @param spacing the spacing of the image
   * @param confidence how sure the segmenter is of the mask, 0 to 1, or empty
   * @throws IllegalArgumentException if the confidence is not 0 to 1
   */
  public Segmentation(Mask mask, Spacing spacing, OptionalDouble confidence) {
    this(mask, spacing, confidence, List.of(), Optional.empty());
  }

  /**
   * A region of which the segmenter does not tell how sure it is.
   *
   * @param mask the region on the grid of the image
   * @param spacing the spacing of the image
   */
  public Segmentation(Mask mask, Spacing spacing) {
    this(mask, spacing, OptionalDouble.empty());
  }

  /**
   * The region in which a map of probabilities lies above a threshold; its confidence is the mean
   * probability within.
   *
   * @param probabilities one channel of 0 to 1, on the grid of the image
   * @param threshold 0 to 1
   * @return the region
   */
  public static Segmentation ofProbabilities(MedicalImage probabilities, double threshold) {
    Mask mask = Mask.above(probabilities, (float) threshold);
    if (mask.isEmpty()) {
      return new Segmentation(mask, probabilities.spacing());
    }
    double sum = 0;
    for (int y = 0; y < mask.height(); y++) {
      for (int x = 0; x < mask.width(); x++) {
        sum += mask.get(x, y) ? probabilities.get(x, y) : 0;
      }
    }
    double mean = Math.min(1, sum / mask.count());
    return new Segmentation(mask, probabilities.spacing(), OptionalDouble.of(mean));
  }

  /**
   * The mean of several runs on the same image, with what they disagree about.
   *
   * @param runs the probability of each pixel, one map per run, all of one size; one or more
   * @param threshold 0 to 1: the region lies where the mean is above it
   * @return the region, its confidence and {@link #uncertainty}
   * @throws IllegalArgumentException if there are none or their sizes differ
   */
  public static Segmentation ofRuns(List<MedicalImage> runs, double threshold) {
    Arguments.require(!runs.isEmpty(), "runs must be at least one, got %s", runs);
    MedicalImage first = runs.get(0);
    float[] means = new float[first.width() * first.height()];
    for (MedicalImage run : runs) {
      float[] values = run.samples();
      Arguments.require(
          run.width() == first.width() && values.length == means.length,
          "runs must be of one size, got %s and %s",
          first,
          run);
      for (int i = 0; i < means.length; i++) {
        means[i] += values[i] / runs.size();
      }
    }
    MedicalImage mean = first.wrapSamples(means);
    Segmentation found = ofProbabilities(mean, threshold);
    return new Segmentation(
        found.mask,
        found.spacing,
        found.confidence,
        List.of(),
        Optional.of(MaskUncertainty.of(runs, mean, found.mask, (float) threshold)));
  }

  /**
   * The Dice coefficient with the truth that is to be expected of this mask: see {@link
   * MaskUncertainty#expectedDice}.
   *
   * @return 0 to 1; empty where there is no {@link #uncertainty}
   */
  public OptionalDouble expectedDice() {
    return uncertainty
        .map(known -> OptionalDouble.of(known.expectedDice(mask)))
        .orElse(OptionalDouble.empty());
  }

  /**
   * What is left where a part was left out.
   *
   * @param rest a part of the mask
   * @param reason what was left out and why
   * @return the rest with the same confidence, none if nothing is left, and one more remark
   */
  public Segmentation leaving(Mask rest, String reason) {
    List<String> more = new ArrayList<>(remarks);
    more.add(reason);
    return new Segmentation(
        rest, spacing, rest.isEmpty() ? OptionalDouble.empty() : confidence, more, uncertainty);
  }

  /**
   * A place in an image, in pixels; (0, 0) is the center of the top left pixel.
   *
   * @param x column
   * @param y row
   */
  public record Point(double x, double y) {}

  /**
   * Whether anything was found.
   *
   * @return true if the mask is not empty
   */
  public boolean found() {
    return !mask.isEmpty();
  }

  /**
   * The area in pixels.
   *
   * @return 0 or more
   */
  public int areaPixels() {
    return mask.count();
  }

  /**
   * The area in mm2.
   *
   * @return empty if the spacing is not known
   */
  public OptionalDouble areaMm2() {
    return spacing.isKnown()
        ? OptionalDouble.of(mask.count() * spacing.pixelAreaMm2())
        : OptionalDouble.empty();
  }

  /**
   * The smallest box that holds the region.
   *
   * @return empty if nothing was found
   */
  public Optional<BoundingBox> boundingBox() {
    return mask.boundingBox();
  }

  /**
   * The mean position of the region's pixels.
   *
   * @return empty if nothing was found
   */
  public Optional<Point> centroid() {
    if (mask.isEmpty()) {
      return Optional.empty();
    }
    long sumX = 0;
    long sumY = 0;
    for (int y = 0; y < mask.height(); y++) {
      for (int x = 0; x < mask.width(); x++) {
        if (mask.get(x, y)) {
          sumX += x;
          sumY += y;
        }
      }
    }
    return Optional.of(new Point((double) sumX / mask.count(), (double) sumY / mask.count()));
  }

  /**
   * The length of the region's outline in pixels: the line through the centers of its outermost
   * pixels (those with an edge neighbor outside), with steps of length 1 along rows and columns and
   * root 2 along diagonals, as estimated by K. Benkrid, D. Crookes, A. Benkrid, "Design and FPGA
   * implementation of a perimeter estimator", 2000. Equal to scikit-image's {@code perimeter} with
   * {@code neighborhood=4}; outlines of holes count too. Beyond the border of the image is outside.
   *
   * @return 0 or more; 0 for a single pixel
   */
  public double perimeterPixels() {
    return Perimeter.of(mask);
  }

  /**
   * The length of the region's outline in mm: {@link #perimeterPixels()} times the pixel spacing.
   *
   * @return empty if the spacing is not known or pixels are not square (by more than 0.1 %),
   *     because the estimate does not tell rows from columns
   */
  public OptionalDouble perimeterMm() {
    boolean square = Math.abs(spacing.x() - spacing.y()) <= 1e-3 * spacing.x();
    return square
        ? OptionalDouble.of(perimeterPixels() * Math.sqrt(spacing.pixelAreaMm2()))
        : OptionalDouble.empty();
  }
}
