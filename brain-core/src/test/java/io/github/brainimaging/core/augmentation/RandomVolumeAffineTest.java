package io.github.brainimaging.core.augmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeGrid;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RandomVolumeAffineTest {

  private static final VolumeGrid GRID = VolumeGrid.ofSize(11, 9, 7);

  private static MedicalVolume random() {
    Random random = new Random(3);
    float[] samples = new float[GRID.voxels()];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = random.nextInt(1000);
    }
    return MedicalVolume.of(GRID, samples);
  }

  /** One bright voxel. */
  private static MedicalVolume point(int x, int y, int z) {
    float[] samples = new float[GRID.voxels()];
    samples[(z * 9 + y) * 11 + x] = 100;
    return MedicalVolume.of(GRID, samples);
  }

  @Test
  void identityChangesNothing() {
    MedicalVolume volume = random();
    assertThat(RandomVolumeAffine.identity().apply(volume, new Random(1))).isEqualTo(volume);
  }

  @Test
  void reflectsColumns() {
    MedicalVolume mirrored =
        RandomVolumeAffine.identity().withReflection(1).apply(point(2, 3, 4), new Random(1));
    assertThat(mirrored).isEqualTo(point(8, 3, 4));
  }

  @Test
  void eachShearMovesItsOwnAxisAlongWithItsOwn() {
    // Beside the center at (5, 4, 3): by one row, and by one slice.
    MedicalVolume row = point(5, 5, 3);
    MedicalVolume slice = point(5, 4, 4);

    assertThat(sheared(row, 1, 0, 0)).isEqualTo(point(3, 5, 3));
    assertThat(sheared(slice, 1, 0, 0)).isEqualTo(slice);
    assertThat(sheared(row, 0, 1, 0)).isEqualTo(row);
    assertThat(sheared(slice, 0, 1, 0)).isEqualTo(point(3, 4, 4));
    assertThat(sheared(row, 0, 0, 1)).isEqualTo(row);
    assertThat(sheared(slice, 0, 0, 1)).isEqualTo(point(5, 2, 4));
    assertThat(sheared(row, -1, 0, 0)).isEqualTo(point(7, 5, 3));
  }

  /** By twice the amounts of columns by rows, columns by slices and rows by slices. */
  private static MedicalVolume sheared(MedicalVolume volume, double xy, double xz, double yz) {
    return RandomVolumeAffine.identity()
        .withShear(2)
        .apply(volume, FixedGenerator.ofAmounts(0, 0, xy, xz, yz, 0, 0, 0));
  }

  @Test
  void eachShiftMovesItsOwnAxis() {
    assertThat(shifted(0.5, 0, 0)).isEqualTo(point(6, 4, 3));
    assertThat(shifted(0, 0.5, 0)).isEqualTo(point(5, 5, 3));
    assertThat(shifted(0, 0, 0.5)).isEqualTo(point(5, 4, 4));
    assertThat(shifted(-1, -1, -1)).isEqualTo(point(3, 2, 1));
  }

  @Test
  void aShiftByHalfAVoxelGivesHalfToEitherSide() {
    MedicalVolume x = shifted(0.25, 0, 0);
    MedicalVolume y = shifted(0, 0.25, 0);
    MedicalVolume z = shifted(0, 0, 0.25);

    assertThat(new float[] {x.get(5, 4, 3), x.get(6, 4, 3)}).containsExactly(50, 50);
    assertThat(new float[] {y.get(5, 4, 3), y.get(5, 5, 3)}).containsExactly(50, 50);
    assertThat(new float[] {z.get(5, 4, 3), z.get(5, 4, 4)}).containsExactly(50, 50);
  }

  /** By twice the amounts. */
  private static MedicalVolume shifted(double x, double y, double z) {
    return RandomVolumeAffine.identity()
        .withTranslation(2)
        .apply(point(5, 4, 3), FixedGenerator.ofAmounts(0, 0, 0, 0, 0, x, y, z));
  }

  @Test
  void shearGrowsWithTheDistanceInTheEnlargedVolume() {
    // Twice as large, then sheared by one column per row: row 6 shows row 5 of before.
    MedicalVolume volume =
        RandomVolumeAffine.identity()
            .withScale(2, 2)
            .withShear(1)
            .apply(point(5, 5, 3), FixedGenerator.ofAmounts(0, 0, 1, 0, 0, 0, 0, 0));

    assertThat(volume.get(3, 6, 3)).isEqualTo(100);
  }

  @Test
  void everyChannelIsMovedAndWhatComesFromOutsideIsTheSmallestSample() {
    VolumeGrid grid = VolumeGrid.ofSize(3, 2, 2);
    float[] samples = new float[24];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = i - 100;
    }

    MedicalVolume moved =
        RandomVolumeAffine.identity()
            .withTranslation(2)
            .apply(
                MedicalVolume.wrap(grid, 2, samples),
                FixedGenerator.ofAmounts(0, 0, 0, 0, 0, 0.5, 0, 0));

    for (int i = 0; i < samples.length; i++) {
      assertThat(moved.samples()[i]).isEqualTo(i % 3 == 0 ? -100 : i - 101);
    }
  }

  @Test
  void tellsItsSettings() {
    assertThat(RandomVolumeAffine.withDefaults())
        .hasToString(
            "RandomVolumeAffine[reflection=0.5, scale=Range[low=0.9, high=1.1],"
                + " shear=Range[low=-0.1, high=0.1], translation=Range[low=-25.0, high=25.0]]");
  }

  @Test
  void keepsTheMassOfAPointThatIsShifted() {
    MedicalVolume shifted =
        RandomVolumeAffine.identity().withTranslation(2).apply(point(5, 4, 3), new Random(1));
    double mass = 0;
    double x = 0;
    for (int i = 0; i < GRID.voxels(); i++) {
      mass += shifted.samples()[i];
      x += shifted.samples()[i] * (i % 11);
    }
    assertThat(mass).isBetween(99.9, 100.1);
    assertThat(Math.abs(x / mass - 5)).isBetween(0.01, 2.0);
  }

  @Test
  void enlargesInAllThreeDirections() {
    MedicalVolume larger =
        RandomVolumeAffine.identity().withScale(2, 2).apply(point(5, 4, 3), new Random(1));
    double mass = 0;
    for (float value : larger.samples()) {
      mass += value;
    }
    assertThat(mass).isBetween(799.9, 800.1);
    assertThat(larger.get(5, 4, 3)).isEqualTo(100);
    assertThat(larger.get(6, 4, 3)).isEqualTo(50);
  }

  @Test
  void equalGeneratorsGiveEqualVolumesAndTheInputStays() {
    MedicalVolume volume = random();
    RandomVolumeAffine augmentation = RandomVolumeAffine.withDefaults().withTranslation(1);
    MedicalVolume first = augmentation.apply(volume, new Random(5));
    assertThat(augmentation.apply(volume, new Random(5))).isEqualTo(first);
    assertThat(augmentation.apply(volume, new Random(6))).isNotEqualTo(first);
    assertThat(volume).isEqualTo(random());
    assertThat(first.grid()).isEqualTo(volume.grid());
  }

  @Test
  void rejectsValuesOutOfRange() {
    RandomVolumeAffine augmentation = RandomVolumeAffine.identity();
    assertThatThrownBy(() -> augmentation.withReflection(1.5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("reflection must be 0 to 1, got 1.5");
    assertThatThrownBy(() -> augmentation.withScale(0, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> augmentation.withShear(Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> augmentation.withTranslation(-1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
