package io.github.brainimaging.examples.web;

import io.github.brainimaging.core.domain.BrainVolume;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.inference.Prediction;
import io.github.brainimaging.core.inference.SecondOpinion;
import io.github.brainimaging.core.io.ImageFormatException;
import io.github.brainimaging.core.io.MedicalImageReader;
import io.github.brainimaging.core.io.MedicalVolumeReader;
import io.github.brainimaging.core.pipeline.Analysis;
import io.github.brainimaging.core.pipeline.BrainPipeline;
import io.github.brainimaging.core.pipeline.Outcome;
import io.github.brainimaging.core.pipeline.VolumeAnalysis;
import io.github.brainimaging.core.pipeline.VolumePipeline;
import io.github.brainimaging.core.report.ReportWriter;
import io.github.brainimaging.core.report.ResultJson;
import io.github.brainimaging.core.report.VolumeReportWriter;
import io.github.brainimaging.core.slice.SliceClassifier;
import io.github.brainimaging.core.slice.SliceRule;
import io.github.brainimaging.core.slice.SliceSampling;
import io.github.brainimaging.core.slice.SliceSegmenter;
import io.github.brainimaging.examples.cli.file.VolumeInput;
import io.github.brainimaging.models.onnx.OnnxClassifier;
import io.github.brainimaging.models.onnx.OnnxSegmenter;
import io.github.brainimaging.models.onnx.PresenceClassifier;
import io.github.brainimaging.models.stripping.OnnxSkullStripper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The models, loaded once, and what they say of a file. Safe to share between threads. */
final class UploadAnalyzer implements AutoCloseable {

  /** A volume takes some four times its samples of four bytes, and all jobs share the heap. */
  private static final int BYTES_PER_VOXEL = 16;

  private final OnnxClassifier classifier = OnnxClassifier.embedded();
  private final PresenceClassifier second = PresenceClassifier.embedded();
  private final OnnxSegmenter segmenter = OnnxSegmenter.embedded();
  private final OnnxSkullStripper stripper = OnnxSkullStripper.embedded();
  private final MedicalImageReader imageReader;
  private final MedicalVolumeReader volumeReader;
  private final BrainPipeline images;
  private final VolumePipeline volumes;

  /**
   * Loads the models.
   *
   * @param jobs how many files are analyzed at the same time
   */
  UploadAnalyzer(int jobs) {
    long voxels = Math.max(1, Runtime.getRuntime().maxMemory() / BYTES_PER_VOXEL / jobs);
    imageReader = MedicalImageReader.withDefaults().withMaximumPixels(Math.min(64_000_000, voxels));
    volumeReader = MedicalVolumeReader.withDefaults().withMaximumVoxels(voxels);
    SecondOpinion both = SecondOpinion.of(classifier, second);
    SliceSampling brain = SliceSampling.ofBrain(stripper::extract, BrainVolume.ofPeople());
    images =
        BrainPipeline.builder().classify(both).segmentWhen(Prediction::isTumor, segmenter).build();
    volumes =
        VolumePipeline.builder()
            .classify(SliceClassifier.of(both, brain, SliceRule.majority()))
            .segmentWhen(Prediction::isTumor, SliceSegmenter.of(segmenter))
            .build();
  }

  /**
   * What the models say, as JSON.
   *
   * @param file the content of the upload
   * @param name what the user calls it
   * @throws RefusedUpload if it is no image, or one that cannot be read
   */
  String json(Path file, String name) throws IOException, RefusedUpload {
    return VolumeInput.isVolume(file)
        ? ResultJson.toJson(volumes.analyze(name, volume(file, name)))
        : ResultJson.toJson(images.analyze(name, image(file, name)));
  }

  /**
   * What the models say, as a report.
   *
   * @param file the content of the upload
   * @param name what the user calls it
   * @param folder where the files of the report are written
   * @throws RefusedUpload if it is no image, or one that cannot be read
   */
  void report(Path file, String name, Path folder) throws IOException, RefusedUpload {
    ReportWriter.Facts facts =
        new ReportWriter.Facts(
            name,
            classifier.card().name() + " with a second opinion",
            segmenter.card().name(),
            classifier.device().toString(),
            "");
    if (VolumeInput.isVolume(file)) {
      VolumeAnalysis found = volumes.analyze(name, volume(file, name));
      try (VolumeReportWriter report = VolumeReportWriter.create(folder, facts, List.of(file))) {
        report.add(name, new Outcome.Success<>(name, found), null);
        report.finish();
      }
    } else {
      Analysis found = images.analyze(name, image(file, name));
      try (ReportWriter report = ReportWriter.create(folder, facts, List.of(file))) {
        report.add(name, new Outcome.Success<>(name, found));
        report.finish();
      }
    }
  }

  private MedicalImage image(Path file, String name) throws IOException, RefusedUpload {
    try (InputStream content = Files.newInputStream(file)) {
      return imageReader.read(content, name);
    } catch (ImageFormatException e) {
      throw refused(e, file);
    }
  }

  /** As a stream, so that a header cannot name another file with the voxels. */
  private MedicalVolume volume(Path file, String name) throws IOException, RefusedUpload {
    try (InputStream content = Files.newInputStream(file)) {
      return volumeReader.read(content, name);
    } catch (ImageFormatException e) {
      throw refused(e, file);
    }
  }

  private static RefusedUpload refused(ImageFormatException e, Path file) throws IOException {
    boolean known = MedicalImageReader.recognizes(file) || MedicalVolumeReader.recognizes(file);
    return new RefusedUpload(
        known ? RefusedUpload.UNREADABLE : RefusedUpload.UNKNOWN_TYPE,
        String.valueOf(e.getMessage()));
  }

  @Override
  public void close() {
    stripper.close();
    segmenter.close();
    second.close();
    classifier.close();
  }
}
