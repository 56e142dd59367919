package io.github.brainimaging.models.stripping;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * What happens to pictures of heads: lesions, stripping, faces taken away, a field of view that
 * ends too early, thick slices, a bias field, noise. Works on the cubes of a {@link HeadGrid}; gray
 * values from 0 to about 1, NaN outside of the field of view.
 */
final class Disturbance {

  private static final int SIDE = HeadGrid.SIDE;

  private final float[] values;
  private final float[] inside;
  private final RandomGenerator random;

  Disturbance(float[] values, float[] inside, RandomGenerator random) {
    this.values = values;
    this.inside = inside;
    this.random = random;
  }

  /** All of them, each now and then. */
  void apply() {
    if (chance(0.25)) {
      lesions(1 + random.nextInt(3));
    }
    boolean stripped = chance(0.12);
    if (stripped) {
      strip();
    } else if (chance(0.12)) {
      removeFace();
    }
    if (chance(0.45)) {
      thicken(chance(0.75) ? 2 : random.nextInt(2), random.nextDouble(1.2, 3.5));
    }
    if (chance(0.7)) {
      bias(random.nextDouble(0.4));
    }
    if (chance(0.4)) {
      brightenTowardsNeck(random.nextDouble(2.5));
    }
    if (chance(0.75)) {
      noise(random.nextDouble(0.06), stripped);
    }
    crop();
  }

  private boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  private void lesions(int count) {
    int[] voxels = brain();
    for (int n = 0; n < count && voxels.length > 0; n++) {
      int center = voxels[random.nextInt(voxels.length)];
      double[] radius = new double[3];
      double size = random.nextDouble(2, 13);
      for (int axis = 0; axis < 3; axis++) {
        radius[axis] = size * random.nextDouble(0.6, 1.5);
      }
      double gray = random.nextDouble();
      double rim = chance(0.4) ? random.nextDouble() : gray;
      SmoothField shape = SmoothField.random(9, 0.2, random);
      int[] place = {center % SIDE, center / SIDE % SIDE, center / (SIDE * SIDE)};
      for (int i : voxels) {
        double dx = (i % SIDE - place[0]) / radius[0];
        double dy = (i / SIDE % SIDE - place[1]) / radius[1];
        double dz = (sliceOf(i) - place[2]) / radius[2];
        double r = Math.sqrt(dx * dx + dy * dy + dz * dz);
        if (r < 1.6) {
          r += field(shape, i);
          double weight = Math.min(1, Math.max(0, (1 - r) * 4));
          values[i] += (float) (weight * ((r > 0.75 ? rim : gray) - values[i]));
        }
      }
    }
  }

  private static int sliceOf(int i) {
    return i / (SIDE * SIDE);
  }

  private static double field(SmoothField field, int i) {
    double scale = 1.0 / (SIDE - 1);
    return field.at(i % SIDE * scale, i / SIDE % SIDE * scale, sliceOf(i) * scale);
  }

  private int[] brain() {
    int[] found = new int[inside.length];
    int n = 0;
    for (int i = 0; i < inside.length; i++) {
      if (inside[i] > 0.5 && !Float.isNaN(values[i])) {
        found[n++] = i;
      }
    }
    return Arrays.copyOf(found, n);
  }

  /** What stays of a stripped head is brain, even where the knife left more or less of it. */
  private void strip() {
    SmoothField level = SmoothField.random(9, 0.2, random);
    float[] smooth = blurred(inside, random.nextInt(3));
    double middle = random.nextDouble(0.15, 0.7);
    for (int i = 0; i < values.length; i++) {
      boolean kept =
          smooth[i] > Math.max(0.02, middle + field(level, i)) && !Float.isNaN(values[i]);
      inside[i] = kept ? 1 : 0;
      values[i] = kept ? Math.max(values[i], 0.02f) : Float.isNaN(values[i]) ? Float.NaN : 0;
    }
  }

  private static float[] blurred(float[] values, int times) {
    float[] result = values;
    for (int n = 0; n < times; n++) {
      for (int step : new int[] {1, SIDE, SIDE * SIDE}) {
        float[] next = result.clone();
        for (int i = step; i < result.length - step; i++) {
          next[i] = (result[i - step] + 2 * result[i] + result[i + step]) / 4;
        }
        result = next;
      }
    }
    return result;
  }

