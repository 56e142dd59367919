package io.github.brainimaging.core.transform.spatial;

import static io.github.brainimaging.core.transform.ImageAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.Spacing;
import io.github.brainimaging.core.transform.ImageAssertions;
import io.github.brainimaging.core.transform.ReferenceImages;
import io.github.brainimaging.core.transform.Transform;
import io.github.brainimaging.core.transform.TransformContract;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ResizeTest extends TransformContract {

  @Override
  protected Transform transform() {
    return Resize.to(12, 9);
  }

  @Override
  protected int[] expectedShape(MedicalImage input) {
    return new int[] {12, 9, input.channels()};
  }

  @Override
  protected Spacing expectedSpacing(MedicalImage input) {
    Spacing old = input.spacing();
    return new Spacing(old.x() * input.width() / 12, old.y() * input.height() / 9);
  }

  @ParameterizedTest
  @CsvSource({"10, 8", "40, 30", "40, 8", "23, 5", "1, 1"})
  void agreesWithPillowAndOpenCvForNearest(int width, int height) {
    MedicalImage actual =
        Resize.to(width, height)
            .withInterpolation(Interpolation.NEAREST)
            .apply(ReferenceImages.get("gray"));
    String size = width + "x" + height;

    assertClose(actual, ReferenceImages.get("gray.pillow-nearest-" + size), 0);
    assertClose(actual, ReferenceImages.get("gray.opencv-nearest-exact-" + size), 0);
  }

  @ParameterizedTest
  @CsvSource({"10, 8", "40, 30", "40, 8", "23, 5", "1, 1"})
  void agreesWithOpenCvForBilinear(int width, int height) {
    MedicalImage actual =
        Resize.to(width, height)
            .withInterpolation(Interpolation.BILINEAR)
            .apply(ReferenceImages.get("gray"));

    assertClose(actual, ReferenceImages.get("gray.opencv-linear-" + width + "x" + height), 1e-3);
  }

  @ParameterizedTest
  @CsvSource({"10, 8", "7, 17", "5, 4", "1, 1"})
  void agreesWithOpenCvForArea(int width, int height) {
    MedicalImage actual = Resize.to(width, height).apply(ReferenceImages.get("gray"));

    assertClose(actual, ReferenceImages.get("gray.opencv-area-" + width + "x" + height), 1e-3);
  }

  @Test
  void resizesEachChannelOnItsOwn() {
    assertClose(
        Resize.to(6, 3).apply(ReferenceImages.get("rgb")),
        ReferenceImages.get("rgb.opencv-area-6x3"),
        1e-3);
  }

  @ParameterizedTest
  @EnumSource(names = {"BILINEAR", "AREA"})
  void agreesWithBruteForce(Interpolation interpolation) {
    SplittableRandom random = new SplittableRandom(11);
    for (int run = 0; run < 100; run++) {
      MedicalImage image =
          ImageAssertions.random(
              1 + random.nextInt(30), 1 + random.nextInt(30), 1 + random.nextInt(3), random);
      int width = 1 + random.nextInt(40);
      int height = 1 + random.nextInt(40);

      assertClose(
          Resize.to(width, height).withInterpolation(interpolation).apply(image),
          bruteForce(image, width, height, interpolation),
          1e-3);
    }
  }

  @Test
  void keepsTheMeanWhenShrinkingByArea() {
    MedicalImage image = ImageAssertions.random(37, 23, 1, new SplittableRandom(2));

    assertThat(mean(Resize.to(11, 7).apply(image))).isCloseTo(mean(image), within(1e-3));
  }

  @Test
  void returnsTheImageThatHasTheSizeAlready() {
    MedicalImage image = ReferenceImages.get("gray");

    assertThat(Resize.to(23, 17).apply(image)).isSameAs(image);
  }

  @Test
  void padsBelowAndAboveToKeepTheAspect() {
    MedicalImage wide = MedicalImage.ofGray(4, 2, new float[] {1, 1, 1, 1, 1, 1, 1, 1});

    float[] actual = Resize.to(4, 5).keepingAspect().withFill(-3).apply(wide).samples();

    assertThat(actual)
        .containsExactly(-3, -3, -3, -3, 1, 1, 1, 1, 1, 1, 1, 1, -3, -3, -3, -3, -3, -3, -3, -3);
  }

  @Test
  void scalesBothAxesAlikeToKeepTheAspect() {
    MedicalImage image =
        ImageAssertions.random(10, 20, 1, new SplittableRandom(4))
            .withSpacing(new Spacing(0.5, 0.5));

    MedicalImage output = Resize.to(40, 40).keepingAspect().apply(image);

    assertThat(output.width()).isEqualTo(40);
    assertThat(output.height()).isEqualTo(40);
    assertThat(output.spacing()).isEqualTo(new Spacing(0.25, 0.25));
    assertThat(output.get(9, 20)).isZero();
    assertThat(output.get(10, 20)).isNotZero();
    assertThat(output.get(29, 20)).isNotZero();
    assertThat(output.get(30, 20)).isZero();
  }

  @Test
  void keepsAtLeastOnePixelOfAVeryLongImage() {
    MedicalImage line = ImageAssertions.random(1000, 1, 1, new SplittableRandom(4));

    MedicalImage output = Resize.to(10, 10).keepingAspect().apply(line);

    assertThat(output.get(0, 4)).isNotZero();
    assertThat(output.get(0, 3)).isZero();
    assertThat(output.get(0, 5)).isZero();
  }

  @Test
  void letsNaNSpreadOnlyToPixelsThatItTouches() {
    MedicalImage image = MedicalImage.ofGray(4, 1, new float[] {1, 2, Float.NaN, 4});

    assertThat(Resize.to(2, 1).apply(image).samples()).containsExactly(1.5f, Float.NaN);
    assertThat(Resize.to(2, 1).withInterpolation(Interpolation.NEAREST).apply(image).samples())
        .containsExactly(2, 4);
  }

  @Test
  void rejectsSizesAndFillsOutOfRange() {
    assertThatThrownBy(() -> Resize.to(0, 5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("width must be positive, got 0");
    assertThatThrownBy(() -> Resize.to(5, -1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("height must be positive, got -1");
    assertThatThrownBy(() -> Resize.to(5, 5).withFill(Float.NaN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("fill must be finite, got NaN");
  }

  private static double mean(MedicalImage image) {
    double sum = 0;
    for (float v : image.samples()) {
      sum += v;
    }
    return sum / image.samples().length;
  }

  private static MedicalImage bruteForce(
      MedicalImage image, int width, int height, Interpolation interpolation) {
    double[][] columns = weights(interpolation, image.width(), width);
    double[][] rows = weights(interpolation, image.height(), height);
    float[] samples = image.samples();
    float[] result = new float[width * height * image.channels()];
    for (int i = 0; i < result.length; i++) {
      int channel = i / (width * height) * image.width() * image.height();
      double sum = 0;
      for (int v = 0; v < image.height(); v++) {
        for (int u = 0; u < image.width(); u++) {
          double weight = rows[i / width % height][v] * columns[i % width][u];
          sum += weight * samples[channel + v * image.width() + u];
        }
      }
      result[i] = (float) sum;
    }
    return MedicalImage.wrap(width, height, image.channels(), result);
  }

  private static double[][] weights(Interpolation interpolation, int from, int to) {
    double[][] weights = new double[to][from];
    for (int x = 0; x < to; x++) {
      for (int u = 0; u < from; u++) {
        weights[x][u] = weight(interpolation, from, to, x, u);
      }
    }
    return weights;
  }

  /** What old pixel u gives to new pixel x on one axis, straight from the definition. */
  private static double weight(Interpolation interpolation, int from, int to, int x, int u) {
    double center = (x + 0.5) * from / to;
    if (interpolation == Interpolation.NEAREST) {
      return Math.floor(center) == u ? 1 : 0;
    }
    if (interpolation == Interpolation.AREA && to < from) {
      double start = (double) x * from / to;
      double end = (x + 1.0) * from / to;
      return Math.max(0, Math.min(end, u + 1) - Math.max(start, u)) * to / from;
    }
    double clamped = Math.min(Math.max(center - 0.5, 0), from - 1);
    return Math.max(0, 1 - Math.abs(clamped - u));
  }

  @Test
  void printsItsSettings() {
    assertThat(Resize.to(4, 5)).hasToString("Resize[4 x 5, AREA, fill=0.0]");
    assertThat(Resize.to(4, 5).keepingAspect().withFill(-3))
        .hasToString("Resize[4 x 5, AREA, keeping aspect, fill=-3.0]");
  }
}
