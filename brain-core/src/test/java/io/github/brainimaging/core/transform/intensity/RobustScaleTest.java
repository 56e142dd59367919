package io.github.brainimaging.core.transform.intensity;

import static io.github.brainimaging.core.transform.ImageAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.transform.ReferenceImages;
import io.github.brainimaging.core.transform.Transform;
import io.github.brainimaging.core.transform.TransformContract;
import io.github.brainimaging.core.transform.VolumeTransform;
import io.github.brainimaging.core.transform.VolumeTransformContract;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RobustScaleTest extends TransformContract {

  private static final int SIZE = 64;

  @Override
  protected Transform transform() {
    return RobustScale.ofForeground();
  }

  @Override
  protected float expectedNominalMaximum(MedicalImage input) {
    return Float.NaN;
  }

  @Test
  void agreesWithNumpy() {
    assertClose(
        RobustScale.ofForeground().apply(ReferenceImages.get("head")),
        ReferenceImages.get("head.robust"),
        1e-6);
  }

  /** A disk of brain, 100 with noise of 5, in a ring of scalp. */
  private static MedicalImage head(float scalp) {
    Random random = new Random(1);
    float[] samples = new float[SIZE * SIZE];
    for (int i = 0; i < samples.length; i++) {
      double radius = Math.hypot(i % SIZE - 32, i / SIZE - 32);
      double brain = 100 + 5 * random.nextGaussian();
      samples[i] = (float) (radius < 24 ? brain : radius < 26 ? scalp : 0);
    }
    return MedicalImage.ofGray(SIZE, SIZE, samples);
  }

  @Test
  void keepsTheContrastOfTheBrainHoweverBrightTheScalpIs() {
    MedicalImage dim = RobustScale.ofForeground().apply(head(200));
    MedicalImage bright = RobustScale.ofForeground().apply(head(700));

    for (int x = 12; x < 52; x++) {
      assertThat(bright.get(x, 32)).isEqualTo(dim.get(x, 32));
    }
    assertThat(bright.get(32, 7)).isEqualTo(4);
    assertThat(bright.get(0, 0)).isEqualTo(-4);
  }

  @Test
  void doesNotDependOnScaleAndOffset() {
    MedicalImage head = head(300);
    float[] samples = head.samples();
    for (int i = 0; i < samples.length; i++) {
      samples[i] = 0.5f * samples[i] + 20;
    }

    float[] expected = RobustScale.ofForeground().apply(head).samples();
    float[] found = RobustScale.ofForeground().apply(head.withSamples(samples)).samples();

    assertThat(found).containsExactly(expected, within(1e-4f));
  }

  @Test
  void makesAConstantImageZeroAndKeepsNaN() {
    float[] samples = new float[100];
    Arrays.fill(samples, 7);
    samples[3] = Float.NaN;
    samples[4] = Float.POSITIVE_INFINITY;

    float[] output =
        RobustScale.ofForeground().apply(MedicalImage.ofGray(10, 10, samples)).samples();

    assertThat(output[0]).isZero();
    assertThat(output[3]).isNaN();
    assertThat(output[4]).isZero();
    samples[5] = 9;
    Arrays.fill(samples, 6, 50, 9);
    output = RobustScale.ofForeground().apply(MedicalImage.ofGray(10, 10, samples)).samples();
    assertThat(output[4]).isEqualTo(4);
  }

  @Test
  void takesTheQuartilesOfTheWholeVolume() {
    MedicalImage head = head(300);
    MedicalVolume volume = MedicalVolume.of(VolumeGrid.ofSize(SIZE, 16, 4), head.samples());

    assertThat(RobustScale.ofForeground().apply(volume).samples())
        .containsExactly(RobustScale.ofForeground().apply(head).samples());
  }

  @Nested
  class OfVolumes extends VolumeTransformContract {

    @Override
    protected VolumeTransform transform() {
      return RobustScale.ofForeground();
    }
  }
}
