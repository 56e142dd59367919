package io.github.brainimaging.core.registration;

import io.github.brainimaging.core.image.Affine;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.internal.Correlation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Searches the plane in which a mirrored head resembles itself most. */
final class SymmetrySearch {

  private static final double LEAST_SIMILARITY = 0.6;

  /** Voxels of about this size, in mm, hold what is needed. */
  private static final double FINE = 2.5;

  private static final double MOST_DEGREES = 35;
  private static final double START_DEGREES = 12;
  private static final double START_SHIFT = 12;
  private static final int CLIMBED = 3;
  private static final int LEVELS = 256;
  private static final double FOREGROUND = 0.1 * LEVELS;

  /** Of the voxels of the head, whose mirror images lie within the field. */
  private static final double LEAST_COVERED = 0.6;

  private static final int MOST_POINTS = 30_000;

  private final SampledGrid grid;
  private final Affine toVoxel;
  private final double[] center;

  private SymmetrySearch(SampledGrid grid, double[] center) {
    this.grid = grid;
    this.toVoxel = grid.toMm().inverse();
    this.center = center;
  }

  static Optional<SymmetryPlane> find(MedicalVolume head) {
    if (head.affine().isEmpty() || head.depth() < 2 || head.channels() != 1) {
      return Optional.empty();
    }
    float[] range = head.range();
    if (!(range[1] > range[0])) {
      return Optional.empty();
    }
    SampledGrid grid =
        SampledGrid.of(head.grid(), head.samples(), head.grid().requireAffine())
            .inLevels("head", LEVELS);
    SampledGrid fine = grid;
    while (fine.finest() < FINE && !fine.isHalvedWhole()) {
      fine = fine.halved();
    }
    SampledGrid coarse = fine.isHalvedWhole() ? fine : fine.halved();
    double[] center = centerOfHead(coarse);
    PatternSearch.Maximum best = fromSeveralStarts(new SymmetrySearch(coarse, center));
    SymmetrySearch last = new SymmetrySearch(fine, center);
    best = new PatternSearch(last::similarity, 0.1).climb(best.point(), 2);
    if (!(best.value() >= LEAST_SIMILARITY)) {
      return Optional.empty();
    }
    double[] p = best.point().coordinates();
    double[] normal = normal(p);
    return Optional.of(
        new SymmetryPlane(
            normal[0], normal[1], normal[2], dot(normal, center) + p[0], best.value()));
  }

  private static PatternSearch.Maximum fromSeveralStarts(SymmetrySearch search) {
    List<PatternSearch.Place> starts = new ArrayList<>();
    for (double shift : new double[] {0, START_SHIFT, -START_SHIFT}) {
      for (double yaw : new double[] {0, START_DEGREES, -START_DEGREES}) {
        for (double roll : new double[] {0, START_DEGREES, -START_DEGREES}) {
          starts.add(new PatternSearch.Place(shift, yaw, roll));
        }
      }
    }
    starts.sort(Comparator.comparingDouble(place -> -search.similarity(place.coordinates())));
    PatternSearch climber = new PatternSearch(search::similarity, 0.5);
    PatternSearch.Maximum best = new PatternSearch.Maximum(starts.get(0), -1, false);
    for (PatternSearch.Place start : starts.subList(0, CLIMBED)) {
      PatternSearch.Maximum found = climber.climb(start, 4);
      best = found.value() > best.value() ? found : best;
    }
    return best;
  }

  private static double[] centerOfHead(SampledGrid grid) {
    double[] sum = new double[3];
    int count = 0;
    for (int i = 0; i < grid.samples().length; i++) {
      if (grid.samples()[i] > FOREGROUND) {
        int row = i / grid.width();
        int slice = row / grid.height();
        double[] place = grid.toMm().apply(i % grid.width(), row % grid.height(), slice);
        for (int axis = 0; axis < 3; axis++) {
          sum[axis] += place[axis];
        }
        count++;
      }
    }
    for (int axis = 0; axis < 3; axis++) {
      sum[axis] /= Math.max(count, 1);
    }
    return sum;
  }

  /** Of a shift to the right and two angles: about the axis to the head, and about that ahead. */
  private static double[] normal(double[] p) {
    double yaw = Math.toRadians(p[1]);
    double roll = Math.toRadians(p[2]);
    return new double[] {
      StrictMath.cos(yaw) * StrictMath.cos(roll),
      StrictMath.sin(yaw) * StrictMath.cos(roll),
      StrictMath.sin(roll)
    };
  }

  private static double dot(double[] a, double[] b) {
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
  }

  /** The map from voxels of the grid to those of their mirror images. */
  private double[] mirror(double[] p) {
    double[] n = normal(p);
    double twice = 2 * (dot(n, center) + p[0]);
    double[] rows = new double[12];
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        rows[4 * i + j] = (i == j ? 1 : 0) - 2 * n[i] * n[j];
      }
      rows[4 * i + 3] = twice * n[i];
    }
    return grid.toMm().then(Affine.of(rows)).then(toVoxel).toArray();
  }

  /** The correlation of the head with its mirror image; -1 where that leaves the field. */
  private double similarity(double[] p) {
    if (Math.abs(p[1]) > MOST_DEGREES || Math.abs(p[2]) > MOST_DEGREES) {
      return -1;
    }
    double[] m = mirror(p);
    double[] sums = new double[5];
    int count = 0;
    int head = 0;
    int covered = 0;
    float[] samples = grid.samples();
    int stride = 1 + (samples.length - 1) / MOST_POINTS;
    for (int i = 0; i < samples.length; i += stride) {
      int row = i / grid.width();
      int x = i % grid.width();
      int y = row % grid.height();
      int z = row / grid.height();
      double other = grid.at(m, x, y, z);
      double here = samples[i];
      boolean inHead = here > FOREGROUND;
      head += inHead ? 1 : 0;
      if (Double.isNaN(other) || Double.isNaN(here)) {
        continue;
      }
      covered += inHead ? 1 : 0;
      count++;
      sums[0] += here;
      sums[1] += other;
      sums[2] += here * here;
      sums[3] += other * other;
      sums[4] += here * other;
    }
    double similarity = Correlation.of(sums, count);
    return covered < LEAST_COVERED * head || Double.isNaN(similarity) ? -1 : similarity;
  }
}
