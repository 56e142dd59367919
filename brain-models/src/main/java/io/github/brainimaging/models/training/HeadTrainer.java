package io.github.brainimaging.models.training;

import io.github.brainimaging.core.augmentation.Augmentation;
import io.github.brainimaging.core.data.ClinicalTable;
import io.github.brainimaging.core.data.DataSet;
import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.core.work.Progress;
import io.github.brainimaging.models.card.ClinicalColumns;
import io.github.brainimaging.models.network.Network;
import io.github.brainimaging.models.network.Weights;
import io.github.brainimaging.models.onnx.FeatureExtractor;
import io.github.brainimaging.models.training.internal.batch.FeatureCache;
import io.github.brainimaging.models.training.internal.batch.LabeledFeatures;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Trains a head on the features of a frozen backbone: transfer learning in seconds, once the
 * features are there. They are computed by ONNX Runtime and kept on disk, so that the next head, or
 * the next try, begins at once. Checkpoint and history are those of {@link Trainer}.
 *
 * <p>The backbone sees each image without augmentation, and, if wanted, some augmented copies of
 * it, from which every epoch draws one.
 *
 * <p>One training at a time in a JVM.
 *
 * @since 0.1.0
 */
public final class HeadTrainer {

  private final FeatureExtractor backbone;
  private final Network head;
  private final TrainingOptions options;
  private final Path features;
  private final int copies;
  private final Augmentation augmentation;
  private final ClassificationLoss loss;
  private final @Nullable FusedTable table;

  private HeadTrainer(
      FeatureExtractor backbone,
      Network head,
      TrainingOptions options,
      Path features,
      int copies,
      Augmentation augmentation,
      ClassificationLoss loss,
      @Nullable FusedTable table) {
    this.backbone = backbone;
    this.head = head;
    this.options = Objects.requireNonNull(options, "options");
    this.features = Objects.requireNonNull(features, "features");
    this.copies = copies;
    this.augmentation = augmentation;
    this.loss = Objects.requireNonNull(loss, "loss");
    this.table = table;
  }

  /**
   * A trainer of a head, without augmented copies and with the usual loss.
   *
   * @param backbone gives the features; not closed by the trainer
   * @param head a network that takes them, and what {@link #withTable} puts behind them, and ends
   *     in a softmax or sigmoid
   * @param options how the head is trained; its seed also starts the head's weights
   * @param features folder where features are kept; trainings may share it, and it may be deleted
   * @return the trainer
   * @throws IllegalArgumentException if the head does not take the backbone's features
   */
  public static HeadTrainer of(
      FeatureExtractor backbone, Network head, TrainingOptions options, Path features) {
    Arguments.require(
        backbone.shape().equals(head.inputShape()) || behind(backbone, head) > 0,
        "head must take features of shape %s, got one that takes %s",
        backbone.shape(),
        head.inputShape());
    return new HeadTrainer(
        backbone,
        head,
        options,
        features,
        0,
        Augmentation.none(),
        ClassificationLoss.withDefaults(),
        null);
  }

  /** How many values the head takes behind the features; less than 1 if it cannot. */
  private static int behind(FeatureExtractor backbone, Network head) {
    boolean rows = backbone.shape().size() == 1 && head.inputShape().size() == 1;
    return rows ? head.inputShape().get(0) - backbone.shape().get(0) : 0;
  }

  /**
   * The same with augmented copies of each training image.
   *
   * @param augmentedCopies copies beside the plain image, 0 or more; each costs a run of the
   *     backbone
   * @param newAugmentation what is done to each copy; it must describe itself, since the features
   *     of the copies are kept: see {@link Augmentation#named}
   * @return a new trainer
   * @throws IllegalArgumentException if the number is negative, or the augmentation does not
   *     describe itself
   */
  public HeadTrainer withCopies(int augmentedCopies, Augmentation newAugmentation) {
    Arguments.require(augmentedCopies >= 0, "copies must not be negative, got %s", augmentedCopies);
    Arguments.require(
        newAugmentation.description().isPresent(),
        "augmentation must describe itself (name it with named), got %s",
        newAugmentation);
    return new HeadTrainer(
        backbone, head, options, features, augmentedCopies, newAugmentation, loss, table);
  }

