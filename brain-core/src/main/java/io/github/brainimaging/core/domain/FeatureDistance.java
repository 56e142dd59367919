package io.github.brainimaging.core.domain;

import io.github.brainimaging.core.internal.Arguments;
import java.util.List;

/**
 * How far a vector of features lies from those of known images: the squared Mahalanobis distance
 * {@code (f - m)' C^-1 (f - m)}, divided by the number of features, so that it is about 1 for the
 * images it was fitted on (Lee et al., "A simple unified framework for detecting
 * out-of-distribution samples", 2018, with one group). C is the covariance of the standardized
 * features, drawn towards the identity: {@code 0.95 C + 0.05 I} (Ledoit and Wolf 2004, with a fixed
 * weight).
 *
 * <p>Immutable and safe to share between threads.
 */
public final class FeatureDistance {

  private static final double SHRINKAGE = 0.05;

  private final float[] mean;

  /** Rows of a matrix W with distance = |W (f - mean)|^2. */
  private final float[][] whitening;

  private FeatureDistance(float[] mean, float[][] whitening) {
    this.mean = mean;
    this.whitening = whitening;
  }

  /**
   * Fits mean and covariance.
   *
   * @param features one vector per known image, all of one length; more of them than features make
   *     it better
   * @return the distance
   * @throws IllegalArgumentException if there are fewer than two vectors, of different lengths, or
   *     a value is not finite
   */
  public static FeatureDistance fit(List<float[]> features) {
    Arguments.require(
        features.size() > 1, "features must be at least two vectors, got %s", features.size());
    int n = features.get(0).length;
    double[] mean = new double[n];
    double[] deviation = new double[n];
    for (float[] f : features) {
      Arguments.require(f.length == n, "features must be %s values each, got %s", n, f.length);
      for (int i = 0; i < n; i++) {
        mean[i] += Arguments.requireFinite("feature", f[i]) / features.size();
      }
    }
    for (float[] f : features) {
      for (int i = 0; i < n; i++) {
        deviation[i] += (f[i] - mean[i]) * (f[i] - mean[i]) / features.size();
      }
    }
    for (int i = 0; i < n; i++) {
      // A feature that never changes says nothing; any change of it then counts as it is.
      deviation[i] = deviation[i] > 0 ? Math.sqrt(deviation[i]) : 1;
    }
    double[][] whitening = inverse(cholesky(covariance(features, mean, deviation)));
    float[][] rows = new float[n][n];
    float[] center = new float[n];
    for (int i = 0; i < n; i++) {
      center[i] = (float) mean[i];
      for (int j = 0; j <= i; j++) {
        rows[i][j] = (float) (whitening[i][j] / deviation[j] / Math.sqrt(n));
      }
    }
    return new FeatureDistance(center, rows);
  }

  private static double[][] covariance(List<float[]> features, double[] mean, double[] deviation) {
    int n = mean.length;
    double[][] covariance = new double[n][n];
    double[] z = new double[n];
    for (float[] f : features) {
      for (int i = 0; i < n; i++) {
        z[i] = (f[i] - mean[i]) / deviation[i];
      }
      for (int i = 0; i < n; i++) {
        for (int j = 0; j <= i; j++) {
          covariance[i][j] += z[i] * z[j] * (1 - SHRINKAGE) / features.size();
        }
      }
    }
    for (int i = 0; i < n; i++) {
      covariance[i][i] += SHRINKAGE;
    }
    return covariance;
  }

  /** The lower triangle L with L L' = a; of a only the lower triangle is read. */
  private static double[][] cholesky(double[][] a) {
    int n = a.length;
    double[][] l = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = a[i][j];
        for (int k = 0; k < j; k++) {
          sum -= l[i][k] * l[j][k];
        }
        l[i][j] = i == j ? Math.sqrt(sum) : sum / l[j][j];
      }
    }
    return l;
  }

  /** The inverse of a lower triangle. */
  private static double[][] inverse(double[][] l) {
    int n = l.length;
    double[][] inverse = new double[n][n];
    for (int j = 0; j < n; j++) {
      inverse[j][j] = 1 / l[j][j];
      for (int i = j + 1; i < n; i++) {
        double sum = 0;
        for (int k = j; k < i; k++) {
          sum -= l[i][k] * inverse[k][j];
        }
        inverse[i][j] = sum / l[i][i];
      }
    }
    return inverse;
  }

  /**
   * The number of features.
   *
   * @return positive
   */
  public int features() {
    return mean.length;
  }

  /**
   * The mean of the known images' features.
   *
   * @return a copy
   */
  public float[] mean() {
    return mean.clone();
  }

  /**
   * A matrix W with {@code distance = |W (f - mean)|^2}, so that a network can compute it too.
   *
   * @return a copy, row by row; a lower triangle
   */
  public float[][] whitening() {
    float[][] copy = new float[whitening.length][];
    for (int i = 0; i < copy.length; i++) {
      copy[i] = whitening[i].clone();
    }
    return copy;
  }

  /**
   * The distance of one image.
   *
   * @param vector its features
   * @return 0 or more; about 1 for images like the known ones
   * @throws IllegalArgumentException if the number of features is another
   */
  public double of(float[] vector) {
    Arguments.require(
        vector.length == mean.length,
        "vector must hold %s values, got %s",
        mean.length,
        vector.length);
    double sum = 0;
    for (int i = 0; i < mean.length; i++) {
      double component = 0;
      for (int j = 0; j <= i; j++) {
        component += whitening[i][j] * (vector[j] - mean[j]);
      }
      sum += component * component;
    }
    return sum;
  }
}
