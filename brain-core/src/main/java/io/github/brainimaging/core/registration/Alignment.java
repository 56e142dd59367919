package io.github.brainimaging.core.registration;

import io.github.brainimaging.core.image.Affine;
import io.github.brainimaging.core.internal.JointHistogram;
import java.util.SplittableRandom;

/** How well a moving grid lies on a fixed one: their normalized mutual information. */
final class Alignment {

  static final int LEVELS = 32;
  private static final int MOST_SAMPLES = 60_000;
  private static final long SEED = 1;

  /** Of the smaller one, which may be a slab or a small field of view within the other. */
  private static final double LEAST_OVERLAP = 0.3;

  /** Fewer points tell nothing of 32 x 32 pairs of levels. */
  private static final int LEAST_POINTS = 500;

  /** What a place measures where too little overlaps; the worst there is. */
  static final double NO_OVERLAP = 1;

  private final SampledGrid moving;
  private final Affine fixedToMm;
  private final Affine mmToMoving;
  private final double[] points;
  private final int[] levels;
  private final double smallerCount;
  private final double leastCovered;

  Alignment(SampledGrid fixed, SampledGrid moving) {
    this.moving = moving;
    this.fixedToMm = fixed.toMm();
    this.mmToMoving = moving.toMm().inverse();
    int stride = 1 + (fixed.samples().length - 1) / MOST_SAMPLES;
    int count = fixed.samples().length / stride;
    this.points = new double[3 * count];
    this.levels = new int[count];
    // Off the voxels by chance, since interpolation blurs except where both grids coincide, and
    // that alone would be a maximum.
    SplittableRandom random = new SplittableRandom(SEED);
    for (int k = 0; k < count; k++) {
      int i = k * stride + stride / 2;
      int row = i / fixed.width();
      int column = i % fixed.width();
      int slice = row / fixed.height();
      double x = column + random.nextDouble() - 0.5;
      double y = row % fixed.height() + random.nextDouble() - 0.5;
      double z = fixed.isSlice() ? slice : slice + random.nextDouble() - 0.5;
      double level = fixed.at(x, y, z);
      levels[k] = Double.isNaN(level) ? -1 : (int) Math.round(level);
      points[3 * k] = x;
      points[3 * k + 1] = y;
      points[3 * k + 2] = z;
    }
    smallerCount = Math.min(1, moving.volume() / fixed.volume()) * count;
    leastCovered = Math.max(LEAST_OVERLAP * smallerCount, Math.min(LEAST_POINTS, count / 4.0));
  }

  /** What is measured where one grid lies on the other; see {@link Search.Found}. */
  record Match(double measure, double overlap) {}

  /** 1 to 2; 1, which is the worst, if less than three tenths of the smaller grid overlap. */
  double measure(Affine transform) {
    return match(transform).measure;
  }

  Match match(Affine transform) {
    double[] m = fixedToMm.then(transform).then(mmToMoving).toArray();
    JointHistogram histogram = new JointHistogram(LEVELS);
    int covered = 0;
    for (int k = 0; k < levels.length; k++) {
      double x = points[3 * k];
      double y = points[3 * k + 1];
      double z = points[3 * k + 2];
      double level = moving.at(m, x, y, z);
      if (Double.isNaN(level) || levels[k] < 0) {
        continue;
      }
      covered++;
      // The moving level is shared by its two neighbors, so that the measure has no steps.
      int bin = Math.min((int) level, LEVELS - 2);
      histogram.add(levels[k], bin, 1 - (level - bin));
      histogram.add(levels[k], bin + 1, level - bin);
    }
    return new Match(
        covered < leastCovered ? NO_OVERLAP : histogram.entropies().normalizedMutualInformation(),
        Math.min(1, covered / smallerCount));
  }
}
