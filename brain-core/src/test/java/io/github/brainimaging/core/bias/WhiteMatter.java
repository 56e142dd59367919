package io.github.brainimaging.core.bias;

import io.github.brainimaging.core.image.MedicalVolume;

/**
 * White matter of a T1 brain without skull: voxels within 15 % of the upper peak of its histogram
 * that have all six neighbors within it, too.
 */
final class WhiteMatter {

  private static final int BINS = 100;
  private static final double BAND = 0.15;

  private WhiteMatter() {}

  static boolean[] of(MedicalVolume brain) {
    float[] samples = brain.samples();
    double peak = upperPeak(samples, brain.range()[1]);
    int width = brain.width();
    int plane = width * brain.height();
    boolean[] eroded = new boolean[samples.length];
    for (int i = plane; i < samples.length - plane; i++) {
      eroded[i] = true;
      for (int step : new int[] {0, -1, 1, -width, width, -plane, plane}) {
        eroded[i] &= Math.abs(samples[i + step] - peak) <= BAND * peak;
      }
    }
    return eroded;
  }

  /**
   * The highest bin in the upper half of the range: in T1, white matter is the brightest tissue.
   */
  private static double upperPeak(float[] samples, float maximum) {
    int[] histogram = new int[BINS + 1];
    for (float v : samples) {
      histogram[v > 0 ? (int) (BINS * v / maximum) : 0]++;
    }
    int peak = BINS / 2;
    for (int bin = BINS / 2; bin < BINS; bin++) {
      peak = histogram[bin] > histogram[peak] ? bin : peak;
    }
    return (peak + 0.5) * maximum / BINS;
  }

  /** Standard deviation divided by mean. */
  static double variation(float[] samples, boolean[] inside) {
    double count = 0;
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < samples.length; i++) {
      if (inside[i]) {
        count++;
        sum += samples[i];
        squares += (double) samples[i] * samples[i];
      }
    }
    double mean = sum / count;
    return Math.sqrt(squares / count - mean * mean) / mean;
  }
}
