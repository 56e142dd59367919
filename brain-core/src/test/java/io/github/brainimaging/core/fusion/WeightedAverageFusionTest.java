package io.github.brainimaging.core.fusion;

import static io.github.brainimaging.core.transform.ImageAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WeightedAverageFusionTest extends ImageFusionContract {

  @Override
  ImageFusion fusion() {
    return ImageFusion.average();
  }

  @Test
  void agreesWithNumpy() {
    assertClose(
        ImageFusion.average(0.3).fuse(REFERENCE.mri(), REFERENCE.ct()),
        REFERENCE.fused("average"),
        1e-5);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
  void rejectsAWeightOutOfRange(double weight) {
    assertThatThrownBy(() -> ImageFusion.average(weight))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("mriWeight must be 0 to 1, got " + weight);
  }
}
