package io.github.brainimaging.core.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.brainimaging.core.geometry.Reorient;
import io.github.brainimaging.core.image.Affine;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.Orientation;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.image.VolumeMask;
import org.junit.jupiter.api.Test;

/** A ball of 30 mm as brain in a block of head, 2 mm voxels, the middle at (0, 0, 0) mm. */
class DefacingTest {

  private static final int SIZE = 60;
  private static final VolumeGrid GRID =
      VolumeGrid.ofSize(SIZE, SIZE, SIZE)
          .withAffine(Affine.scaling(2, 2, 2).then(Affine.translation(-60, -60, -60)));

  private static final MedicalVolume HEAD = head();

  private static MedicalVolume head() {
    float[] samples = new float[SIZE * SIZE * SIZE];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = 100 + i % 7;
    }
    samples[0] = -3; // the least
    return MedicalVolume.of(GRID, samples);
  }

  private static VolumeMask brain() {
    boolean[] inside = new boolean[SIZE * SIZE * SIZE];
    for (int i = 0; i < inside.length; i++) {
      double x = 2 * (i % SIZE) - 60;
      double y = 2 * (i / SIZE % SIZE) - 60;
      double z = 2 * (i / (SIZE * SIZE)) - 60;
      inside[i] = x * x + y * y + z * z <= 30 * 30;
    }
    return VolumeMask.wrap(GRID, inside);
  }

  private static float at(MedicalVolume volume, int x, int y, int z) {
    return volume.get(x / 2 + 30, y / 2 + 30, z / 2 + 30);
  }

  @Test
  void theFaceGoesTheBrainStays() {
    MedicalVolume defaced = Defacing.withDefaults().apply(HEAD, brain());

    assertThat(brain().keep(defaced)).isEqualTo(brain().keep(HEAD));
    // Nose and chin: 45 degrees down to the front, beyond ball and margin; from side to side.
    assertThat(at(defaced, 0, 40, -40)).isEqualTo(-3);
    assertThat(at(defaced, 50, 40, -40)).isEqualTo(-3);
    assertThat(at(defaced, 0, 58, -20)).isEqualTo(-3);
    // Forehead, vertex, back of the head, neck behind.
    assertThat(at(defaced, 0, 50, 40)).isEqualTo(at(HEAD, 0, 50, 40));
    assertThat(at(defaced, 0, 0, 58)).isEqualTo(at(HEAD, 0, 0, 58));
    assertThat(at(defaced, 0, -50, -40)).isEqualTo(at(HEAD, 0, -50, -40));
  }

  @Test
  void aLargerMarginLeavesMore() {
    // (28, -28) lies 39.6 mm along the normal, 9.6 beyond the ball.
    assertThat(at(Defacing.withDefaults().apply(HEAD, brain()), 0, 28, -28)).isEqualTo(-3);
    assertThat(at(Defacing.withDefaults().withMarginMm(12).apply(HEAD, brain()), 0, 28, -28))
        .isEqualTo(at(HEAD, 0, 28, -28));
    assertThat(Defacing.withDefaults().withMarginMm(12)).hasToString("Defacing[margin 12.0 mm]");
    assertThatThrownBy(() -> Defacing.withDefaults().withMarginMm(51))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("marginMm");
  }

  @Test
  void theWayTheSlicesLieMakesNoDifference() {
    Reorient turn = Reorient.to(Orientation.of("LPI"));
    MedicalVolume turned = Defacing.withDefaults().apply(turn.apply(HEAD), turn.apply(brain()));

    assertThat(Reorient.to(Orientation.of("RAS")).apply(turned).samples())
        .isEqualTo(Defacing.withDefaults().apply(HEAD, brain()).samples());
  }

  @Test
  void whatCannotBeDoneIsRefused() {
    VolumeMask none = VolumeMask.empty(GRID);
    VolumeMask other = VolumeMask.empty(VolumeGrid.ofSize(2, 2, 2));
    Defacing defacing = Defacing.withDefaults();

    assertThatThrownBy(() -> defacing.apply(HEAD, none)).hasMessageContaining("must not be empty");
    assertThatThrownBy(() -> defacing.apply(HEAD, other)).hasMessageContaining("on the grid");
  }
}
