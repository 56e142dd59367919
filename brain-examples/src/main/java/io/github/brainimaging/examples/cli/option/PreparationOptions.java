package io.github.brainimaging.examples.cli.option;

import io.github.brainimaging.core.bias.BiasCorrection;
import io.github.brainimaging.core.domain.ContentAssessor;
import io.github.brainimaging.core.geometry.AnatomicalPlane;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.Modality;
import io.github.brainimaging.core.inference.Assessment;
import io.github.brainimaging.core.io.DicomSegWriter;
import io.github.brainimaging.core.pipeline.VolumePipeline;
import io.github.brainimaging.core.report.ReportWriter;
import io.github.brainimaging.core.slice.SliceSampling;
import io.github.brainimaging.core.transform.VolumeTransform;
import io.github.brainimaging.examples.cli.file.DicomFiles;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** What is done to a volume before it is classified and segmented. */
public final class PreparationOptions {

  private static final int SLICES = 6;

  /** The choices of {@code --bias-correct}. */
  enum Bias {
    N3,
    N4
  }

  @Option(
      names = "--bias-correct",
      arity = "0..1",
      fallbackValue = "n4",
      paramLabel = "n3|n4",
      description =
          "Volumes: divide by the bias field that N4 or N3 finds, before all else (default: not;"
              + " without a value: n4).")
  private @Nullable Bias biasCorrect;

  @Option(
      names = "--strip",
      description =
          "Volumes: set to the smallest value what is not brain, as `strip` does; of whole heads in"
              + " MRI. The embedded classifier was trained on heads with skull.")
  private boolean strip;

  public boolean given() {
    return biasCorrect != null || strip;
  }

  /** Refuses what would change one of several sequences only. */
  public void check(CommandSpec spec, List<String> sequences) {
    if (sequences.size() > 1 && given()) {
      throw new ParameterException(
          spec.commandLine(),
          "--bias-correct and --strip do not go with a network of several sequences, " + sequences);
    }
  }

  /** A pipeline that begins with what was asked for. */
  public VolumePipeline.Builder begin() {
    VolumePipeline.Builder pipeline = VolumePipeline.builder().assess(PreparationOptions::assess);
    steps().forEach(pipeline::step);
    return pipeline;
  }

  /** Makes DICOM files, with probabilities of what the pipeline segments. */
  public DicomFiles.Maker maker(
      SegmenterOptions.Opened segmenter, ReportWriter.Facts facts, boolean augmented) {
    return new DicomFiles.Maker(
        DicomSegWriter.ofTumor().withAlgorithm(segmenter.algorithm()),
        facts,
        volume -> segmenter.probabilities(prepare(volume), augmented),
        image -> segmenter.probabilities(image, augmented));
  }

  private MedicalVolume prepare(MedicalVolume volume) {
    MedicalVolume prepared = volume;
    for (VolumeTransform step : steps().values()) {
      prepared = step.apply(prepared);
    }
    return prepared;
  }

  private Map<String, VolumeTransform> steps() {
    Map<String, VolumeTransform> steps = new LinkedHashMap<>();
    if (biasCorrect != null) {
      steps.put("biasCorrect", biasCorrect == Bias.N3 ? BiasCorrection.n3() : BiasCorrection.n4());
    }
    if (strip) {
      steps.put("strip", head -> BrainOptions.ofParts().extract(head).keep(head));
    }
    return steps;
  }

  /** By some slices: their modality, and whether they hold a picture. */
  public static Assessment assess(MedicalVolume volume) {
    return SliceSampling.equallySpaced(AnatomicalPlane.AXIAL, SLICES)
        .assess(volume, ContentAssessor.of(Modality.MR));
  }
}
