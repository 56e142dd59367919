package io.github.brainimaging.segmentation.tumor;

import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.segmentation.components.ConnectedComponents;
import io.github.brainimaging.segmentation.internal.DistanceMap;
import io.github.brainimaging.segmentation.internal.OrderStatistic;
import io.github.brainimaging.segmentation.internal.PixelShape;
import io.github.brainimaging.segmentation.internal.Window;
import io.github.brainimaging.segmentation.skullstrip.SkullStripper;
import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * The default: every connected bright region at every one of several thresholds is a candidate; the
 * one with the best {@link CandidateScore} is the lesion. The thresholds rise from a little above
 * the brain's median to its brightest pixels, so that a candidate with the right outline is among
 * them whatever the contrast of the lesion is.
 */
final class ScoredLesionFinder implements LesionFinder {

  private static final int LEVELS = 10;

  /** Where the thresholds begin: robust standard deviations above the median of the tissue. */
  private static final double LOWEST_LEVEL = 0.5;

  /** Part of the brain that is darker than where the thresholds end. */
  private static final double HIGHEST_LEVEL = 0.999;

  /** A standard deviation is at least this part of the tissue's own brightness. */
  private static final double SMALLEST_DEVIATION = 0.02;

  /** Rim of the brain that is left out, as a part of the head's diameter. */
  private static final double RIM = 0.01;

  /** Fewer pixels cannot show a brain with a lesion, or a lesion. */
  private static final int SMALLEST_BRAIN = 50;

  private static final int SMALLEST_LESION = 12;

  /** Smaller parts of the brain are too small to tell from noise and vessels. */
  private static final double SMALLEST_LESION_FRACTION = 0.0015;

  /** Median absolute deviation to standard deviation, for a normal distribution. */
  private static final double MAD_TO_SIGMA = 1.4826;

  private final double minimumScore;

  ScoredLesionFinder(double minimumScore) {
    this.minimumScore = minimumScore;
  }

  @Override
  public Finding find(
      MedicalImage image, SkullStripper.Extraction extraction, boolean dark, Trace trace) {
    return extraction
        .brain()
        .boundingBox()
        .map(box -> new Window(image.width(), image.height(), box))
        .map(
            window -> {
              Finding found =
                  findIn(
                      window.crop(image),
                      extraction,
                      window.crop(extraction.brain()),
                      dark,
                      (name, part) ->
                          trace.add(
                              name, () -> image.wrapSamples(window.restore(part.get().samples()))));
              return new Finding(window.restore(found.lesion()), found.confidence());
            })
        .orElseGet(() -> Finding.nothing(image.width(), image.height()));
  }

  private Finding findIn(
      MedicalImage image,
      SkullStripper.Extraction extraction,
      Mask brain,
      boolean dark,
      Trace trace) {
    float[] gray = image.samples();
    float[] depth = DistanceMap.of(brain, PixelShape.of(image.spacing()));
    double rim = RIM * extraction.diameterPixels();
    float[] tissue = select(gray, depth, 0, extraction.tissueLevel());
    float background = extraction.backgroundLevel();
    if (dark) {
      LesionFinder.negate(gray);
      LesionFinder.negate(tissue);
      background = -background;
      trace.add("negative", () -> image.wrapSamples(gray));
    }
    float[] inner = select(gray, depth, rim, Float.NEGATIVE_INFINITY);
    if (inner.length < SMALLEST_BRAIN || tissue.length < SMALLEST_BRAIN) {
      return Finding.nothing(image.width(), image.height());
    }
    float median = median(tissue);
    double deviation =
        Math.max(
            MAD_TO_SIGMA * median(absoluteDeviations(tissue, median)),
            SMALLEST_DEVIATION * Math.abs((double) median - background));
    CandidateScore score =
        new CandidateScore(gray, depth, brain, extraction.diameterPixels(), deviation);
    trace.add("asymmetry", () -> image.wrapSamples(score.asymmetry()));

    double low = median + LOWEST_LEVEL * deviation;
    double high = OrderStatistic.of(inner, inner.length, HIGHEST_LEVEL);
    int smallest = (int) Math.max(SMALLEST_LESION, SMALLEST_LESION_FRACTION * brain.count());
    Finding best = Finding.nothing(image.width(), image.height());
    double bestScore = minimumScore;
    float[] levels = new float[gray.length];
    for (int level = 0; level < LEVELS && low < high; level++) {
      double threshold = low + (high - low) * level / LEVELS;
      double elevation = (threshold - median) / deviation;
      boolean[] bright = new boolean[gray.length];
      for (int i = 0; i < bright.length; i++) {
        bright[i] = depth[i] > rim && gray[i] > threshold;
        levels[i] += bright[i] ? 1 : 0;
      }
      ConnectedComponents regions =
          ConnectedComponents.of(
              Mask.wrap(image.width(), image.height(), bright),
              ConnectedComponents.Connectivity.FOUR);
      int[] labels = regions.labels();
      for (int label = 1; label <= regions.count(); label++) {
        if (regions.size(label) >= smallest) {
          Candidate candidate = Candidate.of(regions, labels, label, image.width());
          double value = score.of(candidate, bright, elevation);
          if (value > bestScore) {
            bestScore = value;
            best =
                new Finding(
                    candidate.toMask(image.width(), image.height()), OptionalDouble.of(value));
          }
        }
      }
    }
    trace.add("levels", () -> image.wrapSamples(levels));
    return best;
  }

  private static float[] select(float[] gray, float[] depth, double deeper, float brighter) {
    float[] selected = new float[gray.length];
    int n = 0;
    for (int i = 0; i < gray.length; i++) {
      if (depth[i] > deeper && gray[i] > brighter) {
        selected[n++] = gray[i];
      }
    }
    return Arrays.copyOf(selected, n);
  }

  private static float[] absoluteDeviations(float[] values, float center) {
    float[] deviations = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      deviations[i] = Math.abs(values[i] - center);
    }
    return deviations;
  }

  private static float median(float[] values) {
    return OrderStatistic.of(values, values.length, 0.5);
  }

  /** The score from which on something is found. */
  @Override
  public String toString() {
    return "Scored[minimumScore=" + minimumScore + "]";
  }
}
