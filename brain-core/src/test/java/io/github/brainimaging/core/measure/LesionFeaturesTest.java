package io.github.brainimaging.core.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.MedicalImage;
import org.junit.jupiter.api.Test;

class LesionFeaturesTest {

  private static final int WIDTH = 40;
  private static final int HEIGHT = 32;

  private static MedicalImage image() {
    float[] samples = new float[WIDTH * HEIGHT];
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        samples[y * WIDTH + x] = (x * x * 7 + y * y * 3 + x * y * 5) % 97 + 2 * x;
      }
    }
    return MedicalImage.ofGray(WIDTH, HEIGHT, samples);
  }

  /** An ellipse with a wedge cut out of it. */
  private static Mask mask() {
    boolean[] inside = new boolean[WIDTH * HEIGHT];
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        boolean ellipse = Math.pow((x - 18) / 13.0, 2) + Math.pow((y - 15) / 8.0, 2) <= 1;
        inside[y * WIDTH + x] = ellipse && !(x > 20 && y > 15 && x - y < 9);
      }
    }
    return Mask.of(WIDTH, HEIGHT, inside);
  }

  /** regionprops of scikit-image 0.26: area, perimeter, axis lengths, solidity. */
  @Test
  void shapeIsThatOfScikitImage() {
    LesionFeatures.Shape shape = LesionFeatures.of(image(), mask()).shape();

    assertThat(shape.area()).isEqualTo(287);
    assertThat(shape.perimeter()).isCloseTo(76.76955262170047, within(1e-9));
    assertThat(shape.circularity()).isCloseTo(0.611946903091875, within(1e-9));
    assertThat(shape.elongation()).isCloseTo(1.767598585368034, within(1e-9));
    assertThat(shape.solidity()).isCloseTo(0.8391812865497076, within(1e-12));
  }

  /** NumPy's mean and std, SciPy's skew and kurtosis, scikit-image's shannon_entropy. */
  @Test
  void densityIsThatOfScipy() {
    LesionFeatures.Density density = LesionFeatures.of(image(), mask()).density();

    assertThat(density.mean()).isCloseTo(82.2787456445993, within(1e-9));
    assertThat(density.deviation()).isCloseTo(30.4863995694037, within(1e-9));
    assertThat(density.skewness()).isCloseTo(0.08703960404143048, within(1e-9));
    assertThat(density.kurtosis()).isCloseTo(2.0645256834224646, within(1e-9));
    assertThat(density.entropy()).isCloseTo(4.712142365649571, within(1e-9));
  }

  /** graycomatrix (distance 1, four angles, symmetric) without its background, graycoprops. */
  @Test
  void textureIsThatOfScikitImage() {
    LesionFeatures.Texture texture = LesionFeatures.of(image(), mask()).texture();

    assertThat(texture.contrast()).isCloseTo(91.94516330790931, within(1e-9));
    assertThat(texture.correlation()).isCloseTo(0.11938334999058571, within(1e-9));
    assertThat(texture.energy()).isCloseTo(0.06128527509669798, within(1e-9));
    assertThat(texture.homogeneity()).isCloseTo(0.1180634493762853, within(1e-9));
  }

  @Test
  void onePixelIsConstantAndRound() {
    boolean[] one = new boolean[WIDTH * HEIGHT];
    one[5 * WIDTH + 7] = true;

    LesionFeatures found = LesionFeatures.of(image(), Mask.of(WIDTH, HEIGHT, one));

    assertThat(found.shape()).isEqualTo(new LesionFeatures.Shape(1, 0, 0, 1, 1));
    assertThat(found.density().deviation()).isZero();
    assertThat(found.density().entropy()).isZero();
    assertThat(found.texture()).isEqualTo(new LesionFeatures.Texture(0, 1, 1, 1));
  }

  @Test
  void refusesAnEmptyMaskAndAnotherSize() {
    assertThatThrownBy(() -> LesionFeatures.of(image(), Mask.empty(WIDTH, HEIGHT)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("mask must have a pixel, got 0");
    assertThatThrownBy(() -> LesionFeatures.of(image(), Mask.empty(HEIGHT, WIDTH)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("mask must be 40 x 32");
  }
}
