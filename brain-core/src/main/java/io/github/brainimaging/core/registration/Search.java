package io.github.brainimaging.core.registration;

import io.github.brainimaging.core.image.Affine;
import io.github.brainimaging.core.image.VoxelSpacing;
import io.github.brainimaging.core.work.Progress;
import java.util.ArrayList;
import java.util.List;

/** The search for the best place, from coarse to fine. */
final class Search {

  private static final double START_DEGREES = 15;

  /** Steps in units of a level's voxel; a degree, or a hundredth of stretch, counts like a mm. */
  private static final double FIRST_STEP = 2;

  private static final double LAST_STEP = 0.05;
  private static final double LAST_STEP_COARSE = 0.25;

  private final int levels;
  private final boolean stretches;
  private final Progress progress;
  private int done;

  Search(int levels, boolean stretches, Progress progress) {
    this.levels = levels;
    this.stretches = stretches;
    this.progress = progress;
  }

  /**
   * The best place.
   *
   * @param before the measure where nothing is moved
   * @param overlap of the smaller field of view, 0 to 1
   */
  record Found(
      RigidTransform rigid,
      Affine transform,
      double before,
      double measure,
      double overlap,
      boolean converged) {

    <T> Registration.Aligned<T> with(T aligned) {
      return new Registration.Aligned<>(
          aligned, transform, rigid, before, measure, overlap, converged);
    }
  }

  Found run(SampledGrid fixed, SampledGrid moving) {
    List<SampledGrid> fixedLevels = pyramid(fixed.inLevels("fixed", Alignment.LEVELS));
    List<SampledGrid> movingLevels = pyramid(moving.inLevels("moving", Alignment.LEVELS));
    List<Alignment> alignments = new ArrayList<>();
    for (int level = levels - 1; level >= 0; level--) {
      alignments.add(new Alignment(fixedLevels.get(level), movingLevels.get(level)));
    }
    List<Double> voxels = new ArrayList<>();
    fixedLevels.forEach(grid -> voxels.add(0, voxel(grid)));
    Freedom freedom = Freedom.about(center(fixed), fixed.isSlice(), false);
    List<PatternSearch.Place> starts = starts(fixed, moving);
    // The coarsest level is searched from all starts, each finer one from the best so far.
    int total = starts.size() + levels - 1 + (stretches ? levels : 0);
    done = 0;
    PatternSearch.Maximum best = climb(freedom, alignments, voxels, starts, total);
    if (stretches) {
      Freedom wider = Freedom.about(center(fixed), fixed.isSlice(), true);
      best = climb(wider, alignments, voxels, List.of(wider.stretching(best.point())), total);
      freedom = wider;
    }
    double[] at = best.point().coordinates();
    Alignment finest = alignments.get(levels - 1);
    Alignment.Match match = finest.match(freedom.affine(at));
    return new Found(
        freedom.rigid(at),
        freedom.affine(at),
        finest.measure(Affine.identity()),
        match.measure(),
        match.overlap(),
        match.measure() > Alignment.NO_OVERLAP && best.converged());
  }

  /** From the coarsest level to the finest. */
  private PatternSearch.Maximum climb(
      Freedom freedom,
      List<Alignment> alignments,
      List<Double> voxels,
      List<PatternSearch.Place> from,
      int total) {
    List<PatternSearch.Place> starts = from;
    PatternSearch.Maximum best = new PatternSearch.Maximum(starts.get(0), 0, false);
    for (int level = 1; level <= levels; level++) {
      Alignment alignment = alignments.get(level - 1);
      double voxel = voxels.get(level - 1);
      double last = voxel * (level == levels ? LAST_STEP : LAST_STEP_COARSE);
      PatternSearch search =
          new PatternSearch(
              p ->
                  freedom.allows(p)
                      ? alignment.measure(freedom.affine(p)) - freedom.cost(p)
                      : Alignment.NO_OVERLAP,
              last);
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
    return best;
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
}
