package io.github.brainimaging.core.transform.intensity;

import static io.github.brainimaging.core.transform.ImageAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.Spacing;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.image.VoxelSpacing;
import io.github.brainimaging.core.transform.ImageAssertions;
import io.github.brainimaging.core.transform.ReferenceImages;
import io.github.brainimaging.core.transform.Transform;
import io.github.brainimaging.core.transform.TransformContract;
import io.github.brainimaging.core.transform.VolumeTransform;
import io.github.brainimaging.core.transform.VolumeTransformContract;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Nested;
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

  /** 4 x 3 x 3 voxels of 0.5 x 1 x 2 mm: the squares of their numbers, modulo 17. */
  private static MedicalVolume squares() {
    float[] samples = new float[36];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = i * i % 17;
    }
    return MedicalVolume.of(
        VolumeGrid.ofSize(4, 3, 3).withSpacing(new VoxelSpacing(0.5, 1, 2)), samples);
  }

  /** SciPy 1.17.1: gaussian_filter(squares, 0.8), and (0.5, 1, 2) for z, y and x. */
  @Test
  void smoothsTheThreeAxesOfAVolumeAsScipy() {
    float[] voxels = {
      5.0813f, 5.2546f, 5.9469f, 7.7234f, 8.9414f, 7.6580f, 6.8940f, 7.7754f, 11.5237f,
      10.9948f, 9.0318f, 6.1474f, 7.7360f, 8.5292f, 8.2099f, 7.8821f, 6.9095f, 7.1854f,
      6.8376f, 6.5156f, 8.2303f, 8.4462f, 6.7722f, 4.5047f, 10.4081f, 11.0977f, 11.3296f,
      11.0213f, 6.2155f, 7.5458f, 8.4303f, 7.8475f, 4.9529f, 5.1248f, 4.6225f, 3.6725f
    };
    float[] millimeters = {
      5.5822f, 5.8463f, 6.2515f, 6.5606f, 8.3498f, 8.2134f, 8.0440f, 7.9409f, 10.6111f,
      10.1243f, 9.4231f, 8.9182f, 7.6101f, 7.4576f, 7.2136f, 7.0213f, 6.7706f, 6.5884f,
      6.3081f, 6.0939f, 7.4327f, 7.0639f, 6.5089f, 6.0928f, 10.8869f, 11.0463f, 11.2629f,
      11.4096f, 7.6101f, 7.8007f, 8.0538f, 8.2209f, 4.6514f, 4.6670f, 4.6802f, 4.6830f
    };

    assertThat(GaussianSmoothing.ofSigmaPixels(0.8).apply(squares()).samples())
        .containsExactly(voxels, within(1e-4f));
    assertThat(GaussianSmoothing.ofSigmaMm(1).apply(squares()).samples())
        .containsExactly(millimeters, within(1e-4f));
  }

  @Test
  void smoothsTheChannelsOfAVolumeOneByOne() {
    MedicalVolume one = squares();
    float[] twice = new float[72];
    one.copySamplesTo(twice, 36);
    MedicalVolume two = MedicalVolume.wrap(one.grid(), 2, twice);

    float[] smoothed = GaussianSmoothing.ofSigmaPixels(0.8).apply(two).samples();

    assertThat(Arrays.copyOf(smoothed, 36)).containsOnly(0);
    assertThat(Arrays.copyOfRange(smoothed, 36, 72))
        .containsExactly(GaussianSmoothing.ofSigmaPixels(0.8).apply(one).samples());
  }

  @Test
  void refusesAVolumeWhoseMillimetersAreUnknownOrTooMany() {
    MedicalVolume unknown = MedicalVolume.of(VolumeGrid.ofSize(1, 1, 1), new float[1]);
    VolumeGrid thin = VolumeGrid.ofSize(1, 1, 1).withSpacing(new VoxelSpacing(1, 1, 1e-6));

    assertThatThrownBy(() -> GaussianSmoothing.ofSigmaMm(1).apply(unknown))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("volume must have a known spacing");
    assertThatThrownBy(
            () -> GaussianSmoothing.ofSigmaMm(1).apply(MedicalVolume.of(thin, new float[1])))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("sigmaMm / spacing.z must be 0 to 1000");
    assertThat(GaussianSmoothing.ofSigmaPixels(0).apply(unknown)).isSameAs(unknown);
  }

  @Nested
  class OfVolumes extends VolumeTransformContract {

    @Override
    protected VolumeTransform transform() {
      return GaussianSmoothing.ofSigmaMm(2);
    }
  }
}
