package io.github.brainimaging.core.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MaskTest {

  /**
   * The pixels, row after row.
   *
   * <pre>
   * . . . .
   * . # . #
   * . . # .
   * </pre>
   */
  private final Mask mask = mask(4, 3, 5, 7, 10);

  @Test
  void countsAndFindsPixels() {
    assertThat(mask.count()).isEqualTo(3);
    assertThat(mask.get(1, 1)).isTrue();
    assertThat(mask.get(2, 2)).isTrue();
    assertThat(mask.get(2, 1)).isFalse();
  }

  @Test
  void boxHoldsAllPixelsInside() {
    assertThat(mask.boundingBox()).contains(new BoundingBox(1, 1, 3, 2));
    assertThat(mask(4, 3, 11).boundingBox()).contains(new BoundingBox(3, 2, 1, 1));
  }

  @Test
  void emptyMaskHasNoBox() {
    Mask empty = Mask.empty(4, 3);

    assertThat(empty.isEmpty()).isTrue();
    assertThat(empty.count()).isZero();
    assertThat(empty.boundingBox()).isEmpty();
  }

  @Test
  void takesThePixelsAboveAValueOfTheFirstChannel() {
    MedicalImage image = MedicalImage.of(3, 1, 2, new float[] {1, 2, Float.NaN, 9, 9, 9});

    assertThat(Mask.above(image, 1)).isEqualTo(mask(3, 1, 1));
  }

  @Test
  void becomesAnImageAndBack() {
    MedicalImage image = mask.toImage();

    assertThat(image.nominalMaximum()).isEqualTo(255);
    assertThat(image.samples()).containsOnly(0, 255);
    assertThat(Mask.above(image, 0)).isEqualTo(mask);
  }

  @Test
  void doesNotSeeLaterChangesOfTheArray() {
    boolean[] inside = {true, false};
    Mask copied = Mask.of(2, 1, inside);
    inside[1] = true;
    copied.toArray()[0] = false;

    assertThat(copied).isEqualTo(mask(2, 1, 0));
  }

  @Test
  void isEqualIfSizeAndPixelsAreEqual() {
    assertThat(mask(4, 3, 5, 7, 10)).isEqualTo(mask).hasSameHashCodeAs(mask);
    assertThat(mask(4, 3, 5, 7, 9)).isNotEqualTo(mask);
    assertThat(Mask.of(3, 4, mask.toArray())).isNotEqualTo(mask);
  }

  @Test
  void rejectsAnotherNumberOfPixels() {
    assertThatThrownBy(() -> Mask.of(2, 2, new boolean[5]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("inside must hold width x height = 2 x 2 values, got 5");
    assertThatThrownBy(() -> Mask.empty(0, 2)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void rejectsPixelsOutside() {
    assertThatThrownBy(() -> mask.get(4, 0)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> mask.get(0, -1)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  private static Mask mask(int width, int height, int... pixels) {
    boolean[] inside = new boolean[width * height];
    for (int pixel : pixels) {
      inside[pixel] = true;
    }
    return Mask.wrap(width, height, inside);
  }

  @Test
  void outlineIsTheMaskWithoutItsErosionByACross() {
    boolean[] inside = new boolean[5 * 4];
    for (int i = 0; i < inside.length; i++) {
      inside[i] = i % 5 < 4;
    }
    Mask mask = Mask.of(5, 4, inside);

    Mask outline = mask.outline();

    assertThat(outline.count()).isEqualTo(4 * 4 - 2 * 2);
    assertThat(outline.get(1, 1)).isFalse();
    assertThat(outline.get(2, 2)).isFalse();
    assertThat(outline.get(0, 1)).isTrue();
    assertThat(outline.get(3, 2)).isTrue();
    assertThat(Mask.empty(3, 3).outline().isEmpty()).isTrue();
  }
}
