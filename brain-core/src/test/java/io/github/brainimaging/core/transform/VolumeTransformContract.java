package io.github.brainimaging.core.transform;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.brainimaging.core.image.Affine;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.Modality;
import io.github.brainimaging.core.image.ScanFacts;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.image.VoxelSpacing;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What holds for every transform of volumes. The defaults say that nothing but the gray values
 * changes; a transform that promises something else says so by overriding.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class VolumeTransformContract {

  private static final ScanFacts FACTS =
      new ScanFacts(List.of(new ScanFacts.Fact("sequence", "T1", "the test", 1)));

  /** The transform under test. */
  protected abstract VolumeTransform transform();

  /** The grid of the output. */
  protected VolumeGrid expectedGrid(VolumeGrid input) {
    return input;
  }

  /** Volumes of different sizes in patient space, with what is known of them. */
  protected Stream<MedicalVolume> inputs() {
    VolumeGrid grid = VolumeGrid.ofSize(7, 6, 5).withAffine(Affine.scaling(0.9, 1.1, 3));
    return Stream.of(
            grid, VolumeGrid.ofSize(8, 1, 3).withSpacing(VoxelSpacing.ofMillimeters(2)), single())
        .map(VolumeTransformContract::random);
  }

  private static VolumeGrid single() {
    return VolumeGrid.ofSize(1, 1, 1).withSpacing(VoxelSpacing.ofMillimeters(1));
  }

  /** Uniform samples from 0 to 255. */
  protected static MedicalVolume random(VolumeGrid grid) {
    SplittableRandom random = new SplittableRandom(1);
    float[] samples = new float[grid.voxels()];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = 255 * random.nextFloat();
    }
    return MedicalVolume.wrap(grid, 1, samples);
  }

  private Stream<MedicalVolume> told() {
    return inputs()
        .map(v -> v.withModality(Modality.MR).withFacts(FACTS).withWarnings(List.of("doubtful")));
  }

  @ParameterizedTest
  @MethodSource("told")
  void leavesTheInputAsItIs(MedicalVolume input) {
    float[] before = input.samples();

    MedicalVolume output = transform().apply(input);

    assertThat(output).isNotNull();
    assertThat(input.samples()).isEqualTo(before);
  }

  @ParameterizedTest
  @MethodSource("told")
  void givesTheSameTwice(MedicalVolume input) {
    assertThat(transform().apply(input).samples()).isEqualTo(transform().apply(input).samples());
  }

  @ParameterizedTest
  @MethodSource("told")
  void keepsWhatItPromisesToKeep(MedicalVolume input) {
    MedicalVolume output = transform().apply(input);

    assertThat(output.grid().matches(expectedGrid(input.grid()))).isTrue();
    assertThat(output.channels()).isEqualTo(input.channels());
    assertThat(output.modality()).isEqualTo(Modality.MR);
    assertThat(output.facts()).isEqualTo(FACTS);
    assertThat(output.warnings()).contains("doubtful");
  }

  @ParameterizedTest
  @MethodSource("told")
  void givesFiniteSamples(MedicalVolume input) {
    for (float v : transform().apply(input).samples()) {
      assertThat(v).isFinite();
    }
  }

  @Test
  void printsItself() {
    assertThat(transform()).asString().startsWith(transform().getClass().getSimpleName() + "[");
  }
}
