package io.github.brainimaging.segmentation.skullstrip;

import java.util.Arrays;

/**
 * A closed surface that grows from a small sphere to the edge of the brain, as in S. M. Smith,
 * "Fast robust automated brain extraction", Human Brain Mapping 17, 2002, section 2.2 (BET). Every
 * point moves towards its neighbors' mean within the surface, a little along the normal where the
 * surface is too curved, and outwards or inwards by what the gray values along its inward normal
 * tell. Lengths are in millimeters.
 */
final class BrainSurface {

  private static final int DIVISIONS = 4;

  /** How far the gray values are read inwards: for the darkest and for the brightest one. */
  private static final int DARK_DEPTH = 20;

  private static final int BRIGHT_DEPTH = 10;

  /** Radii of curvature between which smoothing sets in. */
  private static final double SMALLEST_RADIUS = 3.33;

  private static final double LARGEST_RADIUS = 10;

  private static final double MIDDLE_CURVATURE = (1 / SMALLEST_RADIUS + 1 / LARGEST_RADIUS) / 2;
  private static final double STEEPNESS = 6 / (1 / SMALLEST_RADIUS - 1 / LARGEST_RADIUS);

  private static final double STEP = 0.05;

  private final VoxelField field;
  private final HeadStatistics head;
  private final double fraction;
  private final int[] triangles;
  private final int[][] neighbors;
  private double[] points;
  private double[] moved;
  private double[] normals;

  BrainSurface(VoxelField field, HeadStatistics head, double fraction) {
    this.field = field;
    this.head = head;
    this.fraction = fraction;
    Sphere sphere = Sphere.divided(DIVISIONS);
    triangles = sphere.triangles();
    neighbors = neighbors(triangles, sphere.points());
    points = new double[3 * sphere.points()];
    moved = new double[points.length];
    normals = new double[points.length];
    for (int i = 0; i < sphere.points(); i++) {
      points[3 * i] = head.x() + 0.5 * head.radius() * sphere.x(i);
      points[3 * i + 1] = head.y() + 0.5 * head.radius() * sphere.y(i);
      points[3 * i + 2] = head.z() + 0.5 * head.radius() * sphere.z(i);
    }
  }

  /** The points around every point; each edge is in two triangles, once in either direction. */
  private static int[][] neighbors(int[] triangles, int count) {
    int[][] around = new int[count][6];
    int[] found = new int[count];
    for (int t = 0; t < triangles.length; t += 3) {
      for (int k = 0; k < 3; k++) {
        int from = triangles[t + k];
        around[from][found[from]++] = triangles[t + (k + 1) % 3];
      }
    }
    for (int i = 0; i < count; i++) {
      if (found[i] < around[i].length) {
        around[i] = Arrays.copyOf(around[i], found[i]);
      }
    }
    return around;
  }

  /** Three coordinates a point. */
  double[] points() {
    return points;
  }

  int[] triangles() {
    return triangles;
  }

  /** Moves all points once. */
  void step() {
    double edge = updateNormals();
    for (int i = 0; i < neighbors.length; i++) {
      move(i, edge);
    }
    double[] free = points;
    points = moved;
    moved = free;
  }

  /** Returns the mean length of the edges. */
  private double updateNormals() {
    Arrays.fill(normals, 0);
    double length = 0;
    for (int t = 0; t < triangles.length; t += 3) {
      int a = 3 * triangles[t];
      int b = 3 * triangles[t + 1];
      int c = 3 * triangles[t + 2];
      double ux = points[b] - points[a];
      double uy = points[b + 1] - points[a + 1];
      double uz = points[b + 2] - points[a + 2];
      double vx = points[c] - points[a];
      double vy = points[c + 1] - points[a + 1];
      double vz = points[c + 2] - points[a + 2];
      double nx = uy * vz - uz * vy;
      double ny = uz * vx - ux * vz;
      double nz = ux * vy - uy * vx;
      for (int corner : new int[] {a, b, c}) {
        normals[corner] += nx;
        normals[corner + 1] += ny;
        normals[corner + 2] += nz;
      }
      // Every edge is the first one of one triangle in three.
      length += Math.sqrt(ux * ux + uy * uy + uz * uz);
    }
    return 3 * length / triangles.length;
  }

  private void move(int i, double edge) {
    int p = 3 * i;
    double px = points[p];
    double py = points[p + 1];
    double pz = points[p + 2];
    double mx = 0;
    double my = 0;
    double mz = 0;
    for (int neighbor : neighbors[i]) {
      mx += points[3 * neighbor];
      my += points[3 * neighbor + 1];
      mz += points[3 * neighbor + 2];
    }
    double nx = normals[p];
    double ny = normals[p + 1];
    double nz = normals[p + 2];
    double size = Math.sqrt(nx * nx + ny * ny + nz * nz);
    if (size > 0) {
      nx /= size;
      ny /= size;
      nz /= size;
    }
    double dx = mx / neighbors[i].length - px;
    double dy = my / neighbors[i].length - py;
    double dz = mz / neighbors[i].length - pz;
    double along = dx * nx + dy * ny + dz * nz;
    double curvature = 2 * Math.abs(along) / (edge * edge);
    double smoothing = (1 + Math.tanh(STEEPNESS * (curvature - MIDDLE_CURVATURE))) / 2;
    double normal = smoothing * along + STEP * edge * pull(px, py, pz, nx, ny, nz);
    moved[p] = px + 0.5 * (dx - along * nx) + normal * nx;
    moved[p + 1] = py + 0.5 * (dy - along * ny) + normal * ny;
    moved[p + 2] = pz + 0.5 * (dz - along * nz) + normal * nz;
  }

  /** Above 0 where the gray values inside are those of brain, below 0 where they are darker. */
  private double pull(double px, double py, double pz, double nx, double ny, double nz) {
    double dark = head.median();
    double bright = head.tissue();
    // Where the volume ends the head was cut off: the surface has to stop there too.
    float beyond = (float) head.darkest();
    for (int d = 1; d <= DARK_DEPTH; d++) {
      float v = field.nearest(px - d * nx, py - d * ny, pz - d * nz, beyond);
      dark = Math.min(dark, v);
      if (d <= BRIGHT_DEPTH) {
        bright = Math.max(bright, v);
      }
    }
    dark = Math.max(head.darkest(), dark);
    bright = Math.min(head.median(), bright);
    double limit = head.darkest() + fraction * (bright - head.darkest());
    double contrast = bright - head.darkest();
    return contrast > 0 ? 2 * (dark - limit) / contrast : 0;
  }
}
