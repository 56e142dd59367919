package io.github.brainimaging.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.brainimaging.core.geometry.AnatomicalPlane;
import io.github.brainimaging.core.image.Affine;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.image.VolumeMask;
import io.github.brainimaging.core.inference.Prediction;
import io.github.brainimaging.core.inference.VolumeSegmentation;
import io.github.brainimaging.core.inference.VolumeSegmenter;
import io.github.brainimaging.core.io.ImageFormatException;
import io.github.brainimaging.core.io.MedicalVolumeReader;
import io.github.brainimaging.core.io.NiftiWriter;
import io.github.brainimaging.core.slice.SliceClassifier;
import io.github.brainimaging.core.slice.SliceRule;
import io.github.brainimaging.core.slice.SliceSampling;
import io.github.brainimaging.core.slice.SliceSegmenter;
import io.github.brainimaging.core.transform.VolumeTransform;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Classes and regions of whole volumes, with models whose results can be told in advance. */
class VolumePipelineTest {

  /** Stored from head to foot, back to front: columns are left to right, rows head to foot. */
  private static final VolumeGrid CORONAL =
      VolumeGrid.ofSize(6, 5, 4).withAffine(Affine.of(2, 0, 0, -5, 0, 0, 3, 7, 0, -1, 0, 9));

  @TempDir Path folder;

  /** 255 in the box x 1..3, y 2..3, z 1..2, else 0. */
  private static MedicalVolume withLesion(VolumeGrid grid) {
    float[] samples = new float[grid.voxels()];
    for (int z = 1; z <= 2; z++) {
      for (int y = 2; y <= 3; y++) {
        for (int x = 1; x <= 3; x++) {
          samples[(z * grid.height() + y) * grid.width() + x] = 255;
        }
      }
    }
    return MedicalVolume.of(grid, samples);
  }

  private static SliceClassifier classifier(SliceRule rule) {
    return SliceClassifier.of(
        FakeModels.BRIGHTNESS, SliceSampling.all(AnatomicalPlane.CORONAL), rule);
  }

  @Test
  void classifiesSliceBySlice() {
    MedicalVolume volume = withLesion(CORONAL);

    // Both slices that are not empty have 6 of 30 voxels.
    Prediction prediction = classifier(SliceRule.mean()).classify(volume);

    assertThat(prediction.probability("glioma")).isCloseTo(0.2, within(1e-6));
    assertThat(classifier(SliceRule.mean()).labels()).containsExactly("glioma", "notumor");
  }

  @Test
  void aMaskComesBackOnTheGridOfTheInput() {
    MedicalVolume volume = withLesion(CORONAL);
    for (AnatomicalPlane plane : AnatomicalPlane.values()) {
      VolumeSegmentation found =
          SliceSegmenter.of(FakeModels.ABOVE_HALF).withPlane(plane).segment(volume);

      assertThat(found.mask()).isEqualTo(VolumeMask.above(volume, 127));
      assertThat(found.mask().volumeMl()).hasValueCloseTo(12 * 6 / 1000.0, within(1e-9));
    }
  }

  @Test
  void aVolumeOfUnknownOrientationIsSegmentedAsStored() {
    MedicalVolume volume = withLesion(VolumeGrid.ofSize(6, 5, 4));

    VolumeSegmentation found = SliceSegmenter.of(FakeModels.ABOVE_HALF).segment(volume);

    assertThat(found.mask()).isEqualTo(VolumeMask.above(volume, 127));
  }

  @Test
  void runsTheStepsInOrderOnWhatThePreparationsMade() {
    VolumePipeline pipeline =
        VolumePipeline.builder()
            .step("blank", volume -> volume.withSamples(new float[volume.grid().voxels()]))
            .classify(classifier(SliceRule.mean()))
            .segment(SliceSegmenter.of(FakeModels.ABOVE_HALF))
            .build();

    VolumeAnalysis analysis = pipeline.analyze("case 1", withLesion(CORONAL));

    assertThat(analysis.milliseconds()).containsOnlyKeys("blank", "classify", "segment");
    assertThat(analysis.segmentation().map(VolumeSegmentation::found)).hasValue(false);
    assertThat(analysis.prediction().map(Prediction::label)).hasValue("notumor");
    assertThat(analysis.volume()).isEqualTo(withLesion(CORONAL));
    assertThat(analysis.toString()).contains("case 1", "notumor 1.0000");
  }

  @Test
  void segmentsWhereTheClassAsksForIt() {
    MedicalVolume volume = withLesion(CORONAL);
    VolumeSegmenter segmenter = SliceSegmenter.of(FakeModels.ABOVE_HALF);

    Optional<VolumeSegmentation> no =
        VolumePipeline.builder()
            .classify(classifier(SliceRule.maximum()))
            .segmentWhen(Prediction::isTumor, segmenter)
            .build()
            .analyze("a", volume)
            .segmentation();
    Optional<VolumeSegmentation> yes =
        VolumePipeline.builder()
            .classify(classifier(SliceRule.maximum()))
            .segmentWhen(prediction -> !prediction.isTumor(), segmenter)
            .build()
            .analyze("a", volume)
            .segmentation();

    assertThat(no).isEmpty();
    assertThat(yes.orElseThrow().mask().count()).isEqualTo(12);
  }

