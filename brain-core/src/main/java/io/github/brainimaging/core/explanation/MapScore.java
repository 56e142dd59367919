package io.github.brainimaging.core.explanation;

import io.github.brainimaging.core.evaluation.segmentation.Overlap;
import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.inference.Segmentation.Point;
import io.github.brainimaging.core.internal.Arguments;
import java.util.Optional;

/**
 * How well a map of a class falls on the true place of what it is about.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @param peakDistancePixels from the map's highest place to the nearest pixel of the true mask, 0
 *     inside of it; infinite if the map has no peak
 * @param energyInside share of the map's sum (of what is above 0) that lies inside the true mask
 *     (Wang et al., "Score-CAM", 2020); 0 if nothing is above 0
 * @param dice Dice overlap of the true mask with the map from half of its highest value up
 * @since 0.1.0
 */
public record MapScore(double peakDistancePixels, double energyInside, double dice) {

  /** Zhang et al., "Top-down neural attention by excitation backprop", 2016. */
  private static final double TOLERANCE = 15.0 / 256;

  /**
   * Scores a map.
   *
   * @param explanation the map
   * @param truth the true mask on its grid, not empty
   * @return the score
   * @throws IllegalArgumentException if the sizes differ or the mask is empty
   */
  public static MapScore of(Explanation explanation, Mask truth) {
    MedicalImage map = explanation.map();
    Arguments.require(
        map.width() == truth.width() && map.height() == truth.height(),
        "truth must have the size of the map = %s x %s, got %s x %s",
        map.width(),
        map.height(),
        truth.width(),
        truth.height());
    Arguments.require(!truth.isEmpty(), "truth must not be empty, got %s", truth);
    Optional<Point> peak = explanation.peak();
    return new MapScore(
        peak.isEmpty() ? Double.POSITIVE_INFINITY : distance(peak.get(), truth),
        energyInside(map, truth),
        Overlap.of(truth, explanation.region(Explanation.HALF)).dice());
  }

  private static double distance(Point peak, Mask truth) {
    double nearest = Double.POSITIVE_INFINITY;
    for (int y = 0; y < truth.height(); y++) {
      for (int x = 0; x < truth.width(); x++) {
        if (truth.get(x, y)) {
          nearest = Math.min(nearest, Math.hypot(x - peak.x(), y - peak.y()));
        }
      }
    }
    return nearest;
  }

  private static double energyInside(MedicalImage map, Mask truth) {
    double inside = 0;
    double all = 0;
    for (int y = 0; y < truth.height(); y++) {
      for (int x = 0; x < truth.width(); x++) {
        double value = Math.max(0, map.get(x, y));
        all += value;
        inside += truth.get(x, y) ? value : 0;
      }
    }
    return all > 0 ? inside / all : 0;
  }

  /**
   * The pointing game: whether the highest place lies in the true mask or near it. Near is 15
   * pixels where the longer side has 256, and in proportion where it has more or fewer.
   *
   * @param longerSidePixels the longer side of the image, positive
   * @return true for a hit
   * @throws IllegalArgumentException if the side is not positive
   */
  public boolean hit(int longerSidePixels) {
    Arguments.requirePositive("longerSidePixels", longerSidePixels);
    return peakDistancePixels <= TOLERANCE * longerSidePixels;
  }
}
