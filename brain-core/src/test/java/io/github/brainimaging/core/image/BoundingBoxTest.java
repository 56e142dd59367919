package io.github.brainimaging.core.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class BoundingBoxTest {

  @Test
  void mayStartLeftOfTheImage() {
    assertThat(new BoundingBox(-2, -3, 1, 1).x()).isEqualTo(-2);
  }

  @Test
  void rejectsSizesThatAreNotPositive() {
    assertThatThrownBy(() -> new BoundingBox(0, 0, 0, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("width must be positive, got 0");
    assertThatThrownBy(() -> new BoundingBox(0, 0, 1, -1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("height must be positive, got -1");
  }
}
