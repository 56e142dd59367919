package io.github.brainimaging.examples.cli;

import io.github.brainimaging.core.augmentation.Augmentation;
import io.github.brainimaging.core.augmentation.GaussianNoise;
import io.github.brainimaging.core.augmentation.RandomAffine;
import io.github.brainimaging.core.augmentation.RandomBlur;
import io.github.brainimaging.core.augmentation.RandomContrast;
import io.github.brainimaging.core.augmentation.RandomFlip;
import io.github.brainimaging.core.augmentation.RandomGamma;
import io.github.brainimaging.core.augmentation.Sometimes;
import io.github.brainimaging.core.evaluation.classification.ClassificationEvaluation;
import io.github.brainimaging.core.tensor.Layout;
import io.github.brainimaging.core.transform.spatial.Interpolation;
import io.github.brainimaging.models.architecture.CompactResNet;
import io.github.brainimaging.models.architecture.Network;
import io.github.brainimaging.models.onnx.Activation;
import io.github.brainimaging.models.onnx.ModelCard;
import io.github.brainimaging.models.onnx.ModelInput;
import io.github.brainimaging.models.onnx.ModelSource;
import io.github.brainimaging.models.onnx.OnnxClassifier;
import io.github.brainimaging.models.training.DataSet;
import io.github.brainimaging.models.training.EpochResult;
import io.github.brainimaging.models.training.ModelWriter;
import io.github.brainimaging.models.training.Trainer;
import io.github.brainimaging.models.training.TrainingListener;
import io.github.brainimaging.models.training.TrainingOptions;
import io.github.brainimaging.models.training.TrainingResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Trains the compact network on a folder of images; the embedded model was made with it. */
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    description = {
      "Trains the compact residual network on a folder of images and writes model.onnx with its card.",
      "Called again with the same images and options, it goes on after the last epoch that is done."
    })
final class TrainCommand implements Callable<Integer> {

