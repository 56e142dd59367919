package io.github.brainimaging.core.transform.intensity;

import static io.github.brainimaging.core.transform.ImageAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.transform.ImageAssertions;
import io.github.brainimaging.core.transform.ReferenceImages;
import io.github.brainimaging.core.transform.Transform;
import io.github.brainimaging.core.transform.TransformContract;
import io.github.brainimaging.core.transform.VolumeTransform;
import io.github.brainimaging.core.transform.VolumeTransformContract;
import io.github.brainimaging.core.transform.spatial.Pad;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ZScoreTest extends TransformContract {

  @Override
  protected Transform transform() {
    return ZScore.ofImage();
  }

  @Override
  protected float expectedNominalMaximum(MedicalImage input) {
    return Float.NaN;
  }

  @Test
  void agreesWithNumpy() {
    MedicalImage head = ReferenceImages.get("head");

    assertClose(ZScore.ofImage().apply(head), ReferenceImages.get("head.zscore"), 1e-6);
    assertClose(
        ZScore.ofForeground().apply(head), ReferenceImages.get("head.zscore-foreground"), 1e-6);
  }

  @Test
  void makesAConstantImageExactlyZero() {
    float[] samples = new float[65_536];
    Arrays.fill(samples, 0.1f);
    MedicalImage constant = MedicalImage.ofGray(256, 256, samples);

    assertThat(ZScore.ofImage().apply(constant).samples()).containsOnly(0);
    assertThat(ZScore.ofForeground().apply(constant).samples()).containsOnly(0);
  }

  @Test
  void takesAllChannelsTogether() {
    MedicalImage image = MedicalImage.of(1, 1, 2, new float[] {2, 4});

    assertThat(ZScore.ofImage().apply(image).samples()).containsExactly(-1, 1);
  }

  @Test
  void leavesOutWhatIsNotFinite() {
    float[] samples = {2, Float.NaN, 4, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY};

    float[] output = ZScore.ofImage().apply(MedicalImage.ofGray(5, 1, samples)).samples();

    assertThat(output[0]).isEqualTo(-1);
    assertThat(output[1]).isNaN();
    assertThat(output[2]).isEqualTo(1);
    assertThat(output[3]).isEqualTo(Float.POSITIVE_INFINITY);
    assertThat(output[4]).isEqualTo(Float.NEGATIVE_INFINITY);
  }

  @Test
  void ofForegroundHardlyDependsOnTheSizeOfTheBackground() {
    float[] samples = ImageAssertions.random(40, 40, 1, new SplittableRandom(3)).samples();
    for (int i = 0; i < samples.length; i++) {
      samples[i] += 500;
    }
    MedicalImage narrow = Pad.by(3, 3, 3, 3).apply(MedicalImage.ofGray(40, 40, samples));
    MedicalImage wide = Pad.by(30, 30, 30, 30).apply(MedicalImage.ofGray(40, 40, samples));

    assertThat(ZScore.ofForeground().apply(narrow).get(3, 3))
        .isEqualTo(ZScore.ofForeground().apply(wide).get(30, 30));
  }

  @Test
  void ofForegroundTakesTheWholeImageWhereTheForegroundIsConstant() {
    MedicalImage mask = MedicalImage.ofGray(2, 1, new float[] {0, 255});

    assertThat(ZScore.ofForeground().apply(mask).samples()).containsExactly(-1, 1);
  }

  @Test
  void printsWhatItsMeanIsOf() {
    assertThat(ZScore.ofImage()).hasToString("ZScore[of image]");
    assertThat(ZScore.ofForeground()).hasToString("ZScore[of foreground]");
  }

  @Test
  void takesTheStatisticsOfTheWholeVolumeAsOfTheSameSamplesInAnImage() {
    MedicalImage head = ReferenceImages.get("head");
    MedicalVolume volume =
        MedicalVolume.of(VolumeGrid.ofSize(head.width(), head.height() / 4, 4), head.samples());

    assertThat(ZScore.ofImage().apply(volume).samples())
        .containsExactly(ZScore.ofImage().apply(head).samples());
    assertThat(ZScore.ofForeground().apply(volume).samples())
        .containsExactly(ZScore.ofForeground().apply(head).samples());
  }

  @Nested
  class OfVolumes extends VolumeTransformContract {

    @Override
    protected VolumeTransform transform() {
      return ZScore.ofForeground();
    }
  }
}
