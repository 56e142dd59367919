package io.github.brainimaging.core.registration;

import io.github.brainimaging.core.image.VoxelSpacing;
import io.github.brainimaging.core.work.Progress;
import java.util.ArrayList;
import java.util.List;

/** The search for the best rigid transform, from coarse to fine. */
final class Search {

  private static final double START_DEGREES = 15;

  /** Steps in units of a level's voxel; a degree counts like a millimeter. */
  private static final double FIRST_STEP = 2;

  private static final double LAST_STEP = 0.05;
  private static final double LAST_STEP_COARSE = 0.25;

  private final int levels;
  private final Progress progress;

  Search(int levels, Progress progress) {
    this.levels = levels;
    this.progress = progress;
  }

  /** The best transform. */
  record Found(RigidTransform transform, double measure, boolean converged) {}

  Found run(SampledGrid fixed, SampledGrid moving) {
    List<SampledGrid> fixedLevels = pyramid(fixed.inLevels("fixed", Alignment.LEVELS));
    List<SampledGrid> movingLevels = pyramid(moving.inLevels("moving", Alignment.LEVELS));
    double[] center = center(fixed);
    List<PatternSearch.Place> starts = starts(fixed, moving);
    // The coarsest level is searched from all starts, each finer one from the best so far.
    int total = starts.size() + levels - 1;
    int done = 0;
    PatternSearch.Maximum best = new PatternSearch.Maximum(starts.get(0), 0, false);
    for (int level = 1; level <= levels; level++) {
      SampledGrid coarse = fixedLevels.get(levels - level);
      Alignment alignment = new Alignment(coarse, movingLevels.get(levels - level));
      double voxel = voxel(coarse);
      double last = voxel * (level == levels ? LAST_STEP : LAST_STEP_COARSE);
      PatternSearch search = new PatternSearch(p -> alignment.measure(transform(p, center)), last);
      // Measures of two levels cannot be compared: the first search of each sets the mark.
      best = new PatternSearch.Maximum(starts.get(0), 0, false);
      for (PatternSearch.Place start : starts) {
        PatternSearch.Maximum found = search.climb(start, FIRST_STEP * voxel);
        best = found.value() > best.value() ? found : best;
        done++;
        progress.report("search on level " + level + " of " + levels, done, total);
      }
      starts = List.of(best.point());
    }
    boolean found = best.value() > Alignment.NO_OVERLAP;
    return new Found(
        transform(best.point().coordinates(), center), best.value(), found && best.converged());
  }

  private List<SampledGrid> pyramid(SampledGrid finest) {
    List<SampledGrid> pyramid = new ArrayList<>(List.of(finest));
    for (int level = 1; level < levels; level++) {
      pyramid.add(pyramid.get(level - 1).halved());
    }
    return pyramid;
  }

  private static double[] center(SampledGrid grid) {
    return grid.toMm()
        .apply((grid.width() - 1) / 2.0, (grid.height() - 1) / 2.0, (grid.depth() - 1) / 2.0);
  }

  private static double voxel(SampledGrid grid) {
    VoxelSpacing spacing = grid.toMm().spacing();
    double inSlice = Math.min(spacing.x(), spacing.y());
    return grid.isSlice() ? inSlice : Math.min(inSlice, spacing.z());
  }

  /** Of a slice: shift x, shift y, angle about z; of a volume: the other three follow. */
  private static List<PatternSearch.Place> starts(SampledGrid fixed, SampledGrid moving) {
    boolean slice = fixed.isSlice();
    double[] from = center(fixed);
    double[] to = center(moving);
    double[][] shifts = {{0, 0, 0}, {to[0] - from[0], to[1] - from[1], to[2] - from[2]}};
    boolean apart = Math.abs(shifts[1][0]) + Math.abs(shifts[1][1]) + Math.abs(shifts[1][2]) > 0;
    List<PatternSearch.Place> starts = new ArrayList<>();
    for (int s = 0; s < (apart ? 2 : 1); s++) {
      double x = shifts[s][0];
      double y = shifts[s][1];
      double z = shifts[s][2];
      for (double angle : new double[] {0, START_DEGREES, -START_DEGREES}) {
        if (slice) {
          starts.add(new PatternSearch.Place(x, y, angle));
        } else {
          starts.add(new PatternSearch.Place(x, y, angle, z, 0, 0));
          if (angle != 0) {
            starts.add(new PatternSearch.Place(x, y, 0, z, angle, 0));
            starts.add(new PatternSearch.Place(x, y, 0, z, 0, angle));
          }
        }
      }
    }
    return starts;
  }

  private static RigidTransform transform(double[] p, double[] center) {
    boolean slice = p.length == 3;
    return new RigidTransform(
        slice ? 0 : p[4],
        slice ? 0 : p[5],
        p[2],
        p[0],
        p[1],
        slice ? 0 : p[3],
        center[0],
        center[1],
        center[2]);
  }
}