  /** Cuts off what lies before and below a plane that touches the brain. */
  private void removeFace() {
    double angle = Math.toRadians(random.nextDouble(15, 65));
    double forward = Math.cos(angle);
    double down = Math.sin(angle);
    double most = Double.NEGATIVE_INFINITY;
    for (int i : brain()) {
      most = Math.max(most, forward * (i / SIDE % SIDE) - down * sliceOf(i));
    }
    most += random.nextDouble(6);
    for (int i = 0; i < values.length; i++) {
      if (forward * (i / SIDE % SIDE) - down * sliceOf(i) > most && !Float.isNaN(values[i])) {
        values[i] = 0;
      }
    }
  }

  /** As in slices of so many cubes, and what was made of them by interpolation. */
  private void thicken(int axis, double thickness) {
    int step = axis == 0 ? 1 : axis == 1 ? SIDE : SIDE * SIDE;
    int slices = (int) (SIDE / thickness);
    float[] line = new float[SIDE];
    double[] sums = new double[slices];
    double[] counts = new double[slices];
    double offset = random.nextDouble(thickness);
    for (int i = 0; i < values.length; i++) {
      if (i / step % SIDE != 0) {
        continue;
      }
      Arrays.fill(sums, 0);
      Arrays.fill(counts, 0);
      for (int n = 0; n < SIDE; n++) {
        line[n] = values[i + n * step];
        int slice = Math.min(slices - 1, (int) ((n + offset) / thickness));
        if (!Float.isNaN(line[n])) {
          sums[slice] += line[n];
          counts[slice]++;
        }
      }
      for (int n = 0; n < SIDE; n++) {
        double at = (n + offset + 0.5) / thickness - 0.5;
        int low = Math.min(slices - 1, Math.max(0, (int) Math.floor(at)));
        int high = Math.min(slices - 1, low + 1);
        high = counts[high] > 0 ? high : low;
        low = counts[low] > 0 ? low : high;
        if (!Float.isNaN(line[n]) && counts[low] > 0) {
          double share = Math.min(1, Math.max(0, at - Math.floor(at)));
          double below = sums[low] / counts[low];
          values[i + n * step] = (float) (below + share * (sums[high] / counts[high] - below));
        }
      }
    }
  }

  private void bias(double spread) {
    SmoothField wide = SmoothField.random(3, spread, random);
    SmoothField narrow = SmoothField.random(5, spread / 3, random);
    for (int i = 0; i < values.length; i++) {
      if (values[i] > 0) {
        values[i] *= (float) Math.exp(field(wide, i) + field(narrow, i));
      }
    }
  }

  /** As a coil does that sits below the head: the lower, the brighter. */
  private void brightenTowardsNeck(double strength) {
    for (int i = 0; i < values.length; i++) {
      if (values[i] > 0) {
        values[i] *= (float) Math.exp(-strength * sliceOf(i) / (SIDE - 1.0));
      }
    }
  }

  /** Of a magnitude: in the background it is never negative. */
  private void noise(double spread, boolean stripped) {
    for (int i = 0; i < values.length; i++) {
      if (Float.isNaN(values[i]) || (stripped && values[i] == 0)) {
        continue;
      }
      double real = values[i] + spread * random.nextGaussian();
      double imaginary = spread * random.nextGaussian();
      values[i] = (float) Math.sqrt(real * real + imaginary * imaginary);
    }
  }

  /** Ends the field of view, now and then within the brain. */
  private void crop() {
    int[] brain = brain();
    if (brain.length == 0) {
      return;
    }
    int lowest = brain[0] / (SIDE * SIDE);
    int highest = brain[brain.length - 1] / (SIDE * SIDE);
    int from = chance(0.35) ? lowest + random.nextInt(-20, 15) : 0;
    int to = chance(0.1) ? highest - random.nextInt(-6, 14) : SIDE;
    for (int i = 0; i < values.length; i++) {
      int z = i / (SIDE * SIDE);
      if (z < from || z > to) {
        values[i] = Float.NaN;
        inside[i] = 0;
      }
    }
  }
}
