package io.github.brainimaging.examples.cli.command;

import io.github.brainimaging.core.data.DataSet;
import io.github.brainimaging.core.explanation.Explainer;
import io.github.brainimaging.core.inference.Classifier;
import io.github.brainimaging.core.inference.Prediction;
import io.github.brainimaging.core.inference.VolumeClassifier;
import io.github.brainimaging.core.pipeline.BrainPipeline;
import io.github.brainimaging.core.pipeline.VolumePipeline;
import io.github.brainimaging.core.report.PdfReport;
import io.github.brainimaging.core.report.ReportWriter;
import io.github.brainimaging.core.slice.SliceSampling;
import io.github.brainimaging.core.uncertainty.TestTimeAugmentation;
import io.github.brainimaging.core.work.Progress;
import io.github.brainimaging.examples.cli.file.DicomFiles;
import io.github.brainimaging.examples.cli.file.Input;
import io.github.brainimaging.examples.cli.file.PdfFiles;
import io.github.brainimaging.examples.cli.file.VolumeInput;
import io.github.brainimaging.examples.cli.option.AtlasOption;
import io.github.brainimaging.examples.cli.option.CsvOption;
import io.github.brainimaging.examples.cli.option.CtOption;
import io.github.brainimaging.examples.cli.option.EarlierOption;
import io.github.brainimaging.examples.cli.option.ExplanationMethod;
import io.github.brainimaging.examples.cli.option.FeaturesOption;
import io.github.brainimaging.examples.cli.option.ForceOption;
import io.github.brainimaging.examples.cli.option.FoundBrain;
import io.github.brainimaging.examples.cli.option.InputOption;
import io.github.brainimaging.examples.cli.option.JobsOption;
import io.github.brainimaging.examples.cli.option.ModelOptions;
import io.github.brainimaging.examples.cli.option.OpinionOption;
import io.github.brainimaging.examples.cli.option.PatientOptions;
import io.github.brainimaging.examples.cli.option.PreparationOptions;
import io.github.brainimaging.examples.cli.option.SegmenterOptions;
import io.github.brainimaging.examples.cli.option.SequencesOption;
import io.github.brainimaging.examples.cli.option.UncertaintyMethod;
import io.github.brainimaging.examples.cli.option.UncertaintyOption;
import io.github.brainimaging.examples.cli.option.VolumeFileOptions;
import io.github.brainimaging.examples.cli.option.VolumeOptions;
import io.github.brainimaging.examples.cli.run.Batch;
import io.github.brainimaging.examples.cli.run.RunIdentity;
import io.github.brainimaging.examples.cli.run.VolumeBatch;
import io.github.brainimaging.models.card.ModelCard;
import io.github.brainimaging.models.onnx.Device;
import io.github.brainimaging.models.onnx.OnnxClassifier;
import io.github.brainimaging.models.onnx.SequenceClassifier;
import java.io.IOException;
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

/** Classifies images and volumes, segments those with a tumor, and writes a report. */
@Command(
    name = "analyze",
    mixinStandardHelpOptions = true,
    description =
        "Classifies images and volumes, segments those with a tumor, and writes a report.")
