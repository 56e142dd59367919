package io.github.brainimaging.core.transform.spatial;

import io.github.brainimaging.core.image.MedicalImage;
import java.util.function.DoubleUnaryOperator;

/**
 * Resampling by a kernel, columns first, as Pillow does it (its Resample.c), in its whole numbers
 * for images of 8 bit.
 *
 * <p>Immutable and safe to share between threads.
 */
final class Kernel {

  /** Pillow's coefficients are whole numbers of this many bits behind the point. */
  private static final int BITS = 22;

  private final DoubleUnaryOperator function;
  private final double support;
  private final boolean widened;
  private final boolean rounded;

  private Kernel(DoubleUnaryOperator function, double support, boolean widened, boolean rounded) {
    this.function = function;
    this.support = support;
    this.widened = widened;
    this.rounded = rounded;
  }

  static boolean does(Interpolation interpolation) {
    return interpolation.compareTo(Interpolation.TENSORFLOW_NEAREST) > 0;
  }

  static Kernel of(Interpolation interpolation) {
    return switch (interpolation) {
      case PILLOW_BILINEAR -> new Kernel(Kernel::triangle, 1, true, true);
      case PILLOW_BICUBIC -> new Kernel(x -> cubic(x, -0.5), 2, true, true);
      case PILLOW_LANCZOS -> new Kernel(Kernel::lanczos, 3, true, true);
      case TENSORFLOW_ANTIALIAS -> new Kernel(Kernel::triangle, 1, true, false);
      case OPENCV_CUBIC -> new Kernel(x -> cubic(x, -0.75), 2, false, false);
      case NEAREST, BILINEAR, AREA, TENSORFLOW_NEAREST ->
          throw new IllegalArgumentException(interpolation + " is done by AxisWeights");
    };
  }

  private static double triangle(double x) {
    return Math.max(0, 1 - Math.abs(x));
  }

  /** Keys' cubic convolution. */
  private static double cubic(double signed, double a) {
    double x = Math.abs(signed);
    if (x < 1) {
      return ((a + 2) * x - (a + 3)) * x * x + 1;
    }
    return x < 2 ? (((x - 5) * x + 8) * x - 4) * a : 0;
  }

  private static double lanczos(double x) {
    return x >= -3 && x < 3 ? sinc(x) * sinc(x / 3) : 0;
  }

  private static double sinc(double x) {
    return x == 0 ? 1 : Math.sin(x * Math.PI) / (x * Math.PI);
  }

  /** New pixel i is the sum of {@code weights[i][k] * old[first[i] + k]}. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Axis(int[] first, double[][] weights) {}

  private Axis axis(int from, int to) {
    double scale = (double) from / to;
    double stretch = widened ? Math.max(1, scale) : 1;
    double reach = support * stretch;
    int[] first = new int[to];
    double[][] weights = new double[to][];
    for (int i = 0; i < to; i++) {
      double center = (i + 0.5) * scale;
      int low = (int) Math.floor(center - reach + 0.5);
      int high = (int) Math.floor(center + reach + 0.5);
      first[i] = Math.max(0, low);
      double[] w = new double[Math.min(from, high) - first[i]];
      for (int at = low; at < high; at++) {
        boolean inside = at >= 0 && at < from;
        if (widened && !inside) {
          continue; // Pillow leaves out what lies outside; OpenCV repeats the border
        }
        int k = Math.min(Math.max(at, 0), from - 1) - first[i];
        w[k] += function.applyAsDouble((at - center + 0.5) / stretch);
      }
      normalize(w);
      weights[i] = w;
    }
    return new Axis(first, weights);
  }

  private static void normalize(double[] weights) {
    double sum = 0;
    for (double weight : weights) {
      sum += weight;
    }
    for (int k = 0; k < weights.length && sum != 0; k++) {
      weights[k] /= sum;
    }
  }

  /** The samples of the image at another size. */
  float[] resample(MedicalImage image, int width, int height) {
    boolean whole = rounded && image.nominalMaximum() == 255;
    int channels = image.channels();
    int oldWidth = image.width();
    int oldHeight = image.height();
    float[] samples = image.samples();
    if (whole) {
      for (int i = 0; i < samples.length; i++) {
        samples[i] = (float) Math.min(255, Math.max(0, Math.rint(samples[i])));
      }
    }
    if (width != oldWidth) {
      samples = along(samples, channels * oldHeight, axis(oldWidth, width), oldWidth, 1, whole);
    }
    return height == oldHeight
        ? samples
        : along(samples, channels, axis(oldHeight, height), oldHeight, width, whole);
  }

  /** One axis: there are blocks of {@code length} rows of {@code stride} values each. */
  private static float[] along(
      float[] from, int blocks, Axis axis, int length, int stride, boolean whole) {
    int size = axis.first().length;
    float[] to = new float[Math.multiplyExact(Math.multiplyExact(blocks, size), stride)];
    for (int i = 0; i < size; i++) {
      double[] weights = axis.weights()[i];
      long[] fixed = whole ? fixed(weights) : new long[0];
      for (int b = 0; b < blocks; b++) {
        int start = (b * length + axis.first()[i]) * stride;
        int end = (b * size + i) * stride;
        for (int s = 0; s < stride; s++) {
          to[end + s] =
              whole ? sum(from, start + s, stride, fixed) : sum(from, start + s, stride, weights);
        }
      }
    }
    return to;
  }

  private static float sum(float[] from, int start, int stride, double[] weights) {
    double sum = 0;
    for (int k = 0; k < weights.length; k++) {
      sum += weights[k] * from[start + k * stride];
    }
    return (float) sum;
  }

  private static float sum(float[] from, int start, int stride, long[] weights) {
    long sum = 1L << (BITS - 1);
    for (int k = 0; k < weights.length; k++) {
      sum += weights[k] * (long) from[start + k * stride];
    }
    return Math.min(255, Math.max(0, sum >> BITS));
  }

  private static long[] fixed(double[] weights) {
    long[] fixed = new long[weights.length];
    for (int k = 0; k < fixed.length; k++) {
      fixed[k] = (long) (weights[k] * (1 << BITS) + (weights[k] < 0 ? -0.5 : 0.5));
    }
    return fixed;
  }
}
