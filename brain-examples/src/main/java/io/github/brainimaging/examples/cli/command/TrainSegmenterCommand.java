package io.github.brainimaging.examples.cli.command;

import io.github.brainimaging.core.augmentation.Augmentation;
import io.github.brainimaging.core.data.ImageMaskPairs;
import io.github.brainimaging.core.evaluation.segmentation.DiceFigures;
import io.github.brainimaging.examples.cli.file.Terminal;
import io.github.brainimaging.examples.cli.option.MaskOptions;
import io.github.brainimaging.examples.cli.option.ModelOptions;
import io.github.brainimaging.examples.cli.option.Numbers;
import io.github.brainimaging.examples.cli.option.SequenceOptions;
import io.github.brainimaging.examples.cli.run.MaskPlan;
import io.github.brainimaging.examples.cli.run.TrainingReporter;
import io.github.brainimaging.models.card.Activation;
import io.github.brainimaging.models.card.ModelCard;
import io.github.brainimaging.models.card.ModelInput;
import io.github.brainimaging.models.card.Task;
import io.github.brainimaging.models.network.Network;
import io.github.brainimaging.models.network.Weights;
import io.github.brainimaging.models.onnx.ModelSource;
import io.github.brainimaging.models.onnx.OnnxSegmenter;
import io.github.brainimaging.models.training.MaskLoss;
import io.github.brainimaging.models.training.MaskTrainer;
import io.github.brainimaging.models.training.ModelWriter;
import io.github.brainimaging.models.training.Recipe;
import io.github.brainimaging.models.training.TrainingOptions;
import io.github.brainimaging.models.training.TrainingResult;
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

/** Trains a U-Net on images with masks. */
@Command(
    name = "train-segmenter",
    mixinStandardHelpOptions = true,
    description = {
      "Trains a U-Net on images with true masks and writes model.onnx with its card.",
      "Called again with the same images and options, it goes on after the last epoch that is done."
    })
public final class TrainSegmenterCommand implements Callable<Integer> {

  /** Rows and columns of the embedded segmenter. */
  private static final int EMBEDDED_SIZE = 256;

  private static final int STRIDE = 32;
  private static final List<String> LABELS = List.of("tumor");

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Option(
      names = "--images",
      required = true,
      paramLabel = "DIR",
      description = "Images; a sub-folder is a patient, who is never parted.")
  private Path images = Path.of("");

  @Option(
      names = "--masks",
      paramLabel = "DIR",
      description =
          "Masks: of the same relative name, or NN_mask.png for NN_flair.png (default: among the"
              + " images).")
  private @Nullable Path masks;

  @Mixin private final MaskOptions maskOptions = new MaskOptions();

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Where checkpoint, history.csv, model.onnx and model.json are written.")
  private Path out = Path.of("");

  @Option(
      names = "--held-out",
      paramLabel = "FILE",
      description =
          "Names of images without extension, or of patients, one a line: kept apart from training"
              + " and measured when all is done, for the card.")
  private @Nullable Path heldOut;

  @Option(
      names = "--network",
      paramLabel = "NAME",
      description =
          "compact-unet, or lite-unet, which is twice as large, takes three times as long and looks"
              + " with EfficientNet-Lite0 (default: compact-unet; with --weights"
              + " embedded lite-unet).")
  private @Nullable String named;

  @Option(
      names = "--size",
      converter = Numbers.Positive.class,
      paramLabel = "PIXELS",
      description =
          "Rows and columns of the network's input, a multiple of 32 (default: ${DEFAULT-VALUE})."
              + " Twice as many cost four times the time.")
  private int size = EMBEDDED_SIZE;

  @Option(
      names = "--epochs",
      converter = Numbers.Positive.class,
      paramLabel = "N",
      description = "Passes over the data (default: ${DEFAULT-VALUE}).")
  private int epochs = 45;

  @Option(
      names = "--learning-rate",
      converter = Numbers.PositiveReal.class,
      paramLabel = "RATE",
      description = "Rate of AdamW after the warm-up (default: ${DEFAULT-VALUE}).")
  private double learningRate = 2e-3;