  /**
   * The same with another loss.
   *
   * @param newLoss {@link ClassificationLoss#withDefaults()} if not set
   * @return a new trainer
   */
  public HeadTrainer withLoss(ClassificationLoss newLoss) {
    return new HeadTrainer(backbone, head, options, features, copies, augmentation, newLoss, table);
  }

  /**
   * The same with clinical data behind the features of each image: late fusion. The head takes
   * {@code [features + columns.size()]}, and the backbone must give features of one axis.
   *
   * @param rows has a row for each image, by {@link ClinicalTable#row(DataSet.LabeledFile)}
   * @param columns which of its columns, fitted to rows that are learned from ({@link
   *     ClinicalColumns#fit})
   * @return a new trainer
   * @throws IllegalArgumentException if the head does not take so many values
   */
  public HeadTrainer withTable(ClinicalTable rows, ClinicalColumns columns) {
    int expected = behind(backbone, head);
    Arguments.require(
        !columns.isEmpty() && columns.size() == expected,
        "columns must be of %s values, what the head takes behind the features, got %s",
        expected,
        columns.size());
    FusedTable fused = new FusedTable(rows, columns);
    return new HeadTrainer(backbone, head, options, features, copies, augmentation, loss, fused);
  }

  /**
   * Computes the features that are missing, and trains, or goes on with a training that was cut
   * off.
   *
   * @param training the images to learn from
   * @param validation the images that choose the best epoch; none of them may be among the others
   * @param folder where checkpoint and history are kept; one folder per training
   * @param progress told of every image whose features are there, of both parts together, then of
   *     every step; may cancel
   * @param epochs told of every epoch, when its checkpoint is on disk
   * @return the head's best weights and the history
   * @throws IOException if an image cannot be read, a folder cannot be written, or it holds the
   *     checkpoint of another training
   * @throws IllegalArgumentException if the number of classes is not the head's, the head takes a
   *     table and there is none, or an image has no row or one that does not fit the columns
   * @throws IllegalStateException if the PyTorch engine is not on the class path
   */
  public TrainingResult train(
      DataSet training,
      DataSet validation,
      Path folder,
      Progress progress,
      Consumer<EpochResult> epochs)
      throws IOException {
    ClassificationTask.requireLabels(head, loss, training.labels(), validation.labels());
    Start.requireExamples("images", training.images(), validation.images());
    Arguments.require(
        table != null || backbone.shape().equals(head.inputShape()),
        "head must take features of shape %s unless there is a table, got one that takes %s",
        backbone.shape(),
        head.inputShape());
    List<float[]> learnedRows = table == null ? List.of() : table.values(training);
    List<float[]> validationRows = table == null ? List.of() : table.values(validation);
    Start start = new Start(head, backbone.input(), Weights.random(head, options.seed()), "random");
    Identity identity =
        start
            .identity()
            .add("on features of", backbone.identity())
            .add("augmented copies", copies)
            .add("augmentation", augmentation)
            .addData(training.labels(), training.fingerprint(), validation.fingerprint());
    if (table != null) {
      identity.add("table", table.identity(learnedRows, validationRows));
    }
    // Before the features, which may take hours and lie in the same folder.
    new Checkpoint(folder, identity.add(loss).add(options)).requireOwn();
    FeatureCache cache = new FeatureCache(features, backbone, augmentation, options.seed());
    int learned = training.images().size();
    int all = learned + validation.images().size();
    LabeledFeatures examples = LabeledFeatures.of(training, cache, copies, progress, 0, all);
    LabeledFeatures held = LabeledFeatures.of(validation, cache, 0, progress, learned, all);
    ClassificationTask task =
        new ClassificationTask(
            start,
            loss,
            identity,
            table == null ? examples : examples.withTable(learnedRows),
            table == null ? held : held.withTable(validationRows));
    return TrainingLoop.run(task, options, folder, progress, epochs);
  }

  @Override
  public String toString() {
    return "HeadTrainer[%s on %s, %s, copies=%s, augmentation=%s, %s, %s]"
        .formatted(
            head.name(),
            backbone.identity(),
            options,
            copies,
            augmentation,
            loss,
            table == null ? "no table" : table);
  }
}
