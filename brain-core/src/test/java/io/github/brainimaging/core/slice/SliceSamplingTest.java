package io.github.brainimaging.core.slice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.brainimaging.core.domain.BrainVolume;
import io.github.brainimaging.core.geometry.AnatomicalPlane;
import io.github.brainimaging.core.image.Affine;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.image.VolumeMask;
import io.github.brainimaging.core.inference.Assessment;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SliceSamplingTest {

  private static final VolumeGrid SIZE = VolumeGrid.ofSize(4, 4, 12);

  /** Slices 3 to 10 have one voxel of the slice's number, all others are empty. */
  private static MedicalVolume numbered(VolumeGrid grid) {
    float[] samples = new float[grid.voxels()];
    for (int z = 3; z <= 10; z++) {
      samples[z * 16 + 5] = z;
    }
    return MedicalVolume.of(grid, samples);
  }

  private static List<Integer> numbers(List<MedicalImage> slices) {
    return slices.stream().map(slice -> (int) slice.range()[1]).toList();
  }

  @Test
  void passesOverEmptyEnds() {
    MedicalVolume volume = numbered(SIZE);

    assertThat(numbers(SliceSampling.all(AnatomicalPlane.AXIAL).slices(volume)))
        .containsExactly(3, 4, 5, 6, 7, 8, 9, 10);
  }

  @Test
  void takesSlicesAtEqualDistances() {
    MedicalVolume volume = numbered(SIZE);

    assertThat(numbers(SliceSampling.equallySpaced(AnatomicalPlane.AXIAL, 4).slices(volume)))
        .containsExactly(4, 6, 8, 10);
    assertThat(numbers(SliceSampling.equallySpaced(AnatomicalPlane.AXIAL, 1).slices(volume)))
        .containsExactly(7);
    assertThat(SliceSampling.equallySpaced(AnatomicalPlane.AXIAL, 99).slices(volume)).hasSize(8);
  }

  @Test
  void goesFromFootToHeadHoweverTheVolumeIsStored() {
    MedicalVolume up = numbered(SIZE.withAffine(Affine.scaling(1, 1, 2)));
    MedicalVolume down = numbered(SIZE.withAffine(Affine.scaling(1, 1, -2)));
    SliceSampling sampling = SliceSampling.all(AnatomicalPlane.AXIAL);

    assertThat(numbers(sampling.slices(up))).containsExactly(3, 4, 5, 6, 7, 8, 9, 10);
    assertThat(numbers(sampling.slices(down))).containsExactly(10, 9, 8, 7, 6, 5, 4, 3);
  }

  @Test
  void takesThePlaneThatWasAskedFor() {
    MedicalVolume volume = numbered(SIZE.withAffine(Affine.scaling(1, 1, 2)));

    List<MedicalImage> sagittal = SliceSampling.all(AnatomicalPlane.SAGITTAL).slices(volume);

    assertThat(sagittal).hasSize(1); // one voxel row has values
    assertThat(sagittal.get(0).width() * sagittal.get(0).height()).isEqualTo(4 * 12);
  }

  @Test
  void anEmptyVolumeGivesSlicesAllTheSame() {
    MedicalVolume empty = MedicalVolume.of(SIZE, new float[SIZE.voxels()]);

    assertThat(SliceSampling.equallySpaced(AnatomicalPlane.AXIAL, 6).slices(empty)).hasSize(6);
  }

  /** Slice z has as many brain voxels as its number, in the first rows. */
  private static VolumeMask wedge(MedicalVolume volume) {
    boolean[] inside = new boolean[SIZE.voxels()];
    for (int z = 0; z < 12; z++) {
      Arrays.fill(inside, 16 * z, 16 * z + z, true);
    }
    return VolumeMask.wrap(volume.grid(), inside);
  }

  @Test
  void takesTheSlicesThatHoldEnoughBrain() {
    MedicalVolume volume = numbered(SIZE);
    SliceSampling sampling =
        SliceSampling.ofBrain(SliceSamplingTest::wedge, BrainVolume.ofPeople());

    // the largest section has 11 voxels, and 8 are more than 0.7 of them; slice 11 is empty
    assertThat(numbers(sampling.slices(volume))).containsExactly(8, 9, 10, 0);
    assertThat(sampling.take(volume).numbers()).containsExactly(8, 9, 10, 11);
    assertThat(sampling.take(volume).turnedTo()).isEmpty();
  }

  @Test
  void thickSlicesAreTakenAsTheyWereAcquired() {
    // Columns to the right, rows to the head, slices from front to back: coronal, 5 mm apart.
    VolumeGrid coronal = SIZE.withAffine(Affine.of(1, 0, 0, 0, 0, 0, -5, 0, 0, 1, 0, 0));
    SliceSampling sampling =
        SliceSampling.ofBrain(SliceSamplingTest::wedge, BrainVolume.ofPeople());
    SliceSampling.Taken taken = sampling.take(numbered(coronal));

    assertThat(taken.assessment().verdict()).isEqualTo(Assessment.Verdict.OUT_OF_DOMAIN);
    assertThat(taken.assessment().reasons().get(0)).contains("300 to 2,200 ml");
    // a brain of so few ml is none: every slice that is not empty is taken, from back to front
    assertThat(taken.turnedTo()).contains(AnatomicalPlane.CORONAL.orientation());
    assertThat(taken.numbers()).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
  }

  @Test
  void rejectsNoSlices() {
    assertThatThrownBy(() -> SliceSampling.equallySpaced(AnatomicalPlane.AXIAL, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("count must be positive, got 0");
  }
}
