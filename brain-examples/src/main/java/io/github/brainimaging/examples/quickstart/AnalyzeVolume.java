package io.github.brainimaging.examples.quickstart;

import io.github.brainimaging.core.domain.BrainVolume;
import io.github.brainimaging.core.inference.Prediction;
import io.github.brainimaging.core.inference.SecondOpinion;
import io.github.brainimaging.core.io.NiftiWriter;
import io.github.brainimaging.core.pipeline.VolumeAnalysis;
import io.github.brainimaging.core.pipeline.VolumePipeline;
import io.github.brainimaging.core.slice.SliceClassifier;
import io.github.brainimaging.core.slice.SliceRule;
import io.github.brainimaging.core.slice.SliceSampling;
import io.github.brainimaging.core.slice.SliceSegmenter;
import io.github.brainimaging.models.onnx.OnnxClassifier;
import io.github.brainimaging.models.onnx.OnnxSegmenter;
import io.github.brainimaging.models.onnx.PresenceClassifier;
import io.github.brainimaging.models.stripping.OnnxSkullStripper;
import java.io.IOException;
import java.nio.file.Path;

/** Classifies a volume by the slices of its brain and, if it shows a tumor, saves the mask. */
public final class AnalyzeVolume {

  private AnalyzeVolume() {}

  /**
   * Prints what was found.
   *
   * @param arguments a volume file or a folder with one DICOM series, and the mask to write
   * @throws IOException if the volume cannot be read or the mask cannot be written
   */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length < 2) {
      System.err.println("usage: AnalyzeVolume VOLUME MASK.nii.gz");
      return;
    }
    try (OnnxClassifier first = OnnxClassifier.embedded();
        PresenceClassifier second = PresenceClassifier.embedded();
        OnnxSegmenter segmenter = OnnxSegmenter.embedded();
        OnnxSkullStripper stripper = OnnxSkullStripper.embedded()) {
      SecondOpinion classifier = SecondOpinion.of(first, second);
      SliceSampling brain = SliceSampling.ofBrain(stripper::extract, BrainVolume.ofPeople());
      VolumePipeline pipeline =
          VolumePipeline.builder()
              .classify(SliceClassifier.of(classifier, brain, SliceRule.majority()))
              .segmentWhen(Prediction::isTumor, SliceSegmenter.of(segmenter))
              .build();

      VolumeAnalysis analysis = pipeline.analyze(Path.of(arguments[0]));

      System.out.println(analysis.volume());
      System.out.println(analysis.assessment());
      analysis.prediction().ifPresent(System.out::println);
      analysis.slices().forEach(System.out::println);
      if (analysis.segmentation().isPresent()) {
        NiftiWriter.withDefaults()
            .write(analysis.segmentation().get().mask(), Path.of(arguments[1]));
      }
    }
  }
}
