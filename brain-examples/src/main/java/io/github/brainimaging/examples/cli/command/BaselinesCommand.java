package io.github.brainimaging.examples.cli.command;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.brainimaging.core.data.DataSet;
import io.github.brainimaging.core.evaluation.classification.ClassificationEvaluation;
import io.github.brainimaging.core.evaluation.significance.ModelComparison;
import io.github.brainimaging.core.plot.Plot;
import io.github.brainimaging.examples.cli.file.JsonFile;
import io.github.brainimaging.examples.cli.file.Terminal;
import io.github.brainimaging.examples.cli.option.DataOptions;
import io.github.brainimaging.examples.cli.option.ModelOptions;
import io.github.brainimaging.examples.cli.option.Numbers;
import io.github.brainimaging.examples.cli.option.PlotOptions;
import io.github.brainimaging.examples.cli.run.BaselineRun;
import io.github.brainimaging.examples.cli.score.ComparedCurves;
import io.github.brainimaging.examples.cli.score.ComparedModels;
import io.github.brainimaging.examples.cli.score.EvaluationFiles;
import io.github.brainimaging.models.baseline.FeaturePlane;
import io.github.brainimaging.models.card.ModelCard;
import io.github.brainimaging.models.card.ModelInput;
import io.github.brainimaging.models.card.Task;
import io.github.brainimaging.models.network.format.OnnxBackbone;
import io.github.brainimaging.models.onnx.FeatureExtractor;
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
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Fits P4's classical classifiers to the features of a network and compares them. */
@Command(
    name = "baselines",
    mixinStandardHelpOptions = true,
    description =
        "Fits five classical classifiers to the features of a network and compares them with each"
            + " other and with the network: naive Bayes, random forest, decision tree, support"
            + " vector machine, k-nearest neighbors.")
public final class BaselinesCommand implements Callable<Integer> {

  private static final int USUAL_FOLDS = 5;