  private static final int SIZE = 128;
  private static final double HELD_OUT = 0.1;

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "One folder per class. A tenth of each is held out to choose the best epoch.")
  private Path data = Path.of("");

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Where checkpoint, history.csv, model.onnx and model.json are written.")
  private Path out = Path.of("");

  @Option(
      names = "--test",
      paramLabel = "DIR",
      description = "Other images, one folder per class: measured when all is done, for the card.")
  private @Nullable Path test;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "Passes over the data (default: ${DEFAULT-VALUE}).")
  private int epochs = 60;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Equal seeds give equal models (default: ${DEFAULT-VALUE}).")
  private long seed = 1;

  @Option(
      names = "--name",
      paramLabel = "TEXT",
      description = "Name of the model (default: ${DEFAULT-VALUE}).")
  private String name = "compact-resnet";

  @Option(
      names = "--license",
      paramLabel = "TEXT",
      description = "License of the model, for the card.")
  private String license = "";

  @Option(
      names = "--training-data",
      paramLabel = "TEXT",
      description = "The data and its origin, for the card.")
  private String trainingData = "";

  private static Augmentation augmentation() {
    return RandomFlip.of(0.5, 0.1)
        .then(
            RandomAffine.identity()
                .withRotationDegrees(20)
                .withScale(0.8, 1.15)
                .withTranslation(0.08)
                .withShearDegrees(5))
        .then(RandomGamma.ofGamma(0.7, 1.4))
        .then(RandomContrast.ofFactor(0.7, 1.3))
        .then(Sometimes.of(0.25, RandomBlur.withDefaults()))
        .then(Sometimes.of(0.25, GaussianNoise.withDefaults()));
  }

  private static ModelInput input() {
    return new ModelInput(
        SIZE,
        SIZE,
        1,
        Layout.NCHW,
        ModelInput.Fit.FOREGROUND,
        Interpolation.AREA,
        ModelInput.Normalization.Z_SCORE);
  }

  @Override
  public Integer call() throws IOException {
    if (epochs < 1) {
      throw new ParameterException(spec.commandLine(), "--epochs must be positive, got " + epochs);
    }
    setIfAbsent("ai.djl.offline", "true");
    // On two cores one thread trains and the other augments.
    int threads = Math.max(1, Runtime.getRuntime().availableProcessors() - 1);
    setIfAbsent("ai.djl.pytorch.num_threads", Integer.toString(threads));
    DataSet.Split split = DataSet.ofFolder(data).holdOut(HELD_OUT, seed);
    Network network = CompactResNet.describe(SIZE, split.training().labels().size());
    TrainingOptions options =
        TrainingOptions.builder().epochs(epochs).seed(seed).augmentation(augmentation()).build();
    PrintWriter log = spec.commandLine().getOut();
    log.printf(
        "%s%n%d images to learn from, %d held out%n",
        network, split.training().images().size(), split.validation().images().size());
    TrainingResult result;
    try (Reporter reporter = new Reporter(log)) {
      result =
          Trainer.of(network, input(), options)
              .train(split.training(), split.validation(), out, reporter);
      reporter.finish();
    }
    ModelCard card = card(network, split, result);
    if (test != null) {
      ClassificationEvaluation evaluation =
          evaluate(ModelWriter.toBytes(network, result.weights(), card), test);
      log.println(evaluation);
      card = withResults(card, evaluation);
    }
    Path file = out.resolve("model.onnx");
    ModelWriter.write(file, network, result.weights(), card);
    log.printf("best epoch %d; model: %s%n", result.bestEpoch(), file);
    log.flush();
    return 0;
  }

  private static void setIfAbsent(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  private ModelCard card(Network network, DataSet.Split split, TrainingResult result) {
    EpochResult best = result.history().get(result.bestEpoch() - 1);
    return ModelCard.builder(name, input(), Activation.SOFTMAX, split.training().labels())
        .architecture(network.toString())
        .description("Class of a brain MRI slice. Not a medical device.")
        .license(license)
        .trainingData(trainingData)
        .results(Map.of("accuracy", best.validationAccuracy(), "logLoss", best.validationLoss()))
        .measured(
            String.format(
                Locale.ROOT,
                "%d images held out of the training data, which chose the epoch",
                split.validation().images().size()))
        .build();
  }

  private static ClassificationEvaluation evaluate(byte[] model, Path folder) throws IOException {
    try (OnnxClassifier classifier =
        OnnxClassifier.builder().model(ModelSource.ofBytes(model, "trained model")).build()) {
      return EvaluateCommand.evaluate(DataSet.ofFolder(folder), classifier);
    }
  }

  private static ModelCard withResults(ModelCard card, ClassificationEvaluation evaluation) {
    Map<String, Double> results = new LinkedHashMap<>();
    results.put("accuracy", evaluation.accuracy());
    results.put("macroF1", evaluation.macroF1());
    results.put("macroAuc", evaluation.macroAuc());
    evaluation
        .classes()
        .forEach((label, figures) -> results.put("recall." + label, figures.recall()));
    return card.toBuilder()
        .results(results)
        .measured(
            String.format(
                Locale.ROOT,
                "%d images apart from the training data, never used to train or to choose",
                evaluation.count()))
        .build();
  }

  /** One line per epoch, and a bar within it. */
  private static final class Reporter implements TrainingListener, AutoCloseable {
    private final PrintWriter log;
    private @Nullable Progress bar;
    private long start = System.nanoTime();
    private boolean trained;

    Reporter(PrintWriter log) {
      this.log = log;
    }

    @Override
    public void onBatch(int epoch, int batch, int batches, double loss) {
      if (!trained && epoch > 1) {
        log.printf("goes on after epoch %d, from the checkpoint%n", epoch - 1);
        log.flush();
      }
      trained = true;
      if (bar == null) {
        bar = new Progress("epoch " + epoch, batches);
      }
      bar.message(String.format(Locale.ROOT, "loss %.3f", loss));
      bar.step();
    }

    @Override
    public void onEpoch(EpochResult result) {
      close();
      log.printf(
          Locale.ROOT,
          "epoch %3d  rate %.5f  training loss %.4f accuracy %.4f  held out loss %.4f accuracy %.4f  %.0f s%n",
          result.epoch(),
          result.learningRate(),
          result.trainingLoss(),
          result.trainingAccuracy(),
          result.validationLoss(),
          result.validationAccuracy(),
          (System.nanoTime() - start) / 1e9);
      log.flush();
      start = System.nanoTime();
    }

    void finish() {
      if (!trained) {
        log.println("all epochs were done before; nothing was trained");
      }
    }

    @Override
    public void close() {
      if (bar != null) {
        bar.close();
        bar = null;
      }
    }
  }
}
