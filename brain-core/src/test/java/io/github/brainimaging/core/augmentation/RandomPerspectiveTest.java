package io.github.brainimaging.core.augmentation;

import static io.github.brainimaging.core.transform.ImageAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.brainimaging.core.image.MedicalImage;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RandomPerspectiveTest extends AugmentationContract {

  private static final Offset<Float> CLOSE = Offset.offset(1e-4f);

  @Override
  Augmentation augmentation() {
    return RandomPerspective.withDefaults();
  }

  @Test
  void cornersThatAllMoveAlikeEnlargeThePicture() {
    // From 0.1 to 0.9 of 10 columns and of 20 rows.
    float[] near = RandomPerspective.ofShift(0.1).apply(plane(), new FixedGenerator(1)).samples();

    assertThat(near[0]).isCloseTo(1 + 100 * 2, CLOSE);
    assertThat(near[10]).isCloseTo(9 + 100 * 2, CLOSE);
    assertThat(near[20 * 11 + 10]).isCloseTo(9 + 100 * 18, CLOSE);
    assertThat(near[10 * 11 + 5]).isCloseTo(5 + 100 * 10, CLOSE);
  }

  @Test
  void isTheMapOfFourCorners() {
    // Draws are from 0 (-1) to 0.2 (1), in order x, y of the corners (0, 0), (1, 0), (1, 1), (0,
    // 1); of
    // them only the second x is not 0: that corner comes from x = 8. OpenCV's
    // getPerspectiveTransform([[0,0],[10,0],[10,20],[0,20]], [[0,0],[8,0],[10,20],[0,20]]) takes
    // (5, 10) to (4.4444444, 8.8888889) and (10, 10) to (8.8888889, 8.8888889).
    double[] draws = {-1, -1, 1, -1, -1, -1, -1, -1};
    float[] askew =
        RandomPerspective.ofShift(0.2).apply(plane(), FixedGenerator.ofAmounts(draws)).samples();

    assertThat(askew[10 * 11 + 5]).isCloseTo((float) (4.4444444 + 888.88889), Offset.offset(1e-3f));
    assertThat(askew[10 * 11 + 10])
        .isCloseTo((float) (8.8888889 + 888.88889), Offset.offset(1e-3f));
  }

  @Test
  void withoutShiftNothingChanges() {
    assertClose(
        RandomPerspective.ofShift(0).apply(plane(), new FixedGenerator(0.7)), plane(), 1e-3);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 0.41, Double.NaN})
  void rejectsShiftsOutOfRange(double largest) {
    assertThatThrownBy(() -> RandomPerspective.ofShift(largest))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0 to 0.4");
  }

  /** 11 x 21; column plus a hundred times the row, which is linear, and so resampled exactly. */
  private static MedicalImage plane() {
    float[] samples = new float[11 * 21];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = i % 11 + 100 * (i / 11);
    }
    return MedicalImage.ofGray(11, 21, samples);
  }
}
