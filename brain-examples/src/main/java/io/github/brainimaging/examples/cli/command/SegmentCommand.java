package io.github.brainimaging.examples.cli.command;

import io.github.brainimaging.core.data.MaskFolder;
import io.github.brainimaging.core.domain.ContentAssessor;
import io.github.brainimaging.core.image.Modality;
import io.github.brainimaging.core.inference.Segmenter;
import io.github.brainimaging.core.io.DicomSegWriter;
import io.github.brainimaging.core.pipeline.BrainPipeline;
import io.github.brainimaging.core.pipeline.VolumePipeline;
import io.github.brainimaging.core.report.ReportWriter;
import io.github.brainimaging.core.slice.SliceSegmenter;
import io.github.brainimaging.examples.cli.file.Input;
import io.github.brainimaging.examples.cli.file.SegFiles;
import io.github.brainimaging.examples.cli.file.VolumeInput;
import io.github.brainimaging.examples.cli.option.ForceOption;
import io.github.brainimaging.examples.cli.option.MaskOptions;
import io.github.brainimaging.examples.cli.option.ModelOptions;
import io.github.brainimaging.examples.cli.option.PreparationOptions;
import io.github.brainimaging.examples.cli.option.SegmenterOptions;
import io.github.brainimaging.examples.cli.run.Batch;
import io.github.brainimaging.examples.cli.run.VolumeBatch;
import io.github.brainimaging.examples.cli.score.TruthScoring;
import io.github.brainimaging.models.onnx.OnnxSegmenter;
import io.github.brainimaging.segmentation.morphology.VolumeCleanUp;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Segments images whatever their class, and scores the masks against the truth if it is there. */
@Command(
    name = "segment",
    mixinStandardHelpOptions = true,
    description = "Segments images whatever their class; with --truth, scores the masks.")
public final class SegmentCommand implements Callable<Integer> {

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "INPUT",
      description = "Image files, volumes (NIfTI or DICOM) or folders.")
  private List<Path> paths = List.of();

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description =
          "Where masks, overlays, report.json and index.html are written, for volumes volumes.json;"
              + " with --truth also scores.json, scores.csv and worst.png, the ten worst cases, and"
              + " for volumes volume-scores.json, volume-scores.csv and worst-volumes.png.")
  private Path out = Path.of("");

  @Option(
      names = "--truth",
      paramLabel = "DIR",
      description =
          "True masks: of the same relative name, or NN_mask.png for NN_flair.png; of volumes NIfTI"
              + " files on the volume's grid (of a DICOM series also named like its folder).")
  private @Nullable Path truth;

  @Option(
      names = "--side-by-side",
      description =
          "With --truth: for every case a picture of the image, the truth, what was found and both,"
              + " each as an outline, compared/NAME.png.")
  private boolean sideBySide;

  @Mixin private final MaskOptions maskOptions = new MaskOptions();

  @Mixin private final PreparationOptions preparation = new PreparationOptions();

  @Mixin private final ForceOption force = new ForceOption();

  @Mixin private final SegFiles segFiles = new SegFiles();

  @Mixin private final SegmenterOptions options = new SegmenterOptions();

  @Option(
      names = "--device",
      paramLabel = "auto|cpu|gpu",
      description = "What a network runs on (default: auto).")
  private ModelOptions.DeviceChoice device = ModelOptions.DeviceChoice.AUTO;

  @Override
  public Integer call() throws IOException {
    if (sideBySide && truth == null) {
      throw new ParameterException(spec.commandLine(), "--side-by-side goes with --truth only");
    }
    try (SegmenterOptions.Opened opened =
        options.open(spec, SegmenterOptions.Method.CLASSICAL, false, device.toDevice())) {
      OnnxSegmenter network = opened.network();
      return run(
          opened.segmenter(),
          network == null
              ? new ReportWriter.Facts("", "")
              : new ReportWriter.Facts(network.card().name(), network.device().toString()),
          DicomSegWriter.ofTumor().withAlgorithm(opened.algorithm()));
    }
  }

  private int run(Segmenter segmenter, ReportWriter.Facts facts, DicomSegWriter seg)
      throws IOException {
    List<Input> inputs = new ArrayList<>(Input.list(paths, out));
    List<VolumeInput> volumes = VolumeInput.takeFrom(paths, inputs);
    TruthScoring scoring = truth == null ? null : scoring(truth, inputs, volumes);
    if (scoring != null) {
      inputs.removeIf(input -> scoring.isMask(input.file()));
      volumes.removeIf(volume -> scoring.isMask(volume.files().get(0)));
    }
    PrintWriter table = spec.commandLine().getOut();
    int failed = 0;
    if (!volumes.isEmpty()) {
      VolumePipeline.Builder steps =
          preparation
              .begin()
              .segment(VolumeCleanUp.withDefaults().after(SliceSegmenter.of(segmenter)));
      force.apply(steps);
      VolumeBatch.Listener listener =
          (input, outcome) -> {
            if (scoring != null) {
              scoring.scoreVolume(input, outcome);
            }
            return segFiles.write(input, outcome, seg, out);
          };
      failed += VolumeBatch.run(steps.build(), volumes, out, table, listener);
    }
    if (!inputs.isEmpty()) {
      Batch.Listener listener =
          (input, outcome) -> {
            segFiles.write(input, outcome, seg, out);
            if (scoring != null) {
              scoring.score(input, outcome);
            }
          };
      BrainPipeline.Builder steps =
          BrainPipeline.builder().assess(ContentAssessor.of(Modality.MR)).segment(segmenter);
      force.apply(steps);
      failed += Batch.run(steps.build(), inputs, out, facts, table, listener);
    }
    failed += segFiles.finish(table);
    failed += scoring == null ? 0 : scoring.finish(table);
    return failed == 0 ? 0 : 1;
  }

  private TruthScoring scoring(Path masks, List<Input> inputs, List<VolumeInput> volumes)
      throws IOException {
    TruthScoring scoring =
        new TruthScoring(
            new MaskFolder(masks),
            maskOptions.reader(),
            inputs,
            volumes,
            out,
            sideBySide,
            spec.commandLine().getOut());
    if (scoring.isEmpty()) {
      int count = inputs.size() + volumes.size();
      throw new ParameterException(
          spec.commandLine(), "--truth: no mask in " + masks + " for any of " + count + " inputs");
    }
    return scoring;
  }
}
