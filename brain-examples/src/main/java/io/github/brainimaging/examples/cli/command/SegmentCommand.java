package io.github.brainimaging.examples.cli.command;

import io.github.brainimaging.core.data.MaskFolder;
import io.github.brainimaging.core.pipeline.BrainPipeline;
import io.github.brainimaging.core.report.PdfReport;
import io.github.brainimaging.core.report.ReportWriter;
import io.github.brainimaging.examples.cli.file.DicomFiles;
import io.github.brainimaging.examples.cli.file.Input;
import io.github.brainimaging.examples.cli.file.PdfFiles;
import io.github.brainimaging.examples.cli.file.VolumeInput;
import io.github.brainimaging.examples.cli.option.AtlasOption;
import io.github.brainimaging.examples.cli.option.CsvOption;
import io.github.brainimaging.examples.cli.option.EarlierOption;
import io.github.brainimaging.examples.cli.option.FeaturesOption;
import io.github.brainimaging.examples.cli.option.InputOption;
import io.github.brainimaging.examples.cli.option.JobsOption;
import io.github.brainimaging.examples.cli.option.MaskOptions;
import io.github.brainimaging.examples.cli.option.PreparationOptions;
import io.github.brainimaging.examples.cli.option.ScreeningOptions;
import io.github.brainimaging.examples.cli.option.SegmenterOptions;
import io.github.brainimaging.examples.cli.option.SequencesOption;
import io.github.brainimaging.examples.cli.option.UncertaintyMethod;
import io.github.brainimaging.examples.cli.option.UncertaintyOption;
import io.github.brainimaging.examples.cli.option.VolumeFileOptions;
import io.github.brainimaging.examples.cli.run.Batch;
import io.github.brainimaging.examples.cli.run.RunIdentity;
import io.github.brainimaging.examples.cli.run.VolumeBatch;
import io.github.brainimaging.examples.cli.score.TruthScoring;
import io.github.brainimaging.models.onnx.OnnxSegmenter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Segments images, and scores the masks against the truth if it is there. */
@Command(
    name = "segment",
    mixinStandardHelpOptions = true,
    description =
        "Segments images and volumes, but those that clearly show no tumor; with --truth, scores"
            + " the masks.")
