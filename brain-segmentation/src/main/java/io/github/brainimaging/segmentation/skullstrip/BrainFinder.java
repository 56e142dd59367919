package io.github.brainimaging.segmentation.skullstrip;

import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.Spacing;
import io.github.brainimaging.segmentation.components.ConnectedComponents;
import io.github.brainimaging.segmentation.components.Connectivity;
import io.github.brainimaging.segmentation.internal.DistanceMap;
import io.github.brainimaging.segmentation.internal.OrderStatistic;
import io.github.brainimaging.segmentation.internal.PixelShape;
import io.github.brainimaging.segmentation.morphology.Morphology;
import java.util.function.IntPredicate;

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

  /** A part stays if the squared depths of its pixels add up to this part of the best one's. */
  private static final double SMALLEST_BRAIN_PART = 0.06;

  /** Fewer pixels across cannot show a brain and a skull. */
  private static final double SMALLEST_DIAMETER = 8;

  private static final int SMALLEST_CORE = 20;

  private final int width;
  private final int height;
  private final float[] gray;
  private final Spacing pixel;
  private final double tissueFraction;
  private final double openingFraction;
  private final double closingFraction;

  BrainFinder(
      MedicalImage image, double tissueFraction, double openingFraction, double closingFraction) {
    width = image.width();
    height = image.height();
    gray = image.samples();
    pixel = PixelShape.of(image.spacing());
    this.tissueFraction = tissueFraction;
    this.openingFraction = openingFraction;
    this.closingFraction = closingFraction;
  }

  BrainExtraction find() {
    // Percentiles, so that neither a hot pixel nor a black one sets the scale.
    float low = OrderStatistic.of(gray, gray.length, 0.01);
    float high = OrderStatistic.of(gray, gray.length, 0.99);
    double split = low + FOREGROUND_LEVEL * ((double) high - low);
    float background = median(i -> gray[i] <= split, low);
    float foreground = median(i -> gray[i] > split, background);
    double headLevel = background + HEAD_LEVEL * ((double) foreground - background);
    Mask head = head(headLevel);
    double diameter = diameter(head);
    if (diameter < SMALLEST_DIAMETER) {
      return new BrainExtraction(head, head, diameter, background, (float) headLevel);
    }
    float[] depth = DistanceMap.of(head, pixel);
    double typical = typicalTissue(depth, diameter, headLevel, foreground);
    double tissueLevel = background + tissueFraction * (typical - background);
    double fatLevel = background + FAT_LEVEL * (typical - background);
    double fatDepth = FAT_DEPTH * diameter;
    Mask tissue =
        mask(
            i ->
                depth[i] > 0
                    && gray[i] > tissueLevel
                    && !(gray[i] > fatLevel && depth[i] < fatDepth));
    Mask brain = brain(head, tissue, depth, diameter);
    return new BrainExtraction(head, brain, diameter, background, (float) tissueLevel);
  }

  private Mask head(double level) {
    ConnectedComponents parts =
        ConnectedComponents.of(mask(i -> gray[i] > level), Connectivity.EIGHT);
    int largest = 0;
    for (int label = 1; label <= parts.count(); label++) {
      largest = Math.max(largest, parts.size(label));
    }
    double least = SMALLEST_HEAD_PART * largest;
    Mask large = parts.keep(label -> parts.size(label) >= least);
    return Morphology.fillHoles(disk(HEAD_CLOSING * diameter(large)).close(large));
  }

  /** The median gray value deep in the head. */
  private float typicalTissue(float[] depth, double diameter, double level, float otherwise) {
    double core = CORE_DEPTH * diameter;
    int pixels = 0;
    float deepest = 0;
    for (float d : depth) {
      pixels += d > core ? 1 : 0;
      deepest = Math.max(deepest, d);
    }
    double least = pixels < SMALLEST_CORE ? 0.5 * deepest : core;
    return median(i -> depth[i] > least && gray[i] > level, otherwise);
  }

  private Mask brain(Mask head, Mask tissue, float[] depth, double diameter) {
    Morphology opening = disk(openingFraction * diameter);
    Mask seeds = deepParts(opening.erode(tissue), depth);
    Mask opened = and(opening.dilate(seeds), tissue);
    Mask closed = disk(closingFraction * diameter).close(opened);
    return Morphology.fillHoles(and(closed, head));
  }

  private static Mask deepParts(Mask seeds, float[] depth) {
    ConnectedComponents parts = ConnectedComponents.of(seeds, Connectivity.FOUR);
    int[] labels = parts.labels();
    double[] weight = new double[parts.count() + 1];
    for (int i = 0; i < labels.length; i++) {
      weight[labels[i]] += (double) depth[i] * depth[i];
    }
    double best = 0;
    for (int label = 1; label < weight.length; label++) {
      best = Math.max(best, weight[label]);
    }
    double least = SMALLEST_BRAIN_PART * best;
    return parts.keep(label -> weight[label] >= least);
  }

  /** The median of the chosen pixels, or another value if there are none. */
  private float median(IntPredicate chosen, float otherwise) {
    float[] values = new float[gray.length];
    int n = 0;
    for (int i = 0; i < gray.length; i++) {
      if (chosen.test(i)) {
        values[n++] = gray[i];
      }
    }
    return n == 0 ? otherwise : OrderStatistic.of(values, n, 0.5);
  }

  private Mask mask(IntPredicate chosen) {
    boolean[] inside = new boolean[gray.length];
    for (int i = 0; i < inside.length; i++) {
      inside[i] = chosen.test(i);
    }
    return Mask.wrap(width, height, inside);
  }

  private Morphology disk(double radius) {
    return Morphology.ofDiskMm(radius, pixel);
  }

  private static double diameter(Mask mask) {
    return Math.sqrt(4 * mask.count() / Math.PI);
  }

  private static Mask and(Mask a, Mask b) {
    boolean[] both = a.toArray();
    boolean[] second = b.toArray();
    for (int i = 0; i < both.length; i++) {
      both[i] &= second[i];
    }
    return Mask.wrap(a.width(), a.height(), both);
  }
}
