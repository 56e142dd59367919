package io.github.brainimaging.core.bias;

import io.github.brainimaging.core.internal.Interrupts;
import io.github.brainimaging.core.work.Progress;
import java.util.ArrayList;
import java.util.List;

/** The iterations of N3 and N4. */
final class FieldEstimator {

  private static final double SMALLEST_CHANGE = 0.001;
  private static final int WHOLE_FIELD_PASSES = 10;

  private final boolean incremental;
  private final int levels;
  private final int iterations;
  private final Progress progress;

  FieldEstimator(boolean incremental, int levels, int iterations, Progress progress) {
    this.incremental = incremental;
    this.levels = levels;
    this.iterations = iterations;
    this.progress = progress;
  }

  FieldEstimate estimate(LogSamples samples, SplineMesh coarsest) {
    List<FieldEstimate.Level> found = new ArrayList<>();
    double[] field = new double[samples.logs().length];
    SplineMesh mesh = coarsest;
    int done = 0;
    for (int level = 1; level <= levels; level++) {
      SplineLattice lattice = samples.lattice(mesh);
      double[] denominators = lattice.denominators(samples.counting());
      double[] points = new double[denominators.length];
      // What the coarser levels have found stays; this level's own field comes on top of it.
      double[] coarser = field;
      double change = Double.POSITIVE_INFINITY;
      for (int i = 1; i <= iterations && change > SMALLEST_CHANGE; i++) {
        Interrupts.heed("level %s, iteration %s", level, i);
        double[] residual = residual(samples, field, coarser);
        if (incremental) {
          lattice.improve(points, residual, denominators);
        } else {
          points = whole(lattice, residual, samples, denominators);
        }
        double[] next = coarser.clone();
        lattice.addField(points, next);
        change = change(field, next, samples.counting());
        field = next;
        done++;
        progress.report("level " + level + ", iteration " + i, done, (long) levels * iterations);
      }
      found.add(new FieldEstimate.Level(mesh, points));
      mesh = mesh.halved(samples.grid());
    }
    return new FieldEstimate(List.copyOf(found), shift(samples, field), done);
  }

  /** The factor, as a logarithm, by which the mean of what counts would be changed. */
  private static double shift(LogSamples samples, double[] field) {
    double before = 0;
    double after = 0;
    for (int i = 0; i < field.length; i++) {
      if (samples.counting()[i] > 0) {
        before += Math.exp(samples.logs()[i]);
        after += Math.exp(samples.logs()[i] - field[i]);
      }
    }
    return before > 0 ? Math.log(after / before) : 0;
  }

  /** What is to be explained by this level's splines: N4 what is left, N3 all of it. */
  private double[] residual(LogSamples samples, double[] field, double[] coarser) {
    double[] counting = samples.counting();
    double[] corrected = new double[field.length];
    for (int i = 0; i < corrected.length; i++) {
      corrected[i] = samples.logs()[i] - field[i];
    }
    HistogramSharpening sharpening = HistogramSharpening.of(corrected, counting);
    double[] residual = new double[corrected.length];
    for (int i = 0; i < residual.length; i++) {
      if (counting[i] > 0) {
        double left = corrected[i] - sharpening.sharpened(corrected[i]);
        residual[i] = incremental ? left : left + field[i] - coarser[i];
      }
    }
    return residual;
  }

  /** One fit flattens a field, which N4 makes up for in its next iteration; here it is repeated. */
  private static double[] whole(
      SplineLattice lattice, double[] values, LogSamples samples, double[] denominators) {
    double[] points = new double[denominators.length];
    double[] left = values;
    for (int pass = 0; pass < WHOLE_FIELD_PASSES; pass++) {
      lattice.improve(points, left, denominators);
      double[] fitted = new double[values.length];
      lattice.addField(points, fitted);
      left = new double[values.length];
      for (int i = 0; i < left.length; i++) {
        left[i] = samples.counting()[i] * (values[i] - fitted[i]);
      }
    }
    return points;
  }

  /** Coefficient of variation of the quotient of two fields; 0 if no voxel counts. */
  private static double change(double[] before, double[] after, double[] counting) {
    double count = 0;
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < before.length; i++) {
      if (counting[i] > 0) {
        double quotient = Math.exp(after[i] - before[i]);
        count++;
        sum += quotient;
        squares += quotient * quotient;
      }
    }
    if (count < 2) {
      return 0;
    }
    double mean = sum / count;
    return Math.sqrt(Math.max(0, squares / count - mean * mean)) / mean;
  }
}
