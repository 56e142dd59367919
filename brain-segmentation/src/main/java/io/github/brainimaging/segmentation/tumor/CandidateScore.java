package io.github.brainimaging.segmentation.tumor;

import io.github.brainimaging.core.image.Mask;

/**
 * How likely a bright region is the lesion: the probability that its Dice coefficient with the true
 * one is at least 0.5, by a logistic function of the sum of
 *
 * <ul>
 *   <li>its size, {@code ln(f / (f + 0.2))} with f its part of the brain's area: specks are no
 *       lesions;
 *   <li>its compactness, {@code ln(4 pi area / perimeter^2)} with the number of pixels on its
 *       outline as perimeter: the cortex is as bright as many lesions, but folded;
 *   <li>the logarithm of its asymmetry: how much brighter it is than the same place in the other
 *       half of the brain, in standard deviations of the tissue and at least 0.2;
 *   <li>the part of it whose counterpart in the other half is bright as well, and the part that has
 *       a counterpart within the brain at all;
 *   <li>the part of its outline that lies near the brain's own, as what is left of skull and scalp
 *       does, and the part where the gray values change steeply;
 *   <li>how far its threshold is above the median of the tissue, in standard deviations: the
 *       outline is better drawn too wide than too narrow;
 *   <li>the brain's part of the head: where it is small, much else may have been taken for brain.
 * </ul>
 *
 * <p>The weights maximize the expected Dice coefficient of a choice by these sums, empty masks of
 * slices without tumor included, over 25 patients of the LGG slices of P2 and 1,200 slices of BRISC
 * 2025 together; the scale makes a probability of it. Both were rounded.
 */
final class CandidateScore {

  private static final double OFFSET = -4;
  private static final double SIZE_WEIGHT = 2;
  private static final double COMPACTNESS_WEIGHT = 2.2;
  private static final double ASYMMETRY_WEIGHT = 0.4;
  private static final double MIRRORED_WEIGHT = -1.6;
  private static final double COUNTERPART_WEIGHT = 3.2;
  private static final double EDGE_WEIGHT = -2.4;
  private static final double STEEP_WEIGHT = 2.1;
  private static final double ELEVATION_WEIGHT = -0.13;
  private static final double BRAIN_WEIGHT = 7.3;

  private static final double HALF_SCORE_AREA = 0.2;
  private static final double SMALLEST_ASYMMETRY = 0.2;

  /** A brain that is a larger part of the head, as in stripped images, says no more than this. */
  private static final double LARGEST_BRAIN_PART = 0.8;

  /** What is near the brain's edge, as a part of the head's diameter. */
  private static final double EDGE_DEPTH = 0.025;

  /** A steep change: standard deviations of the tissue per pixel. */
  private static final double STEEP = 0.3;

  /** The asymmetry counts as 0 if a smaller part of the region has a counterpart in the brain. */
  private static final double SMALLEST_COUNTERPART = 0.3;

  /** An outline of n pixels is longer than n wherever it runs diagonally. */
  private static final double OUTLINE_LENGTH = 1.1;

  /** Elevations count up to this many standard deviations. */
  private static final double HIGHEST_ELEVATION = 8;

  private final float[] depth;
  private final float[] asymmetry;
  private final boolean[] steep;
  private final int width;
  private final int mirrorSum;
  private final int brainArea;
  private final double edgeDepth;
  private final double brainPart;

  CandidateScore(float[] gray, float[] depth, Mask brain, double headDiameter, double deviation) {
    this.depth = depth;
    boolean[] inside = brain.toArray();
    width = brain.width();
    brainArea = brain.count();
    mirrorSum = mirrorSum(inside, width, brainArea);
    edgeDepth = EDGE_DEPTH * headDiameter;
    brainPart =
        Math.min(4 * brainArea / (Math.PI * headDiameter * headDiameter), LARGEST_BRAIN_PART);
    asymmetry = asymmetry(gray, inside, deviation);
    steep = steep(gray, STEEP * deviation);
  }

  /** Column x mirrors column {@code sum - x}: about the brain's center of mass. */
  private static int mirrorSum(boolean[] inside, int width, int area) {
    double sum = 0;
    for (int i = 0; i < inside.length; i++) {
      sum += inside[i] ? i % width : 0;
    }
    return (int) Math.round(2 * sum / area);
  }

