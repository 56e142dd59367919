package io.github.brainimaging.core.fusion;

/**
 * Samples of one channel with their size, and what all methods do with them. Handed over, not
 * copied.
 */
final class Channel {

  private final int width;
  private final int height;
  private final float[] samples;

  Channel(int width, int height, float[] samples) {
    this.width = width;
    this.height = height;
    this.samples = samples;
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  float[] samples() {
    return samples;
  }

  /** One sample; beyond the border, the nearest one. */
  float at(int x, int y) {
    int column = Math.min(Math.max(x, 0), width - 1);
    int row = Math.min(Math.max(y, 0), height - 1);
    return samples[row * width + column];
  }

  /** What makes one sample of two. */
  @FunctionalInterface
  interface Rule {
    float of(float a, float b);
  }

  static final Rule SUM = Float::sum;
  static final Rule DIFFERENCE = (a, b) -> a - b;
  static final Rule MEAN = (a, b) -> (a + b) / 2;

  /** The one that is farther from zero; the first if they tie. */
  static final Rule STRONGER = (a, b) -> Math.abs(b) > Math.abs(a) ? b : a;

  /** Sample by sample with another of the same size. */
  Channel with(Channel other, Rule rule) {
    float[] result = new float[samples.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = rule.of(samples[i], other.samples[i]);
    }
    return new Channel(width, height, result);
  }
}
