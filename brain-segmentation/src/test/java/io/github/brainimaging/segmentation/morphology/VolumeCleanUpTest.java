package io.github.brainimaging.segmentation.morphology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.image.VolumeMask;
import io.github.brainimaging.core.image.VoxelSpacing;
import io.github.brainimaging.core.inference.VolumeSegmentation;
import io.github.brainimaging.core.inference.VolumeSegmenter;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class VolumeCleanUpTest {

  private static final VolumeGrid GRID =
      VolumeGrid.ofSize(20, 20, 12).withSpacing(new VoxelSpacing(1, 1, 4));

  private static final VolumeCleanUp SIZE_ONLY = VolumeCleanUp.withDefaults().withOpening(0);

  /** A box of the given size, its first voxel at x, y, z. */
  private static void box(boolean[] inside, int x, int y, int z, int w, int h, int d) {
    for (int k = z; k < z + d; k++) {
      for (int j = y; j < y + h; j++) {
        for (int i = x; i < x + w; i++) {
          inside[(k * 20 + j) * 20 + i] = true;
        }
      }
    }
  }

  private static VolumeMask mask(boolean[] inside) {
    return VolumeMask.of(GRID, inside);
  }

  @Test
  void keepsRegionsByTheirVolumeInSpace() {
    boolean[] inside = new boolean[GRID.voxels()];
    box(inside, 1, 1, 1, 5, 5, 1); // 25 voxels of 4 mm3: 0.1 ml
    boolean[] large = inside.clone();
    box(inside, 10, 10, 1, 4, 6, 1); // 24 voxels

    assertThat(SIZE_ONLY.withMinimumVolume(0.1).apply(mask(inside))).isEqualTo(mask(large));
    assertThat(SIZE_ONLY.withMinimumVolume(0.101).apply(mask(inside)).isEmpty()).isTrue();
  }

  @Test
  void joinsSlicesThroughFacesOnly() {
    boolean[] column = new boolean[GRID.voxels()];
    box(column, 3, 3, 2, 1, 1, 5);
    assertThat(SIZE_ONLY.withMinimumVolume(0.02).apply(mask(column))).isEqualTo(mask(column));

    boolean[] stairs = new boolean[GRID.voxels()];
    for (int z = 0; z < 5; z++) {
      box(stairs, 3 + z, 3, z, 1, 1, 1);
    }
    assertThat(SIZE_ONLY.withMinimumVolume(0.02).apply(mask(stairs)).isEmpty()).isTrue();
  }

  @Test
  void theOpeningIsInMillimeters() {
    boolean[] blocks = new boolean[GRID.voxels()];
    box(blocks, 2, 5, 2, 6, 6, 6);
    box(blocks, 12, 5, 2, 6, 6, 6);
    boolean[] bridged = blocks.clone();
    box(bridged, 8, 8, 4, 4, 1, 1);
    VolumeCleanUp cleanUp = VolumeCleanUp.withDefaults().withMinimumVolume(0);

    VolumeMask opened = cleanUp.withOpening(1).apply(mask(bridged));
    assertThat(opened.get(9, 8, 4)).isFalse();
    // 1 mm does not reach the next slice, 4 mm away: the first slice keeps its middle.
    assertThat(opened.get(4, 7, 2)).isTrue();
    // Nothing is added.
    assertThat(opened.count()).isLessThanOrEqualTo(mask(blocks).count());

    boolean[] sheet = new boolean[GRID.voxels()];
    box(sheet, 2, 2, 5, 15, 15, 1);
    assertThat(cleanUp.withOpening(3.9).apply(mask(sheet)).isEmpty()).isFalse();
    assertThat(cleanUp.withOpening(4).apply(mask(sheet)).isEmpty()).isTrue();
  }

  @Test
  void cleansWhatASegmenterFinds() {
    boolean[] inside = new boolean[GRID.voxels()];
    box(inside, 1, 1, 1, 8, 8, 4);
    boolean[] large = inside.clone();
    box(inside, 15, 15, 9, 1, 1, 1);
    VolumeSegmenter segmenter =
        volume -> new VolumeSegmentation(mask(inside), OptionalDouble.of(0.7));
    MedicalVolume volume = MedicalVolume.of(GRID, new float[GRID.voxels()]);

    VolumeSegmentation cleaned = SIZE_ONLY.after(segmenter).segment(volume);
    assertThat(cleaned.mask()).isEqualTo(mask(large));
    assertThat(cleaned.confidence()).hasValue(0.7);

    VolumeSegmentation nothing = SIZE_ONLY.withMinimumVolume(9).after(segmenter).segment(volume);
    assertThat(nothing.found()).isFalse();
    assertThat(nothing.confidence()).isEmpty();
  }

  @Test
  void leavesOutWhatIsOnFewSlicesAndSaysSo() {
    boolean[] inside = new boolean[GRID.voxels()];
    box(inside, 1, 1, 1, 8, 8, 2);
    boolean[] two = inside.clone();
    box(inside, 12, 12, 8, 8, 8, 1); // 64 voxels of 4 mm3
    VolumeCleanUp cleanUp = SIZE_ONLY.withMinimumSlices(2);

    assertThat(cleanUp.apply(mask(inside))).isEqualTo(mask(two));
    VolumeSegmentation cleaned =
        cleanUp
            .after(volume -> new VolumeSegmentation(mask(inside), OptionalDouble.of(0.7)))
            .segment(MedicalVolume.of(GRID, new float[GRID.voxels()]));
    assertThat(cleaned.remarks())
        .containsExactly("left out 0.3 ml: in pieces below 0.1 ml or on fewer than 2 slices");
  }

  @Test
  void slicesLieAcrossTheLargestDistance() {
    VolumeGrid grid = VolumeGrid.ofSize(6, 4, 4).withSpacing(new VoxelSpacing(9, 3, 3));
    boolean[] inside = new boolean[grid.voxels()];
    for (int i = 0; i < inside.length; i++) {
      inside[i] = i % 6 == 2 || i % 6 >= 4; // a sheet on one column, and one on two
    }
    VolumeMask kept =
        SIZE_ONLY.withMinimumSlices(2).withMinimumVolume(0).apply(VolumeMask.of(grid, inside));

    assertThat(kept.count()).isEqualTo(2 * 16);
    assertThat(kept.get(2, 1, 1)).isFalse();
    assertThat(kept.get(5, 1, 1)).isTrue();
  }

  @Test
  void whatLiesOutsideTheBrainGoes() {
    boolean[] brain = new boolean[GRID.voxels()];
    box(brain, 0, 0, 0, 10, 20, 12);
    boolean[] inside = new boolean[GRID.voxels()];
    box(inside, 6, 2, 2, 8, 10, 4); // columns 6 to 13
    boolean[] near = new boolean[GRID.voxels()];
    box(near, 6, 2, 2, 6, 10, 4); // up to column 11, 2 mm from the brain's last
    MedicalVolume volume = MedicalVolume.of(GRID, new float[GRID.voxels()]);
    VolumeSegmenter segmenter = v -> new VolumeSegmentation(mask(inside), OptionalDouble.of(0.7));

    VolumeSegmentation left =
        SIZE_ONLY.within(head -> mask(brain), 2).after(segmenter).segment(volume);
    assertThat(left.mask()).isEqualTo(mask(near));
    assertThat(left.remarks()).containsExactly("left out 0.3 ml: outside the brain");

    VolumeCleanUp noBrain = SIZE_ONLY.within(head -> VolumeMask.empty(GRID), 2);
    assertThat(noBrain.after(segmenter).segment(volume).mask()).isEqualTo(mask(inside));
  }

  @Test
  void anEmptyMaskStaysEmpty() {
    assertThat(VolumeCleanUp.withDefaults().apply(VolumeMask.empty(GRID)).isEmpty()).isTrue();
  }

  @Test
  void rejectsSizesOutOfRange() {
    assertThatThrownBy(() -> VolumeCleanUp.withDefaults().withOpening(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("millimeters must be 0 or more");
    assertThatThrownBy(() -> VolumeCleanUp.withDefaults().withMinimumVolume(Double.NaN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("milliliters");
    assertThatThrownBy(() -> VolumeCleanUp.withDefaults().withMinimumSlices(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("slices must be positive");
  }
}
