package io.github.brainimaging.core.fusion;

import static io.github.brainimaging.core.transform.ImageAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WaveletFusionTest extends ImageFusionContract {

  @Override
  ImageFusion fusion() {
    return ImageFusion.wavelet();
  }

  @Test
  void agreesWithPyWavelets() {
    assertClose(
        ImageFusion.wavelet(2).fuse(REFERENCE.mri(), REFERENCE.ct()),
        REFERENCE.fused("wavelet"),
        1e-5);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 7})
  void rejectsLevelsOutOfRange(int levels) {
    assertThatThrownBy(() -> ImageFusion.wavelet(levels))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("levels must be 1 to ");
  }
}
