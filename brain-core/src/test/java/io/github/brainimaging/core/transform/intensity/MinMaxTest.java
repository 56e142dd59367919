package io.github.brainimaging.core.transform.intensity;

import static io.github.brainimaging.core.transform.ImageAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.transform.ReferenceImages;
import io.github.brainimaging.core.transform.Transform;
import io.github.brainimaging.core.transform.TransformContract;
import io.github.brainimaging.core.transform.VolumeTransform;
import io.github.brainimaging.core.transform.VolumeTransformContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class MinMaxTest extends TransformContract {

  @Override
  protected Transform transform() {
    return MinMax.toUnit();
  }

  @Override
  protected float expectedNominalMaximum(MedicalImage input) {
    return 1;
  }

  @Test
  void agreesWithNumpy() {
    MedicalImage output = transform().apply(ReferenceImages.get("head"));

    assertClose(output, ReferenceImages.get("head.minmax"), 1e-6);
    assertThat(output.range()).containsExactly(0, 1);
  }

  @Test
  void makesAConstantImageZero() {
    MedicalImage constant = MedicalImage.ofGray(2, 1, new float[] {7.3f, 7.3f});

    assertThat(transform().apply(constant).samples()).containsExactly(0, 0);
  }

  @Test
  void doesNotOverflowOnTheWidestRange() {
    float max = Float.MAX_VALUE;

    assertThat(transform().apply(MedicalImage.ofGray(3, 1, new float[] {-max, 0, max})).samples())
        .containsExactly(0, 0.5f, 1);
  }

  @Test
  void leavesOutWhatIsNotFinite() {
    float[] output =
        transform()
            .apply(
                MedicalImage.ofGray(4, 1, new float[] {2, Float.NaN, 4, Float.POSITIVE_INFINITY}))
            .samples();

    assertThat(output).containsExactly(0, Float.NaN, 1, Float.POSITIVE_INFINITY);
  }

  @Test
  void takesTheRangeOfTheWholeVolume() {
    MedicalVolume volume =
        MedicalVolume.of(VolumeGrid.ofSize(1, 1, 3), new float[] {2, 4, Float.NaN});

    assertThat(MinMax.toUnit().apply(volume).samples()).containsExactly(0, 1, Float.NaN);
  }

  @Nested
  class OfVolumes extends VolumeTransformContract {

    @Override
    protected VolumeTransform transform() {
      return MinMax.toUnit();
    }
  }
}
