package io.github.brainimaging.models.baseline;

import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.core.tensor.Tensor;
import java.util.List;

/** What is taken from each feature, and by what it is divided; both from the examples. */
final class FeatureScale {

  private final double[] offset;
  private final double[] divisor;
  private final boolean cut;

  private FeatureScale(double[] offset, double[] divisor, boolean cut) {
    this.offset = offset;
    this.divisor = divisor;
    this.cut = cut;
  }

  /** Mean 0, standard deviation 1. */
  static FeatureScale standard(List<Tensor> features) {
    double[][] columns = columns(features);
    double[] mean = new double[columns.length];
    double[] deviation = new double[columns.length];
    for (int i = 0; i < columns.length; i++) {
      for (double value : columns[i]) {
        mean[i] += value / columns[i].length;
      }
      double squares = 0;
      for (double value : columns[i]) {
        squares += (value - mean[i]) * (value - mean[i]);
      }
      deviation[i] = orOne(Math.sqrt(squares / columns[i].length));
    }
    return new FeatureScale(mean, deviation, false);
  }

  /** From the smallest to the largest of the examples; what lies beyond is cut. */
  static FeatureScale unit(List<Tensor> features) {
    double[][] columns = columns(features);
    double[] low = new double[columns.length];
    double[] range = new double[columns.length];
    for (int i = 0; i < columns.length; i++) {
      low[i] = Double.POSITIVE_INFINITY;
      double high = Double.NEGATIVE_INFINITY;
      for (double value : columns[i]) {
        low[i] = Math.min(low[i], value);
        high = Math.max(high, value);
      }
      range[i] = orOne(high - low[i]);
    }
    return new FeatureScale(low, range, true);
  }

  /** A feature that is the same in all examples tells nothing and is left as it is. */
  private static double orOne(double spread) {
    return spread > 0 ? spread : 1;
  }

  private static double[][] columns(List<Tensor> features) {
    int size = features.get(0).size();
    double[][] columns = new double[size][features.size()];
    for (int row = 0; row < features.size(); row++) {
      float[] values = finite(features.get(row), size);
      for (int i = 0; i < size; i++) {
        columns[i][row] = values[i];
      }
    }
    return columns;
  }

  private static float[] finite(Tensor features, int size) {
    Arguments.require(
        features.size() == size, "features must have %s values, got %s", size, features.size());
    float[] values = features.toArray();
    for (float value : values) {
      Arguments.require(Float.isFinite(value), "features must be finite, got %s", value);
    }
    return values;
  }

  double[] apply(Tensor features) {
    float[] values = finite(features, offset.length);
    double[] scaled = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      double value = (values[i] - offset[i]) / divisor[i];
      scaled[i] = cut ? Math.min(1, Math.max(0, value)) : value;
    }
    return scaled;
  }
}
