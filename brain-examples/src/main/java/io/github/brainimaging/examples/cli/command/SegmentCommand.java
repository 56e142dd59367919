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
import io.github.brainimaging.examples.cli.option.PreparationOptions;
import io.github.brainimaging.examples.cli.option.SegmenterOptions;
import io.github.brainimaging.examples.cli.run.Batch;
import io.github.brainimaging.examples.cli.run.VolumeBatch;
import io.github.brainimaging.examples.cli.score.TruthScoring;
import io.github.brainimaging.models.onnx.OnnxSegmenter;
import io.github.brainimaging.segmentation.morphology.VolumeCleanUp;
import io.github.brainimaging.segmentation.tumor.TumorSegmenter;
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

  /** The choices of {@code --method}. */
  enum Method {
    CLASSICAL,
    PUBLISHED,
    LEARNED
  }

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

  @Option(
      names = "--method",
      paramLabel = "classical|published|learned",
      description =
          "The library's classical segmenter; the chain of the paper that the README calls P1,"
              + " which always finds something; or a network, made for contrast-enhanced T1 unless"
              + " --segmenter names another (default: classical).")
  private Method method = Method.CLASSICAL;

  @Mixin private final SegmenterOptions network = new SegmenterOptions();

  @Option(
      names = "--minimum-score",
      paramLabel = "SCORE",
      description =
          "Classical method: how probable it must be, 0 to 1, that a region is the tumor for it to be"
              + " reported; with 0 the best region always is (default: 0.22).")
  private @Nullable Double minimumScore;

  private TumorSegmenter classical() {
    if (minimumScore == null) {
      return method == Method.PUBLISHED
          ? TumorSegmenter.published()
          : TumorSegmenter.withDefaults();
    }
    try {
      return TumorSegmenter.ofMinimumScore(minimumScore);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--minimum-score: " + e.getMessage(), e);
    }
  }

  @Override
  public Integer call() throws IOException {
    if (sideBySide && truth == null) {
      throw new ParameterException(spec.commandLine(), "--side-by-side goes with --truth only");
    }
    boolean learned = method == Method.LEARNED || network.model != null;
    if (minimumScore != null && (learned || method == Method.PUBLISHED)) {
      throw new ParameterException(
          spec.commandLine(), "--minimum-score goes with --method classical only");
    }
    if (!learned) {
      return run(
          classical(),
          new ReportWriter.Facts("", ""),
          DicomSegWriter.ofTumor().withAlgorithm("TumorSegmenter"));
    }
    try (OnnxSegmenter segmenter = network.open()) {
      String name = segmenter.card().name();
      return run(
          segmenter,
          new ReportWriter.Facts(name, segmenter.device().toString()),
          DicomSegWriter.ofTumor().withAlgorithm("OnnxSegmenter"));
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
          (input, analysis, result) -> {
            result.addProperty("dicomSeg", segFiles.write(input, analysis, seg, out));
            if (scoring != null) {
              scoring.score(input, analysis);
            }
          };
      failed += new VolumeBatch(steps.build(), out, listener).run(volumes, table);
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
