package io.github.brainimaging.segmentation.skullstrip;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The unit sphere as a net of triangles: an icosahedron whose triangles are cut into four, again
 * and again.
 */
final class Sphere {

  private static final double GOLDEN = (1 + Math.sqrt(5)) / 2;

  private static final double[][] CORNERS = {
    {-1, GOLDEN, 0}, {1, GOLDEN, 0}, {-1, -GOLDEN, 0}, {1, -GOLDEN, 0},
    {0, -1, GOLDEN}, {0, 1, GOLDEN}, {0, -1, -GOLDEN}, {0, 1, -GOLDEN},
    {GOLDEN, 0, -1}, {GOLDEN, 0, 1}, {-GOLDEN, 0, -1}, {-GOLDEN, 0, 1}
  };

  private static final int[] FACES = {
    0, 11, 5, 0, 5, 1, 0, 1, 7, 0, 7, 10, 0, 10, 11, 1, 5, 9, 5, 11, 4, 11, 10, 2, 10, 7, 6, 7, 1,
        8,
    3, 9, 4, 3, 4, 2, 3, 2, 6, 3, 6, 8, 3, 8, 9, 4, 9, 5, 2, 4, 11, 6, 2, 10, 8, 6, 7, 9, 8, 1
  };

  private double[] x = new double[CORNERS.length];
  private double[] y = new double[CORNERS.length];
  private double[] z = new double[CORNERS.length];
  private int[] triangles = FACES;
  private int count;

  private Sphere() {
    for (double[] corner : CORNERS) {
      int unused = add(corner[0], corner[1], corner[2]);
    }
  }

  /** A sphere of {@code 10 * 4^divisions + 2} points. */
  static Sphere divided(int divisions) {
    Sphere sphere = new Sphere();
    for (int i = 0; i < divisions; i++) {
      sphere.divide();
    }
    return sphere;
  }

  private int add(double px, double py, double pz) {
    if (count == x.length) {
      x = Arrays.copyOf(x, 4 * count);
      y = Arrays.copyOf(y, 4 * count);
      z = Arrays.copyOf(z, 4 * count);
    }
    double length = Math.sqrt(px * px + py * py + pz * pz);
    x[count] = px / length;
    y[count] = py / length;
    z[count] = pz / length;
    return count++;
  }

  private void divide() {
    Map<Long, Integer> middles = new HashMap<>();
    int[] finer = new int[4 * triangles.length];
    int n = 0;
    for (int t = 0; t < triangles.length; t += 3) {
      int a = triangles[t];
      int b = triangles[t + 1];
      int c = triangles[t + 2];
      int ab = middle(middles, a, b);
      int bc = middle(middles, b, c);
      int ca = middle(middles, c, a);
      for (int corner : new int[] {a, ab, ca, b, bc, ab, c, ca, bc, ab, bc, ca}) {
        finer[n++] = corner;
      }
    }
    triangles = finer;
  }

  private int middle(Map<Long, Integer> middles, int a, int b) {
    long edge = (long) Math.min(a, b) << 32 | Math.max(a, b);
    return middles.computeIfAbsent(edge, e -> add(x[a] + x[b], y[a] + y[b], z[a] + z[b]));
  }

  int points() {
    return count;
  }

  double x(int point) {
    return x[point];
  }

  double y(int point) {
    return y[point];
  }

  double z(int point) {
    return z[point];
  }

  /** Three corners a triangle, in the order in which they turn left when seen from outside. */
  int[] triangles() {
    return triangles.clone();
  }
}
