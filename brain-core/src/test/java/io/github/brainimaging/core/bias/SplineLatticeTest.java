package io.github.brainimaging.core.bias;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SplineLatticeTest {

  @Test
  void agreesWithTheSumOverAllVoxelsAndControlPoints() {
    SplittableRandom random = new SplittableRandom(2);
    for (int round = 0; round < 20; round++) {
      SplineAxis[] axes = new SplineAxis[3];
      for (int i = 0; i < 3; i++) {
        axes[i] =
            SplineAxis.of(1 + random.nextInt(4), 1 + random.nextInt(9), 1 + random.nextInt(3));
      }
      int voxels = axes[0].count() * axes[1].count() * axes[2].count();
      double[] counting = new double[voxels];
      double[] values = new double[voxels];
      for (int i = 0; i < voxels; i++) {
        counting[i] = random.nextInt(2);
        values[i] = counting[i] * random.nextGaussian();
      }
      SplineLattice lattice = new SplineLattice(axes[0], axes[1], axes[2]);
      double[] denominators = lattice.denominators(counting);
      double[] points = new double[denominators.length];
      lattice.improve(points, values, denominators);

      double[] expected = fitted(axes, counting, values);
      for (int i = 0; i < points.length; i++) {
        assertThat(points[i]).isEqualTo(expected[i], within(1e-9));
      }
      double[] field = new double[voxels];
      lattice.addField(points, field);
      for (int i = 0; i < voxels; i++) {
        double sum = 0;
        for (int c = 0; c < points.length; c++) {
          sum += weight(axes, i, c) * points[c];
        }
        assertThat(field[i]).isEqualTo(sum, within(1e-9));
      }
    }
  }

  /** Lee's equations as they stand. */
  private static double[] fitted(SplineAxis[] axes, double[] counting, double[] values) {
    int points = axes[0].controlPoints() * axes[1].controlPoints() * axes[2].controlPoints();
    double[] numerators = new double[points];
    double[] denominators = new double[points];
    for (int i = 0; i < values.length; i++) {
      double squares = 0;
      for (int c = 0; c < points; c++) {
        squares += Math.pow(weight(axes, i, c), 2);
      }
      for (int c = 0; c < points; c++) {
        double w = weight(axes, i, c);
        numerators[c] += counting[i] * w * w * (w * values[i] / squares);
        denominators[c] += counting[i] * w * w;
      }
    }
    for (int c = 0; c < points; c++) {
      numerators[c] = denominators[c] > 0 ? numerators[c] / denominators[c] : 0;
    }
    return numerators;
  }

  private static double weight(SplineAxis[] axes, int voxel, int point) {
    double product = 1;
    int v = voxel;
    int p = point;
    for (SplineAxis axis : axes) {
      int k = p % axis.controlPoints() - axis.first(v % axis.count());
      product *= k < 0 || k > 3 ? 0 : axis.weights()[4 * (v % axis.count()) + k];
      v /= axis.count();
      p /= axis.controlPoints();
    }
    return product;
  }
}
