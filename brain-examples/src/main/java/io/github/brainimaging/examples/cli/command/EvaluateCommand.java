package io.github.brainimaging.examples.cli.command;

import com.google.gson.JsonObject;
import io.github.brainimaging.core.data.DataSet;
import io.github.brainimaging.core.inference.Classifier;
import io.github.brainimaging.core.inference.ConformalSets;
import io.github.brainimaging.examples.cli.file.JsonFile;
import io.github.brainimaging.examples.cli.file.Terminal;
import io.github.brainimaging.examples.cli.option.DataOptions;
import io.github.brainimaging.examples.cli.option.JobsOption;
import io.github.brainimaging.examples.cli.option.ModelOptions;
import io.github.brainimaging.examples.cli.option.Numbers;
import io.github.brainimaging.examples.cli.option.PatientOptions;
import io.github.brainimaging.examples.cli.option.PlotOptions;
import io.github.brainimaging.examples.cli.option.UncertaintyMethod;
import io.github.brainimaging.examples.cli.option.UncertaintyOption;
import io.github.brainimaging.examples.cli.run.EvaluationRun;
import io.github.brainimaging.examples.cli.score.ComparedCurves;
import io.github.brainimaging.examples.cli.score.ComparedModels;
import io.github.brainimaging.examples.cli.score.DisturbedScores;
import io.github.brainimaging.examples.cli.score.EvaluationCase;
import io.github.brainimaging.examples.cli.score.EvaluationFiles;
import io.github.brainimaging.examples.cli.score.MeasuredSets;
import io.github.brainimaging.models.onnx.ModelSource;
import io.github.brainimaging.models.onnx.OnnxClassifier;
import io.github.brainimaging.models.onnx.OnnxSummary;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures a model, or compares several, on a folder with one folder per class. */
@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    description = "Measures a model, or compares several, on a folder with one folder per class.")
public final class EvaluateCommand implements Callable<Integer> {

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "One folder per class, named as the model's labels.")
  private Path data = Path.of("");

  @Option(names = "--json", paramLabel = "FILE", description = "Where to write the figures.")
  private @Nullable Path json;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Where evaluation.json, predictions.csv, confusion.png, roc.png, precision-recall.png,"
              + " reliability.png and risk-coverage.png are written; with --compare"
              + " comparison.json, models.png (bars) and roc-CLASS.png (all curves), and the others in"
              + " a folder per model.")
  private @Nullable Path out;

  @Option(
      names = "--compare",
      arity = "2..*",
      paramLabel = "FILE.onnx",
      description =
          "Models to compare side by side, in the place of --model; `embedded` is the one that the"
              + " library brings along.")
  private List<Path> compared = List.of();

  @Option(
      names = "--halves",
      converter = Numbers.NotNegative.class,
      paramLabel = "N",
      description =
          "Fit sets of labels to a random half of DIR and measure them on the other, N times,"
              + " seeded (default: not at all).")
  private int halves;

  @Mixin private final UncertaintyOption several = new UncertaintyOption();

  @Option(
      names = "--disturbed",
      description =
          "Also measure how well the model knows when it is wrong: on all images with noise, blur,"
              + " another gamma, bias fields and ghosts of motion, each in three strengths, seeded;"
              + " 15 times as long.")
  private boolean disturbed;

  @Mixin private final PlotOptions plots = new PlotOptions();

  @Mixin private final ModelOptions model = new ModelOptions();

  @Mixin private final PatientOptions patients = new PatientOptions();

  @Mixin private final JobsOption jobs = new JobsOption();

  @Override
  public Integer call() throws IOException {
    if (!compared.isEmpty() && model.model != null) {
      throw new ParameterException(spec.commandLine(), "--model does not go with --compare");
    }
    if (halves > 0 && !compared.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "--halves goes with one model, got " + compared.size());
    }
    if (!compared.isEmpty() && (several.method() != null || disturbed)) {
      throw new ParameterException(
          spec.commandLine(), "--uncertainty and --disturbed go with one model");
    }
    if (patients.given() && (!compared.isEmpty() || several.method() != null || disturbed)) {
      throw new ParameterException(
          spec.commandLine(), "--table does not go with --compare, --uncertainty and --disturbed");
    }
    DataSet folder = DataOptions.read(data);
    PrintWriter printer = spec.commandLine().getOut();
    Map<Path, String> failures =
        compared.isEmpty() ? evaluate(folder, printer) : compare(folder, printer);
    failures.forEach(
        (file, reason) -> printer.println("FAILED " + Terminal.plain(file + ": " + reason)));
    printer.flush();
    return failures.isEmpty() ? 0 : 1;
  }

  private Map<Path, String> evaluate(DataSet folder, PrintWriter printer) throws IOException {
    int threads = jobs.threadsPerModel(folder.images().size());
    try (OnnxClassifier classifier = model.open(threads);
        UncertaintyMethod.Opened asked =
            UncertaintyMethod.open(several.method(), model.source(), classifier, classifier)) {
      requireLabels(folder, classifier);
      patients.require(spec, classifier);
      EvaluationRun.Runs runs =
          patients.given()
              ? EvaluationRun.of(folder, patients.of(classifier), jobs.count())
              : EvaluationRun.of(folder, List.of(asked.classifier()), jobs.count());
      EvaluationRun run = runs.runs().get(0);
      printer.println(Terminal.plainTable(run.evaluation()));
      JsonObject figures = new JsonObject();
      figures.addProperty("model", classifier.card().name());
      figures.addProperty("device", classifier.device().toString());
      EvaluationFiles.json(run.evaluation()).asMap().forEach(figures::add);
      figures.addProperty("failed", runs.failures().size());
      ConformalSets sets =
          several.method() == null ? classifier.card().sets() : ConformalSets.none();
      MeasuredSets.of(sets, run, halves)
          .forEach(
              (name, measured) -> {
                printer.println(Terminal.plain(name + ": " + measured));
                figures.add(name, MeasuredSets.json(measured));
              });
      if (disturbed) {
        Map<String, Classifier> asking = new LinkedHashMap<>(Map.of("one run", classifier));
        if (several.method() != null) {
          asking.put(several.method().name().toLowerCase(Locale.ROOT), asked.classifier());
        }
        DisturbedScores scores = DisturbedScores.of(folder, asking, jobs.count());
        printer.println(scores);
        figures.add("disturbed", scores.json());
      }
      if (json != null) {
        JsonFile.write(json, figures);
      }
      if (out != null) {
        JsonFile.write(out.resolve("evaluation.json"), figures);
        List<EvaluationCase> cases = EvaluationCase.of(folder, data, runs.failures());
        EvaluationFiles.write(run, cases, out, plots, printer);
      }
      return runs.failures();
    }
  }

  private Map<Path, String> compare(DataSet folder, PrintWriter printer) throws IOException {
    List<OnnxClassifier> models = new ArrayList<>();
    try {
      for (Path file : compared) {
        OnnxClassifier opened = model.open(file, jobs.threadsPerModel(1));
        models.add(opened);
        requireLabels(folder, opened);
        if (!new HashSet<>(opened.labels()).equals(new HashSet<>(models.get(0).labels()))) {
          throw new ParameterException(
              spec.commandLine(),
              "--compare must have models of the same labels "
                  + models.get(0).labels()
                  + ", found "
                  + opened.labels()
                  + " in "
                  + file);
        }
      }
      // One at a time, since their times are compared as well.
      EvaluationRun.Runs measured = EvaluationRun.of(folder, models, 1);
      List<EvaluationRun> runs = measured.runs();
      List<EvaluationCase> cases = EvaluationCase.of(folder, data, measured.failures());
      List<ComparedModels.Entry> entries = new ArrayList<>();
      for (int i = 0; i < runs.size(); i++) {
        Path file = compared.get(i);
        ModelSource source = ModelOptions.source(file);
        long parameters = OnnxSummary.read(source).parameters();
        int bytes = source.toBytes().length;
        entries.add(new ComparedModels.Entry(file.toString(), runs.get(i), parameters, bytes));
      }
      ComparedModels comparison = new ComparedModels(entries);
      printer.println(Terminal.plainTable(comparison));
      if (json != null) {
        JsonFile.write(json, comparison.json());
      }
      if (out != null) {
        JsonFile.write(out.resolve("comparison.json"), comparison.json());
        ComparedCurves.write(comparison.models(), out, plots, printer);
        for (int i = 0; i < runs.size(); i++) {
          // Numbered, since two models may have one name.
          String name = compared.get(i).getFileName().toString().replace(".onnx", "");
          Path own = out.resolve((i + 1) + "-" + name);
          EvaluationFiles.write(runs.get(i), cases, own, plots, printer);
        }
      }
      return measured.failures();
    } finally {
      models.forEach(OnnxClassifier::close);
    }
  }

  private void requireLabels(DataSet folder, OnnxClassifier classifier) {
    if (!classifier.labels().containsAll(folder.labels())) {
      throw new ParameterException(
          spec.commandLine(),
          "--data must have folders named as the model's labels "
              + classifier.labels()
              + ", found "
              + folder.labels());
    }
  }
}
