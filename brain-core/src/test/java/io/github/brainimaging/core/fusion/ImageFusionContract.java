package io.github.brainimaging.core.fusion;

import static io.github.brainimaging.core.transform.ImageAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.Modality;
import io.github.brainimaging.core.image.Spacing;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.transform.ImageAssertions;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What holds for every fusion. */
abstract class ImageFusionContract {

  /** Made once, since the reference is read from a file. */
  static final FusionReference REFERENCE = FusionReference.read();

  /** The fusion with its defaults. */
  abstract ImageFusion fusion();

  @Test
  void keepsAnImageThatIsFusedWithItself() {
    MedicalImage image = REFERENCE.mri();

    MedicalImage fused = fusion().fuse(image, image);

    float[] expected = image.samples();
    for (int i = 0; i < expected.length; i++) {
      expected[i] /= 255;
    }
    assertClose(fused, fused.withSamples(expected), 1e-5);
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 2", "1, 9", "37, 1", "5, 3", "33, 18"})
  void staysInTheUnitRangeAndOnTheGridForAnySize(int width, int height) {
    SplittableRandom random = new SplittableRandom(width);
    MedicalImage mri = ImageAssertions.random(width, height, 1, random);
    MedicalImage ct = ImageAssertions.random(width, height, 1, random);

    MedicalImage fused =
        fusion().fuse(mri.withSpacing(new Spacing(0.5, 0.75)).withModality(Modality.MR), ct);

    assertThat(fused.width()).isEqualTo(width);
    assertThat(fused.height()).isEqualTo(height);
    assertThat(fused.spacing()).isEqualTo(new Spacing(0.5, 0.75));
    assertThat(fused.modality()).isEqualTo(Modality.UNKNOWN);
    assertThat(fused.nominalMaximum()).isEqualTo(1);
    for (float v : fused.samples()) {
      assertThat(v).isBetween(0f, 1f);
    }
  }

  @Test
  void doesNotMindTheUnitsOfAnImageWithoutNominalMaximum() {
    MedicalImage mri = REFERENCE.mri().withNominalMaximum(Float.NaN);
    float[] other = mri.samples();
    for (int i = 0; i < other.length; i++) {
      other[i] = 3 * other[i] - 1000;
    }

    assertClose(
        fusion().fuse(mri.withSamples(other), REFERENCE.ct()),
        fusion().fuse(mri, REFERENCE.ct()),
        1e-4);
  }

  @Test
  void fusesVolumesSliceBySliceInTheRangeOfAllSlices() {
    float largest = REFERENCE.ct().range()[1];
    MedicalImage mri = REFERENCE.mri().withNominalMaximum(largest);
    MedicalImage ct = REFERENCE.ct().withNominalMaximum(largest);
    VolumeGrid grid = VolumeGrid.ofSize(mri.width(), mri.height(), 2);

    MedicalVolume fused = fusion().fuse(twoSlices(grid, mri, ct), twoSlices(grid, ct, ct));

    // Both volumes reach from 0 to the same largest sample.
    assertThat(fused.grid()).isEqualTo(grid);
    assertClose(fused.slice(0).withNominalMaximum(1), fusion().fuse(mri, ct), 1e-6);
    assertClose(fused.slice(1).withNominalMaximum(1), fusion().fuse(ct, ct), 1e-6);
    assertThatThrownBy(
            () ->
                fusion()
                    .fuse(
                        twoSlices(grid, mri, ct),
                        MedicalVolume.of(VolumeGrid.ofSize(1, 1, 1), new float[1])))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("ct must lie on mri's grid, ");
  }

  private static MedicalVolume twoSlices(VolumeGrid grid, MedicalImage first, MedicalImage second) {
    float[] samples = new float[grid.voxels()];
    first.copySamplesTo(samples, 0);
    second.copySamplesTo(samples, samples.length / 2);
    return MedicalVolume.of(grid, samples);
  }

  @Test
  void rejectsImagesThatDoNotFit() {
    MedicalImage image = REFERENCE.mri();
    float[] samples = image.samples();
    samples[7] = Float.NaN;

    assertThatThrownBy(() -> fusion().fuse(image, MedicalImage.ofGray(1, 1, new float[1])))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("ct must have the size of mri, 28 x 20, got 1 x 1");
    assertThatThrownBy(() -> fusion().fuse(image, image.withPixels(28, 20, 2, new float[1120])))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("ct must be gray (1 channel), got 2");
    assertThatThrownBy(() -> fusion().fuse(image.withSamples(samples), image))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("mri must have finite samples only, got NaN");
  }
}
