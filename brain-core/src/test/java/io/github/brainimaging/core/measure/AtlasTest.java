package io.github.brainimaging.core.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.brainimaging.core.image.Affine;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.image.VolumeMask;
import io.github.brainimaging.core.registration.MovedHead;
import io.github.brainimaging.core.registration.RigidTransform;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A drawn head as an atlas of two halves, and the same head moved as the patient. */
class AtlasTest {

  private static final int SIDE = 32;
  private static final Affine PLACE =
      Affine.scaling(4, 4, 4).then(Affine.translation(-62, -62, -62));
  private static final RigidTransform MOVE = new RigidTransform(0, 0, 6, 8, -4, 0, 0, 0, 0);
  private static final VolumeGrid GRID = VolumeGrid.ofSize(SIDE, SIDE, SIDE).withAffine(PLACE);

  private static MedicalVolume head(RigidTransform move) {
    return MovedHead.volume(SIDE, SIDE, SIDE, PLACE, move, false);
  }

  private static Atlas atlas() {
    float[] labels = new float[GRID.voxels()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = i / SIDE % SIDE < SIDE / 2 ? 3 : 7;
    }
    return Atlas.of(
        head(new RigidTransform(0, 0, 0, 0, 0, 0, 0, 0, 0)),
        MedicalVolume.of(GRID, labels),
        Map.of(3, "back"));
  }

  /** A block of voxels about a point of the head that did not move. */
  private static boolean[] block(boolean[] inside, double right, double front, int radius) {
    double[] to = MOVE.toAffine().apply(right, front, 0);
    double[] at = PLACE.inverse().apply(to[0], to[1], 0);
    for (int i = 0; i < inside.length; i++) {
      int y = i / SIDE % SIDE;
      int z = i / (SIDE * SIDE);
      inside[i] |=
          Math.abs(i % SIDE - at[0]) <= radius
              && Math.abs(y - at[1]) <= radius
              && Math.abs(z - at[2]) <= radius;
    }
    return inside;
  }

  @Test
  void tellsTheRegionOfEachLesionWhereTheHeadIs() {
    boolean[] inside = block(new boolean[GRID.voxels()], 0, -32, 2);
    VolumeMask mask = VolumeMask.of(GRID, block(inside, 0, 30, 1));

    Atlas.Places places = atlas().find(head(MOVE), mask);

    assertThat(places.lesions()).hasSize(2);
    assertThat(places.lesions().get(0)).containsExactly(new Atlas.Share("back", 1));
    assertThat(places.lesions().get(1).get(0).region()).isEqualTo("region 7");
    assertThat(places.lesions().get(1).get(0).share()).isCloseTo(1, within(0.15));
    assertThat(places.sentences().get(0)).isEqualTo("lesion 1 by the atlas: back 100 %");
    assertThat(places.sentences().get(2)).contains("affine", "a centimeter off");
  }

  @Test
  void ofALesionAcrossABorderBothRegionsAreTold() {
    VolumeMask mask = VolumeMask.of(GRID, block(new boolean[GRID.voxels()], 0, -2, 3));

    Atlas.Places places = atlas().find(head(MOVE), mask);

    assertThat(places.lesions().get(0)).hasSize(2);
    assertThat(places.sentences().get(0)).contains("back ", "region 7 ");
  }

  @Test
  void anEmptyMaskHasNoPlace() {
    assertThat(atlas().find(head(MOVE), VolumeMask.empty(GRID)).sentences()).isEmpty();
  }

  @Test
  void whatIsNoAtlasIsRefused() {
    MedicalVolume head = head(MOVE);
    float[] labels = new float[GRID.voxels()];
    assertThatThrownBy(() -> Atlas.of(head, MedicalVolume.of(GRID, labels), Map.of()))
        .hasMessage("labels must hold a region, got 0 everywhere");
    Arrays.fill(labels, 0.5f);
    assertThatThrownBy(() -> Atlas.of(head, MedicalVolume.of(GRID, labels), Map.of()))
        .hasMessage("labels must be whole numbers from 0 to 65535, got 0.5");
    Arrays.fill(labels, Float.NaN);
    assertThatThrownBy(() -> Atlas.of(head, MedicalVolume.of(GRID, labels), Map.of()))
        .hasMessage("labels must be whole numbers from 0 to 65535, got NaN");
    VolumeGrid other = VolumeGrid.ofSize(4, 4, 4);
    MedicalVolume elsewhere = MedicalVolume.of(other, new float[64]);
    assertThatThrownBy(() -> Atlas.of(head, elsewhere, Map.of()))
        .hasMessageContaining("labels must lie on the grid of the template");
    assertThatThrownBy(() -> atlas().find(head, VolumeMask.empty(other)))
        .hasMessageContaining("mask must lie on the grid of the head");
  }
}
