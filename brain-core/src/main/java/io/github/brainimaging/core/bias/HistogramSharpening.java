package io.github.brainimaging.core.bias;

import java.util.Arrays;

/**
 * N3's core (Sled 1998): the expected logarithm of a voxel without field, given the one with it.
 * The histogram is deconvolved by a Gaussian with a Wiener filter; with U the result and F the
 * Gaussian, the expectation at v is {@code sum(u U(u) F(v - u)) / sum(U(u) F(v - u))}.
 */
final class HistogramSharpening {

  private static final int BINS = 200;
  private static final int PADDED = 512;
  private static final int OFFSET = (PADDED - BINS) / 2;
  private static final double WIDTH_AT_HALF_MAXIMUM = 0.15;
  private static final double WIENER_NOISE = 0.01;

  private final double low;
  private final double binWidth;
  private final double[] expected;

  private HistogramSharpening(double low, double binWidth, double[] expected) {
    this.low = low;
    this.binWidth = binWidth;
    this.expected = expected;
  }

  /** Of the values that count; if these are all equal, it leaves every value as it is. */
  static HistogramSharpening of(double[] values, double[] counting) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < values.length; i++) {
      if (counting[i] > 0) {
        low = Math.min(low, values[i]);
        high = Math.max(high, values[i]);
      }
    }
    double binWidth = (high - low) / (BINS - 1);
    if (!(binWidth > 0)) {
      return new HistogramSharpening(low, 0, new double[0]);
    }
    double[] histogram = new double[PADDED];
    for (int i = 0; i < values.length; i++) {
      if (counting[i] > 0) {
        double at = (values[i] - low) / binWidth;
        int bin = Math.min((int) at, BINS - 2);
        histogram[OFFSET + bin] += 1 - (at - bin);
        histogram[OFFSET + bin + 1] += at - bin;
      }
    }
    return new HistogramSharpening(low, binWidth, expectations(histogram, low, binWidth));
  }

  private static double[] expectations(double[] histogram, double low, double binWidth) {
    Fourier blur = Fourier.of(gaussian(WIDTH_AT_HALF_MAXIMUM / binWidth));
    double[] sharp = Fourier.of(histogram).timesWienerInverseOf(blur, WIENER_NOISE).inverse();
    double[] weighted = new double[PADDED];
    for (int i = 0; i < PADDED; i++) {
      sharp[i] = Math.max(sharp[i], 0);
      weighted[i] = sharp[i] * (low + (i - OFFSET) * binWidth);
    }
    double[] numerator = Fourier.of(weighted).times(blur).inverse();
    double[] denominator = Fourier.of(sharp).times(blur).inverse();
    double[] expected = new double[PADDED];
    for (int i = 0; i < PADDED; i++) {
      expected[i] = denominator[i] == 0 ? 0 : numerator[i] / denominator[i];
    }
    return Arrays.copyOfRange(expected, OFFSET, OFFSET + BINS);
  }

  /** Of area 1, centered at index 0, periodic. */
  private static double[] gaussian(double widthInBins) {
    double factor = 4 * Math.log(2) / (widthInBins * widthInBins);
    double scale = 2 * Math.sqrt(Math.log(2) / Math.PI) / widthInBins;
    double[] kernel = new double[PADDED];
    for (int i = 0; i <= PADDED / 2; i++) {
      kernel[i] = scale * Math.exp(-factor * i * i);
      kernel[(PADDED - i) % PADDED] = kernel[i];
    }
    return kernel;
  }

  /** The value with the field removed, as far as the histogram tells. */
  double sharpened(double value) {
    if (binWidth == 0) {
      return value;
    }
    double at = (value - low) / binWidth;
    int bin = Math.min(Math.max((int) at, 0), BINS - 2);
    return expected[bin] + (expected[bin + 1] - expected[bin]) * (at - bin);
  }
}