  @Option(
      names = "--warm-up",
      converter = Numbers.NotNegativeReal.class,
      paramLabel = "EPOCHS",
      description =
          "Epochs in which the rate rises, a part of one too (default: ${DEFAULT-VALUE}; less for a"
              + " short fine-tuning).")
  private double warmUp = 2;

  @Option(
      names = "--validation",
      converter = Numbers.PartialShare.class,
      paramLabel = "SHARE",
      description =
          "Share of the other patients or images that chooses the epoch (default:"
              + " ${DEFAULT-VALUE}).")
  private double validation = 0.08;

  @Option(
      names = "--weights",
      paramLabel = "FILE",
      description =
          "What to start from: a .onnx or .safetensors file of this network, for lite-unet also"
              + " EfficientNet-Lite0 as PyTorch writes it to ONNX, or `embedded`, the segmenter"
              + " that the library brings along (default: random weights).")
  private @Nullable String weights;

  @Option(
      names = "--freeze",
      paramLabel = "LAYER",
      description =
          "With --weights: trains only from this layer on, such as blocks.5.expand_conv of"
              + " lite-unet, which saves a third of the time (default: all layers).")
  private String freeze = "";

  @Option(
      names = "--batch-size",
      converter = Numbers.Positive.class,
      paramLabel = "N",
      description = "Images per step (default: ${DEFAULT-VALUE}).")
  private int batchSize = Recipe.EMBEDDED_SEGMENTER.options().batchSize();

  @Option(
      names = "--empty-share",
      converter = Numbers.Share.class,
      paramLabel = "SHARE",
      description =
          "Share of the images without tumor that an epoch sees, drawn anew in each (default:"
              + " ${DEFAULT-VALUE}; 0.3 suits whole volumes).")
  private double emptyShare = 1;

  @Option(
      names = "--tumor-weight",
      converter = Numbers.PositiveReal.class,
      paramLabel = "X",
      description =
          "What the cross-entropy of a pixel of a tumor is multiplied by (default:"
              + " ${DEFAULT-VALUE}).")
  private double tumorWeight = 1;

  @Option(
      names = "--hardest",
      converter = Numbers.PositiveShare.class,
      paramLabel = "SHARE",
      description =
          "Share of the pixels of a step whose cross-entropy counts, those with the largest"
              + " (default: all).")
  private double hardest = 1;

  @Mixin private final SequenceOptions sequences = new SequenceOptions();

  @Option(
      names = "--last",
      description =
          "Take the last epoch, not the one with the lowest loss: wise where only few patients"
              + " could choose.")
  private boolean last;

  @Option(
      names = "--threshold",
      converter = Numbers.PartialShare.class,
      paramLabel = "P",
      description = "Probability above which a pixel is tumor (default: ${DEFAULT-VALUE}).")
  private double threshold = 0.5;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Equal seeds give equal models (default: ${DEFAULT-VALUE}).")
  private long seed = 1;

  @Option(
      names = "--name",
      paramLabel = "TEXT",
      description = "Name of the model (default: that of the network).")
  private @Nullable String name;

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

  private ModelInput input() {
    return Recipe.EMBEDDED_SEGMENTER.input(size, 1);
  }

  private TrainingOptions options() {
    return Recipe.EMBEDDED_SEGMENTER.options().toBuilder()
        .epochs(epochs)
        .batchSize(batchSize)
        .warmUpEpochs(warmUp)
        .learningRate(learningRate)
        .seed(seed)
        .build();
  }

  private Augmentation geometry() {
    Augmentation usual = Recipe.EMBEDDED_SEGMENTER.geometry();
    return sequences.paintsLesions() ? sequences.lesions().then(usual) : usual;
  }

  private void require(boolean condition, String message) {
    if (!condition) {
      throw new ParameterException(spec.commandLine(), message);
    }
  }

