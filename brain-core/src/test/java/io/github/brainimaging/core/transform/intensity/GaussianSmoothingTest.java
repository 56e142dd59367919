package io.github.brainimaging.core.transform.intensity;

import static io.github.brainimaging.core.transform.ImageAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.Spacing;
import io.github.brainimaging.core.transform.ImageAssertions;
import io.github.brainimaging.core.transform.ReferenceImages;
import io.github.brainimaging.core.transform.Transform;
import io.github.brainimaging.core.transform.TransformContract;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GaussianSmoothingTest extends TransformContract {

  @Override
  protected Transform transform() {
    return GaussianSmoothing.ofSigmaPixels(1.5);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.7, 2.5, 9.0})
  void agreesWithScipy(double sigma) {
    assertClose(
        GaussianSmoothing.ofSigmaPixels(sigma).apply(ReferenceImages.get("gray")),
        ReferenceImages.get("gray.gaussian-" + sigma),
        1e-4);
  }

  @Test
  void takesMillimetersByTheSpacingOfEachAxis() {
    MedicalImage gray = ReferenceImages.get("gray").withSpacing(new Spacing(0.5, 2));

    assertClose(
        GaussianSmoothing.ofSigmaMm(1.5).apply(gray),
        ReferenceImages.get("gray.gaussian-mm"),
        1e-4);
  }

  @Test
  void agreesWithConvolutionInTwoDimensions() {
    SplittableRandom random = new SplittableRandom(5);
    for (int run = 0; run < 100; run++) {
      int width = 1 + random.nextInt(12);
      int height = 1 + random.nextInt(12);
      MedicalImage image = ImageAssertions.random(width, height, 1 + random.nextInt(2), random);
      double sigma = 2 * random.nextDouble();

      assertClose(
          GaussianSmoothing.ofSigmaPixels(sigma).apply(image), bruteForce(image, sigma), 1e-3);
    }
  }

  @Test
  void keepsAConstantImage() {
    MedicalImage constant = MedicalImage.ofGray(2, 2, new float[] {9, 9, 9, 9});

    assertClose(transform().apply(constant), constant, 1e-5);
  }

  @Test
  void returnsTheImageForAKernelOfOnePixel() {
    MedicalImage gray = ReferenceImages.get("gray");

    assertThat(GaussianSmoothing.ofSigmaPixels(0).apply(gray)).isSameAs(gray);
    assertThat(GaussianSmoothing.ofSigmaPixels(0.124).apply(gray)).isSameAs(gray);
    assertThat(GaussianSmoothing.ofSigmaPixels(0.126).apply(gray)).isNotEqualTo(gray);
  }

  @Test
  void rejectsMillimetersWithoutSpacing() {
    assertThatThrownBy(() -> GaussianSmoothing.ofSigmaMm(1).apply(ReferenceImages.get("gray")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("image must have a known spacing");
  }

  @Test
  void rejectsMillimetersThatAreTooManyPixels() {
    MedicalImage tiny = ReferenceImages.get("gray").withSpacing(new Spacing(1, 1e-6));

    assertThatThrownBy(() -> GaussianSmoothing.ofSigmaMm(1).apply(tiny))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("sigmaMm / spacing.y must be 0 to 1000");
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, Double.NaN, 1001, Double.POSITIVE_INFINITY})
  void rejectsPixelsOutOfRange(double sigma) {
    assertThatThrownBy(() -> GaussianSmoothing.ofSigmaPixels(sigma))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("sigmaPixels must be 0 to 1000");
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, Double.NaN, Double.POSITIVE_INFINITY})
  void rejectsMillimetersOutOfRange(double sigma) {
    assertThatThrownBy(() -> GaussianSmoothing.ofSigmaMm(sigma))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("sigmaMm must be finite and not negative");
  }

  private static MedicalImage bruteForce(MedicalImage image, double sigma) {
    int radius = (int) (4 * sigma + 0.5);
    float[] result = new float[image.samples().length];
    int i = 0;
    for (int c = 0; c < image.channels(); c++) {
      for (int y = 0; y < image.height(); y++) {
        for (int x = 0; x < image.width(); x++) {
          double sum = 0;
          double total = 0;
          for (int dy = -radius; dy <= radius; dy++) {
            for (int dx = -radius; dx <= radius; dx++) {
              double weight =
                  radius == 0 ? 1 : Math.exp(-(dx * dx + dy * dy) / (2 * sigma * sigma));
              total += weight;
              sum +=
                  weight
                      * image.get(
                          mirrored(x + dx, image.width()), mirrored(y + dy, image.height()), c);
            }
          }
          result[i++] = (float) (sum / total);
        }
      }
    }
    return image.withSamples(result);
  }

  private static int mirrored(int i, int size) {
    while (i < 0 || i >= size) {
      i = i < 0 ? -1 - i : 2 * size - 1 - i;
    }
    return i;
  }

  @Test
  void takesWidthsUpToTheLastOfTheirRange() {
    MedicalImage gray = ReferenceImages.get("gray").withSpacing(Spacing.ofMillimeters(1));

    assertThat(GaussianSmoothing.ofSigmaMm(0).apply(gray)).isSameAs(gray);
    assertThat(GaussianSmoothing.ofSigmaPixels(1000))
        .hasToString("GaussianSmoothing[sigma=1000.0 pixels]");
    assertThat(GaussianSmoothing.ofSigmaMm(1.5)).hasToString("GaussianSmoothing[sigma=1.5 mm]");
  }
}
