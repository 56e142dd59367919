package io.github.brainimaging.examples.cli.command;

import io.github.brainimaging.core.augmentation.Augmentation;
import io.github.brainimaging.core.augmentation.RandomAffine;
import io.github.brainimaging.core.data.ImageMaskPairs;
import io.github.brainimaging.core.data.MaskReader;
import io.github.brainimaging.core.io.MedicalVolumeReader;
import io.github.brainimaging.examples.cli.file.Terminal;
import io.github.brainimaging.examples.cli.option.Numbers;
import io.github.brainimaging.examples.cli.run.MaskPlan;
import io.github.brainimaging.examples.cli.run.TrainingReporter;
import io.github.brainimaging.models.card.Activation;
import io.github.brainimaging.models.card.ModelCard;
import io.github.brainimaging.models.card.ModelInput;
import io.github.brainimaging.models.card.Task;
import io.github.brainimaging.models.network.Network;
import io.github.brainimaging.models.network.WeightTransfer;
import io.github.brainimaging.models.network.format.WeightFiles;
import io.github.brainimaging.models.network.zoo.CompactUnet;
import io.github.brainimaging.models.stripping.RandomHeads;
import io.github.brainimaging.models.training.MaskTrainer;
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
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trains the network of {@code strip} on heads with known brains. */
@Command(
    name = "train-stripper",
    mixinStandardHelpOptions = true,
    description =
        "Trains the network of `strip --method learned` on heads with known brains: makes random"
            + " heads of them, and slices of these, then learns. Called again, it goes on after the"
            + " last epoch that is done.")
public final class TrainStripperCommand implements Callable<Integer> {

  private static final int SIZE = 128;
  private static final int BATCH = 8;

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Option(
      names = "--heads",
      required = true,
      paramLabel = "FILE",
      description =
          "A line for each head: the file, a comma, the file of its brain and, after another"
              + " comma, how often it is taken. NIfTI of known geometry; relative to this file.")
  private Path list = Path.of("");

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Where slices, checkpoint, history.csv, model.onnx and model.json are written.")
  private Path out = Path.of("");

  @Option(
      names = "--random-heads",
      converter = Numbers.Positive.class,
      paramLabel = "N",
      description =
          "How many heads are made, of 36 slices each, unless there are slices (default:"
              + " ${DEFAULT-VALUE}).")
  private int randomHeads = 156;

  @Option(
      names = "--epochs",
      converter = Numbers.Positive.class,
      paramLabel = "N",
      description = "Passes over the slices (default: ${DEFAULT-VALUE}).")
  private int epochs = 4;

  @Option(
      names = "--learning-rate",
      converter = Numbers.PositiveReal.class,
      paramLabel = "RATE",
      description = "Rate of AdamW after the warm-up (default: ${DEFAULT-VALUE}).")
  private double learningRate = 2e-3;

  @Option(
      names = "--weights",
      paramLabel = "FILE",
      description = "What to start from: .onnx or .safetensors (default: random weights).")
  private @Nullable Path weights;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Equal seeds give equal models (default: ${DEFAULT-VALUE}).")
  private long seed = 1;

  @Option(names = "--license", paramLabel = "TEXT", description = "License, for the card.")
  private String license = "";

  @Option(
      names = "--training-data",
      paramLabel = "TEXT",
      description = "The heads and their origin, for the card.")
  private String trainingData = "";

  @Override
  public Integer call() throws IOException {
    TrainCommand.prepareEngine();
    Path images = out.resolve("images");
    Path masks = out.resolve("masks");
    if (!Files.exists(images)) {
      heads().write(randomHeads, seed, images, masks);
    }
    ImageMaskPairs.Split split = ImageMaskPairs.read(images, masks).holdOut(0.03, seed);
    MaskPlan plan = new MaskPlan(card(split.heldOut()), MaskPlan.SLIM, "", true);
    Network network = plan.describe();
    PrintWriter log = spec.commandLine().getOut();
    log.printf(
        "%s%n%s to learn from, %d to watch%n",
        network,
        Terminal.count(split.training().pairs().size(), "slice"),
        split.heldOut().pairs().size());
    TrainingResult result = learn(split, plan, network, log);
    Path file = out.resolve("model.onnx");
    plan.write(file, result);
    log.println("model: " + file);
    log.flush();
    return 0;
  }

  private ModelCard card(ImageMaskPairs watched) {
    return ModelCard.builder("brain-extractor", input(), Activation.LOGITS, List.of("brain"))
        .task(Task.SEGMENTATION)
        .architecture(CompactUnet.describeSlim(SIZE, 1).toString())
        .description("The brain in slices of a head, cubes of 2 mm. Not a medical device.")
        .license(license)
        .trainingData(trainingData)
        .measured(watched.pairs().size() + " slices of random heads")
        .build();
  }

  private TrainingResult learn(
      ImageMaskPairs.Split split, MaskPlan plan, Network network, PrintWriter log)
      throws IOException {
    MaskTrainer trainer = trainer(network);
    try (TrainingReporter reporter =
        new TrainingReporter(log, "Dice", epochs, () -> plan.write(out))) {
      TrainingResult learned =
          trainer.train(split.training(), split.heldOut(), out, reporter, reporter::epoch);
      reporter.finish();
      return learned;
    }
  }

  private static ModelInput input() {
    return ModelInput.ofSize(SIZE, 3).withRange(ModelInput.Range.NOMINAL);
  }

  private RandomHeads heads() throws IOException {
    RandomHeads heads = new RandomHeads();
    for (String line : Files.readAllLines(list)) {
      if (line.isBlank()) {
        continue;
      }
      List<String> parts = List.of(line.split(",", -1));
      if (parts.size() < 2 || parts.size() > 3) {
        throw new IOException(list + ": expected HEAD,BRAIN or HEAD,BRAIN,TIMES, got " + line);
      }
      Path head = list.resolveSibling(parts.get(0).strip());
      Path brain = list.resolveSibling(parts.get(1).strip());
      int times = parts.size() == 3 ? Integer.parseInt(parts.get(2).strip()) : 1;
      for (int i = 0; i < times; i++) {
        heads.add(
            MedicalVolumeReader.withDefaults().read(head),
            MaskReader.withDefaults().readVolume(brain));
      }
    }
    return heads;
  }

  private MaskTrainer trainer(Network network) throws IOException {
    TrainingOptions options =
        TrainingOptions.builder()
            .epochs(epochs)
            .batchSize(BATCH)
            .learningRate(learningRate)
            .warmUpEpochs(0.3)
            .averaging(0.99)
            .seed(seed)
            .build();
    MaskTrainer trainer =
        MaskTrainer.of(network, input(), options)
            .withGeometry(
                Augmentation.flip(0.5, 0)
                    .then(
                        RandomAffine.identity()
                            .withRotationDegrees(12)
                            .withScale(0.9, 1.12)
                            .withTranslation(0.05)))
            .withIntensities(Augmentation.gamma(0.8, 1.25).then(Augmentation.contrast(0.85, 1.15)));
    return weights == null
        ? trainer
        : trainer.startingFrom(
            WeightTransfer.of(network, WeightFiles.read(weights), seed).weights());
  }
}
