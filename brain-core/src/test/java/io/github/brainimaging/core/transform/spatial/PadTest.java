package io.github.brainimaging.core.transform.spatial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.transform.Transform;
import io.github.brainimaging.core.transform.TransformContract;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PadTest extends TransformContract {

  @Override
  protected Transform transform() {
    return Pad.by(1, 2, 3, 4);
  }

  @Override
  protected int[] expectedShape(MedicalImage input) {
    return new int[] {input.width() + 4, input.height() + 6, input.channels()};
  }

  @Test
  void putsTheBorderOnTheRightSides() {
    MedicalImage image = MedicalImage.of(1, 1, 2, new float[] {5, 6});

    assertThat(Pad.by(1, 0, 2, 1).withFill(-1).apply(image).samples())
        .containsExactly(-1, 5, -1, -1, -1, -1, -1, -1, -1, 6, -1, -1, -1, -1, -1, -1);
  }

  @Test
  void centersTheImageWithTheOddPixelAtTheEnd() {
    MedicalImage image = MedicalImage.ofGray(1, 1, new float[] {5});

    assertThat(Pad.to(4, 1).apply(image).samples()).containsExactly(0, 5, 0, 0);
    assertThat(Pad.to(1, 4).apply(image).samples()).containsExactly(0, 5, 0, 0);
  }

  @Test
  void leavesAnAxisThatIsLongEnough() {
    MedicalImage image = MedicalImage.ofGray(3, 1, new float[] {1, 2, 3});

    assertThat(Pad.to(2, 2).apply(image).samples()).containsExactly(1, 2, 3, 0, 0, 0);
    assertThat(Pad.to(3, 1).apply(image)).isSameAs(image);
  }

  @ParameterizedTest
  @CsvSource({"-1,0,0,0,left", "0,-1,0,0,top", "0,0,-1,0,right", "0,0,0,-1,bottom"})
  void rejectsNegativeBorders(int left, int top, int right, int bottom, String name) {
    assertThatThrownBy(() -> Pad.by(left, top, right, bottom))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(name + " must not be negative, got -1");
  }

  @Test
  void rejectsSizesAndFillsOutOfRange() {
    assertThatThrownBy(() -> Pad.to(0, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Pad.to(1, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> transform(Float.NaN)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void rejectsAResultThatNoArrayHolds() {
    MedicalImage image = MedicalImage.ofGray(1, 1, new float[] {5});
    Transform huge = Pad.to(1 << 17, 1 << 17);

    assertThatThrownBy(() -> huge.apply(image)).isInstanceOf(ArithmeticException.class);
  }

  private static Transform transform(float fill) {
    return Pad.by(1, 1, 1, 1).withFill(fill);
  }
}
