package io.github.brainimaging.core;

import io.github.brainimaging.core.geometry.AnatomicalPlane;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.inference.Assessment;
import io.github.brainimaging.core.inference.Prediction;
import io.github.brainimaging.core.inference.VolumeClassifier;
import io.github.brainimaging.core.inference.VolumeSegmenter;
import io.github.brainimaging.core.io.MedicalImageReader;
import io.github.brainimaging.core.io.MedicalVolumeReader;
import io.github.brainimaging.core.io.NiftiWriter;
import io.github.brainimaging.core.io.PngImageWriter;
import io.github.brainimaging.core.pipeline.BrainPipeline;
import io.github.brainimaging.core.pipeline.FakeModels;
import io.github.brainimaging.core.pipeline.VolumePipeline;
import io.github.brainimaging.core.slice.SliceClassifier;
import io.github.brainimaging.core.slice.SliceRule;
import io.github.brainimaging.core.slice.SliceSampling;
import io.github.brainimaging.core.slice.SliceSegmenter;
import io.github.brainimaging.core.testing.OptionContract.Observation;
import io.github.brainimaging.core.testing.OptionContract.Option;
import io.github.brainimaging.core.transform.intensity.Rescale;
import io.github.brainimaging.core.work.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Options of the pipelines' builders: two pipelines that differ by one call. */
final class PipelineOptions {

  private static final Rescale DARKER = Rescale.ofDivisor(1.5f);

  private static final Assessment REFUSED =
      new Assessment(Assessment.Verdict.OUT_OF_DOMAIN, List.of("no head"));

  private PipelineOptions() {}

  /** A left half of 200 beside a right half of 150. */
  private static float[] halves(int pixels) {
    float[] samples = new float[pixels];
    for (int i = 0; i < pixels; i++) {
      samples[i] = i % 8 < 4 ? 200 : 150;
    }
    return samples;
  }

  static List<Option> slices(Path folder) throws IOException {
    MedicalImage image = MedicalImage.ofGray(8, 8, halves(64));
    Path file = folder.resolve("slice.png");
    PngImageWriter.write(image, file);
    Observation<BrainPipeline> findings =
        pipeline -> {
          var found = pipeline.analyze(image);
          return List.of(
              found.predictions(),
              found.segmentation().map(s -> s.mask().count()),
              found.milliseconds().keySet());
        };
    BrainPipeline classify = BrainPipeline.builder().classify(FakeModels.BRIGHTNESS).build();
    return List.of(
        Option.of(
            "BrainPipeline.Builder.classify",
            BrainPipeline.builder().segment(FakeModels.ABOVE_HALF).build(),
            BrainPipeline.builder()
                .classify(FakeModels.BRIGHTNESS)
                .segment(FakeModels.ABOVE_HALF)
                .build(),
            findings),
        Option.of(
            "BrainPipeline.Builder.classifyWhen",
            classify,
            BrainPipeline.builder()
                .classify(FakeModels.BRIGHTNESS)
                .classifyWhen(Prediction::isTumor, FakeModels.BRIGHTNESS)
                .build(),
            findings),
        Option.of(
            "BrainPipeline.Builder.preprocess",
            classify,
            BrainPipeline.builder().preprocess(DARKER).classify(FakeModels.BRIGHTNESS).build(),
            findings),
        Option.of(
            "BrainPipeline.Builder.step",
            classify,
            BrainPipeline.builder().step("darker", DARKER).classify(FakeModels.BRIGHTNESS).build(),
            findings),
        Option.of(
            "BrainPipeline.Builder.segment",
            classify,
            BrainPipeline.builder()
                .classify(FakeModels.BRIGHTNESS)
                .segment(FakeModels.ABOVE_HALF)
                .build(),
            findings),
        Option.of(
            "BrainPipeline.Builder.segmentWhen",
            classify,
            BrainPipeline.builder()
                .classify(FakeModels.BRIGHTNESS)
                .segmentWhen(Prediction::isTumor, FakeModels.ABOVE_HALF)
                .build(),
            findings),
        Option.of(
            "BrainPipeline.Builder.segmentWhen",
            classify,
            BrainPipeline.builder()
                .classify(FakeModels.BRIGHTNESS)
                .segmentWhen((seen, last) -> seen.width() > 0, FakeModels.ABOVE_HALF)
                .build(),
            findings),
        Option.of(
            "BrainPipeline.Builder.keepWhen",
            BrainPipeline.builder()
                .classify(FakeModels.BRIGHTNESS)
                .segment(FakeModels.ABOVE_HALF)
                .build(),
            BrainPipeline.builder()
                .classify(FakeModels.BRIGHTNESS)
                .segment(FakeModels.ABOVE_HALF)
                .keepWhen((prediction, found) -> false)
                .build(),
            findings),
        Option.of(
            "BrainPipeline.Builder.assess",
            classify,
            BrainPipeline.builder().assess(any -> REFUSED).classify(FakeModels.BRIGHTNESS).build(),
            findings),
        Option.of(
            "BrainPipeline.Builder.insist",
            BrainPipeline.builder().assess(any -> REFUSED).classify(FakeModels.BRIGHTNESS).build(),
            BrainPipeline.builder()
                .assess(any -> REFUSED)
                .classify(FakeModels.BRIGHTNESS)
                .insist()
                .build(),
            findings),
        Option.of(
            "BrainPipeline.Builder.readWith",
            classify,
            BrainPipeline.builder()
                .readWith(MedicalImageReader.withDefaults().withMaximumPixels(7))
                .classify(FakeModels.BRIGHTNESS)
                .build(),
            pipeline ->
                pipeline.analyzeAll(List.of(file)).map(o -> o.error().isPresent()).toList()),
        Option.of(
            "BrainPipeline.withParallelism",
            classify.withParallelism(1),
            classify.withParallelism(3),
            pipeline ->
                pipeline
                    .analyzeAll(
                        List.of(file), Progress.none(), any -> Thread.currentThread().getName())
                    .toList()));
  }

