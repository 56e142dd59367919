package io.github.brainimaging.segmentation.tumor;

import io.github.brainimaging.core.image.Mask;

/**
 * How much a bright region looks like a lesion, from 0 (not at all) to about 2. The product of
 *
 * <ul>
 *   <li>its size, {@code f / (f + 0.2)} with f its part of the brain's area: specks are no lesions;
 *   <li>its compactness, {@code 4 pi area / perimeter^2} with the number of pixels on its outline
 *       as perimeter: the cortex is as bright as many lesions, but folded;
 *   <li>the root of its asymmetry: how much brighter it is than the same place in the other half of
 *       the brain, in standard deviations of the tissue and at least 0.2;
 *   <li>{@code exp(-1.2 e)} with e the part of its outline that lies near the brain's own: what is
 *       left of skull and scalp does.
 * </ul>
 *
 * <p>These four, of twenty measures, were chosen by forward selection on 25 patients of the LGG
 * slices of P2, and rounded.
 */
final class CandidateScore {

  private static final double HALF_SCORE_AREA = 0.2;
  private static final double SMALLEST_ASYMMETRY = 0.2;
  private static final double EDGE_WEIGHT = 1.2;

  /** What is near the brain's edge, as a part of the head's diameter. */
  private static final double EDGE_DEPTH = 0.025;

  /** The asymmetry counts as 0 if a smaller part of the region has a counterpart in the brain. */
  private static final double SMALLEST_COUNTERPART = 0.3;

  /** An outline of n pixels is longer than n wherever it runs diagonally. */
  private static final double OUTLINE_LENGTH = 1.1;

  private final float[] depth;
  private final float[] asymmetry;
  private final int width;
  private final int brainArea;
  private final double edgeDepth;

  CandidateScore(float[] gray, float[] depth, Mask brain, double headDiameter, double deviation) {
    this.depth = depth;
    width = brain.width();
    brainArea = brain.count();
    edgeDepth = EDGE_DEPTH * headDiameter;
    asymmetry = asymmetry(gray, brain, deviation);
  }

  /** The difference to the mirrored pixel in standard deviations; NaN without a counterpart. */
  private static float[] asymmetry(float[] gray, Mask brain, double deviation) {
    boolean[] inside = brain.toArray();
    int width = brain.width();
    int sum = mirrorSum(inside, width, brain.count());
    float[] asymmetry = new float[gray.length];
    for (int y = 0; y < brain.height(); y++) {
      for (int x = 0; x < width; x++) {
        int i = y * width + x;
        int mirrored = sum - x;
        boolean counterpart =
            inside[i] && mirrored >= 0 && mirrored < width && inside[y * width + mirrored];
        asymmetry[i] =
            counterpart ? (float) ((gray[i] - gray[y * width + mirrored]) / deviation) : Float.NaN;
      }
    }
    return asymmetry;
  }

  /** Column x mirrors column {@code sum - x}: about the brain's center of mass. */
  private static int mirrorSum(boolean[] inside, int width, int area) {
    double sum = 0;
    for (int i = 0; i < inside.length; i++) {
      sum += inside[i] ? i % width : 0;
    }
    return (int) Math.round(2 * sum / area);
  }

  float[] asymmetry() {
    return asymmetry.clone();
  }

  double of(Candidate candidate) {
    int boxWidth = candidate.box().width();
    boolean[] region = candidate.region().toArray();
    int outline = 0;
    int outlineNearEdge = 0;
    int counterparts = 0;
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
        }
        float difference = asymmetry[row + x];
        if (!Float.isNaN(difference)) {
          counterparts++;
          asymmetrySum += difference;
        }
      }
    }
    int area = candidate.region().count();
    double fraction = (double) area / brainArea;
    double perimeter = OUTLINE_LENGTH * outline + 1;
    double meanAsymmetry =
        counterparts > SMALLEST_COUNTERPART * area ? asymmetrySum / counterparts : 0;
    return fraction
        / (fraction + HALF_SCORE_AREA)
        * (4 * Math.PI * area / (perimeter * perimeter))
        * Math.sqrt(Math.max(meanAsymmetry, SMALLEST_ASYMMETRY))
        * Math.exp(-EDGE_WEIGHT * outlineNearEdge / outline);
  }
}
