package io.github.brainimaging.models.stripping;

import io.github.brainimaging.core.image.Affine;
import io.github.brainimaging.core.image.MedicalVolume;
import java.util.random.RandomGenerator;

/**
 * Where in a head the cubes of another, random one come from: turned, stretched and bent, and below
 * its lowest slice, if asked for, with a neck drawn out of that.
 */
final class Warp {

  private static final int SIDE = HeadGrid.SIDE;
  private static final double STEP = HeadGrid.STEP_MM;

  private final Affine toVoxel;
  private final Affine turned;
  private final double[] center;
  private final SmoothField[] coarse = new SmoothField[3];
  private final SmoothField[] fine = new SmoothField[3];
  private final int[] size;
  private final double[] drift;

  private Warp(MedicalVolume head, double[] center, Affine turned, RandomGenerator random) {
    this.toVoxel = head.grid().requireAffine().inverse();
    this.size = new int[] {head.width(), head.height(), head.depth()};
    this.center = center;
    this.turned = turned;
    double wide = random.nextDouble(9);
    double narrow = random.nextDouble(3.5);
    for (int axis = 0; axis < 3; axis++) {
      coarse[axis] = SmoothField.random(5, wide, random);
      fine[axis] = SmoothField.random(9, narrow, random);
    }
    drift = new double[] {random.nextGaussian() * 0.25, random.nextGaussian() * 0.25 - 0.1};
  }

  /**
   * A random one.
   *
   * @param head an upright head of known geometry: its voxels run to the right, front and top
   * @param center the middle of its brain, in millimeters
   */
  static Warp random(MedicalVolume head, double[] center, RandomGenerator random) {
    double pitch = Math.toRadians(random.nextGaussian() * 10);
    double roll = Math.toRadians(random.nextGaussian() * 6);
    double yaw = Math.toRadians(random.nextGaussian() * 6);
    double all = random.nextDouble(0.85, 1.17);
    double mirror = random.nextBoolean() ? -1 : 1;
    double[] stretch = {mirror * all, all, all};
    for (int axis = 0; axis < 3; axis++) {
      stretch[axis] *= random.nextDouble(0.93, 1.075);
    }
    Affine turned =
        Affine.scaling(stretch[0], stretch[1], stretch[2])
            .then(rotation(1, 2, pitch))
            .then(rotation(0, 2, roll))
            .then(rotation(0, 1, yaw));
    return new Warp(head, center, turned, random);
  }

  private static Affine rotation(int from, int to, double angle) {
    double[] rows = {1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0};
    rows[5 * from] = Math.cos(angle);
    rows[5 * to] = Math.cos(angle);
    rows[4 * from + to] = -Math.sin(angle);
    rows[4 * to + from] = Math.sin(angle);
    return Affine.of(rows);
  }

  /**
   * Takes the values of two arrays over to the new cubes.
   *
   * @param source the head's samples
   * @param mask its brain, 0 or 1
   * @param neck whether the lowest slice goes on downwards
   * @param values gets the samples, NaN outside of the head's volume
   * @param inside gets the share of brain
   */
  void apply(float[] source, float[] mask, boolean neck, float[] values, float[] inside) {
    double half = (SIDE - 1) / 2.0;
    int i = 0;
    for (int z = 0; z < SIDE; z++) {
      for (int y = 0; y < SIDE; y++) {
        for (int x = 0; x < SIDE; x++, i++) {
          double u = (double) x / (SIDE - 1);
          double v = (double) y / (SIDE - 1);
          double w = (double) z / (SIDE - 1);
          double[] p = turned.apply((x - half) * STEP, (y - half) * STEP, (z - half) * STEP);
          for (int axis = 0; axis < 3; axis++) {
            p[axis] += center[axis] + coarse[axis].at(u, v, w) + fine[axis].at(u, v, w);
          }
          double[] q = toVoxel.apply(p[0], p[1], p[2]);
          boolean below = q[2] < 0;
          if (below && neck) {
            q[0] += q[2] * drift[0];
            q[1] += q[2] * drift[1];
            q[2] = 0;
          }
          values[i] = sample(source, q, Float.NaN);
          inside[i] = below ? 0 : sample(mask, q, 0);
        }
      }
    }
  }

  private float sample(float[] values, double[] at, float outside) {
    for (int axis = 0; axis < 3; axis++) {
      if (at[axis] < -0.5 || at[axis] > size[axis] - 0.5) {
        return outside;
      }
      at[axis] = Math.min(size[axis] - 1, Math.max(0, at[axis]));
    }
    int x = (int) at[0];
    int y = (int) at[1];
    int z = (int) at[2];
    double fx = at[0] - x;
    double fy = at[1] - y;
    double fz = at[2] - z;
    int dx = x + 1 < size[0] ? 1 : 0;
    int dy = y + 1 < size[1] ? size[0] : 0;
    int dz = z + 1 < size[2] ? size[0] * size[1] : 0;
    int i = (z * size[1] + y) * size[0] + x;
    double below = plane(values, i, dx, dy, fx, fy);
    return (float) (below + fz * (plane(values, i + dz, dx, dy, fx, fy) - below));
  }

  private static double plane(float[] values, int i, int dx, int dy, double fx, double fy) {
    double back = values[i] + fx * (values[i + dx] - values[i]);
    double front = values[i + dy] + fx * (values[i + dy + dx] - values[i + dy]);
    return back + fy * (front - back);
  }
}
