package io.github.brainimaging.examples.cli.command;

import io.github.brainimaging.core.data.ClinicalTable;
import io.github.brainimaging.core.data.DataSet;
import io.github.brainimaging.examples.cli.option.CardOptions;
import io.github.brainimaging.examples.cli.option.DataOptions;
import io.github.brainimaging.examples.cli.option.LearningOptions;
import io.github.brainimaging.examples.cli.option.ModelOptions;
import io.github.brainimaging.examples.cli.option.NetworkOptions;
import io.github.brainimaging.examples.cli.option.PlotOptions;
import io.github.brainimaging.examples.cli.option.SequenceOptions;
import io.github.brainimaging.examples.cli.option.TableOptions;
import io.github.brainimaging.examples.cli.run.TrainingPlan;
import io.github.brainimaging.examples.cli.run.TrainingRun;
import io.github.brainimaging.models.card.Activation;
import io.github.brainimaging.models.card.ModelCard;
import io.github.brainimaging.models.card.ModelInput;
import io.github.brainimaging.models.network.zoo.Architecture;
import io.github.brainimaging.models.network.zoo.Architectures;
import io.github.brainimaging.models.network.zoo.Head;
import io.github.brainimaging.models.onnx.FeatureExtractor;
import io.github.brainimaging.models.onnx.OnnxSummary;
import io.github.brainimaging.models.training.EpochResult;
import io.github.brainimaging.models.training.Recipe;
import io.github.brainimaging.models.training.TrainingResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Trains a network on images with a class each; the embedded model was made with it. */
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Trains a network on images with a class each and writes model.onnx with its card, and the"
            + " history as history.csv and history.png. Called again with the same images and"
            + " options, it goes on after the last epoch that is done.")
public final class TrainCommand implements Callable<Integer> {

  private static final int ONNX_SIZE = 224;

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Where checkpoint, history, model.onnx and model.json are written.")
  private Path out = Path.of("");

  @ArgGroup(exclusive = false, multiplicity = "1", heading = "%nThe images%n")
  private final DataOptions data = new DataOptions();

  @ArgGroup(exclusive = false, heading = "%nThe network%n")
  private final NetworkOptions network = new NetworkOptions();

  @ArgGroup(
      exclusive = false,
      heading =
          "%nThe training (defaults: the embedded model's, or those of the paper that the head or"
              + " the architecture is from)%n")
  private final LearningOptions learning = new LearningOptions();

  @Mixin private final SequenceOptions sequences = new SequenceOptions();
  @Mixin private final PlotOptions plots = new PlotOptions();

  @ArgGroup(exclusive = false, heading = "%nClinical data beside the images%n")
  private final TableOptions table = new TableOptions();

  @ArgGroup(exclusive = false, heading = "%nThe card%n")
  private final CardOptions texts = new CardOptions();

