package io.github.brainimaging.core.registration;

import static io.github.brainimaging.core.registration.MovedHead.NONE;
import static io.github.brainimaging.core.registration.MovedHead.slice;
import static io.github.brainimaging.core.registration.MovedHead.volume;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.brainimaging.core.evaluation.segmentation.Overlap;
import io.github.brainimaging.core.image.Affine;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.image.VolumeMask;
import io.github.brainimaging.core.image.VoxelSpacing;
import org.junit.jupiter.api.Test;

class AffineRegistrationTest {

  /** A head that is 12 % longer, 8 % narrower and askew, as heads differ. */
  @Test
  void findsAnAffineTransformOfAVolume() {
    RigidTransform turn = new RigidTransform(4, -3, 6, 5, -4, 3, 0, 0, 0);
    Affine truth =
        Affine.of(0.92, 0.05, 0, 0, 0, 1.12, -0.04, 0, 0, 0, 1.05, 0).then(turn.toAffine());
    Affine affine = Affine.scaling(3, 3, 3).then(Affine.translation(-67.5, -67.5, -67.5));
    MedicalVolume fixed = volume(46, 46, 46, affine, Affine.identity(), false);
    MedicalVolume moving = volume(46, 46, 46, affine, truth, true);

    Registration.Aligned<MedicalVolume> rigid =
        Registration.withDefaults().withLevels(2).align(fixed, moving);
    Registration.Aligned<MedicalVolume> found =
        Registration.withDefaults().withLevels(2).withAffine(true).align(fixed, moving);

    assertThat(found.converged()).isTrue();
    assertThat(found.doubts()).isEmpty();
    assertThat(found.overlap()).isBetween(0.8, 1.0);
    assertThat(found.measure()).isGreaterThan(rigid.measure()).isGreaterThan(found.before());
    // Stretches cost, and so few structures tell little of them.
    assertThat(furthest(found.transform(), truth))
        .isLessThan(4.5)
        .isLessThan(0.6 * furthest(rigid.transform(), truth));
    // The rigid part is what is left without stretching.
    assertThat(rigid.transform()).isEqualTo(rigid.rigid().toAffine());
    assertThat(found.transform()).isNotEqualTo(found.rigid().toAffine());
  }

  @Test
  void findsAnAffineTransformOfASlice() {
    RigidTransform turn = new RigidTransform(0, 0, 7, 5.5, -9.25, 0, 63.5, 63.5, 0);
    Affine truth =
        Affine.translation(-63.5, -63.5, 0)
            .then(Affine.of(0.92, 0.06, 0, 0, 0, 1.1, 0, 0, 0, 0, 1, 0))
            .then(Affine.translation(63.5, 63.5, 0))
            .then(turn.toAffine());
    MedicalImage fixed = slice(128, 128, 1, NONE, false);
    MedicalImage moving = slice(128, 128, 1, truth, true);

    Affine found = Registration.withDefaults().withAffine(true).align(fixed, moving).transform();

    for (double[] corner : new double[][] {{30, 30}, {90, 30}, {64, 100}}) {
      double[] at = found.apply(corner[0], corner[1], 0);
      double[] expected = truth.apply(corner[0], corner[1], 0);
      assertThat(Math.hypot(at[0] - expected[0], at[1] - expected[1])).isLessThan(3);
    }
  }

  private static double furthest(Affine found, Affine truth) {
    double most = 0;
    for (double[] corner : new double[][] {{-40, -40, -40}, {40, 30, -20}, {0, 50, 40}}) {
      double[] a = found.apply(corner[0], corner[1], corner[2]);
      double[] b = truth.apply(corner[0], corner[1], corner[2]);
      most = Math.max(most, Math.hypot(Math.hypot(a[0] - b[0], a[1] - b[1]), a[2] - b[2]));
    }
    return most;
  }

  @Test
  void carriesMasksAndLabelsWhereTheVolumeWasLaid() {
    MedicalVolume fixed = MovedHead.mri();
    MedicalVolume moving = MovedHead.movedCt();
    Registration.Aligned<MedicalVolume> result =
        Registration.withDefaults().withLevels(2).align(fixed, moving);

    // What is bright in CT is bone, here and there.
    VolumeMask carried = Registration.carry(VolumeMask.above(moving, 200), result);
    VolumeMask bone = VolumeMask.above(volume(44, 46, 46, MovedHead.FIXED, NONE, true), 200);

    assertThat(carried.grid()).isEqualTo(fixed.grid());
    assertThat(Overlap.of(bone, carried).dice()).isGreaterThan(0.75);
    MedicalVolume labels = Registration.carryLabels(moving, result);
    assertThat(VolumeMask.above(labels, 200)).isEqualTo(carried);
  }

  /** In the coordinates of the first voxel where the place of one is not known. */
  @Test
  void carriesMasksOfVolumesWithoutAPlace() {
    Affine affine = Affine.scaling(3, 3, 3).then(Affine.translation(-67.5, -65.5, -74.5));
    RigidTransform truth = new RigidTransform(0, 0, 0, 9, -6, 3, 0, 0, 0);
    MedicalVolume fixed = volume(44, 46, 46, affine, NONE, false);
    VolumeGrid placeless = VolumeGrid.ofSize(44, 46, 46).withSpacing(VoxelSpacing.ofMillimeters(3));
    MedicalVolume moving =
        fixed.wrapVoxels(placeless, volume(44, 46, 46, affine, truth, false).samples());
    Registration.Aligned<MedicalVolume> result =
        Registration.withDefaults().withLevels(2).align(fixed, moving);
    boolean[] one = new boolean[44 * 46 * 46];
    one[(21 * 46 + 18) * 44 + 23] = true;

    VolumeMask carried = Registration.carry(VolumeMask.of(placeless, one), result);

    assertThat(carried.grid()).isEqualTo(fixed.grid());
    assertThat(carried.get(20, 20, 20)).isTrue();
  }
}