  /** Held, so that its level stays. */
  private static final Logger TRIBUO = Logger.getLogger("org.tribuo");

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR|LIST.csv",
      description =
          "One folder per class; or a list with the columns path, label and, if wanted, group.")
  private Path data = Path.of("");

  @Option(
      names = "--test",
      paramLabel = "DIR|LIST.csv",
      description = "Images that measure (default: parts of --data, see --folds).")
  private @Nullable Path test;

  @Option(
      names = "--folds",
      converter = Numbers.Positive.class,
      paramLabel = "K",
      description =
          "Without --test: parts of --data, each measured by what the others taught; all count"
              + " together (default: 5).")
  private @Nullable Integer folds;

  @Option(
      names = "--groups",
      paramLabel = "REGEX",
      description = "Finds the patient in a file's path, as in `train`; patients stay whole.")
  private @Nullable Pattern groups;

  @Option(
      names = "--layer",
      paramLabel = "NAME",
      description =
          "The layer of --model whose output is the features; of maps, their means (default: what"
              + " its last dense layer takes).")
  private @Nullable String layer;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Equal seeds give equal results (default: ${DEFAULT-VALUE}).")
  private long seed = 1;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description =
          "Where baselines.json, models.png (bars), roc-CLASS.png (all curves) and features.png (the"
              + " two first principal components) are written.")
  private Path out = Path.of("");

  @Mixin private final ModelOptions model = new ModelOptions();

  @Mixin private final PlotOptions plots = new PlotOptions();

  @Override
  public Integer call() throws IOException {
    if (test != null && folds != null) {
      throw new ParameterException(spec.commandLine(), "--folds does not go with --test");
    }
    if (folds != null && folds < 2) {
      throw new ParameterException(spec.commandLine(), "--folds must be at least 2, got " + folds);
    }
    TRIBUO.setLevel(Level.WARNING);
    List<DataSet.Split> splits = splits();
    ModelSource source = model.source();
    Optional<ModelCard> card = OnnxSummary.read(source).card();
    PrintWriter printer = spec.commandLine().getOut();
    ModelSource cut = cut(source);
    try (FeatureExtractor extractor = FeatureExtractor.open(cut, input(source, card));
        OnnxClassifier network =
            card.isPresent() && knows(card.get(), splits) ? model.open() : null) {
      String name = card.map(ModelCard::name).orElse("");
      BaselineRun run = new BaselineRun(extractor, network);
      BaselineRun.Result result = run.run(splits, name.isEmpty() ? "network" : name, seed);
      ModelComparison comparison = ModelComparison.of(result.models());
      print(result, comparison, printer);
      JsonFile.write(out.resolve("baselines.json"), json(result, comparison, cut));
      ComparedCurves.write(result.models(), out, plots, printer);
      Map<String, List<double[]>> points = points(result);
      plots.write(
          out,
          "features",
          printer,
          () ->
              Plot.points(
                  "Features", "first principal component", "second principal component", points));
      run.failures()
          .forEach((file, why) -> printer.println("FAILED " + Terminal.plain(file + ": " + why)));
      printer.println("results: " + out);
      printer.flush();
      return run.failures().isEmpty() ? 0 : 1;
    }
  }

  private List<DataSet.Split> splits() throws IOException {
    DataSet all = read(data);
    if (test == null) {
      return all.folds(folds == null ? USUAL_FOLDS : folds, seed);
    }
    DataSet measured = read(test);
    if (!all.labels().containsAll(measured.labels())) {
      throw new ParameterException(
          spec.commandLine(),
          "--test must have classes of --data " + all.labels() + ", found " + measured.labels());
    }
    return List.of(new DataSet.Split(all, measured));
  }

  private DataSet read(Path source) throws IOException {
    DataSet read = DataOptions.read(source);
    return groups == null ? read : read.groupedBy(groups);
  }

  private ModelSource cut(ModelSource source) throws IOException {
    byte[] bytes = source.toBytes();
    OnnxBackbone backbone =
        layer == null ? OnnxBackbone.of(bytes) : OnnxBackbone.cutAt(bytes, layer);
    return ModelSource.ofBytes(backbone.toBytes(), source + " cut at " + backbone.cut());
  }

  private ModelInput input(ModelSource source, Optional<ModelCard> card) {
    return card.map(ModelCard::input)
        .or(() -> FeatureExtractor.fixedInput(source))
        .orElseThrow(
            () ->
                new ParameterException(
                    spec.commandLine(),
                    "--model "
                        + source
                        + " has no card, and its graph leaves size or channels open: write one with"
                        + " brain card --write"));
  }

  /** Whether the model tells the same classes apart. */
  private static boolean knows(ModelCard card, List<DataSet.Split> splits) {
    return card.task() == Task.CLASSIFICATION
        && new HashSet<>(card.labels()).equals(new HashSet<>(splits.get(0).training().labels()));
  }

  private static void print(
      BaselineRun.Result result, ModelComparison comparison, PrintWriter printer) {
    int width = result.models().stream().mapToInt(m -> m.name().length()).max().orElse(0);
    printer.printf("%-" + width + "s  accuracy  macro F1  macro AUC (95 %% interval)%n", "model");
    for (ModelComparison.Model each : result.models()) {
      ClassificationEvaluation e = each.evaluation();
      printer.printf(
          Locale.ROOT,
          "%-" + width + "s  %8.4f  %8.4f  %s%n",
          Terminal.plain(each.name()),
          e.accuracy(),
          e.macroF1(),
          ComparedModels.figure(e.macroAucInterval(EvaluationFiles.LEVEL)));
    }
    printer.println(Terminal.plainTable(comparison));
  }

  private static JsonObject json(
      BaselineRun.Result result, ModelComparison comparison, ModelSource cut) {
    JsonObject root = new JsonObject();
    root.addProperty("features", cut.toString());
    JsonArray models = new JsonArray();
    for (ModelComparison.Model each : result.models()) {
      JsonObject one = new JsonObject();
      one.addProperty("model", each.name());
      one.add("figures", EvaluationFiles.json(each.evaluation()));
      models.add(one);
    }
    root.add("models", models);
    root.add("tests", ComparedModels.tests(comparison));
    return root;
  }

  private static Map<String, List<double[]>> points(BaselineRun.Result result) {
    List<double[]> plane = FeaturePlane.ofPrincipalComponents(result.measured());
    Map<String, List<double[]>> points = new LinkedHashMap<>();
    for (String label : result.labels()) {
      List<double[]> own = new ArrayList<>();
      for (int i = 0; i < plane.size(); i++) {
        if (result.truth().get(i).equals(label)) {
          own.add(plane.get(i));
        }
      }
      if (!own.isEmpty()) {
        points.put(label, own);
      }
    }
    return points;
  }
}
