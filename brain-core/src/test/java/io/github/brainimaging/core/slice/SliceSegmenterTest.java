package io.github.brainimaging.core.slice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.brainimaging.core.geometry.AnatomicalPlane;
import io.github.brainimaging.core.image.Affine;
import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.inference.Segmentation;
import io.github.brainimaging.core.inference.Segmenter;
import io.github.brainimaging.core.inference.VolumeSegmentation;
import io.github.brainimaging.core.testing.Interrupted;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** That masks come back on the input's grid is tested with the pipeline of volumes. */
class SliceSegmenterTest {

  @Test
  void segmentsAxialSlicesIfNoOtherPlaneIsAskedFor() {
    List<String> sizes = new ArrayList<>();

    VolumeSegmentation nothing = SliceSegmenter.of(notingSizes(sizes)).segment(head());

    assertThat(nothing.found()).isFalse();
    assertThat(sizes).isEqualTo(Collections.nCopies(4, "6x5"));
  }

  @ParameterizedTest
  @CsvSource({"AXIAL, 4, 6x5", "CORONAL, 5, 6x4", "SAGITTAL, 6, 5x4"})
  void segmentsTheSlicesOfThePlaneThatWasAskedFor(AnatomicalPlane plane, int slices, String size) {
    List<String> sizes = new ArrayList<>();

    VolumeSegmentation nothing =
        SliceSegmenter.of(notingSizes(sizes)).withPlane(plane).segment(head());

    assertThat(nothing.found()).isFalse();
    assertThat(sizes).isEqualTo(Collections.nCopies(slices, size));
  }

  @Test
  void theConfidenceIsThatOfTheSlicesByTheirArea() {
    // One pixel of 0.9, three of 0.5; the empty slice has no say.
    float[] samples = {0.9f, 0, 0, 0, 0.5f, 0.5f, 0.5f, 0, 0, 0, 0, 0};
    MedicalVolume volume = MedicalVolume.of(VolumeGrid.ofSize(2, 2, 3), samples);
    Segmenter segmenter =
        slice ->
            new Segmentation(
                Mask.above(slice, 0), slice.spacing(), OptionalDouble.of(slice.range()[1]));

    assertThat(SliceSegmenter.of(segmenter).segment(volume).confidence().orElseThrow())
        .isCloseTo((0.9 + 3 * 0.5) / 4, within(1e-6));
  }

  /** Whatever the plane, each voxel gets what its pixel was given, at the voxel's own place. */
  @ParameterizedTest
  @EnumSource(AnatomicalPlane.class)
  void probabilitiesComeBackOnTheGridOfTheInput(AnatomicalPlane plane) {
    float[] samples = new float[6 * 5 * 4];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = i / (float) samples.length;
    }
    MedicalVolume volume = MedicalVolume.of(head().grid(), samples);

    MedicalVolume placed = SliceSegmenter.of(new Half()).withPlane(plane).probabilities(volume);
    MedicalVolume stored =
        SliceSegmenter.of(new Half())
            .probabilities(MedicalVolume.of(VolumeGrid.ofSize(6, 5, 4), samples));

    assertThat(placed.grid()).isEqualTo(volume.grid());
    for (int i = 0; i < samples.length; i++) {
      assertThat(placed.samples()[i]).isEqualTo(samples[i] / 2);
    }
    assertThat(stored.samples()).isEqualTo(placed.samples());
  }

  /** Half of each pixel is its probability. */
  private record Half() implements Segmenter {
    @Override
    public Segmentation segment(MedicalImage image) {
      return Segmentation.ofProbabilities(probabilities(image), threshold());
    }

    @Override
    public MedicalImage probabilities(MedicalImage image) {
      float[] samples = image.samples();
      for (int i = 0; i < samples.length; i++) {
        samples[i] /= 2;
      }
      return image.wrapSamples(samples);
    }
  }

  @Test
  void anInterruptEndsItBeforeTheNextSlice() {
    List<String> sizes = new ArrayList<>();

    Interrupted.assertEnds(
        () -> SliceSegmenter.of(notingSizes(sizes)).segment(head()), "interrupted at slice 0 of 4");

    assertThat(sizes).isEmpty();
  }

  @Test
  @SuppressWarnings("NullAway")
  void aSegmenterThatGivesNothingIsNamed() {
    Segmenter nothing = slice -> null;

    assertThatThrownBy(() -> SliceSegmenter.of(nothing).segment(head()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(nothing + " gave null for slice 0");
  }

  /** 6 columns from right to left, 5 rows from front to back, 4 slices from foot to head. */
  private static MedicalVolume head() {
    VolumeGrid grid = VolumeGrid.ofSize(6, 5, 4).withAffine(Affine.scaling(-1, -1, 1));
    return MedicalVolume.of(grid, new float[grid.voxels()]);
  }

  private static Segmenter notingSizes(List<String> sizes) {
    return slice -> {
      sizes.add(slice.width() + "x" + slice.height());
      return new Segmentation(Mask.empty(slice.width(), slice.height()), slice.spacing());
    };
  }
}
