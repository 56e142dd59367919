package io.github.brainimaging.segmentation.skullstrip;

import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.Spacing;
import io.github.brainimaging.segmentation.internal.BitMask;
import io.github.brainimaging.segmentation.internal.GrayRanks;
import io.github.brainimaging.segmentation.internal.PixelShape;
import io.github.brainimaging.segmentation.internal.Regions;
import io.github.brainimaging.segmentation.internal.StructuringElement;

/** The steps of {@link SkullStripper} on one image; the fields are what they know of it. */
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

  private final int width;
  private final int height;
  private final float[] gray;
  private final GrayRanks ranks;
  private final Spacing pixel;
  private final double tissueFraction;
  private final double openingFraction;
  private final double closingFraction;

  BrainFinder(
      MedicalImage image, double tissueFraction, double openingFraction, double closingFraction) {
    width = image.width();
    height = image.height();
    gray = image.samples();
    ranks = GrayRanks.of(gray);
    pixel = PixelShape.of(image.spacing());
    this.tissueFraction = tissueFraction;
    this.openingFraction = openingFraction;
    this.closingFraction = closingFraction;
  }

  BrainExtraction find() {
    // Percentiles, so that neither a hot pixel nor a black one sets the scale.
    float low = ranks.percentile(0.01);
    float high = ranks.percentile(0.99);
    double split = low + FOREGROUND_LEVEL * ((double) high - low);
    float background = ranks.median(Double.NEGATIVE_INFINITY, split, low);
    float foreground = ranks.median(split, Double.POSITIVE_INFINITY, background);
    double headLevel = background + HEAD_LEVEL * ((double) foreground - background);
    BitMask head = head(headLevel);
    double diameter = diameter(head);
    if (diameter < SMALLEST_DIAMETER) {
      Mask mask = head.toMask();
      return new BrainExtraction(mask, mask, diameter, background, (float) headLevel);
    }
    BitMask[] depths = new BitMask[DEPTHS.length];
    for (int i = 0; i < depths.length; i++) {
      depths[i] = disk(DEPTHS[i] * diameter).erodeFromBorder(head);
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

    StructuringElement opening = disk(openingFraction * diameter);
    BitMask seeds = deepParts(opening.erode(tissue), depths);
    BitMask opened = opening.dilate(seeds).and(tissue);
    BitMask brain = disk(closingFraction * diameter).close(opened).and(head).fillHoles();
    return new BrainExtraction(
        head.toMask(), brain.toMask(), diameter, background, (float) tissueLevel);
  }

  private BitMask head(double level) {
    Regions parts = Regions.of(BitMask.above(gray, width, height, level), true);
    double least = SMALLEST_HEAD_PART * parts.largestSize();
    BitMask large = parts.keep(part -> parts.size(part) >= least);
    return disk(HEAD_CLOSING * diameter(large)).close(large).fillHoles();
  }

  /** The parts in which the pixels, weighted by their depth, are many. */
  private static BitMask deepParts(BitMask seeds, BitMask[] depths) {
    Regions parts = Regions.of(seeds, false);
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

  private StructuringElement disk(double radius) {
    return StructuringElement.disk(radius, pixel);
  }

  private static double diameter(BitMask mask) {
    return Math.sqrt(4 * mask.count() / Math.PI);
  }
}
