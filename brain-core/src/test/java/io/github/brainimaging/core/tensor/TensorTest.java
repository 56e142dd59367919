package io.github.brainimaging.core.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TensorTest {

  private final Tensor tensor = Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3);

  @Test
  void keepsValuesAndShape() {
    assertThat(tensor.size()).isEqualTo(6);
    assertThat(tensor.shape()).containsExactly(2, 3);
    assertThat(tensor.get(4)).isEqualTo(5);
    assertThat(tensor.toArray()).containsExactly(1, 2, 3, 4, 5, 6);
  }

  @Test
  void doesNotSeeLaterChangesOfTheArrays() {
    float[] data = {1, 2};
    int[] shape = {2};
    Tensor copied = Tensor.of(data, shape);
    data[0] = 99;
    shape[0] = 99;
    copied.toArray()[1] = 99;
    copied.shape()[0] = 99;

    assertThat(copied).isEqualTo(Tensor.of(new float[] {1, 2}, 2));
  }

  @Test
  void copiesToAPlaceInABuffer() {
    float[] buffer = new float[7];

    tensor.copyTo(buffer, 1);

    assertThat(buffer).containsExactly(0, 1, 2, 3, 4, 5, 6);
    assertThatThrownBy(() -> tensor.copyTo(buffer, 2))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void mayBeEmptyOrASingleValue() {
    assertThat(Tensor.of(new float[0], 0, 3).size()).isZero();
    assertThat(Tensor.of(new float[1]).shape()).isEmpty();
  }

  @Test
  void isEqualIfShapeAndValuesAreEqual() {
    Tensor same = Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3);

    assertThat(same).isEqualTo(tensor).hasSameHashCodeAs(tensor);
    assertThat(Tensor.of(tensor.toArray(), 3, 2)).isNotEqualTo(tensor);
    assertThat(tensor).hasToString("Tensor[2, 3]");
  }

  @Test
  void rejectsAShapeOfAnotherSize() {
    assertThatThrownBy(() -> Tensor.of(new float[5], 2, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("data must hold 6 values for shape [2, 3], got 5");
    assertThatThrownBy(() -> Tensor.of(new float[2], -1, -2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("shape must not be negative, got [-1, -2]");
  }

  @Test
  void rejectsAShapeWhoseProductOverflows() {
    assertThatThrownBy(() -> Tensor.of(new float[0], 1 << 30, 1 << 30, 16))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at most 2^31 - 1 values");
  }
}
