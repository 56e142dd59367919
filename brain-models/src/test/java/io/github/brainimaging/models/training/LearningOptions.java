package io.github.brainimaging.models.training;

import io.github.brainimaging.core.data.DataSet;
import io.github.brainimaging.core.testing.OptionContract.Observation;
import io.github.brainimaging.core.testing.OptionContract.Option;
import io.github.brainimaging.core.work.Progress;
import io.github.brainimaging.models.card.ModelInput;
import io.github.brainimaging.models.network.Network;
import io.github.brainimaging.models.network.Weights;
import io.github.brainimaging.models.network.layer.Conv2d;
import io.github.brainimaging.models.network.layer.Dense;
import io.github.brainimaging.models.network.layer.GlobalAveragePool;
import io.github.brainimaging.models.network.layer.Relu;
import io.github.brainimaging.models.network.layer.Softmax;
import io.github.brainimaging.models.training.optimizer.Optimizer;
import io.github.brainimaging.models.training.optimizer.Schedule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Options of how a network learns: what it has learned after two epochs. */
public final class LearningOptions {

  static final TrainingOptions USUAL =
      TrainingOptions.builder().epochs(2).batchSize(8).learningRate(0.02).warmUpEpochs(0).build();

  private LearningOptions() {}

  static Network network() {
    return Network.input("tiny", 1, Stripes.SIZE, Stripes.SIZE)
        .then("conv", Conv2d.same(4, 3))
        .then(Relu.plain())
        .then(new GlobalAveragePool())
        .then("head", new Dense(2))
        .then("probabilities", new Softmax())
        .build();
  }

  /** The same first weights whatever the seed. */
  static Trainer trainer(TrainingOptions options) {
    return Trainer.of(network(), ModelInput.ofSize(Stripes.SIZE, 1), options)
        .startingFrom(Weights.random(network(), 7));
  }

  static DataSet.Split stripes(Path folder) throws IOException {
    Path data = folder.resolve("stripes");
    if (Files.notExists(data)) {
      Stripes.draw(data, 12);
    }
    return DataSet.ofFolder(data).holdOut(0.25, 1);
  }

  /** The last weights of a training in a folder of its own. */
  static Observation<Trainer> learned(Path folder) throws IOException {
    DataSet.Split split = stripes(folder);
    return trainer ->
        trainer
            .train(
                split.training(),
                split.validation(),
                Files.createTempDirectory(folder, "out"),
                Progress.none(),
                epoch -> {})
            .lastWeights()
            .tensors();
  }

  /** What is held out has the other label, so that learning makes its loss rise. */
  private static Object epochs(TrainingOptions options, DataSet.Split split, Path folder)
      throws IOException {
    DataSet swapped =
        new DataSet(
            split.validation().labels(),
            split.validation().images().stream()
                .map(image -> new DataSet.LabeledFile(image.file(), 1 - image.label(), ""))
                .toList());
    return trainer(options.toBuilder().epochs(12).build())
        .train(
            split.training(),
            swapped,
            Files.createTempDirectory(folder, "out"),
            Progress.none(),
            epoch -> {})
        .history()
        .size();
  }

  /** All of them. */
  public static List<Option> all(Path folder) throws IOException {
    Observation<Trainer> learned = learned(folder);
    DataSet.Split split = stripes(folder);
    record Change(String name, UnaryOperator<TrainingOptions.Builder> operator) {
      Option option(Observation<TrainingOptions> observe) {
        return Option.of(
            "TrainingOptions.Builder." + name,
            USUAL,
            operator.apply(USUAL.toBuilder()).build(),
            observe);
      }
    }
    List<Change> changes =
        List.of(
            new Change("epochs", b -> b.epochs(3)),
            new Change("batchSize", b -> b.batchSize(9)),
            new Change("optimizer", b -> b.optimizer(Optimizer.sgd(0.9))),
            new Change("learningRate", b -> b.learningRate(0.01)),
            new Change("warmUpEpochs", b -> b.warmUpEpochs(1)),
            new Change("schedule", b -> b.schedule(Schedule.constant())),
            new Change("weightDecay", b -> b.weightDecay(0.5)),
            new Change("averaging", b -> b.averaging(0)),
            new Change("seed", b -> b.seed(2)));
    List<Option> all =
        new ArrayList<>(
            changes.stream()
                .map(change -> change.option(options -> learned.of(trainer(options))))
                .toList());
    all.add(
        new Change("patience", b -> b.patience(1))
            .option(options -> epochs(options, split, folder)));
    ClassificationLoss loss = ClassificationLoss.withDefaults();
    Observation<ClassificationLoss> byLoss = some -> learned.of(trainer(USUAL).withLoss(some));
    all.add(
        Option.of(
            "ClassificationLoss.withKind",
            loss,
            loss.withKind(ClassificationLoss.Kind.FOCAL),
            byLoss));
    all.add(
        Option.of(
            "ClassificationLoss.withLabelSmoothing", loss, loss.withLabelSmoothing(0), byLoss));
    all.add(
        Option.of(
            "ClassificationLoss.withClassWeights",
            loss,
            loss.withClassWeights(List.of(1.0, 3.0)),
            byLoss));
    all.add(
        Option.of("ClassificationLoss.withHardestShare", loss, loss.withHardestShare(0.5), byLoss));
    return all;
  }
}
