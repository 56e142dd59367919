package io.github.brainimaging.segmentation.skullstrip;

import io.github.brainimaging.segmentation.internal.BitMask;
import io.github.brainimaging.segmentation.internal.Element;
import io.github.brainimaging.segmentation.internal.GrayRanks;
import io.github.brainimaging.segmentation.internal.Grid;
import io.github.brainimaging.segmentation.internal.Regions;

/**
 * The steps of {@link SkullStripper} on one image or volume; the fields are what they know of it.
 */
final class BrainFinder {

  /** What is brighter than this part of the range of gray values is not background. */
  private static final double FOREGROUND_LEVEL = 0.1;

  /** Where the head begins, between the typical background (0) and foreground (1). */
  private static final double HEAD_LEVEL = 0.35;

  /** Smaller parts, in comparison with the largest one, are markers and artifacts, not head. */
  private static final double SMALLEST_HEAD_PART = 0.05;

  private static final double HEAD_CLOSING = 0.012;

  /**
   * Depths in parts of the diameter: the bright fat of the scalp ends at the first one, and only
   * brain is expected beyond the last one.
   */
  private static final double[] DEPTHS = {0.085, 0.15, 0.22};

  /** What a pixel weighs that is less deep than the first, the second ...: the mean square. */
  private static final double[] WEIGHTS = {1, 6, 14, 42};

  /** How bright that fat is at least, in comparison with the brain. */
  private static final double FAT_LEVEL = 1.6;

  /** A part stays if its pixels have this part of the heaviest one's weight. */
  private static final double SMALLEST_BRAIN_PART = 0.06;

  /** Fewer pixels across cannot show a brain and a skull. */
  private static final double SMALLEST_DIAMETER = 8;

  private static final int SMALLEST_CORE = 20;

  private final Grid grid;
  private final float[] gray;
  private final GrayRanks ranks;
  private final double tissueFraction;
  private final double openingFraction;
  private final double closingFraction;

  /** The samples are finite and not changed. */
  BrainFinder(
      Grid grid,
      float[] gray,
      double tissueFraction,
      double openingFraction,
      double closingFraction) {
    this.grid = grid;
    this.gray = gray;
    ranks = GrayRanks.of(gray);
    this.tissueFraction = tissueFraction;
    this.openingFraction = openingFraction;
    this.closingFraction = closingFraction;
  }

  /**
   * What was found, as {@link SkullStripper.Extraction} tells.
   *
   * @param head its pixels
   * @param brain its pixels
   * @param diameter in the unit of the grid
   * @param backgroundLevel gray value
   * @param tissueLevel gray value
   */
  record Found(
      BitMask head, BitMask brain, double diameter, float backgroundLevel, float tissueLevel) {}

  Found find() {
    // Percentiles, so that neither a hot pixel nor a black one sets the scale.
    float low = ranks.percentile(0.01);
    float high = ranks.percentile(0.99);
    double split = low + FOREGROUND_LEVEL * ((double) high - low);
    float background = ranks.median(Double.NEGATIVE_INFINITY, split, low);
    float foreground = ranks.median(split, Double.POSITIVE_INFINITY, background);
    double headLevel = background + HEAD_LEVEL * ((double) foreground - background);
    BitMask head = head(headLevel);
    double diameter = grid.diameter(head);
    if (diameter < SMALLEST_DIAMETER) {
      return new Found(head, head, diameter, background, (float) headLevel);
    }
    BitMask[] depths = new BitMask[DEPTHS.length];
    for (int i = 0; i < depths.length; i++) {
      depths[i] = grid.round(DEPTHS[i] * diameter).erodeFromBorder(head);
    }
    BitMask inner = depths[0];
    BitMask core = depths[depths.length - 1];
    double typical =
        ranks.median(core.count() < SMALLEST_CORE ? inner : core, headLevel, foreground);
    double tissueLevel = background + tissueFraction * (typical - background);
    double fatLevel = background + FAT_LEVEL * (typical - background);
    BitMask bright = head.above(gray, tissueLevel);
    BitMask fat = bright.minus(inner).above(gray, fatLevel);
    BitMask tissue = bright.minus(fat);

    Element opening = grid.round(openingFraction * diameter);
    BitMask seeds = deepParts(opening.erode(tissue), depths);
    BitMask opened = opening.dilate(seeds).and(tissue);
    BitMask closed = grid.round(closingFraction * diameter).close(opened).and(head);
    BitMask brain = grid.fillHoles(closed);
    return new Found(head, brain, diameter, background, (float) tissueLevel);
  }

  private BitMask head(double level) {
    Regions parts = grid.regions(grid.above(gray, level), true);
    double least = SMALLEST_HEAD_PART * parts.largestSize();
    BitMask large = parts.keep(part -> parts.size(part) >= least);
    return grid.fillHoles(grid.round(HEAD_CLOSING * grid.diameter(large)).close(large));
  }

  /** The parts in which the pixels, weighted by their depth, are many. */
  private BitMask deepParts(BitMask seeds, BitMask[] depths) {
    Regions parts = grid.regions(seeds, false);
    double[] weight = new double[parts.count() + 1];
    double best = 0;
    int[] sizes = parts.sizesIn(seeds);
    for (int i = 0; i < WEIGHTS.length; i++) {
      int[] deeper = i < depths.length ? parts.sizesIn(depths[i]) : new int[weight.length];
      for (int part = 1; part < weight.length; part++) {
        weight[part] += WEIGHTS[i] * (sizes[part] - deeper[part]);
        best = Math.max(best, weight[part]);
      }
      sizes = deeper;
    }
    double least = SMALLEST_BRAIN_PART * best;
    return parts.keep(part -> weight[part] >= least);
  }
}
