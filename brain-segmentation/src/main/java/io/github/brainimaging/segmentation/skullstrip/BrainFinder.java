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

  /** Depth at which only brain is expected, and how bright and near the rim the scalp's fat is. */
  private static final double CORE_DEPTH = 0.22;

  private static final double FAT_LEVEL = 1.6;
  private static final double FAT_DEPTH = 0.085;

  /**
   * What pixels of the inner head and of its core weigh, in pixels of the rim: about the square of
   * their depth.
   */
  private static final double INNER_WEIGHT = 10;

  private static final double CORE_WEIGHT = 46;

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
    BitMask inner = disk(FAT_DEPTH * diameter).erodeFromBorder(head);
    BitMask core = disk(CORE_DEPTH * diameter).erodeFromBorder(head);
    double typical =
        ranks.median(core.count() < SMALLEST_CORE ? inner : core, headLevel, foreground);
    double tissueLevel = background + tissueFraction * (typical - background);
    double fatLevel = background + FAT_LEVEL * (typical - background);
    BitMask fat = above(fatLevel).minus(inner);
    BitMask tissue = above(tissueLevel).and(head).minus(fat);

    StructuringElement opening = disk(openingFraction * diameter);
    BitMask seeds = deepParts(opening.erode(tissue), inner, core);
    BitMask opened = opening.dilate(seeds).and(tissue);
    BitMask brain = disk(closingFraction * diameter).close(opened).and(head).fillHoles();
    return new BrainExtraction(
        head.toMask(), brain.toMask(), diameter, background, (float) tissueLevel);
  }

  private BitMask head(double level) {
    Regions parts = Regions.of(above(level), true);
    double least = SMALLEST_HEAD_PART * parts.largestSize();
    BitMask large = parts.keep(part -> parts.size(part) >= least);
    return disk(HEAD_CLOSING * diameter(large)).close(large).fillHoles();
  }

  /** The parts in which the pixels, weighted by their depth, are many. */
  private static BitMask deepParts(BitMask seeds, BitMask inner, BitMask core) {
    Regions parts = Regions.of(seeds, false);
    int[] inInner = parts.sizesIn(inner);
    int[] inCore = parts.sizesIn(core);
    double[] weight = new double[parts.count() + 1];
    double best = 0;
    for (int part = 1; part < weight.length; part++) {
      weight[part] =
          parts.size(part)
              + (INNER_WEIGHT - 1) * inInner[part]
              + (CORE_WEIGHT - INNER_WEIGHT) * inCore[part];
      best = Math.max(best, weight[part]);
    }
    double least = SMALLEST_BRAIN_PART * best;
    return parts.keep(part -> weight[part] >= least);
  }

  private BitMask above(double threshold) {
    return BitMask.above(gray, width, height, threshold);
  }

  private StructuringElement disk(double radius) {
    return StructuringElement.disk(radius, pixel);
  }

  private static double diameter(BitMask mask) {
    return Math.sqrt(4 * mask.count() / Math.PI);
  }
}