public final class AnalyzeCommand implements Callable<Integer> {

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Mixin private final InputOption given = new InputOption();

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description =
          "Where report.json, index.html, masks and overlays are written; for volumes,"
              + " volumes.json.")
  private Path out = Path.of("");

  @Mixin private final ModelOptions model = new ModelOptions();

  @Option(
      names = "--explain",
      paramLabel = ExplanationMethod.CHOICES,
      description =
          "Show where in an image the model sees its class, beside the image in the report; not"
              + " for volumes (default: not). See brain explain --help.")
  private @Nullable ExplanationMethod explain;

  @Mixin private final UncertaintyOption several = new UncertaintyOption();

  @Mixin private final OpinionOption opinions = new OpinionOption();

  @Mixin private final PatientOptions patients = new PatientOptions();

  @Mixin private final VolumeOptions volumeOptions = new VolumeOptions();

  @Mixin private final PreparationOptions preparation = new PreparationOptions();

  @Mixin private final SegmenterOptions segmenterOptions = new SegmenterOptions();

  @Mixin private final SequencesOption sequenceFiles = new SequencesOption();

  @Mixin private final ForceOption force = new ForceOption();

  @Mixin private final VolumeFileOptions files = new VolumeFileOptions();

  @Mixin private final CtOption ct = new CtOption();

  @Mixin private final EarlierOption earlier = new EarlierOption();

  @Mixin private final AtlasOption atlas = new AtlasOption();

  @Mixin private final DicomFiles dicomFiles = new DicomFiles();

  @Mixin private final PdfFiles pdfFiles = new PdfFiles();

  @Mixin private final CsvOption csv = new CsvOption();

  @Mixin private final FeaturesOption features = new FeaturesOption();

  @Mixin private final JobsOption jobs = new JobsOption();

  @Override
  public Integer call() throws IOException {
    checkSampling();
    if (patients.given() && (explain != null || several.method() != null)) {
      throw new ParameterException(
          spec.commandLine(),
          "--table does not go with --explain or --uncertainty: in Java give"
              + " OnnxClassifier.forPatient to what explains");
    }
    dicomFiles.check(spec, segmenterOptions.isNetwork(spec));
    InputOption.Found found = given.find(spec, out, files);
    checkCt();
    ct.find(spec, out, found, files);
    List<Input> inputs = found.images();
    List<VolumeInput> volumes = found.volumes();
    checkUncertainty(volumes);
    opinions.refuse(spec, patients.given(), "--table");
    if (explain == ExplanationMethod.BOTH) {
      opinions.require(spec, model, "--explain both");
    }
    opinions.refuse(spec, several.method() == UncertaintyMethod.DROPOUT, "--uncertainty dropout");
    if (patients.given() && !volumes.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          "--table goes with images, found the volume " + volumes.get(0).name());
    }
    int failed = 0;
    boolean slicewise = !inputs.isEmpty() || !volumeOptions.hasSequenceModel();
    int threads = found.threads(jobs);
    try (OnnxClassifier classifier = slicewise ? model.open(threads) : null;
        OpinionOption.Opened asked = classifier == null ? null : opinion(classifier, threads);
        SegmenterOptions.Opened segmenter =
            segmenterOptions.open(spec, true, model.device.toDevice(), threads);
        SequenceClassifier sequences =
            volumeOptions.open(model.device.toDevice(), segmenter.brain())) {
      if (asked != null) {
        patients.require(spec, asked.network());
      }
      segmenter.check(spec, several.isTta(), !volumes.isEmpty());
      preparation.check(spec, segmenter.sequences());
      SequencesOption.Cases cases =
          sequenceFiles.find(spec, segmenter.sequences(), given.paths(), volumes);
      VolumeBatch.Beside beside =
          new VolumeBatch.Beside(
              earlier.find(spec, out, found, files, segmenter.sequences()),
              atlas.read(spec),
              cases.files());
      found.removeOtherReport(out);
      // Volumes first: the page of the images lists them.
      if (sequences != null) {
        failed +=
            analyzeVolumes(
                sequences,
                segmenter,
                cases,
                beside,
                volumes,
                facts(segmenter, sequences.card().name(), sequences.card(), sequences.device()));
      } else if (asked != null) {
        failed +=
            analyzeVolumes(
                sliceBySlice(asked.classifier(), segmenter.brain()),
                segmenter,
                cases,
                beside,
                volumes,
                facts(segmenter, asked));
      }
      if (asked != null && !inputs.isEmpty()) {
        failed += analyzeImages(asked, segmenter, inputs);
      }
    }
    failed += dicomFiles.finish(spec.commandLine().getOut());
    features.write();
    csv.write(out, found);
    return failed == 0 ? 0 : 1;
  }

  /** Dropout and a table of patients ask the network alone. */
  private OpinionOption.Opened opinion(OnnxClassifier classifier, int threads) {
    return patients.given() || several.method() == UncertaintyMethod.DROPOUT
        ? OpinionOption.none(classifier)
        : opinions.open(classifier, model, threads);
  }

  private VolumeClassifier sliceBySlice(Classifier classifier, FoundBrain brain) {
    return several.method() == null
        ? volumeOptions.sliceBySlice(classifier, brain)
        : TestTimeAugmentation.withDefaults()
            .around(classifier, look -> volumeOptions.sliceBySlice(look, brain));
  }

  /** What else there is would be of the MRI alone. */
  private void checkCt() {
    if (ct.given() && (patients.given() || earlier.given() || preparation.given())) {
      throw new ParameterException(
          spec.commandLine(),
          "--ct does not go with --table, --earlier, --bias-correct or --strip");
    }
  }

  /** Wrong usage is told before anything is opened. */
  private void checkUncertainty(List<VolumeInput> volumes) {
    if (volumes.isEmpty() || several.method() == null) {
      return;
    }
    if (several.method() == UncertaintyMethod.DROPOUT || volumeOptions.hasSequenceModel()) {
      throw new ParameterException(
          spec.commandLine(),
          "of volumes, --uncertainty tta asks a network of slices; dropout and --sequence-model"
              + " are not asked several times");
    }
  }

  private int analyzeVolumes(
      VolumeClassifier classifier,
      SegmenterOptions.Opened segmenter,
      SequencesOption.Cases cases,
      VolumeBatch.Beside beside,
      List<VolumeInput> volumes,
      ReportWriter.Facts facts)
      throws IOException {
    if (volumes.isEmpty()) {
      return 0;
    }
    VolumeBatch.Steps pipelines =
        input -> {
          VolumePipeline.Builder steps =
              preparation
                  .begin()
                  .classify(classifier)
                  .segmentWhen(
                      Prediction::isTumor,
                      segmenter.volumes(several.method() != null, cases, input));
          force.apply(steps);
          return steps.build();
        };
    // The names of DICOM and PDF files need all of them in order.
    boolean keeps = !dicomFiles.wanted() && !pdfFiles.wanted();
    String run = keeps ? RunIdentity.ofVolumes(spec, out, facts, volumes, beside.files()) : "";
    return new VolumeBatch(out, files.maskEnding(), run, spec.commandLine().getOut(), beside)
        .run(
            pipelines,
            volumes,
            facts,
            (input, outcome) -> {
              PdfReport pdf = pdfFiles.write(input, outcome, facts, out);
              return dicomFiles.write(
                  input, outcome, preparation.maker(segmenter, facts, several.isTta()), pdf, out);
            });
  }

  private ReportWriter.Facts facts(SegmenterOptions.Opened segmenter, OpinionOption.Opened asked) {
    OnnxClassifier network = asked.network();
    return facts(segmenter, asked.name(), network.card(), network.device());
  }

  private ReportWriter.Facts facts(
      SegmenterOptions.Opened segmenter, String name, ModelCard model, Device device) {
    return new ReportWriter.Facts(
        Input.title(given.paths()), name, segmenter.name(), device.toString(), remark(model));
  }

  /** Where the names of labels do not tell it, what is taken for a tumor. */
  private static String remark(ModelCard model) {
    return Prediction.doubtfulLabels(model.labels()).isEmpty()
        ? ""
        : "The names of the labels do not tell which mean a tumor; taken for one: "
            + String.join(", ", model.tumorLabels())
            + ".";
  }

  private void checkSampling() {
    try (FoundBrain unopened = new FoundBrain()) {
      SliceSampling unused = volumeOptions.sampling(unopened);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private BrainPipeline steps(Classifier classifier, SegmenterOptions.Opened segmenter) {
    BrainPipeline.Builder steps =
        BrainPipeline.builder()
            .classify(classifier)
            .segmentWhen(Prediction::isTumor, segmenter.slices(several.isTta()));
    force.apply(steps);
    return steps.build();
  }

  private int analyzeImages(
      OpinionOption.Opened opinion, SegmenterOptions.Opened segmenter, List<Input> inputs)
      throws IOException {
    OnnxClassifier network = opinion.network();
    ReportWriter.Facts facts = facts(segmenter, opinion);
    try (ExplanationMethod.Opened opened =
            explain == null ? null : explain.open(model.source(), opinion);
        UncertaintyMethod.Opened asked =
            UncertaintyMethod.open(
                several.method(), model.source(), network, opinion.classifier())) {
      boolean keeps = !dicomFiles.wanted() && !pdfFiles.wanted() && !features.wanted();
      String run = !keeps ? "" : RunIdentity.of(spec, out, facts, inputs);
      Batch batch = new Batch(out, jobs.count(), run, spec.commandLine().getOut());
      Batch.Listener listener =
          (input, outcome) -> {
            features.add(input, outcome);
            PdfReport pdf = pdfFiles.write(input, outcome, facts, out);
            dicomFiles.write(
                input, outcome, preparation.maker(segmenter, facts, several.isTta()), pdf, out);
          };
      if (patients.given()) {
        PatientOptions.Patients known = patients.of(network);
        return batch.run(
            input ->
                steps(known.of(new DataSet.LabeledFile(input.file(), 0, "")), segmenter)
                    .withParallelism(1)
                    .analyzeAll(List.of(input.file())),
            inputs,
            facts,
            null,
            listener);
      }
      BrainPipeline steps = steps(asked.classifier(), segmenter);
      @Nullable Explainer explainer = opened == null ? null : opened.explainer();
      return ct.given()
          ? batch.run(
              mri ->
                  steps
                      .withParallelism(1)
                      .analyzeInputs(List.of(ct.pair(spec, mri)), Progress.none()),
              inputs,
              facts,
              explainer,
              listener)
          : batch.run(steps, inputs, facts, explainer, listener);
    }
  }
}
