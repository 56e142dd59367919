package io.github.brainimaging.core.transform.intensity;

import static io.github.brainimaging.core.transform.ImageAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.transform.ReferenceImages;
import io.github.brainimaging.core.transform.Transform;
import io.github.brainimaging.core.transform.TransformContract;
import io.github.brainimaging.core.transform.VolumeTransform;
import io.github.brainimaging.core.transform.VolumeTransformContract;
import java.util.Arrays;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PercentileClipTest extends TransformContract {

  @Override
  protected Transform transform() {
    return PercentileClip.of(1, 99);
  }

  @ParameterizedTest
  @CsvSource({"0.5, 99.5, head.clip-0.5-99.5", "5, 60, head.clip-5-60", "0, 100, head.clip-0-100"})
  void agreesWithNumpy(double low, double high, String reference) {
    assertClose(
        PercentileClip.of(low, high).apply(ReferenceImages.get("head")),
        ReferenceImages.get(reference),
        1e-4);
  }

  @Test
  void limitsInfinitiesAndKeepsNaN() {
    float[] samples = {1, Float.NaN, 2, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY};

    assertThat(PercentileClip.of(0, 100).apply(MedicalImage.ofGray(5, 1, samples)).samples())
        .containsExactly(1, Float.NaN, 2, 2, 1);
  }

  @Test
  void returnsAnImageWithoutFiniteSamplesAsItIs() {
    MedicalImage image = MedicalImage.ofGray(1, 1, new float[] {Float.POSITIVE_INFINITY});

    assertThat(transform().apply(image)).isSameAs(image);
  }

  @ParameterizedTest
  @CsvSource({"-1, 50", "101, 101", "NaN, 50", "50, 49", "50, 101", "50, NaN"})
  void rejectsPercentilesOutOfRange(double low, double high) {
    assertThatThrownBy(() -> PercentileClip.of(low, high))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void bothPercentilesMayBeTheHighest() {
    assertThat(
            PercentileClip.of(100, 100)
                .apply(MedicalImage.ofGray(2, 1, new float[] {1, 3}))
                .samples())
        .containsExactly(3, 3);
  }

  @Test
  void takesThePercentilesOfTheWholeVolume() {
    VolumeGrid grid = VolumeGrid.ofSize(1, 1, 5);
    MedicalVolume nothing = MedicalVolume.of(grid, new float[5]).withSamples(unknown());

    assertThat(
            PercentileClip.of(25, 75)
                .apply(MedicalVolume.of(grid, new float[] {1, 2, 3, 4, 5}))
                .samples())
        .containsExactly(2, 2, 3, 4, 4);
    assertThat(PercentileClip.of(25, 75).apply(nothing)).isSameAs(nothing);
  }

  private static float[] unknown() {
    float[] samples = new float[5];
    Arrays.fill(samples, Float.NaN);
    return samples;
  }

  @Nested
  class OfVolumes extends VolumeTransformContract {

    @Override
    protected VolumeTransform transform() {
      return PercentileClip.of(1, 99);
    }
  }
}
