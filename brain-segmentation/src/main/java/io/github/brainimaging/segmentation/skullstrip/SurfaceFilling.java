package io.github.brainimaging.segmentation.skullstrip;

import java.util.Arrays;

/**
 * The voxels inside a closed surface of triangles: for every line of voxels along x, where it
 * enters and leaves the surface. A voxel is inside if its center is.
 */
final class SurfaceFilling {

  private SurfaceFilling() {}

  static boolean[] of(VoxelField field, double[] points, int[] triangles) {
    Crossings crossings = new Crossings(field.height() * field.depth());
    for (int t = 0; t < triangles.length; t += 3) {
      cross(field, points, 3 * triangles[t], 3 * triangles[t + 1], 3 * triangles[t + 2], crossings);
    }
    boolean[] inside = new boolean[field.samples().length];
    for (int line = 0; line < field.height() * field.depth(); line++) {
      crossings.fill(line, inside, line * field.width(), field.width());
    }
    return inside;
  }

  /** Finds the lines along x, at whole rows and slices, that go through a triangle. */
  private static void cross(
      VoxelField field, double[] p, int a, int b, int c, Crossings crossings) {
    double ay = p[a + 1] / field.stepY();
    double az = p[a + 2] / field.stepZ();
    double by = p[b + 1] / field.stepY();
    double bz = p[b + 2] / field.stepZ();
    double cy = p[c + 1] / field.stepY();
    double cz = p[c + 2] / field.stepZ();
    double area = (by - ay) * (cz - az) - (bz - az) * (cy - ay);
    if (area == 0) {
      return;
    }
    int firstY = Math.max(0, (int) Math.ceil(Math.min(ay, Math.min(by, cy))));
    int lastY = Math.min(field.height() - 1, (int) Math.floor(Math.max(ay, Math.max(by, cy))));
    int firstZ = Math.max(0, (int) Math.ceil(Math.min(az, Math.min(bz, cz))));
    int lastZ = Math.min(field.depth() - 1, (int) Math.floor(Math.max(az, Math.max(bz, cz))));
    for (int z = firstZ; z <= lastZ; z++) {
      for (int y = firstY; y <= lastY; y++) {
        double inA = edge(by, bz, cy, cz, y, z) / area;
        double inB = edge(cy, cz, ay, az, y, z) / area;
        double inC = 1 - inA - inB;
        if (inA >= 0 && inB >= 0 && inC >= 0) {
          double x = (inA * p[a] + inB * p[b] + inC * p[c]) / field.stepX();
          crossings.add(z * field.height() + y, x, area > 0 ? 1 : -1);
        }
      }
    }
  }

  private static double edge(double ay, double az, double by, double bz, double y, double z) {
    return (by - ay) * (z - az) - (bz - az) * (y - ay);
  }

  /** For every line, where it is crossed and whether inwards or outwards. */
  private static final class Crossings {

    private final double[][] places;
    private final int[] count;

    Crossings(int lines) {
      places = new double[lines][];
      count = new int[lines];
    }

    /** A crossing is kept as a pair of its place and its direction. */
    void add(int line, double x, int direction) {
      double[] known = places[line];
      if (known == null) {
        known = new double[8];
      } else if (known.length == 2 * count[line]) {
        known = Arrays.copyOf(known, 2 * known.length);
      }
      int i = 2 * count[line]++;
      // Sorted as they come: there are rarely more than four.
      while (i > 0 && known[i - 2] > x) {
        known[i] = known[i - 2];
        known[i + 1] = known[i - 1];
        i -= 2;
      }
      known[i] = x;
      known[i + 1] = direction;
      places[line] = known;
    }

    void fill(int line, boolean[] inside, int offset, int width) {
      int winding = 0;
      for (int k = 0; k + 1 < count[line]; k++) {
        winding += (int) places[line][2 * k + 1];
        if (winding != 0) {
          int from = Math.max(0, (int) Math.ceil(places[line][2 * k]));
          int to = Math.min(width - 1, (int) Math.floor(places[line][2 * k + 2]));
          for (int x = from; x <= to; x++) {
            inside[offset + x] = true;
          }
        }
      }
    }
  }
}