  @Test
  void readsAFile() throws IOException {
    Path file = folder.resolve("head.nii.gz");
    NiftiWriter.withDefaults().write(withLesion(CORONAL), file);
    VolumePipeline pipeline =
        VolumePipeline.builder().segment(SliceSegmenter.of(FakeModels.ABOVE_HALF)).build();

    VolumeAnalysis analysis = pipeline.analyze(file);

    assertThat(analysis.input()).isEqualTo(file.toString());
    assertThat(analysis.milliseconds()).containsKey("read");
    assertThat(analysis.prediction()).isEmpty();
    assertThat(analysis.segmentation().orElseThrow().mask().toArray())
        .isEqualTo(VolumeMask.above(withLesion(CORONAL), 127).toArray());
  }

  @Test
  void readsWithTheReaderThatWasGiven() throws IOException {
    Path file = folder.resolve("head.nii.gz");
    NiftiWriter.withDefaults().write(withLesion(CORONAL), file);
    VolumePipeline.Builder builder =
        VolumePipeline.builder().segment(SliceSegmenter.of(FakeModels.ABOVE_HALF));
    VolumePipeline enough = builder.readWith(withMaximumVoxels(120)).build();
    VolumePipeline tooFew = builder.readWith(withMaximumVoxels(119)).build();

    assertThat(enough.analyze(file).segmentation()).isPresent();
    assertThatThrownBy(() -> tooFew.analyze(file)).isInstanceOf(ImageFormatException.class);
  }

  private static MedicalVolumeReader withMaximumVoxels(long voxels) {
    return MedicalVolumeReader.withDefaults().withMaximumVoxels(voxels);
  }

  @Test
  void refusesWhenBuiltAStepThatTakesTheMaskOffTheGrid() {
    VolumePipeline.Builder builder =
        VolumePipeline.builder()
            .step("crop", volume -> withLesion(VolumeGrid.ofSize(5, 5, 5)))
            .segment(SliceSegmenter.of(FakeModels.ABOVE_HALF));

    assertThatThrownBy(builder::build)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("step 'crop' must keep the grid");
  }

  @Test
  void theClassDecidesWhetherThereIsATumorElseWhatWasFound() {
    VolumeSegmenter segmenter = SliceSegmenter.of(FakeModels.ABOVE_HALF);
    VolumePipeline segmenting = VolumePipeline.builder().segment(segmenter).build();
    VolumePipeline both =
        VolumePipeline.builder().classify(classifier(SliceRule.mean())).segment(segmenter).build();
    float[] bright = new float[CORONAL.voxels()];
    Arrays.fill(bright, 200);

    assertThat(segmenting.analyze(withLesion(CORONAL)).tumorPresent()).isTrue();
    assertThat(segmenting.analyze(MedicalVolume.of(CORONAL, new float[120])).tumorPresent())
        .isFalse();
    assertThat(both.analyze(withLesion(CORONAL)).tumorPresent()).isFalse();
    assertThat(both.analyze(MedicalVolume.of(CORONAL, bright)).tumorPresent()).isTrue();
  }

  @Test
  void readsManyFilesInTheirOrder() throws IOException {
    Path first = folder.resolve("first.nii.gz");
    Path second = folder.resolve("second.nii.gz");
    NiftiWriter.withDefaults().write(withLesion(CORONAL), first);
    NiftiWriter.withDefaults().write(MedicalVolume.of(CORONAL, new float[120]), second);

    List<Outcome<VolumeAnalysis>> outcomes =
        VolumePipeline.builder()
            .segment(SliceSegmenter.of(FakeModels.ABOVE_HALF))
            .build()
            .analyzeAll(List.of(first, second))
            .toList();

    assertThat(outcomes)
        .extracting(Outcome::input)
        .containsExactly(first.toString(), second.toString());
    assertThat(outcomes)
        .extracting(outcome -> outcome.analysis().orElseThrow().tumorPresent())
        .containsExactly(true, false);
  }

  @Test
  void preparesByOneTransformAfterTheOther() {
    VolumeTransform halve =
        volume -> {
          float[] samples = volume.samples();
          for (int i = 0; i < samples.length; i++) {
            samples[i] /= 2;
          }
          return volume.withSamples(samples);
        };
    VolumeSegmenter segmenter = SliceSegmenter.of(FakeModels.ABOVE_HALF);

    VolumeAnalysis once =
        VolumePipeline.builder()
            .preprocess(halve)
            .segment(segmenter)
            .build()
            .analyze(withLesion(CORONAL));
    VolumeAnalysis twice =
        VolumePipeline.builder()
            .preprocess(halve, halve)
            .segment(segmenter)
            .build()
            .analyze(withLesion(CORONAL));

    assertThat(once.tumorPresent()).isTrue();
    assertThat(twice.tumorPresent()).isFalse();
    assertThat(twice.milliseconds()).containsOnlyKeys("preprocess", "segment");
    assertThatThrownBy(() -> VolumePipeline.builder().preprocess())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("transforms must be at least one, got none");
  }

  @Test
  void tellsBothGridsOfAMaskThatLiesElsewhere() {
    VolumeGrid other = VolumeGrid.ofSize(2, 2, 2);
    VolumePipeline pipeline =
        VolumePipeline.builder()
            .segment(
                volume -> new VolumeSegmentation(VolumeMask.empty(other), OptionalDouble.empty()))
            .build();

    assertThatThrownBy(() -> pipeline.analyze(withLesion(CORONAL)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "step 'segment' must give a mask on the grid of the volume = %s, got %s",
            CORONAL, other);
  }
}
