package io.github.brainimaging.core.transform.spatial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.brainimaging.core.image.BoundingBox;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.transform.Transform;
import io.github.brainimaging.core.transform.TransformContract;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CropTest extends TransformContract {

  private static final MedicalImage COUNTED =
      MedicalImage.of(3, 2, 2, new float[] {0, 1, 2, 3, 4, 5, 10, 11, 12, 13, 14, 15});

  @Override
  protected Transform transform() {
    return Crop.center(6, 5);
  }

  @Override
  protected int[] expectedShape(MedicalImage input) {
    return new int[] {Math.min(6, input.width()), Math.min(5, input.height()), input.channels()};
  }

  @Test
  void takesTheRectangleOfEachChannel() {
    assertThat(Crop.of(new BoundingBox(1, 0, 2, 2)).apply(COUNTED).samples())
        .containsExactly(1, 2, 4, 5, 11, 12, 14, 15);
  }

  @Test
  void takesTheCenterAndDropsTheOddPixelAtTheEnd() {
    assertThat(Crop.center(1, 1).apply(COUNTED).samples()).containsExactly(1, 11);
    assertThat(Crop.center(2, 2).apply(COUNTED).samples())
        .containsExactly(0, 1, 3, 4, 10, 11, 13, 14);
  }

  @Test
  void returnsTheImageWhereNothingIsCutOff() {
    assertThat(Crop.of(new BoundingBox(0, 0, 3, 2)).apply(COUNTED)).isSameAs(COUNTED);
    assertThat(Crop.center(9, 9).apply(COUNTED)).isSameAs(COUNTED);
  }

  @Test
  void givesAnySizeTogetherWithPad() {
    MedicalImage output = Pad.to(2, 4).then(Crop.center(2, 4)).apply(COUNTED);

    assertThat(output.samples())
        .containsExactly(0, 0, 0, 1, 3, 4, 0, 0, 0, 0, 10, 11, 13, 14, 0, 0);
  }

  @ParameterizedTest
  @CsvSource({"-1,0,2,2", "0,-1,2,2", "2,0,2,2", "0,1,2,2", "2147483647,0,2147483647,1"})
  void rejectsARectangleOutsideOfTheImage(int x, int y, int width, int height) {
    Transform crop = Crop.of(new BoundingBox(x, y, width, height));

    assertThatThrownBy(() -> crop.apply(COUNTED))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("box must lie within the image of 3 x 2 pixels, got");
  }

  @Test
  void rejectsSizesThatAreNotPositive() {
    assertThatThrownBy(() -> Crop.center(0, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Crop.center(1, 0)).isInstanceOf(IllegalArgumentException.class);
  }
}
