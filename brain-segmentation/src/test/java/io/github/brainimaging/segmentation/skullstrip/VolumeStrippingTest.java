package io.github.brainimaging.segmentation.skullstrip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.image.VolumeMask;
import io.github.brainimaging.core.image.VoxelSpacing;
import io.github.brainimaging.core.io.MedicalVolumeReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Both ways to strip a volume, on a head of ellipsoids and, where it is there, on Colin27. */
class VolumeStrippingTest {

  private static final VoxelSpacing COARSE = new VoxelSpacing(3, 3, 4);

  private static final Head HEAD = Head.of(COARSE);

  /**
   * Bright skin, dark skull, dark fluid and a brain with noise.
   *
   * @param volume gray values
   * @param brain the truth
   */
  private record Head(MedicalVolume volume, VolumeMask brain) {

    static Head of(VoxelSpacing step) {
      int width = (int) (190 / step.x());
      int height = (int) (220 / step.y());
      int depth = (int) (180 / step.z());
      float[] samples = new float[width * height * depth];
      boolean[] brain = new boolean[samples.length];
      Random random = new Random(5);
      int i = 0;
      for (int z = 0; z < depth; z++) {
        for (int y = 0; y < height; y++) {
          for (int x = 0; x < width; x++, i++) {
            double u = ((x + 0.5) / width - 0.5) * 190;
            double v = ((y + 0.5) / height - 0.5) * 220;
            double w = ((z + 0.5) / depth - 0.5) * 180;
            double value = inside(u, v, w, 12) ? inside(u, v, w, 4) ? 12 : 30 : 5;
            value = !inside(u, v, w, 12) && inside(u, v, w, 20) ? 180 : value;
            brain[i] = inside(u, v, w, 0);
            value = brain[i] ? 100 : value;
            samples[i] = (float) (value + 2 * random.nextGaussian());
          }
        }
      }
      VolumeGrid grid = VolumeGrid.ofSize(width, height, depth).withSpacing(step);
      return new Head(MedicalVolume.of(grid, samples), VolumeMask.wrap(grid, brain));
    }

    private static boolean inside(double u, double v, double w, double margin) {
      double a = u / (65 + margin);
      double b = v / (80 + margin);
      double c = w / (62 + margin);
      return a * a + b * b + c * c < 1;
    }
  }

  static Stream<Function<MedicalVolume, VolumeMask>> both() {
    return Stream.of(
        v -> SkullStripper.forVolumes().extract(v),
        v -> SurfaceSkullStripper.withDefaults().extract(v));
  }

  private static double dice(boolean[] a, boolean[] b) {
    int common = 0;
    int sum = 0;
    for (int i = 0; i < a.length; i++) {
      common += a[i] && b[i] ? 1 : 0;
      sum += (a[i] ? 1 : 0) + (b[i] ? 1 : 0);
    }
    return 2.0 * common / sum;
  }

  private static double dice(VolumeMask a, VolumeMask b) {
    return dice(a.toArray(), b.toArray());
  }

  @ParameterizedTest
  @MethodSource("both")
  void findsTheBrain(Function<MedicalVolume, VolumeMask> method) {
    assertThat(dice(method.apply(HEAD.volume()), HEAD.brain())).isGreaterThan(0.95);
  }

  @ParameterizedTest
  @MethodSource("both")
  void honorsTheDistancesOfColumnsRowsAndSlices(Function<MedicalVolume, VolumeMask> method) {
    Head flat = Head.of(new VoxelSpacing(2.5, 3, 8));

    assertThat(dice(method.apply(flat.volume()), flat.brain())).isGreaterThan(0.93);
  }

  @ParameterizedTest
  @MethodSource("both")
  void doesNotDependOnScaleAndOffset(Function<MedicalVolume, VolumeMask> method) {
    VolumeMask mask = method.apply(HEAD.volume());

    for (float[] change : new float[][] {{0.01f, 0}, {0.3f, -70}, {100, 12_345}}) {
      float[] samples = HEAD.volume().samples();
      for (int i = 0; i < samples.length; i++) {
        samples[i] = change[0] * samples[i] + change[1];
      }
      assertThat(dice(method.apply(HEAD.volume().withSamples(samples)), mask)).isGreaterThan(0.995);
    }
  }

  @ParameterizedTest
  @MethodSource("both")
  void leavesAStrippedVolumeNearlyAsItIs(Function<MedicalVolume, VolumeMask> method) {
    VolumeMask mask = method.apply(HEAD.volume());
    MedicalVolume stripped = VoxelField.keep(HEAD.volume(), mask);

    assertThat(dice(method.apply(stripped), mask)).isGreaterThan(0.97);
  }

  @ParameterizedTest
  @MethodSource("both")
  void findsNothingInAConstantVolume(Function<MedicalVolume, VolumeMask> method) {
    VolumeGrid grid = VolumeGrid.ofSize(4, 5, 6).withSpacing(COARSE);

    assertThat(method.apply(MedicalVolume.of(grid, new float[120])).isEmpty()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("both")
  void stopsWhenInterrupted(Function<MedicalVolume, VolumeMask> method) {
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> method.apply(HEAD.volume()))
          .isInstanceOf(CancellationException.class);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void setsTheRestToTheSmallestValue() {
    MedicalVolume stripped = SurfaceSkullStripper.withDefaults().apply(HEAD.volume());

    assertThat(stripped.get(0, 0, 0)).isEqualTo(HEAD.volume().range()[0]);
    assertThat(stripped.get(31, 36, 22)).isEqualTo(HEAD.volume().get(31, 36, 22));
    assertThat(SkullStripper.forVolumes().apply(HEAD.volume()).get(31, 36, 22))
        .isEqualTo(HEAD.volume().get(31, 36, 22));
  }

  @Test
  void tellsHowFarItHasCome() {
    List<Double> told = new ArrayList<>();

    VolumeMask mask =
        SurfaceSkullStripper.withDefaults().withProgress(told::add).extract(HEAD.volume());

    assertThat(told).isSorted().hasSize(1_000).endsWith(1.0);
    assertThat(mask.isEmpty()).isFalse();
  }

  @Test
  void rejectsWrongArguments() {
    MedicalVolume colors = MedicalVolume.wrap(VolumeGrid.ofSize(1, 1, 1), 3, new float[3]);
    SurfaceSkullStripper stripper = SurfaceSkullStripper.withDefaults();

    assertThatThrownBy(() -> stripper.extract(colors))
        .hasMessage("volume must have 1 channel, got 3");
    assertThatThrownBy(() -> stripper.withFraction(1))
        .hasMessage("fraction must be between 0 and 1, got 1.0");
  }

  /** Colin27 and what FSL's BET makes of it; the bounds are a little below what was measured. */
  @ParameterizedTest
  @MethodSource("both")
  void agreesWithTheReferenceOnARealHead(Function<MedicalVolume, VolumeMask> method)
      throws IOException {
    Path folder =
        Path.of(System.getProperty("brain.data", "../../shared/data")).resolve("skull-strip");
    Assumptions.assumeTrue(Files.isDirectory(folder), "no volume in " + folder);
    MedicalVolume head = MedicalVolumeReader.read(folder.resolve("ch2.nii.gz"));
    VolumeMask truth =
        VolumeMask.above(MedicalVolumeReader.read(folder.resolve("ch2bet.nii.gz")), 0);

    VolumeMask mask = method.apply(head);

    assertThat(dice(mask, truth)).isGreaterThan(0.96);
    for (int z = 36; z <= 144; z++) {
      assertThat(dice(mask.slice(z).toArray(), truth.slice(z).toArray())).isGreaterThan(0.9);
    }
  }
}
