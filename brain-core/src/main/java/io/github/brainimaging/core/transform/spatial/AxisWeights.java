package io.github.brainimaging.core.transform.spatial;

/**
 * Which old pixels make each new pixel along one axis, and with what weight: new pixel {@code i} is
 * the sum of {@code weight(i, k) * old[first(i) + k]} over k from 0 to {@code count(i) - 1}. The
 * weights of a pixel sum to 1 and none is zero, so that a NaN or infinity spreads no further than
 * it must.
 */
final class AxisWeights {

  private final int[] first;
  private final int[] count;
  private final int stride;
  private final float[] weights;

  private AxisWeights(int size, int stride) {
    this.first = new int[size];
    this.count = new int[size];
    this.stride = stride;
    this.weights = new float[Math.multiplyExact(size, stride)];
  }

  static AxisWeights of(Interpolation interpolation, int from, int to) {
    return switch (interpolation) {
      case NEAREST -> nearest(from, to);
      case BILINEAR -> linear(from, to);
      case AREA -> to < from ? area(from, to) : linear(from, to);
      case TENSORFLOW_NEAREST -> nearestInFloat(from, to);
      case PILLOW_BILINEAR, PILLOW_BICUBIC, PILLOW_LANCZOS, TENSORFLOW_ANTIALIAS, OPENCV_CUBIC ->
          throw new IllegalArgumentException(interpolation + " is done by Kernel");
    };
  }

  private static AxisWeights nearest(int from, int to) {
    AxisWeights axis = new AxisWeights(to, 1);
    double step = (double) from / to;
    double center = step * 0.5;
    for (int i = 0; i < to; i++) {
      axis.first[i] = Math.min((int) center, from - 1);
      axis.add(i, 1);
      center += step;
    }
    return axis;
  }

  private static AxisWeights nearestInFloat(int from, int to) {
    AxisWeights axis = new AxisWeights(to, 1);
    float step = from / (float) to;
    for (int i = 0; i < to; i++) {
      axis.first[i] = Math.min((int) ((i + 0.5f) * step), from - 1);
      axis.add(i, 1);
    }
    return axis;
  }

  private static AxisWeights linear(int from, int to) {
    AxisWeights axis = new AxisWeights(to, 2);
    for (int i = 0; i < to; i++) {
      double center = Math.min(Math.max((i + 0.5) * from / to - 0.5, 0), from - 1.0);
      int left = (int) center;
      axis.first[i] = left;
      axis.add(i, (float) (1 - (center - left)));
      axis.add(i, (float) (center - left));
    }
    return axis;
  }

  private static AxisWeights area(int from, int to) {
    double scale = (double) from / to;
    AxisWeights axis = new AxisWeights(to, (int) Math.ceil(scale) + 1);
    for (int i = 0; i < to; i++) {
      // Whole numbers, so that no sliver of a neighbor comes in by rounding: in units of 1 / to.
      long start = (long) i * from;
      long end = start + from;
      int left = (int) (start / to);
      axis.first[i] = left;
      for (long pixel = left; pixel * to < end; pixel++) {
        long covered = Math.min(end, (pixel + 1) * to) - Math.max(start, pixel * to);
        axis.add(i, (float) ((double) covered / from));
      }
    }
    return axis;
  }

  int size() {
    return first.length;
  }

  int first(int i) {
    return first[i];
  }

  int count(int i) {
    return count[i];
  }

  float weight(int i, int k) {
    return weights[i * stride + k];
  }

  private void add(int i, float weight) {
    if (weight > 0) {
      weights[i * stride + count[i]++] = weight;
    }
  }
}
