package io.github.brainimaging.core.registration;

import io.github.brainimaging.core.image.Affine;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.io.MedicalImageReader;
import io.github.brainimaging.core.io.MedicalVolumeReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Moves a head by chance, registers it back and measures the target registration error: how far the
 * points of the head come to lie from where they belong. Each of the three angles is up to 20
 * degrees and each of the three shifts up to 20 mm in either direction; what leaves the field of
 * view is lost, and the moved head is noisy, by 3 % of its range.
 */
final class KnownMoves {

  private static final double MOST = 20;
  private static final double NOISE = 0.03;

  /** Points of the head, this far apart in mm, are the targets. */
  private static final double APART = 6;

  private KnownMoves() {}

  /** Of the points of a head, in mm. */
  record Errors(double mean, double most) {}

  /**
   * Appends a line per move to a file; those that it has already are not done again.
   *
   * @param arguments head (a volume, or a folder of slices NN_flair.png, taken to be 0.94 x 0.94 x
   *     2.5 mm), number of moves, file
   */
  public static void main(String[] arguments) throws IOException {
    MedicalVolume head = read(Path.of(arguments[0]));
    Path out = Path.of(arguments[2]);
    int done = Files.exists(out) ? Files.readAllLines(out).size() : 0;
    for (int i = done; i < Integer.parseInt(arguments[1]); i++) {
      RigidTransform move = move(head, i);
      MedicalVolume moved = moved(head, move.toAffine(), i);
      long start = System.nanoTime();
      Registration.Aligned<MedicalVolume> found = Registration.withDefaults().align(head, moved);
      double seconds = (System.nanoTime() - start) / 1e9;
      Errors errors = errors(head, move.toAffine(), found.transform());
      String line =
          String.format(
              Locale.ROOT,
              "%d mean %.3f most %.3f mm in %.1f s, measure %.4f, angles %.1f %.1f %.1f, shifts"
                  + " %.1f %.1f %.1f%n",
              i,
              errors.mean,
              errors.most,
              seconds,
              found.measure(),
              move.rotationXDegrees(),
              move.rotationYDegrees(),
              move.rotationZDegrees(),
              move.shiftX(),
              move.shiftY(),
              move.shiftZ());
      Files.writeString(out, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
  }

  static MedicalVolume read(Path head) throws IOException {
    if (!Files.isDirectory(head)) {
      return MedicalVolumeReader.withDefaults().read(head);
    }
    List<Path> slices;
    try (var files = Files.list(head)) {
      slices = files.filter(f -> f.toString().endsWith("_flair.png")).sorted().toList();
    }
    float[] samples = new float[256 * 256 * slices.size()];
    for (int z = 0; z < slices.size(); z++) {
      float[] slice = MedicalImageReader.withDefaults().read(slices.get(z)).samples();
      System.arraycopy(slice, 0, samples, z * 256 * 256, slice.length);
    }
    Affine affine =
        Affine.scaling(-0.9375, -0.9375, 2.5).then(Affine.translation(119.5, 119.5, -80));
    return MedicalVolume.of(VolumeGrid.ofSize(256, 256, slices.size()).withAffine(affine), samples);
  }

  /** From points of the head to points of the moved one. */
  static RigidTransform move(MedicalVolume head, int number) {
    SplittableRandom random = new SplittableRandom(1000 + number);
    double[] p = new double[6];
    Arrays.setAll(p, i -> MOST * (2 * random.nextDouble() - 1));
    VolumeGrid grid = head.grid();
    double[] c =
        grid.requireAffine()
            .apply((grid.width() - 1) / 2.0, (grid.height() - 1) / 2.0, (grid.depth() - 1) / 2.0);
    return new RigidTransform(p[0], p[1], p[2], p[3], p[4], p[5], c[0], c[1], c[2]);
  }

  static MedicalVolume moved(MedicalVolume head, Affine move, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    VolumeGrid grid = head.grid();
    Affine toMm = grid.requireAffine();
    double[] m = toMm.then(move.inverse()).then(toMm.inverse()).toArray();
    SampledGrid source = SampledGrid.of(grid, head.samples(), toMm);
    float[] range = head.range();
    float[] samples = new float[grid.voxels()];
    for (int i = 0; i < samples.length; i++) {
      int row = i / grid.width();
      int slice = row / grid.height();
      double value = source.at(m, i % grid.width(), row % grid.height(), slice);
      double there = Double.isNaN(value) ? range[0] : value;
      samples[i] = (float) (there + NOISE * (range[1] - range[0]) * random.nextGaussian());
    }
    return head.wrapVoxels(grid, samples);
  }

  static Errors errors(MedicalVolume head, Affine truth, Affine found) {
    VolumeGrid grid = head.grid();
    float[] samples = head.samples();
    float[] range = head.range();
    double level = range[0] + 0.1 * (range[1] - range[0]);
    Affine toMm = grid.requireAffine();
    int[] step = {
      (int) Math.max(1, APART / grid.spacing().x()),
      (int) Math.max(1, APART / grid.spacing().y()),
      (int) Math.max(1, APART / grid.spacing().z())
    };
    List<Double> errors = new ArrayList<>();
    for (int z = 0; z < grid.depth(); z += step[2]) {
      for (int y = 0; y < grid.height(); y += step[1]) {
        for (int x = 0; x < grid.width(); x += step[0]) {
          if (samples[(z * grid.height() + y) * grid.width() + x] > level) {
            double[] p = toMm.apply(x, y, z);
            double[] a = truth.apply(p[0], p[1], p[2]);
            double[] b = found.apply(p[0], p[1], p[2]);
            errors.add(Math.sqrt(sq(a[0] - b[0]) + sq(a[1] - b[1]) + sq(a[2] - b[2])));
          }
        }
      }
    }
    return new Errors(
        errors.stream().mapToDouble(e -> e).average().orElse(Double.NaN),
        errors.stream().mapToDouble(e -> e).max().orElse(Double.NaN));
  }

  private static double sq(double x) {
    return x * x;
  }
}
