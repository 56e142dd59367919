package io.github.brainimaging.core.fusion;

import static io.github.brainimaging.core.transform.ImageAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LaplacianPyramidFusionTest extends ImageFusionContract {

  @Override
  ImageFusion fusion() {
    return ImageFusion.laplacianPyramid();
  }

  @Test
  void agreesWithScipy() {
    assertClose(
        ImageFusion.laplacianPyramid(3).fuse(REFERENCE.mri(), REFERENCE.ct()),
        REFERENCE.fused("laplacian"),
        1e-5);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 17})
  void rejectsLevelsOutOfRange(int levels) {
    assertThatThrownBy(() -> ImageFusion.laplacianPyramid(levels))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("levels must be 1 to ");
  }
}
