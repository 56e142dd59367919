package io.github.brainimaging.core.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.image.VolumeMask;
import io.github.brainimaging.core.image.VoxelSpacing;
import io.github.brainimaging.core.inference.Assessment.Verdict;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class BrainVolumeTest {

  /** A mask of cubes of 10 mm: a milliliter each. */
  private static VolumeMask milliliters(int count, VoxelSpacing step) {
    boolean[] inside = new boolean[4000];
    Arrays.fill(inside, 0, count, true);
    return VolumeMask.of(VolumeGrid.ofSize(10, 20, 20).withSpacing(step), inside);
  }

  private static VolumeMask milliliters(int count) {
    return milliliters(count, VoxelSpacing.ofMillimeters(10));
  }

  @Test
  void aBrainOfUsualSizeIsOne() {
    assertThat(BrainVolume.ofPeople().assess(milliliters(1400)).verdict())
        .isEqualTo(Verdict.IN_DOMAIN);
  }

  @Test
  void whatIsTooSmallOrTooLargeIsRefusedWithItsVolume() {
    assertThat(BrainVolume.ofPeople().assess(milliliters(299)).answers()).isFalse();
    assertThat(BrainVolume.ofPeople().assess(milliliters(3200)))
        .hasToString(
            "out-of-domain: what was taken for the brain has 3,200 ml, and a brain 300 to 2,200 ml");
  }

  @Test
  void otherSpeciesHaveOtherLimits() {
    assertThat(new BrainVolume(0.2, 1).assess(milliliters(1)).answers()).isTrue();
  }

  @Test
  void ofUnknownSpacingOnlyAnEmptyMaskIsRefused() {
    assertThat(BrainVolume.ofPeople().assess(milliliters(1, VoxelSpacing.UNKNOWN)).answers())
        .isTrue();
    assertThat(BrainVolume.ofPeople().assess(milliliters(0, VoxelSpacing.UNKNOWN)).reasons())
        .containsExactly("no brain was found");
  }

  @Test
  void limitsMustBeInOrder() {
    assertThatThrownBy(() -> new BrainVolume(5, 5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got 5.0 and 5.0");
  }
}
