package io.github.brainimaging.examples.cli.run;

import io.github.brainimaging.core.augmentation.Augmentation;
import io.github.brainimaging.core.data.ClinicalTable;
import io.github.brainimaging.core.data.DataSet;
import io.github.brainimaging.core.data.Duplicates;
import io.github.brainimaging.core.plot.Plot;
import io.github.brainimaging.core.work.AtomicFiles;
import io.github.brainimaging.examples.cli.file.Terminal;
import io.github.brainimaging.examples.cli.option.DataOptions;
import io.github.brainimaging.examples.cli.option.LearningOptions;
import io.github.brainimaging.examples.cli.option.NetworkOptions;
import io.github.brainimaging.examples.cli.option.PlotOptions;
import io.github.brainimaging.examples.cli.option.SequenceOptions;
import io.github.brainimaging.examples.cli.option.TableOptions;
import io.github.brainimaging.models.card.ClinicalColumns;
import io.github.brainimaging.models.card.ModelCard;
import io.github.brainimaging.models.network.WeightTransfer;
import io.github.brainimaging.models.training.ClassificationLoss;
import io.github.brainimaging.models.training.HeadTrainer;
import io.github.brainimaging.models.training.Trainer;
import io.github.brainimaging.models.training.TrainingOptions;
import io.github.brainimaging.models.training.TrainingResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One training, from its images to the model. */
public final class TrainingRun {

  private static final String COPIES = "duplicates.txt";

  private final TrainingPlan plan;
  private final @Nullable Path testData;
  private final boolean dropDuplicates;
  private final NetworkOptions network;
  private final SequenceOptions sequences;
  private final TableOptions table;
  private final ClinicalTable rows;
  private final Path folder;
  private final PrintWriter log;

  public TrainingRun(
      TrainingPlan plan,
      DataOptions data,
      NetworkOptions network,
      SequenceOptions sequences,
      TableOptions table,
      ClinicalTable rows,
      Path folder,
      PrintWriter log) {
    this.plan = plan;
    this.testData = data.test;
    this.dropDuplicates = data.dropDuplicates;
    this.network = network;
    this.sequences = sequences;
    this.table = table;
    this.rows = rows;
    this.folder = folder;
    this.log = log;
  }

  /** Trains, writes the model, plots, and measures for its card. */
  public TrainingResult train(DataSet.Split split, LearningOptions learning, PlotOptions plots)
      throws IOException {
    @Nullable DataSet test = testData == null ? null : DataOptions.read(testData);
    if (test != null && !plan.card().labels().containsAll(test.labels())) {
      throw new IllegalArgumentException(
          "--test must have classes of the training data "
              + plan.card().labels()
              + ", found "
              + test.labels());
    }
    Copies copies = copies(split, test);
    DataSet training = copies.others();
    DataSet validation = split.validation();
    log.printf(
        "%s to learn from %s, %d held out %s%n",
        Terminal.count(training.images().size(), "image"),
        Terminal.plain(training.counts().toString()),
        validation.images().size(),
        Terminal.plain(validation.counts().toString()));
    tellMissing(training, "to learn from");
    tellMissing(validation, "held out: nothing tells how well it is known");
    ClinicalColumns clinical = table.fit(rows, training);
    tellTable(clinical, training);
    ModelCard card =
        plan.card().toBuilder()
            .clinical(clinical)
            .measured(
                String.format(
                    Locale.ROOT,
                    "%d images held out of the training data, which chose the epoch",
                    validation.images().size()))
            .build();
    TrainingPlan measured = plan.withCard(card);
    int epochs = learning.over(plan.recipe()).epochs();
    TrainingResult result;
    try (TrainingReporter reporter =
        new TrainingReporter(log, "accuracy", epochs, () -> begin(measured, copies))) {
      result = train(measured, training, validation, learning, reporter);
      reporter.finish();
    }
    // The model first: whatever fails later does not take it along.
    TrainedModel model = new TrainedModel(measured, result);
    Path file = folder.resolve("model.onnx");
    model.write(file);
    TrainingResult done = result;
    plots.write(folder, "history", log, () -> plot(done));
    if (test != null) {
      log.println(Terminal.plainTable(model.test(test)));
      model.write(file);
    }
    log.printf("best epoch %d; model: %s%n", result.bestEpoch(), file);
    log.flush();
    return result;
  }