  @Override
  public Integer call() throws IOException {
    require(
        size % STRIDE == 0, "--size must be a positive multiple of " + STRIDE + ", got " + size);
    boolean embedded = ModelOptions.EMBEDDED.equals(weights);
    String network = named != null ? named : embedded ? MaskPlan.LITE : MaskPlan.COMPACT;
    require(
        network.equals(MaskPlan.COMPACT) || network.equals(MaskPlan.LITE),
        "--network must be compact-unet or lite-unet, got " + network);
    require(
        network.equals(MaskPlan.LITE) || !embedded,
        "--weights embedded is a lite-unet, got --network " + network);
    require(freeze.isEmpty() || weights != null, "--freeze needs --weights");
    TrainCommand.prepareEngine();
    ImageMaskPairs all = maskOptions.read(images, masks == null ? images : masks);
    ImageMaskPairs.Split apart =
        all.holdOut(heldOut == null ? List.of() : Files.readAllLines(heldOut));
    ImageMaskPairs.Split split = apart.training().holdOut(validation, seed);
    MaskPlan plan = new MaskPlan(card(network, split.heldOut()), network, freeze, last);
    Network described = plan.describe();
    PrintWriter log = spec.commandLine().getOut();
    if (embedded && size != EMBEDDED_SIZE) {
      log.printf(
          "the embedded network has learned at %d pixels: at %d it begins with little of it%n",
          EMBEDDED_SIZE, size);
    }
    log.printf(
        "%s%n%s to learn from, %d that choose the epoch, %d kept apart%n",
        described,
        Terminal.count(split.training().pairs().size(), "image"),
        split.heldOut().pairs().size(),
        apart.heldOut().pairs().size());
    TrainingResult result;
    try (TrainingReporter reporter =
        new TrainingReporter(log, "Dice", epochs, () -> plan.write(out))) {
      result =
          trainer(plan).train(split.training(), split.heldOut(), out, reporter, reporter::epoch);
      reporter.finish();
    }
    // First of all: what is measured for the card may fail.
    Path file = out.resolve("model.onnx");
    ModelCard card = plan.write(file, result);
    if (!apart.heldOut().pairs().isEmpty()) {
      Weights learned = plan.weights(result);
      DiceFigures figures = measure(ModelWriter.toBytes(described, learned, card), apart.heldOut());
      log.println(figures);
      card =
          card.toBuilder()
              .results(figures.byName())
              .measured(figures.count() + " images kept apart, never used to train or to choose")
              .build();
      ModelWriter.write(described, learned, card, file);
    }
    log.printf("epoch %d; model: %s%n", plan.epoch(result), file);
    log.flush();
    return 0;
  }

  private MaskTrainer trainer(MaskPlan plan) throws IOException {
    MaskTrainer trainer =
        MaskTrainer.of(plan.describe(), input(), options())
            .withGeometry(geometry())
            .withIntensities(sequences.contrast(Recipe.EMBEDDED_SEGMENTER.intensities()))
            .withEmptyShare(emptyShare)
            .withLoss(new MaskLoss(tumorWeight, hardest));
    return weights == null ? trainer : trainer.startingFrom(plan.start(weights, seed).weights());
  }

  private ModelCard card(String network, ImageMaskPairs chose) {
    return ModelCard.builder(name == null ? network : name, input(), Activation.LOGITS, LABELS)
        .task(Task.SEGMENTATION)
        .architecture(MaskPlan.describe(network, size, LABELS.size(), freeze).toString())
        .description("The tumor in a brain MRI slice. Not a medical device.")
        .license(license)
        .trainingData(trainingData)
        .threshold(threshold)
        .measured(chose.pairs().size() + " images that chose the epoch, on the network's grid")
        .build();
  }

  private static DiceFigures measure(byte[] model, ImageMaskPairs pairs) throws IOException {
    try (OnnxSegmenter segmenter =
        OnnxSegmenter.builder().model(ModelSource.ofBytes(model, "trained model")).build()) {
      return pairs.measure(segmenter);
    }
  }
}
