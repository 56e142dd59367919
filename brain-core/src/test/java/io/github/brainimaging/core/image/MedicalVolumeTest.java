package io.github.brainimaging.core.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class MedicalVolumeTest {

  private static final VolumeGrid GRID =
      VolumeGrid.ofSize(3, 2, 2).withAffine(Affine.scaling(1, -2, 3));

  private final MedicalVolume volume =
      MedicalVolume.of(GRID, new float[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, Float.NaN})
          .withModality(Modality.MR_T1);

  @Test
  void samplesLieSliceAfterSliceRowAfterRow() {
    assertThat(volume.get(2, 0, 0)).isEqualTo(2);
    assertThat(volume.get(0, 1, 0)).isEqualTo(3);
    assertThat(volume.get(1, 0, 1)).isEqualTo(7);
    assertThat(volume.range()).containsExactly(0, 10);
  }

  @Test
  void aSliceIsAnImageWithSpacingAndModality() {
    MedicalImage slice = volume.slice(1);

    assertThat(slice.samples()).containsExactly(6, 7, 8, 9, 10, Float.NaN);
    assertThat(slice.spacing()).isEqualTo(new Spacing(1, 2));
    assertThat(slice.modality()).isEqualTo(Modality.MR_T1);
  }

  @Test
  void aSliceOfColorsHasTheirChannels() {
    MedicalVolume colors =
        MedicalVolume.wrap(VolumeGrid.ofSize(1, 1, 2), 3, new float[] {1, 2, 3, 4, 5, 6});

    assertThat(colors.slice(1).samples()).containsExactly(2, 4, 6);
  }

  @Test
  void doesNotSeeLaterChangesOfTheArray() {
    volume.samples()[0] = 9;

    assertThat(volume.get(0, 0, 0)).isZero();
  }

  @Test
  void aTransformThatGoesOnChangingItsArrayDoesNotChangeTheVolumeItGave() {
    float[] samples = volume.samples();
    MedicalVolume of = MedicalVolume.of(GRID, samples).withModality(Modality.MR_T1);
    MedicalVolume same = volume.withSamples(samples);
    MedicalVolume row = volume.withVoxels(VolumeGrid.ofSize(12, 1, 1), samples);
    Arrays.fill(samples, -1);

    assertThat(of).isEqualTo(volume);
    assertThat(same).isEqualTo(volume);
    assertThat(row.samples()).isEqualTo(volume.samples());
  }

  @Test
  void aMaskDoesNotSeeLaterChangesOfTheArray() {
    boolean[] inside = new boolean[12];
    inside[3] = true;
    VolumeMask mask = VolumeMask.of(GRID, inside);
    inside[4] = true;
    mask.toArray()[3] = false;

    assertThat(mask.count()).isEqualTo(1);
    assertThat(mask.get(0, 1, 0)).isTrue();
  }

  @Test
  void newVolumesKeepTheWarningsAndEqualityLeavesThemOut() {
    List<String> warnings = new ArrayList<>(List.of("2 slices are missing"));
    MedicalVolume doubtful = volume.withWarnings(warnings);
    warnings.clear();

    assertThat(volume.warnings()).isEmpty();
    assertThat(doubtful.withModality(Modality.CT).withSamples(new float[12]).warnings())
        .containsExactly("2 slices are missing");
    assertThat(doubtful).isEqualTo(volume).hasSameHashCodeAs(volume);
  }

  @Test
  void newSamplesKeepPlaceAndModality() {
    MedicalVolume other = volume.withSamples(new float[12]);

    assertThat(other.grid()).isEqualTo(GRID);
    assertThat(other.modality()).isEqualTo(Modality.MR_T1);
    assertThat(other).isNotEqualTo(volume);
    assertThat(other.withSamples(volume.samples())).isEqualTo(volume).hasSameHashCodeAs(volume);
  }

  @Test
  void geometryIsUnknownUntilItIsTold() {
    VolumeGrid unknown = VolumeGrid.ofSize(3, 2, 2);

    assertThat(unknown.affine()).isEmpty();
    assertThat(unknown.spacing().isKnown()).isFalse();
    assertThat(unknown.voxelVolumeMm3()).isNaN();
    assertThat(GRID.withSpacing(VoxelSpacing.ofMillimeters(2)).affine()).isEmpty();
    assertThatThrownBy(unknown::requireAffine).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void gridsMatchUpToRounding() {
    assertThat(GRID.matches(GRID.withAffine(Affine.scaling(1.0001, -2, 3)))).isTrue();
    assertThat(GRID.matches(GRID.withAffine(Affine.scaling(1.01, -2, 3)))).isFalse();
    assertThat(GRID.matches(VolumeGrid.ofSize(3, 2, 2))).isTrue();
    assertThat(GRID.matches(VolumeGrid.ofSize(2, 3, 2))).isFalse();
    assertThat(GRID.matches(GRID.withSpacing(new VoxelSpacing(1, 2, 4)))).isFalse();
  }

  @Test
  void aMaskTellsItsVolumeInMilliliters() {
    VolumeMask mask = VolumeMask.above(volume, 4);

    assertThat(mask.count()).isEqualTo(6);
    assertThat(mask.volumeMl()).hasValue(0.036);
    assertThat(mask.slice(0).toArray()).containsExactly(false, false, false, false, false, true);
    assertThat(VolumeMask.above(mask.toVolume(), 0)).isEqualTo(mask);
    assertThat(VolumeMask.empty(VolumeGrid.ofSize(1, 1, 1)).volumeMl()).isEmpty();
  }

  @Test
  void rejectsWhatDoesNotFit() {
    assertThatThrownBy(() -> MedicalVolume.of(GRID, new float[11]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got 11");
    assertThatThrownBy(() -> VolumeMask.of(GRID, new boolean[11]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got 11");
    assertThatThrownBy(() -> VolumeGrid.ofSize(1 << 16, 1 << 16, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new VoxelSpacing(1, Double.NaN, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new VolumeSeries(List.of(), 1))
        .isInstanceOf(IllegalArgumentException.class);
    MedicalVolume other = MedicalVolume.of(VolumeGrid.ofSize(1, 1, 1), new float[1]);
    assertThatThrownBy(() -> new VolumeSeries(List.of(volume, other), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("one grid");
  }
}
