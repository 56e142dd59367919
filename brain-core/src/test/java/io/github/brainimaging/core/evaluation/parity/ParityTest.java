package io.github.brainimaging.core.evaluation.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.brainimaging.core.image.Affine;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeGrid;
import org.junit.jupiter.api.Test;

class ParityTest {

  private static final int WIDTH = 24;
  private static final int HEIGHT = 22;
  private static final int DEPTH = 20;

  /** A value of three coordinates. */
  private interface Field {
    double at(int x, int y, int z);
  }

  private static MedicalVolume volume(int width, int height, int depth, Field field) {
    float[] samples = new float[width * height * depth];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (float) field.at(i % width, i / width % height, i / width / height);
    }
    return MedicalVolume.of(VolumeGrid.ofSize(width, height, depth), samples);
  }

  private static MedicalVolume volume(Field field) {
    return volume(WIDTH, HEIGHT, DEPTH, field);
  }

  /** An egg beside the middle with a core at one of its ends. */
  private static double label(double x, double y, double z) {
    double egg = Math.hypot(Math.hypot((x - 9) / 6, (y - 10) / 4.5), (z - 8) / 3.5);
    return egg > 1 ? 0 : x > 11 && y > 9 ? 2 : 1;
  }

  private static double gray(int x, int y, int z) {
    return Math.sin(0.3 * x) + 0.05 * y * y - 0.1 * z + Math.cos(0.5 * z + 0.2 * x);
  }

  private static Parity labels(Field ours) {
    return Parity.ofLabels(volume(ours), volume(ParityTest::label));
  }

  @Test
  void equalLabelsAgree() {
    Parity parity = labels(ParityTest::label);
    assertThat(parity.likeness()).isEqualTo(1);
    assertThat(parity.dice()).containsOnlyKeys(1, 2).containsEntry(2, 1.0);
    assertThat(parity.different()).isZero();
    assertThat(parity.where()).isEmpty();
    assertThat(parity.sentences()).isEmpty();
  }

  @Test
  void aShiftIsSeen() {
    Parity parity = labels((x, y, z) -> label(x - 2, y + 1, z));
    assertThat(parity.likeness()).isLessThan(0.8);
    assertThat(parity.hints().get(0))
        .startsWith("shifted by 2, -1, 0 voxels along x, y, z: then Dice is 1.0000");
  }

  @Test
  void aFlipAndExchangedAxesAreSeen() {
    assertThat(labels((x, y, z) -> label(WIDTH - 1 - x, y, z)).hints().get(0))
        .startsWith("turned round along x: then Dice is 1.0000");
    Parity exchanged =
        Parity.ofLabels(
            volume(DEPTH, HEIGHT, WIDTH, (x, y, z) -> label(z, y, x)), volume(ParityTest::label));
    assertThat(exchanged.likeness()).isZero();
    assertThat(exchanged.hints().get(0)).startsWith("the sizes differ, 20 x 22 x 24 here");
    assertThat(exchanged.hints().get(1))
        .startsWith("axes exchanged (zyx for xyz): then Dice is 1.0000");
  }

  @Test
  void anotherScaleAndOtherNumbersAreSeen() {
    Parity scaled = labels((x, y, z) -> label(9 + (x - 9) / 1.3, y, z));
    assertThat(scaled.hints())
        .anyMatch(hint -> hint.contains("times as long along x: another spacing"));
    Parity renumbered = labels((x, y, z) -> (3 - label(x, y, z)) % 3);
    assertThat(renumbered.hints().get(0))
        .startsWith("labels have other numbers, 1 is 2 there, 2 is 1 there: then Dice is 1.0000");
  }

  @Test
  void whereTheyDifferIsTold() {
    Parity parity =
        labels((x, y, z) -> z == 8 && x == 9 && (y == 10 || y == 11) ? 0 : label(x, y, z));
    assertThat(parity.different()).isEqualTo(2);
    assertThat(parity.worstSlice()).isEqualTo(8);
    assertThat(parity.where().orElseThrow().y()).isEqualTo(10);
    assertThat(parity.where().orElseThrow().height()).isEqualTo(2);
    assertThat(parity.likeness()).isGreaterThan(0.98).isLessThan(1);
    assertThat(parity.sentences())
        .containsExactly(
            "no shift, turn or other scale explains the difference: look at the values");
  }

  @Test
  void headersThatDisagreeAreTold() {
    MedicalVolume plain = volume(ParityTest::label);
    MedicalVolume here =
        MedicalVolume.of(plain.grid().withAffine(Affine.scaling(1, 1, 1)), plain.samples());
    MedicalVolume there =
        MedicalVolume.of(plain.grid().withAffine(Affine.scaling(-1, 1, 1)), plain.samples());
    assertThat(Parity.ofLabels(here, there).hints())
        .containsExactly("the headers place the voxels differently in the patient");
  }

  @Test
  void numbersTellTheNormalization() {
    MedicalVolume reference = volume(ParityTest::gray);
    Parity same = Parity.ofSamples(volume((x, y, z) -> gray(x, y, z) + 1e-4), reference, 1e-3);
    assertThat(same.different()).isZero();
    assertThat(same.largest()).isCloseTo(1e-4, within(1e-5));
    Parity scaled = Parity.ofSamples(volume((x, y, z) -> 2.5 * gray(x, y, z) - 3), reference, 1e-3);
    assertThat(scaled.hints())
        .containsExactly(
            "other normalization: ours is 2.5000 times theirs - 3.0000 (correlation 1.000000)");
    Parity turned =
        Parity.ofSamples(volume((x, y, z) -> gray(x, HEIGHT - 1 - y, z)), reference, 1e-3);
    assertThat(turned.hints().get(0))
        .isEqualTo("turned round along y: then the correlation is 1.0000");
    Parity shifted = Parity.ofSamples(volume((x, y, z) -> gray(x - 1, y - 3, z)), reference, 1e-3);
    assertThat(shifted.hints()).anyMatch(hint -> hint.startsWith("shifted by 1, 3, 0 voxels"));
  }

  @Test
  void whatIsNoLabelMapIsRefused() {
    assertThatThrownBy(() -> labels((x, y, z) -> 0.5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ours must hold whole numbers from 0 to 65535, got 0.5");
    MedicalVolume gray = volume(ParityTest::gray);
    assertThatThrownBy(() -> Parity.ofSamples(gray, gray, -1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("tolerance must be 0 or more");
  }
}
