package io.github.brainimaging.models.network.format.internal;

import io.github.brainimaging.core.internal.Arguments;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How far a vector of features lies from those of known images: the squared Mahalanobis distance
 * {@code (f - m)' C^-1 (f - m)}, divided by the number of features, so that it is about 1 for the
 * images it was fitted on (Lee et al., "A simple unified framework for detecting
 * out-of-distribution samples", 2018). Where the known images are of several kinds, m is the mean
 * of the nearest kind and C the covariance within kinds. C is that of the standardized features,
 * drawn towards the identity: {@code 0.95 C + 0.05 I} (Ledoit and Wolf 2004, with a fixed weight).
 *
 * <p>Immutable and safe to share between threads.
 */
public final class FeatureDistance {

  private static final double SHRINKAGE = 0.05;

  private final float[][] means;

  /** Rows of a matrix W with distance = |W (f - mean)|^2. */
  private final float[][] whitening;

  private FeatureDistance(float[][] means, float[][] whitening) {
    this.means = means;
    this.whitening = whitening;
  }

  /**
   * Fits the distance from images of one kind.
   *
   * @param features one vector per known image, all of one length; more of them than features make
   *     it better
   * @return the distance
   * @throws IllegalArgumentException if there are fewer than two vectors, of different lengths, or
   *     a value is not finite
   */
  public static FeatureDistance fit(List<float[]> features) {
    return fit(List.of(features), List.of());
  }

  /**
   * Fits the distance from the nearest of several kinds of images.
   *
   * @param kinds the vectors of each kind, such as those of one scan
   * @param others vectors of one more kind, which has no mean of its own but helps to know how
   *     features vary within a kind; may be empty
   * @return the distance
   * @throws IllegalArgumentException if a kind is empty, there are fewer than two vectors in all,
   *     they are of different lengths, or a value is not finite
   */
  public static FeatureDistance fit(List<List<float[]>> kinds, List<float[]> others) {
    Arguments.require(
        !kinds.isEmpty() && kinds.stream().noneMatch(List::isEmpty),
        "kinds must be at least one, none empty, got %s",
        kinds.size());
    List<float[]> residuals = new ArrayList<>();
    List<double[]> centers = new ArrayList<>();
    int n = kinds.get(0).get(0).length;
    for (List<float[]> kind : kinds) {
      centers.add(addResiduals(kind, n, residuals));
    }
    if (!others.isEmpty()) {
      double[] unused = addResiduals(others, n, residuals);
    }
    Arguments.require(
        residuals.size() > 1, "features must be at least two vectors, got %s", residuals.size());
    double[] deviation = new double[n];
    for (float[] residual : residuals) {
      for (int i = 0; i < n; i++) {
        deviation[i] += (double) residual[i] * residual[i] / residuals.size();
      }
    }
    for (int i = 0; i < n; i++) {
      // A feature that never changes says nothing; any change of it then counts as it is.
      deviation[i] = deviation[i] > 0 ? Math.sqrt(deviation[i]) : 1;
    }
    double[][] whitening = inverse(cholesky(covariance(residuals, deviation)));
    float[][] rows = new float[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        rows[i][j] = (float) (whitening[i][j] / deviation[j] / Math.sqrt(n));
      }
    }
    return new FeatureDistance(
        centers.stream().map(FeatureDistance::floats).toArray(float[][]::new), rows);
  }

  /** Gives the mean of one kind and adds what is left of its vectors without it. */
  private static double[] addResiduals(List<float[]> kind, int n, List<float[]> residuals) {
    double[] mean = new double[n];
    for (float[] f : kind) {
      Arguments.require(f.length == n, "features must be %s values each, got %s", n, f.length);
      for (int i = 0; i < n; i++) {
        mean[i] += Arguments.requireFinite("feature", f[i]) / kind.size();
      }
    }
    for (float[] f : kind) {
      float[] residual = new float[n];
      for (int i = 0; i < n; i++) {
        residual[i] = (float) (f[i] - mean[i]);
      }
      residuals.add(residual);
    }
    return mean;
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  private static double[][] covariance(List<float[]> residuals, double[] deviation) {
    int n = deviation.length;
    double[][] covariance = new double[n][n];
    double[] z = new double[n];
    for (float[] residual : residuals) {
      for (int i = 0; i < n; i++) {
        z[i] = residual[i] / deviation[i];
      }
      for (int i = 0; i < n; i++) {
        for (int j = 0; j <= i; j++) {
          covariance[i][j] += z[i] * z[j] * (1 - SHRINKAGE) / residuals.size();
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
    return whitening.length;
  }

  /**
   * The mean features of each kind.
   *
   * @return a copy
   */
  public float[][] means() {
    return copy(means);
  }

  /**
   * A matrix W with {@code distance = |W (f - mean)|^2}, so that a network can compute it too.
   *
   * @return a copy, row by row; a lower triangle
   */
  public float[][] whitening() {
    return copy(whitening);
  }

  private static float[][] copy(float[][] rows) {
    return Arrays.stream(rows).map(float[]::clone).toArray(float[][]::new);
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
        vector.length == features(),
        "vector must hold %s values, got %s",
        features(),
        vector.length);
    double least = Double.POSITIVE_INFINITY;
    for (float[] mean : means) {
      double sum = 0;
      for (int i = 0; i < vector.length; i++) {
        double component = 0;
        for (int j = 0; j <= i; j++) {
          component += whitening[i][j] * (vector[j] - mean[j]);
        }
        sum += component * component;
      }
      least = Math.min(least, sum);
    }
    return least;
  }
}
