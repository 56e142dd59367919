package io.github.brainimaging.core.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.brainimaging.core.image.Affine;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.image.VolumeMask;
import io.github.brainimaging.core.image.VoxelSpacing;
import io.github.brainimaging.core.transform.VolumeTransform;
import io.github.brainimaging.core.transform.VolumeTransformContract;
import java.io.IOException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ResampleTest {

  private static final VoxelSpacing STEP = new VoxelSpacing(2, 2.5, 4);

  private final MedicalVolume input = ReferenceVolume.input();

  @ParameterizedTest
  @CsvSource({
    "other, NEAREST", "other, LINEAR", "other, CUBIC",
    "parallel, NEAREST", "parallel, LINEAR", "parallel, CUBIC"
  })
  void equalsSciPy(String grid, Resample.Method interpolation) throws IOException {
    MedicalVolume expected = ReferenceVolume.expected(grid + "-" + interpolation);

    MedicalVolume result =
        Resample.toGrid(expected.grid()).withInterpolation(interpolation).withFill(-1).apply(input);

    assertThat(result.grid()).isEqualTo(expected.grid());
    assertThat(result.samples()).containsExactly(expected.samples(), within(1e-4f));
  }

  @ParameterizedTest
  @EnumSource
  void theSameGridShiftedByWholeVoxelsGivesTheSameValues(Resample.Method interpolation) {
    VolumeGrid shifted =
        VolumeGrid.ofSize(3, 3, 3)
            .withAffine(Affine.translation(2, 1, 1).then(input.grid().requireAffine()));

    MedicalVolume result = Resample.toGrid(shifted).withInterpolation(interpolation).apply(input);

    assertThat(result.get(0, 0, 0)).isCloseTo(input.get(2, 1, 1), within(1e-4f));
    assertThat(result.get(2, 1, 2)).isCloseTo(input.get(4, 2, 3), within(1e-4f));
  }

  @Test
  void aSpacingKeepsTheMiddleAndTheLengthOfEachAxis() {
    VolumeGrid grid = VolumeGrid.ofSize(10, 8, 6).withAffine(Affine.scaling(1, 1, 3));
    float[] ramp = new float[grid.voxels()];
    for (int i = 0; i < ramp.length; i++) {
      ramp[i] = 3 * (i / 80);
    }

    MedicalVolume result =
        Resample.toSpacing(VoxelSpacing.ofMillimeters(1)).apply(MedicalVolume.of(grid, ramp));

    VolumeGrid expected = VolumeGrid.ofSize(10, 8, 18).withAffine(Affine.translation(0, 0, -1));
    assertThat(result.grid().matches(expected)).isTrue();
    // The value is the position in mm, but at the border, where it is that of the last center.
    for (int z = 1; z < 17; z++) {
      assertThat(result.get(4, 4, z)).isCloseTo(z - 1, within(1e-5f));
    }
    assertThat(result.get(4, 4, 0)).isZero();
    assertThat(result.get(4, 4, 17)).isEqualTo(15);
  }

  @Test
  void aSpacingDoesNotNeedAnAffine() {
    VolumeGrid grid = VolumeGrid.ofSize(4, 4, 4).withSpacing(VoxelSpacing.ofMillimeters(2));

    MedicalVolume result =
        Resample.toSpacing(VoxelSpacing.ofMillimeters(1))
            .apply(MedicalVolume.of(grid, new float[64]));

    assertThat(result.grid())
        .isEqualTo(VolumeGrid.ofSize(8, 8, 8).withSpacing(VoxelSpacing.ofMillimeters(1)));
  }

  @Test
  void aMaskKeepsItsVolume() {
    VolumeGrid grid = VolumeGrid.ofSize(20, 20, 10).withAffine(Affine.scaling(1, 1, 2));
    boolean[] inside = new boolean[grid.voxels()];
    for (int i = 0; i < inside.length; i++) {
      inside[i] = i % 20 >= 5 && i % 20 < 15 && i / 400 >= 2 && i / 400 < 7;
    }
    VolumeMask mask = VolumeMask.of(grid, inside);

    VolumeMask finer = Resample.toSpacing(VoxelSpacing.ofMillimeters(0.5)).apply(mask);

    assertThat(finer.volumeMl()).isEqualTo(mask.volumeMl());
    assertThat(finer.count()).isEqualTo(16 * mask.count());
    assertThat(Resample.toGrid(grid).apply(finer)).isEqualTo(mask);
  }

  @Test
  void channelsAreResampledEachOnItsOwn() {
    VolumeGrid grid = VolumeGrid.ofSize(2, 1, 1).withSpacing(VoxelSpacing.ofMillimeters(1));
    MedicalVolume colors = MedicalVolume.wrap(grid, 3, new float[] {0, 4, 8, 8, 4, 0});

    MedicalVolume result = Resample.toSpacing(new VoxelSpacing(0.5, 1, 1)).apply(colors);

    assertThat(result.samples()).containsExactly(0, 1, 3, 4, 8, 8, 8, 8, 4, 3, 1, 0);
  }

  @Test
  void theOwnGridChangesNothing() {
    assertThat(Resample.toGrid(input.grid()).apply(input)).isSameAs(input);
  }

  @Test
  void rejectsUnknownGeometry() {
    MedicalVolume unknown = MedicalVolume.of(VolumeGrid.ofSize(1, 1, 1), new float[1]);

    assertThatThrownBy(() -> Resample.toGrid(unknown.grid()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("known affine");
    assertThatThrownBy(() -> Resample.toSpacing(VoxelSpacing.UNKNOWN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("spacing must be known");
    assertThatThrownBy(() -> Resample.toSpacing(VoxelSpacing.ofMillimeters(1)).apply(unknown))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("known spacing");
    MedicalVolume thick =
        input.wrapVoxels(
            VolumeGrid.ofSize(1, 1, 1).withSpacing(VoxelSpacing.ofMillimeters(1000)), new float[1]);
    assertThatThrownBy(() -> Resample.toSpacing(VoxelSpacing.ofMillimeters(1e-7)).apply(thick))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("spacing must give fewer than 2^31 voxels");
  }

  @Test
  void printsWhatItDoes() {
    assertThat(Resample.toSpacing(VoxelSpacing.ofMillimeters(1)).withFill(2))
        .asString()
        .startsWith("Resample[")
        .contains("1.0")
        .endsWith("LINEAR, fill=2.0]");
  }

  @Nested
  class ToCoarserVoxels extends VolumeTransformContract {

    @Override
    protected VolumeTransform transform() {
      return Resample.toSpacing(STEP);
    }

    @Override
    protected VolumeGrid expectedGrid(VolumeGrid grid) {
      return Resample.toSpacing(STEP).apply(random(grid)).grid();
    }

    @Test
    void hasThatSpacing() {
      assertThat(inputs())
          .allSatisfy(v -> assertThat(transform().apply(v).spacing()).isEqualTo(STEP));
    }
  }
}