  static List<Option> volumes(Path folder) throws IOException {
    MedicalVolume volume = MedicalVolume.of(VolumeGrid.ofSize(8, 8, 3), halves(192));
    Path file = folder.resolve("volume.nii");
    NiftiWriter.withDefaults().write(volume, file);
    VolumeClassifier classifier =
        SliceClassifier.of(
            FakeModels.BRIGHTNESS, SliceSampling.all(AnatomicalPlane.AXIAL), SliceRule.mean());
    VolumeSegmenter segmenter = SliceSegmenter.of(FakeModels.ABOVE_HALF);
    Observation<VolumePipeline> findings =
        pipeline -> {
          var found = pipeline.analyze(volume);
          return List.of(
              found.predictions(),
              found.segmentation().map(s -> s.mask().count()),
              found.milliseconds().keySet());
        };
    VolumePipeline classify = VolumePipeline.builder().classify(classifier).build();
    VolumePipeline threads =
        VolumePipeline.builder()
            .step("thread", v -> Thread.currentThread().getName().contains("brain") ? darker(v) : v)
            .classify(classifier)
            .build();
    return List.of(
        Option.of(
            "VolumePipeline.Builder.classify",
            VolumePipeline.builder().segment(segmenter).build(),
            VolumePipeline.builder().classify(classifier).segment(segmenter).build(),
            findings),
        Option.of(
            "VolumePipeline.Builder.classifyWhen",
            classify,
            VolumePipeline.builder()
                .classify(classifier)
                .classifyWhen(Prediction::isTumor, classifier)
                .build(),
            findings),
        Option.of(
            "VolumePipeline.Builder.preprocess",
            classify,
            VolumePipeline.builder()
                .preprocess(PipelineOptions::darker)
                .classify(classifier)
                .build(),
            findings),
        Option.of(
            "VolumePipeline.Builder.step",
            classify,
            VolumePipeline.builder()
                .step("darker", PipelineOptions::darker)
                .classify(classifier)
                .build(),
            findings),
        Option.of(
            "VolumePipeline.Builder.segment",
            classify,
            VolumePipeline.builder().classify(classifier).segment(segmenter).build(),
            findings),
        Option.of(
            "VolumePipeline.Builder.segmentWhen",
            classify,
            VolumePipeline.builder()
                .classify(classifier)
                .segmentWhen(Prediction::isTumor, segmenter)
                .build(),
            findings),
        Option.of(
            "VolumePipeline.Builder.keepWhen",
            VolumePipeline.builder().classify(classifier).segment(segmenter).build(),
            VolumePipeline.builder()
                .classify(classifier)
                .segment(segmenter)
                .keepWhen((prediction, found) -> false)
                .build(),
            findings),
        Option.of(
            "VolumePipeline.Builder.assess",
            classify,
            VolumePipeline.builder().assess(any -> REFUSED).classify(classifier).build(),
            findings),
        Option.of(
            "VolumePipeline.Builder.insist",
            VolumePipeline.builder().assess(any -> REFUSED).classify(classifier).build(),
            VolumePipeline.builder().assess(any -> REFUSED).classify(classifier).insist().build(),
            findings),
        Option.of(
            "VolumePipeline.Builder.readWith",
            classify,
            VolumePipeline.builder()
                .readWith(MedicalVolumeReader.withDefaults().withMaximumVoxels(7))
                .classify(classifier)
                .build(),
            pipeline ->
                pipeline.analyzeAll(List.of(file)).map(o -> o.error().isPresent()).toList()),
        Option.of(
            "VolumePipeline.withParallelism",
            threads.withParallelism(1),
            threads.withParallelism(3),
            pipeline ->
                pipeline
                    .analyzeAll(List.of(file))
                    .map(o -> o.analysis().orElseThrow().predictions())
                    .toList()));
  }

  private static MedicalVolume darker(MedicalVolume volume) {
    float[] samples = volume.samples();
    for (int i = 0; i < samples.length; i++) {
      samples[i] /= 1.5f;
    }
    return volume.withSamples(samples);
  }
}
