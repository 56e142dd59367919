package io.github.brainimaging.core.transform.spatial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.brainimaging.core.image.BoundingBox;
import io.github.brainimaging.core.image.MedicalImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlacementTest {

  /** Value 100 x + y at pixel (x, y). */
  private static MedicalImage ramp(int width, int height) {
    float[] values = new float[width * height];
    for (int i = 0; i < values.length; i++) {
      values[i] = 100 * (i % width) + Math.floorDiv(i, width);
    }
    return MedicalImage.ofGray(width, height, values);
  }

  @Test
  void centersWhatKeepsItsAspectRatio() {
    Placement placement = Placement.centered(ramp(20, 30), new BoundingBox(2, 3, 10, 20), 40, 41);
    assertThat(placement.target()).isEqualTo(new BoundingBox(9, 0, 21, 41));
  }

  @Test
  void goesThereAsCropResizeAndPadDo() {
    MedicalImage image = ramp(50, 30);
    BoundingBox source = new BoundingBox(5, 4, 40, 20);
    MedicalImage expected =
        Crop.of(source).then(Resize.to(24, 24).keepingAspect().withFill(7)).apply(image);
    Placement placement = Placement.centered(image, source, 24, 24);
    MedicalImage there = placement.toGrid(image, Interpolation.AREA, 7);
    assertThat(there.samples()).containsExactly(expected.samples());
  }

  @Test
  void comesBackToWhereItWas() {
    MedicalImage image = ramp(30, 40);
    BoundingBox source = new BoundingBox(6, 8, 12, 20);
    Placement placement = Placement.centered(image, source, 48, 40);
    MedicalImage there = placement.toGrid(image, Interpolation.BILINEAR, 0);
    MedicalImage back = placement.toSource(there);
    assertThat(back.width()).isEqualTo(12);
    assertThat(back.height()).isEqualTo(20);
    // Bilinear there and back is exact on a ramp but where the border pixel was repeated.
    assertThat(back.get(5, 10)).isCloseTo(image.get(11, 18), within(1e-2f));
  }

  @Test
  void stretches() {
    Placement placement = Placement.stretched(ramp(10, 20), new BoundingBox(0, 0, 10, 20), 5, 5);
    assertThat(placement.target()).isEqualTo(new BoundingBox(0, 0, 5, 5));
  }

  @Test
  void refusesRectanglesAndImagesThatDoNotFit() {
    MedicalImage image = ramp(10, 10);
    BoundingBox outside = new BoundingBox(5, 5, 6, 2);
    assertThatThrownBy(() -> Placement.centered(image, outside, 5, 5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("source must lie within 10 x 10");
    Placement placement = Placement.stretched(image, new BoundingBox(0, 0, 10, 10), 5, 5);
    assertThatThrownBy(() -> placement.toGrid(ramp(9, 10), Interpolation.AREA, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("image must have 10 x 10 pixels, got 9 x 10");
  }

  @ParameterizedTest
  @CsvSource({"-1,0,2,2", "0,-1,2,2", "9,0,2,2", "0,9,2,2"})
  void refusesASourceBeyondAnySideOfTheImage(int x, int y, int width, int height) {
    BoundingBox source = new BoundingBox(x, y, width, height);
    MedicalImage image = ramp(10, 10);

    assertThatThrownBy(() -> Placement.stretched(image, source, 5, 5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("source must lie within 10 x 10 pixels and not be empty, got");
  }

  @Test
  void refusesATargetBeyondTheGridAndAResultOfAnotherSize() {
    BoundingBox all = new BoundingBox(0, 0, 10, 10);
    Placement placement = Placement.stretched(ramp(10, 10), all, 5, 4);

    assertThatThrownBy(() -> new Placement(10, 10, all, 5, 5, all))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("target must lie within 5 x 5 pixels");
    assertThatThrownBy(() -> placement.toSource(ramp(5, 5)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("found must have 5 x 4 pixels, got 5 x 5");
    assertThatThrownBy(() -> placement.toGrid(ramp(10, 9), Interpolation.AREA, 0))
        .hasMessage("image must have 10 x 10 pixels, got 10 x 9");
  }
}
