package io.github.brainimaging.core.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.brainimaging.core.image.Affine;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.image.VoxelSpacing;
import org.junit.jupiter.api.Test;

/** With a drawn head: a shell around two unlike halves, of which one has a bright ball. */
class CommonGridTest {

  private static final VolumeGrid FINE =
      VolumeGrid.ofSize(48, 56, 40)
          .withAffine(Affine.scaling(3, 3, 3).then(Affine.translation(-70, -84, -60)));

  private static final VolumeGrid COARSE =
      VolumeGrid.ofSize(60, 66, 20)
          .withAffine(Affine.scaling(2.5, 2.5, 6).then(Affine.translation(-72, -86, -57)));

  /**
   * A head as another sequence shows it.
   *
   * @param moved from points of the patient to points of the volume
   */
  private static MedicalVolume head(VolumeGrid grid, Affine moved, double... grays) {
    Affine back = moved.inverse();
    float[] samples = new float[grid.voxels()];
    for (int i = 0; i < samples.length; i++) {
      int x = i % grid.width();
      int y = i / grid.width() % grid.height();
      int z = i / grid.width() / grid.height();
      double[] mm = grid.requireAffine().apply(x, y, z);
      double[] p = back.apply(mm[0], mm[1], mm[2]);
      double radius = Math.hypot(Math.hypot(p[0] / 55, p[1] / 68), p[2] / 48);
      double ball = Math.hypot(Math.hypot(p[0] - 20, p[1] + 25), p[2] - 10);
      int tissue = radius > 1 ? 0 : radius > 0.85 ? 1 : ball < 14 ? 4 : p[0] + p[1] / 3 > 0 ? 2 : 3;
      samples[i] = (float) (grays[tissue] + 3 * Math.sin(0.3 * p[0]) * Math.cos(0.2 * p[1]));
    }
    return MedicalVolume.wrap(grid, 1, samples);
  }

  private static MedicalVolume t1() {
    return head(FINE, Affine.identity(), 0, 200, 120, 80, 60);
  }

  private static MedicalVolume flair(VolumeGrid grid, Affine moved) {
    return head(grid, moved, 0, 60, 90, 130, 220);
  }

  private static double meanDifference(MedicalVolume a, MedicalVolume b) {
    float[] first = a.samples();
    float[] second = b.samples();
    double sum = 0;
    for (int i = 0; i < first.length; i++) {
      sum += Math.abs(first[i] - second[i]);
    }
    return sum / first.length;
  }

  @Test
  void aSequenceOnTheSameGridStaysAsItIs() {
    MedicalVolume flair = flair(FINE, Affine.identity());
    CommonGrid.Placed placed = CommonGrid.withDefaults().place(t1(), flair);
    assertThat(placed.volume()).isSameAs(flair);
    assertThat(placed.done()).isEmpty();
  }

  @Test
  void whereOnlyTheGridDiffersItIsResampledAndNotMoved() {
    MedicalVolume truth = flair(FINE, Affine.identity());
    MedicalVolume other = flair(COARSE, Affine.identity());
    CommonGrid.Placed placed = CommonGrid.withDefaults().place(t1(), other);
    assertThat(placed.volume().grid()).isEqualTo(FINE);
    assertThat(placed.done()).isEqualTo("resampled from voxels of 2.50 x 2.50 x 6.00 mm");
    assertThat(placed)
        .isEqualTo(CommonGrid.withDefaults().withRegistration(false).place(t1(), other));
    assertThat(meanDifference(placed.volume(), truth)).isLessThan(5);
  }

  @Test
  void whereThePatientHasMovedItIsRegistered() {
    MedicalVolume truth = flair(FINE, Affine.identity());
    Affine turned = new RigidTransform(3, -2, 8, 9, -6, 4, 0, 0, 0).toAffine();
    MedicalVolume other = flair(COARSE, turned);

    CommonGrid.Placed placed = CommonGrid.withDefaults().place(t1(), other);
    CommonGrid.Placed asTold = CommonGrid.withDefaults().withRegistration(false).place(t1(), other);

    assertThat(placed.done())
        .startsWith("resampled from voxels of 2.50 x 2.50 x 6.00 mm, which lay ")
        .contains(" mm away and was registered: turned by ");
    assertThat(asTold.done()).isEqualTo("resampled from voxels of 2.50 x 2.50 x 6.00 mm");
    assertThat(meanDifference(placed.volume(), truth)).isLessThan(5.5);
    assertThat(meanDifference(asTold.volume(), truth)).isGreaterThan(9);
  }

  @Test
  void whatHasNoPlaceIsRegisteredOrRefused() {
    MedicalVolume placeless =
        MedicalVolume.of(
            VolumeGrid.ofSize(60, 66, 20).withSpacing(new VoxelSpacing(2.5, 2.5, 6)),
            flair(COARSE, Affine.identity()).samples());
    CommonGrid.Placed placed = CommonGrid.withDefaults().place(t1(), placeless);
    assertThat(placed.done()).startsWith("whose place is not known and was registered");
    assertThat(meanDifference(placed.volume(), flair(FINE, Affine.identity()))).isLessThan(6);
    assertThatThrownBy(
            () -> CommonGrid.withDefaults().withRegistration(false).place(t1(), placeless))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("volumes of unknown place must lie on one grid");
    MedicalVolume colored = MedicalVolume.wrap(FINE, 3, new float[3 * FINE.voxels()]);
    assertThatThrownBy(() -> CommonGrid.withDefaults().place(t1(), colored))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("volumes must have 1 channel, got 1 and 3");
  }
}
