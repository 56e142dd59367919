package io.github.brainimaging.core.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.brainimaging.core.inference.VolumeSegmentation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class VolumeLabelsTest {

  private static final VolumeGrid GRID =
      VolumeGrid.ofSize(4, 1, 1).withSpacing(new VoxelSpacing(10, 10, 10));

  private static VolumeMask mask(boolean... inside) {
    return VolumeMask.of(GRID, inside);
  }

  private static VolumeLabels nested() {
    Map<String, VolumeMask> regions = new LinkedHashMap<>();
    regions.put("core", mask(false, true, false, false));
    regions.put("whole", mask(true, true, true, false));
    return VolumeLabels.of(regions);
  }

  @Test
  void regionsThatExcludeEachOtherAreOneMap() {
    VolumeLabels labels = VolumeLabels.of(GRID, List.of("edema", "core"), new short[] {0, 2, 2, 1});

    assertThat(labels.toVolume().samples()).containsExactly(0, 2, 2, 1);
    assertThat(labels.mask("core")).isEqualTo(mask(false, true, true, false));
    assertThat(labels.count("edema")).isEqualTo(1);
    assertThat(labels.volumeMl("core")).hasValue(2);
    assertThat(labels).hasToString("VolumeLabels[" + GRID + ", edema: 1, core: 2]");
  }

  @Test
  void ofRegionsWithinEachOtherTheSmallerIsSeenAndBothAreWhole() {
    assertThat(nested().toVolume().samples()).containsExactly(2, 1, 2, 0);
    assertThat(nested().mask("whole").count()).isEqualTo(3);
  }

  @Test
  void whatIsLeftOutOfASegmentationIsOutOfItsLabels() {
    VolumeMask whole = nested().mask("whole");
    VolumeSegmentation found =
        new VolumeSegmentation(
            whole, OptionalDouble.empty(), List.of(), Optional.empty(), Optional.of(nested()));

    VolumeSegmentation rest = found.leaving(mask(false, false, true, false), "skin");

    assertThat(rest.labels().orElseThrow().toVolume().samples()).containsExactly(0, 0, 2, 0);
    assertThat(rest.remarks()).containsExactly("skin");
    assertThat(found.leaving(whole).labels().orElseThrow().count("core")).isEqualTo(1);
  }

  @Test
  void wrongNumbersNamesAndGridsAreRefused() {
    assertThatThrownBy(() -> VolumeLabels.of(GRID, List.of("a"), new short[] {0, 2, 0, 0}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("numbers must be 0 to 1, got 2");
    assertThatThrownBy(() -> VolumeLabels.of(GRID, List.of("a", "a"), new short[4]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("names must each be there once");
    assertThatThrownBy(() -> VolumeLabels.of(GRID, List.of("a"), new short[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("one for each of 4 voxels, got 3");
    assertThatThrownBy(() -> VolumeLabels.of(Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least one");
    assertThatThrownBy(() -> nested().mask("edema"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("name must be one of [core, whole], got 'edema'");
    VolumeMask other = VolumeMask.empty(VolumeGrid.ofSize(4, 1, 1));
    assertThatThrownBy(
            () ->
                new VolumeSegmentation(
                    other,
                    OptionalDouble.empty(),
                    List.of(),
                    Optional.empty(),
                    Optional.of(nested())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("labels must lie on the grid of the mask");
  }
}