public final class SegmentCommand implements Callable<Integer> {

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Mixin private final InputOption given = new InputOption();

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description =
          "Where masks, overlays, report.json and index.html are written, for volumes volumes.json"
              + " and pages; with --truth also scores.json, scores.csv and worst.png, the ten worst"
              + " cases, and"
              + " for volumes volume-scores.json, volume-scores.csv and worst-volumes.png.")
  private Path out = Path.of("");

  @Option(
      names = "--truth",
      paramLabel = "DIR",
      description =
          "True masks: of the same relative name, or NN_mask.png for NN_flair.png; of volumes NIfTI"
              + " or NRRD files on the volume's grid (of a DICOM series also named like its"
              + " folder).")
  private @Nullable Path truth;

  @Option(
      names = "--side-by-side",
      description =
          "With --truth: for every case a picture of the image, the truth, what was found and both,"
              + " each as an outline, compared/NAME.png.")
  private boolean sideBySide;

  @Mixin private final MaskOptions maskOptions = new MaskOptions();

  @Mixin private final PreparationOptions preparation = new PreparationOptions();

  @Mixin private final ScreeningOptions screening = new ScreeningOptions();

  @Mixin private final VolumeFileOptions files = new VolumeFileOptions();

  @Mixin private final EarlierOption earlier = new EarlierOption();

  @Mixin private final AtlasOption atlas = new AtlasOption();

  @Mixin private final DicomFiles dicomFiles = new DicomFiles();

  @Mixin private final PdfFiles pdfFiles = new PdfFiles();

  @Mixin private final SegmenterOptions options = new SegmenterOptions();

  @Mixin private final SequencesOption sequences = new SequencesOption();

  @Mixin private final UncertaintyOption several = new UncertaintyOption();

  @Mixin private final CsvOption csv = new CsvOption();

  @Mixin private final FeaturesOption features = new FeaturesOption();

  @Mixin private final JobsOption jobs = new JobsOption();

  @Override
  public Integer call() throws IOException {
    if (sideBySide && truth == null) {
      throw new ParameterException(spec.commandLine(), "--side-by-side goes with --truth only");
    }
    if (several.method() == UncertaintyMethod.DROPOUT) {
      throw new ParameterException(
          spec.commandLine(), "--uncertainty dropout asks a classifier; of masks there is tta");
    }
    dicomFiles.check(spec, options.isNetwork(spec)); // wrong usage is told first
    InputOption.Found found = given.find(spec, out, files);
    List<Input> inputs = found.images();
    List<VolumeInput> volumes = found.volumes();
    screening.check(spec, options.method(spec) == SegmenterOptions.Method.FLAIR);
    TruthScoring scoring = truth == null ? null : scoring(truth, inputs, volumes);
    if (scoring != null) {
      inputs.removeIf(input -> scoring.isMask(input.file()));
      volumes.removeIf(volume -> scoring.isMask(volume.files().get(0)));
    }
    int threads = found.threads(jobs);
    try (SegmenterOptions.Opened opened =
            options.open(spec, false, screening.model().device.toDevice(), threads);
        ScreeningOptions.Screen screen = screening.open(opened, threads)) {
      opened.check(spec, several.isTta(), !volumes.isEmpty());
      preparation.check(spec, opened.sequences());
      SequencesOption.Cases cases =
          sequences.find(spec, opened.sequences(), given.paths(), volumes);
      VolumeBatch.Beside beside =
          new VolumeBatch.Beside(
              earlier.find(spec, out, found, files, opened.sequences()),
              atlas.read(spec),
              cases.files());
      OnnxSegmenter network = opened.network();
      found.removeOtherReport(out);
      return run(
          inputs,
          volumes,
          opened,
          screen,
          beside,
          cases,
          scoring,
          new ReportWriter.Facts(
              Input.title(given.paths()),
              screen == null ? "" : screen.opinion().name(),
              opened.name(),
              network == null ? "" : network.device().toString(),
              ""));
    }
  }

  private int run(
      List<Input> inputs,
      List<VolumeInput> volumes,
      SegmenterOptions.Opened segmenter,
      ScreeningOptions.@Nullable Screen screen,
      VolumeBatch.Beside beside,
      SequencesOption.Cases cases,
      @Nullable TruthScoring scoring,
      ReportWriter.Facts facts)
      throws IOException {
    PrintWriter table = spec.commandLine().getOut();
    DicomFiles.Maker maker = preparation.maker(segmenter, facts, several.isTta());
    int failed = 0;
    if (!volumes.isEmpty()) {
      VolumeBatch.Steps steps =
          input ->
              screening.of(
                  preparation.begin(),
                  segmenter,
                  screen,
                  segmenter.volumes(several.isTta(), cases, input));
      VolumeBatch.Listener listener =
          (input, outcome) -> {
            if (scoring != null) {
              scoring.scoreVolume(input, outcome);
            }
            PdfReport pdf = pdfFiles.write(input, outcome, facts, out);
            return dicomFiles.write(input, outcome, maker, pdf, out);
          };
      boolean keeps = scoring == null && !dicomFiles.wanted() && !pdfFiles.wanted();
      String run = keeps ? RunIdentity.ofVolumes(spec, out, facts, volumes, beside.files()) : "";
      failed +=
          new VolumeBatch(out, files.maskEnding(), run, table, beside)
              .run(steps, volumes, facts, listener);
    }
    if (!inputs.isEmpty()) {
      Batch.Listener listener =
          (input, outcome) -> {
            features.add(input, outcome);
            PdfReport pdf = pdfFiles.write(input, outcome, facts, out);
            dicomFiles.write(input, outcome, maker, pdf, out);
            if (scoring != null) {
              scoring.score(input, outcome);
            }
          };
      BrainPipeline pipeline = screening.of(segmenter, several.isTta(), screen);
      // Scores and features need the masks in memory, and the names of segmentations all of them in
      // order.
      boolean keeps =
          scoring == null && !dicomFiles.wanted() && !pdfFiles.wanted() && !features.wanted();
      String run = keeps ? RunIdentity.of(spec, out, facts, inputs) : "";
      failed +=
          new Batch(out, jobs.count(), run, table).run(pipeline, inputs, facts, null, listener);
    }
    failed += dicomFiles.finish(table);
    failed += scoring == null ? 0 : scoring.finish(table);
    features.write();
    csv.write(out, new InputOption.Found(inputs, volumes));
    return failed == 0 ? 0 : 1;
  }

  private TruthScoring scoring(Path masks, List<Input> inputs, List<VolumeInput> volumes)
      throws IOException {
    if (!Files.isDirectory(masks)) {
      throw new ParameterException(
          spec.commandLine(),
          "--truth must be a folder of masks, got "
              + masks
              + (Files.exists(masks) ? ", a file" : ", which is not there"));
    }
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
