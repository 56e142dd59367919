package io.github.brainimaging.core.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.brainimaging.core.image.MedicalImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LayoutTest {

  /** Two pixels of red 1 2, green 3 4, blue 5 6. */
  private final MedicalImage image = MedicalImage.of(2, 1, 3, new float[] {1, 2, 3, 4, 5, 6});

  @Test
  void channelsFirstKeepsTheOrder() {
    float[] batch = new float[8];

    Layout.NCHW.copy(image, batch, 2);

    assertThat(batch).containsExactly(0, 0, 1, 2, 3, 4, 5, 6);
  }

  @Test
  void channelsLastPutsTheColorsOfAPixelTogether() {
    float[] batch = new float[8];

    Layout.NHWC.copy(image, batch, 2);

    assertThat(batch).containsExactly(0, 0, 1, 3, 5, 2, 4, 6);
  }

  @ParameterizedTest
  @EnumSource(Layout.class)
  void grayIsTheSameInBoth(Layout layout) {
    float[] batch = new float[2];

    layout.copy(MedicalImage.ofGray(2, 1, new float[] {8, 9}), batch, 0);

    assertThat(batch).containsExactly(8, 9);
  }

  @ParameterizedTest
  @EnumSource(Layout.class)
  void rejectsABufferThatIsTooShort(Layout layout) {
    assertThatThrownBy(() -> layout.copy(image, new float[6], 1))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void ordersTheShape() {
    assertThat(Layout.NCHW.shape(1, 2, 3, 4)).containsExactly(1, 2, 3, 4);
    assertThat(Layout.NHWC.shape(1, 2, 3, 4)).containsExactly(1, 3, 4, 2);
  }
}
