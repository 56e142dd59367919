package io.github.brainimaging.segmentation.skullstrip;

import static io.github.brainimaging.segmentation.skullstrip.EllipsoidHead.dice;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.brainimaging.core.image.Affine;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.image.VolumeMask;
import io.github.brainimaging.core.image.VoxelSpacing;
import io.github.brainimaging.core.io.MedicalVolumeReader;
import io.github.brainimaging.core.transform.VolumeTransform;
import io.github.brainimaging.core.transform.VolumeTransformContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Both ways to strip a volume, on a head of ellipsoids and, where it is there, on Colin27. */
@Tag("data")
class VolumeStrippingTest {

  private static final VoxelSpacing COARSE = new VoxelSpacing(3, 3, 4);

  private static final EllipsoidHead HEAD = EllipsoidHead.of(COARSE);

  @ParameterizedTest
  @MethodSource("io.github.brainimaging.segmentation.skullstrip.EllipsoidHead#bothMethods")
  void findsTheBrain(Function<MedicalVolume, VolumeMask> method) {
    assertThat(dice(method.apply(HEAD.volume()), HEAD.brain())).isGreaterThan(0.95);
  }

  @ParameterizedTest
  @MethodSource("io.github.brainimaging.segmentation.skullstrip.EllipsoidHead#bothMethods")
  void honorsTheDistancesOfColumnsRowsAndSlices(Function<MedicalVolume, VolumeMask> method) {
    EllipsoidHead flat = EllipsoidHead.of(new VoxelSpacing(2.5, 3, 8));

    assertThat(dice(method.apply(flat.volume()), flat.brain())).isGreaterThan(0.93);
  }

  @ParameterizedTest
  @MethodSource("io.github.brainimaging.segmentation.skullstrip.EllipsoidHead#bothMethods")
  void findsNothingInAConstantVolume(Function<MedicalVolume, VolumeMask> method) {
    VolumeGrid grid = VolumeGrid.ofSize(4, 5, 6).withSpacing(COARSE);

    assertThat(method.apply(MedicalVolume.of(grid, new float[120])).isEmpty()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("io.github.brainimaging.segmentation.skullstrip.EllipsoidHead#bothMethods")
  void stopsWhenInterrupted(Function<MedicalVolume, VolumeMask> method) {
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> method.apply(HEAD.volume()))
          .isInstanceOf(CancellationException.class);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("io.github.brainimaging.segmentation.skullstrip.EllipsoidHead#bothMethods")
  void leavesOutTheNeckWhereItIsKnownWhatIsUp(Function<MedicalVolume, VolumeMask> method) {
    VolumeGrid grid = HEAD.volume().grid();
    int below = 30;
    int slice = grid.width() * grid.height();
    float[] samples = new float[(grid.depth() + below) * slice];
    for (int i = 0; i < below * slice; i++) {
      double x = i % grid.width() - 31;
      double y = i % slice / grid.width() - 36;
      samples[i] = x * x + y * y < 400 ? 150 : 5;
    }
    HEAD.volume().copySamplesTo(samples, below * slice);
    VolumeGrid longer =
        VolumeGrid.ofSize(grid.width(), grid.height(), grid.depth() + below)
            .withAffine(Affine.scaling(COARSE.x(), COARSE.y(), COARSE.z()));
    boolean[] brain = new boolean[samples.length];
    System.arraycopy(
        HEAD.brain().toArray(), 0, brain, below * slice, HEAD.volume().grid().voxels());

    VolumeMask found = method.apply(MedicalVolume.of(longer, samples));

    assertThat(dice(found.toArray(), brain)).isGreaterThan(0.95);
  }

  @Test
  void toleratesACoilThatSeesOneSideBetter() {
    float[] samples = HEAD.volume().samples();
    int width = HEAD.volume().width();
    for (int i = 0; i < samples.length; i++) {
      samples[i] *= 0.4f + 1.2f * (i % width) / width;
    }

    VolumeMask mask =
        SurfaceSkullStripper.withDefaults().extract(HEAD.volume().withSamples(samples));

    assertThat(dice(mask, HEAD.brain())).isGreaterThan(0.99);
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
  void aLargerFractionGivesASmallerBrain() {
    SurfaceSkullStripper stripper = SurfaceSkullStripper.withDefaults();

    assertThat(stripper.withFraction(0.9).extract(HEAD.volume()).count())
        .isLessThan(stripper.extract(HEAD.volume()).count());
  }

  @Test
  void tellsHowFarItHasCome() {
    List<Long> told = new ArrayList<>();
    List<Long> totals = new ArrayList<>();

    VolumeMask mask =
        SurfaceSkullStripper.withDefaults()
            .withProgress(
                (what, done, total) -> {
                  told.add(done);
                  totals.add(total);
                })
            .extract(HEAD.volume());

    assertThat(told).isSorted().doesNotHaveDuplicates().hasSize(1_000).endsWith(1_000L);
    assertThat(totals).containsOnly(1_000L);
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
  @Test
  void agreesWithTheReferenceOnARealHead() throws IOException {
    Path folder =
        Path.of(System.getProperty("brain.data", "../../shared/data")).resolve("skull-strip");
    Assumptions.assumeTrue(Files.isDirectory(folder), "no volume in " + folder);
    MedicalVolume head = MedicalVolumeReader.withDefaults().read(folder.resolve("ch2.nii.gz"));
    VolumeMask truth =
        VolumeMask.above(
            MedicalVolumeReader.withDefaults().read(folder.resolve("ch2bet.nii.gz")), 0);

    requireAgreement(SkullStripper.forVolumes().extract(head), truth, 0.96, 0.9);
    requireAgreement(SurfaceSkullStripper.withDefaults().extract(head), truth, 0.97, 0.93);
  }

  private static void requireAgreement(
      VolumeMask mask, VolumeMask truth, double inAll, double inEverySlice) {
    assertThat(dice(mask, truth)).isGreaterThan(inAll);
    for (int z = 36; z <= 144; z++) {
      assertThat(dice(mask.slice(z).toArray(), truth.slice(z).toArray()))
          .isGreaterThan(inEverySlice);
    }
  }

  @Nested
  class ByThreshold extends VolumeTransformContract {

    @Override
    protected VolumeTransform transform() {
      return SkullStripper.forVolumes();
    }

    @Override
    protected Stream<MedicalVolume> inputs() {
      return Stream.of(HEAD.volume());
    }
  }

  @Nested
  class BySurface extends VolumeTransformContract {

    @Override
    protected VolumeTransform transform() {
      return SurfaceSkullStripper.withDefaults();
    }

    @Override
    protected Stream<MedicalVolume> inputs() {
      return Stream.of(HEAD.volume());
    }
  }
}