  @Override
  public Integer call() throws IOException {
    requireSense();
    prepareEngine();
    ClinicalTable rows = table.read(spec);
    DataSet all = data.read();
    TrainingPlan plan;
    try {
      plan = plan(all);
      var unused = learning.over(plan.recipe());
      var unusedLoss = learning.loss(plan.recipe(), all);
      if (table.given() && !plan.learnsOnFeatures()) {
        throw new IllegalArgumentException(
            "--table is learned from beside the features of frozen layers: give --backbone, or"
                + " --weights with --layer or a --head whose paper freezes all before it");
      }
      if (sequences.paintsLesions()) {
        if (plan.learnsOnFeatures()) {
          throw new IllegalArgumentException(
              "--random-lesions paints anew in each epoch, but here the features before the head"
                  + " are computed once; leave it out, or train all layers by --freeze none");
        }
        var unusedClasses = learning.lesionClasses(plan.card());
      }
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
    PrintWriter log = spec.commandLine().getOut();
    log.println(plan.card().architecture());
    List<DataSet.Split> splits = data.splits(all, learning.seed);
    List<Double> accuracies = new ArrayList<>();
    for (int i = 0; i < splits.size(); i++) {
      Path folder = splits.size() == 1 ? out : out.resolve("fold" + (i + 1));
      TrainingRun run = new TrainingRun(plan, data, network, sequences, table, rows, folder, log);
      TrainingResult result = run.train(splits.get(i), learning, plots);
      EpochResult best = result.history().get(result.bestEpoch() - 1);
      accuracies.add(best.validationAccuracy());
    }
    if (splits.size() > 1) {
      printFolds(accuracies, log);
    }
    log.flush();
    return 0;
  }

  private void requireSense() {
    require(data.folds == 1 || data.validation == null, "--folds does not go with --validation");
    require(
        !table.given() || table.namesColumns(),
        "--table needs --numbers or --categories: the columns that are learned from");
    require(
        !table.given() || (data.validation == null && data.test == null),
        "--table does not go with --validation and --test: use --held-out or --folds");
    require(network.weights != null || network.freeze == null, "--freeze needs --weights");
    require(
        network.backbone != null || network.weights != null || network.layer == null,
        "--layer needs --backbone or --weights");
    require(network.fit != ModelInput.Fit.TILES, "--fit tiles is for segmenters");
    require(
        network.backbone == null || network.weights == null,
        "--weights does not go with --backbone, which has its own");
  }

  private void require(boolean condition, String problem) {
    if (!condition) {
      throw new ParameterException(spec.commandLine(), problem);
    }
  }

  private Head head() {
    if (network.head != null) {
      return Head.named(network.head);
    }
    return network.backbone == null ? architecture().heads().get(0) : Head.POOLED;
  }

  private Architecture architecture() {
    return Architectures.named(network.architecture);
  }

  private TrainingPlan plan(DataSet all) throws IOException {
    Recipe recipe = Recipe.of(architecture(), head());
    @Nullable Path backbone = network.backbone;
    boolean onnx = backbone != null;
    Optional<ModelInput> told =
        backbone != null
            ? OnnxSummary.read(ModelOptions.source(backbone)).card().map(ModelCard::input)
            : Optional.empty();
    Optional<ModelInput> taken =
        told.isEmpty() && backbone != null
            ? FeatureExtractor.fixedInput(ModelOptions.source(backbone))
            : told;
    int usual = onnx ? ONNX_SIZE : architecture().size();
    int published = taken.map(ModelInput::height).orElse(usual);
    int size = network.size > 0 ? network.size : published;
    int usualChannels =
        taken.map(ModelInput::channels).orElse(onnx ? 3 : architecture().channels());
    int channels = network.channels > 0 ? network.channels : usualChannels;
    boolean pretrained =
        network.weights != null && TrainingPlan.isPretrained(network.weights, architecture());
    ModelInput input =
        pretrained && channels == 3
            ? recipe.inputOfImageNet(architecture(), size)
            : recipe.input(size, channels);
    if (network.fit != null) {
      input = input.withFit(network.fit);
    }
    if (network.normalization != null) {
      input = input.withNormalization(network.normalization);
    } else if (told.isPresent()) {
      input = input.withNormalization(told.get().normalization());
    } else if (onnx && channels == 3) {
      input = input.withNormalization(ModelInput.Normalization.IMAGENET_TORCH);
    }
    String name = backbone == null ? architecture().name() : String.valueOf(backbone.getFileName());
    Activation activation = head() == Head.P1 ? Activation.SIGMOID : Activation.SOFTMAX;
    TrainingPlan plan =
        new TrainingPlan(
            architecture().name(),
            head().toString(),
            place(backbone),
            network.layer == null ? "" : network.layer,
            place(network.weights),
            network.freeze == null ? "" : network.freeze,
            learning.seed,
            ModelCard.builder(texts.nameOr(name), input, activation, all.labels())
                .description("Class of a brain MRI slice. Not a medical device.")
                .license(texts.license)
                .trainingData(texts.trainingData)
                .build());
    String words = onnx ? name + " with head " + head() : plan.network().toString();
    return plan.withCard(plan.card().toBuilder().architecture(words).build());
  }

  /** Where a model or weights are, for a training that goes on from any folder. */
  private static String place(@Nullable Path file) {
    if (file == null || file.toString().equals(ModelOptions.EMBEDDED)) {
      return file == null ? "" : ModelOptions.EMBEDDED;
    }
    return file.toAbsolutePath().toString();
  }

  private static void printFolds(List<Double> accuracies, PrintWriter log) {
    double mean = accuracies.stream().mapToDouble(a -> a).average().orElseThrow();
    double variance =
        accuracies.stream().mapToDouble(a -> (a - mean) * (a - mean)).sum()
            / (accuracies.size() - 1);
    log.printf(
        Locale.ROOT,
        "%d folds: accuracy %.4f, standard deviation %.4f%n",
        accuracies.size(),
        mean,
        Math.sqrt(variance));
  }

  /** To be called before the engine starts. */
  static void prepareEngine() {
    setIfAbsent("ai.djl.offline", "true");
    // On two cores one thread trains and the other augments.
    int threads = Math.max(1, Runtime.getRuntime().availableProcessors() - 1);
    setIfAbsent("ai.djl.pytorch.num_threads", Integer.toString(threads));
  }

  private static void setIfAbsent(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }
}