  /** What is missing is learned as such, and should be known to whoever trains. */
  private void tellTable(ClinicalColumns clinical, DataSet training) {
    int patients = clinical.isEmpty() ? 0 : rows.rows(training).size();
    for (ClinicalColumns.Column column : clinical.columns()) {
      log.printf(
          "%s: missing in %d of %d patients to learn from%n",
          Terminal.plain(column.name()), column.missing(), patients);
    }
  }

  private void tellMissing(DataSet part, String whatFor) {
    for (int label = 0; label < part.labels().size(); label++) {
      if (part.counts().get(label) == 0) {
        log.printf(
            "warning: no image of class %s %s%n",
            Terminal.plain(part.labels().get(label)), whatFor);
      }
    }
  }

  /**
   * Copies that are left out of a training.
   *
   * @param others the images that remain
   * @param report names the copies; empty if none were looked for
   */
  private record Copies(DataSet others, String report) {}

  private Copies copies(DataSet.Split split, @Nullable DataSet test) throws IOException {
    if (!dropDuplicates) {
      return new Copies(split.training(), "");
    }
    Duplicates held = Duplicates.between(split.training(), split.validation(), Duplicates.NEAR);
    DataSet left = split.training().without(held.files());
    String report = "Of the images held out:\n" + held + "\n";
    if (test != null) {
      Duplicates tested = Duplicates.between(left, test, Duplicates.NEAR);
      left = left.without(tested.files());
      report += "Of the images tested:\n" + tested + "\n";
    }
    int copied = split.training().images().size() - left.images().size();
    log.printf(
        "%s left out, listed in %s%n",
        copied == 1 ? "1 copy" : copied + " copies", folder.resolve(COPIES));
    return new Copies(left, report);
  }

  /** Only now is it known that the folder is not another training's. */
  private void begin(TrainingPlan measured, Copies copies) throws IOException {
    measured.write(folder);
    if (!copies.report().isEmpty()) {
      byte[] text = copies.report().getBytes(StandardCharsets.UTF_8);
      AtomicFiles.write(folder.resolve(COPIES), out -> out.write(text));
    }
  }

  private static Plot plot(TrainingResult result) {
    return Plot.training(
        result.history().stream()
            .map(
                epoch ->
                    new Plot.Epoch(
                        epoch.trainingAccuracy(),
                        epoch.validationAccuracy(),
                        epoch.trainingLoss(),
                        epoch.validationLoss()))
            .toList());
  }

  private TrainingResult train(
      TrainingPlan measured,
      DataSet training,
      DataSet validation,
      LearningOptions learning,
      TrainingReporter reporter)
      throws IOException {
    TrainingOptions options = learning.over(plan.recipe());
    ClassificationLoss loss = learning.loss(plan.recipe(), training);
    Augmentation augmentation = learning.augmentation(plan.recipe(), sequences);
    Optional<FrozenPart> frozen = FrozenPart.of(measured);
    if (frozen.isPresent()) {
      Path cache = network.features == null ? folder.resolve("features") : network.features;
      try (FrozenPart part = frozen.get()) {
        log.printf("learns %s, on features of %s kept in %s%n", part.head(), part.place(), cache);
        log.flush();
        reporter.expectFeatures();
        HeadTrainer trainer =
            HeadTrainer.of(part.extractor(), part.head(), options, cache)
                .withCopies(network.copies, augmentation)
                .withLoss(loss);
        ClinicalColumns clinical = measured.card().clinical();
        return (clinical.isEmpty() ? trainer : trainer.withTable(rows, clinical))
            .train(training, validation, folder, reporter, reporter::epoch);
      }
    }
    Trainer trainer =
        Trainer.of(plan.network(), plan.card().input(), options)
            .withLoss(loss)
            .withAugmentation(augmentation);
    if (!plan.weights().isEmpty()) {
      WeightTransfer start = plan.start();
      log.println(start);
      trainer = trainer.startingFrom(start.weights());
    }
    if (sequences.paintsLesions()) {
      List<String> classes = learning.lesionClasses(plan.card());
      trainer = trainer.withPaintedLesions(sequences.lesions(), classes.get(0), classes.get(1));
    }
    return trainer.train(training, validation, folder, reporter, reporter::epoch);
  }
}
