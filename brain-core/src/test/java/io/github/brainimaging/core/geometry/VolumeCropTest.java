package io.github.brainimaging.core.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.brainimaging.core.image.Affine;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.image.VolumeMask;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class VolumeCropTest {

  private static final VolumeGrid GRID =
      VolumeGrid.ofSize(40, 30, 20)
          .withAffine(Affine.scaling(1, 2, 4).then(Affine.translation(-5, 6, 7)));

  /** Bright from (10, 8, 5) to (29, 20, 14), and one bright voxel in a corner. */
  private static MedicalVolume head() {
    float[] samples = new float[GRID.voxels()];
    for (int z = 5; z < 15; z++) {
      for (int y = 8; y < 21; y++) {
        int row = (z * 30 + y) * 40;
        Arrays.fill(samples, row + 10, row + 30, 100);
      }
    }
    samples[0] = 100;
    return MedicalVolume.of(GRID, samples);
  }

  @Test
  void findsTheHeadAndNotTheSpeck() {
    assertThat(VolumeCrop.foreground(head(), 0))
        .isEqualTo(new VolumeCrop.Box(10, 8, 5, 20, 13, 10));
  }

  @Test
  void theMarginIsInMillimetersOnEachAxis() {
    assertThat(VolumeCrop.foreground(head(), 4)).isEqualTo(new VolumeCrop.Box(6, 6, 4, 28, 17, 12));
    assertThat(VolumeCrop.foreground(head(), 1e6))
        .isEqualTo(new VolumeCrop.Box(0, 0, 0, 40, 30, 20));
  }

  @Test
  void everyVoxelStaysAtItsPlace() {
    MedicalVolume cropped = VolumeCrop.apply(head(), new VolumeCrop.Box(9, 8, 5, 3, 2, 2));

    assertThat(cropped.samples())
        .containsExactly(0, 100, 100, 0, 100, 100, 0, 100, 100, 0, 100, 100);
    assertThat(cropped.affine().orElseThrow().apply(0, 0, 0))
        .containsExactly(GRID.requireAffine().apply(9, 8, 5));
    VolumeMask mask = VolumeMask.above(head(), 50);
    assertThat(VolumeCrop.apply(mask, new VolumeCrop.Box(9, 8, 5, 3, 2, 2)))
        .isEqualTo(VolumeMask.above(cropped, 50));
  }

  @Test
  void anEmptyVolumeStaysWhole() {
    MedicalVolume empty = MedicalVolume.of(GRID, new float[GRID.voxels()]);

    assertThat(VolumeCrop.foreground(empty, 0)).isEqualTo(new VolumeCrop.Box(0, 0, 0, 40, 30, 20));
  }

  @Test
  void rejectsABoxThatReachesBeyond() {
    assertThatThrownBy(() -> VolumeCrop.apply(head(), new VolumeCrop.Box(39, 0, 0, 2, 1, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("box must lie within");
    assertThatThrownBy(() -> VolumeCrop.foreground(head(), -1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("marginMm");
    MedicalVolume anywhere = MedicalVolume.of(VolumeGrid.ofSize(2, 2, 2), new float[8]);
    assertThat(VolumeCrop.foreground(anywhere, 0)).isEqualTo(new VolumeCrop.Box(0, 0, 0, 2, 2, 2));
    assertThatThrownBy(() -> VolumeCrop.foreground(anywhere, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("marginMm must be 0 where the spacing is unknown, got 1.0");
  }
}