  /** The difference to the mirrored pixel in standard deviations; NaN without a counterpart. */
  private float[] asymmetry(float[] gray, boolean[] inside, double deviation) {
    float[] differences = new float[gray.length];
    for (int i = 0; i < gray.length; i++) {
      int mirrored = mirrored(i);
      boolean counterpart = inside[i] && mirrored >= 0 && inside[mirrored];
      differences[i] = counterpart ? (float) ((gray[i] - gray[mirrored]) / deviation) : Float.NaN;
    }
    return differences;
  }

  /** The pixel in the same row of the other half; -1 beyond the border. */
  private int mirrored(int i) {
    int x = i % width;
    int mirrored = mirrorSum - x;
    return mirrored >= 0 && mirrored < width ? i - x + mirrored : -1;
  }

  /** Where the central difference quotient is larger than a limit. */
  private boolean[] steep(float[] gray, double limit) {
    boolean[] larger = new boolean[gray.length];
    int height = gray.length / width;
    for (int y = 0; y < height; y++) {
      int above = Math.max(0, y - 1) * width;
      int below = Math.min(height - 1, y + 1) * width;
      for (int x = 0; x < width; x++) {
        double dx =
            gray[y * width + Math.min(width - 1, x + 1)] - gray[y * width + Math.max(0, x - 1)];
        double dy = gray[below + x] - gray[above + x];
        larger[y * width + x] = dx * dx + dy * dy > 4 * limit * limit;
      }
    }
    return larger;
  }

  float[] asymmetry() {
    return asymmetry.clone();
  }

  /**
   * Scores a region.
   *
   * @param candidate the region
   * @param bright all pixels above its threshold
   * @param elevation of the threshold above the median of the tissue, in standard deviations
   * @return the probability
   */
  double of(Candidate candidate, boolean[] bright, double elevation) {
    int boxWidth = candidate.box().width();
    boolean[] region = candidate.region().toArray();
    int area = candidate.region().count();
    int outline = 0;
    int outlineNearEdge = 0;
    int outlineSteep = 0;
    int counterparts = 0;
    int brightMirrored = 0;
    double asymmetrySum = 0;
    for (int y = 1; y < candidate.box().height() - 1; y++) {
      int row = (candidate.box().y() + y) * width + candidate.box().x();
      for (int x = 1; x < boxWidth - 1; x++) {
        int i = y * boxWidth + x;
        if (!region[i]) {
          continue;
        }
        if (!(region[i - 1] && region[i + 1] && region[i - boxWidth] && region[i + boxWidth])) {
          outline++;
          outlineNearEdge += depth[row + x] < edgeDepth ? 1 : 0;
          outlineSteep += steep[row + x] ? 1 : 0;
        }
        float difference = asymmetry[row + x];
        if (!Float.isNaN(difference)) {
          counterparts++;
          asymmetrySum += difference;
          brightMirrored += bright[mirrored(row + x)] ? 1 : 0;
        }
      }
    }
    double fraction = (double) area / brainArea;
    double perimeter = OUTLINE_LENGTH * outline + 1;
    double meanAsymmetry =
        counterparts > SMALLEST_COUNTERPART * area ? asymmetrySum / counterparts : 0;
    double sum =
        OFFSET
            + SIZE_WEIGHT * Math.log(fraction / (fraction + HALF_SCORE_AREA))
            + COMPACTNESS_WEIGHT * Math.log(4 * Math.PI * area / (perimeter * perimeter))
            + ASYMMETRY_WEIGHT * Math.log(Math.max(meanAsymmetry, SMALLEST_ASYMMETRY))
            + MIRRORED_WEIGHT * brightMirrored / area
            + COUNTERPART_WEIGHT * counterparts / area
            + EDGE_WEIGHT * outlineNearEdge / outline
            + STEEP_WEIGHT * outlineSteep / outline
            + ELEVATION_WEIGHT * Math.min(elevation, HIGHEST_ELEVATION)
            + BRAIN_WEIGHT * brainPart;
    return 1 / (1 + Math.exp(-sum));
  }
}
