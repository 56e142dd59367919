package io.github.brainimaging.core.augmentation;

import static io.github.brainimaging.core.transform.ImageAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.transform.ReferenceImages;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RandomAffineTest extends AugmentationContract {

  private static final FixedGenerator LARGEST = new FixedGenerator(1);

  @Override
  Augmentation augmentation() {
    return RandomAffine.withDefaults();
  }

  @Test
  void agreesWithScipy() {
    MedicalImage actual =
        RandomAffine.identity()
            .withShearDegrees(6)
            .withScale(1, 1.2)
            .withRotationDegrees(20)
            .withTranslation(0.1)
            .withFill(7)
            .apply(ReferenceImages.get("gray"), LARGEST);

    assertClose(actual, ReferenceImages.get("gray.affine"), 1e-3);
  }

  @Test
  void keepsTheImageToTheBitWithoutAnyAmount() {
    MedicalImage image = ReferenceImages.get("head");

    assertThat(RandomAffine.identity().apply(image, new SplittableRandom(1))).isEqualTo(image);
  }

  @Test
  void movesAPixelByTheShift() {
    float[] before = new float[25];
    before[1 * 5 + 1] = 9;
    float[] after = new float[25];
    after[3 * 5 + 3] = 9;

    MedicalImage moved =
        RandomAffine.identity()
            .withTranslation(0.4)
            .apply(MedicalImage.ofGray(5, 5, before), LARGEST);

    assertClose(moved, MedicalImage.ofGray(5, 5, after), 1e-5);
  }

  @Test
  void turnsAQuarterExactly() {
    MedicalImage image = MedicalImage.ofGray(3, 3, new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9});

    MedicalImage turned = RandomAffine.identity().withRotationDegrees(90).apply(image, LARGEST);

    assertClose(turned, image.withSamples(new float[] {7, 4, 1, 8, 5, 2, 9, 6, 3}), 1e-5);
  }

  @Test
  void fillsWithTheSmallestSampleUnlessToldOtherwise() {
    MedicalImage image = MedicalImage.ofGray(3, 1, new float[] {-1024, 50, 60});
    RandomAffine away = RandomAffine.identity().withTranslation(5);

    assertThat(away.apply(image, LARGEST).samples()).containsOnly(-1024);
    assertThat(away.withFill(3).apply(image, LARGEST).samples()).containsOnly(3);
  }

  @Test
  void keepsAConstantImage() {
    MedicalImage constant = MedicalImage.ofGray(2, 2, new float[] {8, 8, 8, 8});

    assertThat(augmentation().apply(constant, new SplittableRandom(4))).isEqualTo(constant);
  }

  @Test
  void rejectsAmountsOutOfRange() {
    RandomAffine any = RandomAffine.identity();

    assertThatThrownBy(() -> any.withRotationDegrees(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("rotationDegrees must be finite and not negative, got -1.0");
    assertThatThrownBy(() -> any.withScale(0, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> any.withScale(2, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> any.withTranslation(Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> any.withShearDegrees(90))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("shearDegrees must be 0 to below 90, got 90.0");
    assertThatThrownBy(() -> any.withFill(Float.NaN)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void movesEveryChannel() {
    MedicalImage moved =
        RandomAffine.identity()
            .withTranslation(0.5)
            .apply(MedicalImage.of(4, 2, 2, counted()), FixedGenerator.ofAmounts(0, 0, 1, 0, 0));

    assertThat(moved.samples()).containsExactly(0, 0, 0, 1, 0, 0, 4, 5, 0, 0, 8, 9, 0, 0, 12, 13);
  }

  private static float[] counted() {
    float[] samples = new float[16];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = i;
    }
    return samples;
  }
}
