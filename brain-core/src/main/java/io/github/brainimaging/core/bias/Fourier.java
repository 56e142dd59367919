package io.github.brainimaging.core.bias;

/** The discrete Fourier transform of a real signal whose length is a power of two. */
final class Fourier {

  private final double[] real;
  private final double[] imaginary;

  private Fourier(double[] real, double[] imaginary) {
    this.real = real;
    this.imaginary = imaginary;
  }

  static Fourier of(double[] signal) {
    Fourier result = new Fourier(signal.clone(), new double[signal.length]);
    result.transform(-1);
    return result;
  }

  Fourier times(Fourier that) {
    Fourier product = new Fourier(new double[real.length], new double[real.length]);
    for (int i = 0; i < real.length; i++) {
      product.real[i] = real[i] * that.real[i] - imaginary[i] * that.imaginary[i];
      product.imaginary[i] = real[i] * that.imaginary[i] + imaginary[i] * that.real[i];
    }
    return product;
  }

  /** This times {@code conj(b) / (|b|^2 + noise)}. */
  Fourier timesWienerInverseOf(Fourier b, double noise) {
    Fourier filter = new Fourier(new double[real.length], new double[real.length]);
    for (int i = 0; i < real.length; i++) {
      double power = b.real[i] * b.real[i] + b.imaginary[i] * b.imaginary[i] + noise;
      filter.real[i] = b.real[i] / power;
      filter.imaginary[i] = -b.imaginary[i] / power;
    }
    return times(filter);
  }

  /** The real part of the inverse transform. */
  double[] inverse() {
    Fourier signal = new Fourier(real.clone(), imaginary.clone());
    signal.transform(1);
    for (int i = 0; i < real.length; i++) {
      signal.real[i] /= real.length;
    }
    return signal.real;
  }

  /** Cooley and Tukey's, in place. */
  private void transform(int sign) {
    int n = real.length;
    int shift = Integer.numberOfLeadingZeros(n) + 1;
    for (int i = 0; i < n; i++) {
      int j = Integer.reverse(i) >>> shift;
      if (i < j) {
        swap(real, i, j);
        swap(imaginary, i, j);
      }
    }
    for (int half = 1; half < n; half *= 2) {
      for (int k = 0; k < half; k++) {
        double angle = sign * Math.PI * k / half;
        double cos = StrictMath.cos(angle);
        double sin = StrictMath.sin(angle);
        for (int i = k; i < n; i += 2 * half) {
          int j = i + half;
          double re = real[j] * cos - imaginary[j] * sin;
          double im = real[j] * sin + imaginary[j] * cos;
          real[j] = real[i] - re;
          imaginary[j] = imaginary[i] - im;
          real[i] += re;
          imaginary[i] += im;
        }
      }
    }
  }

  private static void swap(double[] values, int i, int j) {
    double value = values[i];
    values[i] = values[j];
    values[j] = value;
  }
}
