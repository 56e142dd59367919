package io.github.brainimaging.examples.cli.option;

import io.github.brainimaging.core.augmentation.Augmentation;
import io.github.brainimaging.core.data.DataSet;
import io.github.brainimaging.models.training.CrossEntropy;
import io.github.brainimaging.models.training.Recipe;
import io.github.brainimaging.models.training.TrainingOptions;
import io.github.brainimaging.models.training.optimizer.Optimizer;
import io.github.brainimaging.models.training.optimizer.Schedule;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How it is trained; what is not given is the recipe's. */
public final class LearningOptions {

  /** The choices of {@code --optimizer}. */
  enum OptimizerChoice {
    SGD,
    NESTEROV,
    RMSPROP,
    ADAM,
    ADAMW
  }

  /** The choices of {@code --schedule}. */
  enum ScheduleChoice {
    CONSTANT,
    COSINE,
    STEPS,
    EXPONENTIAL
  }

  /** The choices of {@code --class-weights}. */
  enum ClassWeights {
    NONE,
    BALANCED
  }

  @Option(names = "--epochs", paramLabel = "N", description = "Passes over the data.")
  public @Nullable Integer epochs;

  @Option(names = "--batch-size", paramLabel = "N", description = "Images per step.")
  @Nullable Integer batchSize;

  @Option(
      names = "--optimizer",
      paramLabel = "NAME",
      description = "sgd (momentum 0.9), nesterov, rmsprop, adam or adamw.")
  @Nullable OptimizerChoice optimizer;

  @Option(names = "--learning-rate", paramLabel = "X", description = "The highest rate.")
  @Nullable Double learningRate;

  @Option(
      names = "--warm-up",
      paramLabel = "EPOCHS",
      description = "Epochs in which the rate rises to it.")
  @Nullable Double warmUp;

  @Option(
      names = "--schedule",
      paramLabel = "NAME",
      description =
          "How the rate falls: constant, cosine (to zero), steps (a tenth each third of the"
              + " epochs), exponential (0.97 each epoch).")
  @Nullable ScheduleChoice schedule;

  @Option(
      names = "--weight-decay",
      paramLabel = "X",
      description = "Decoupled with adamw, L2 with the others.")
  @Nullable Double weightDecay;

  @Option(
      names = "--label-smoothing",
      paramLabel = "X",
      description = "Share of the target spread over all classes.")
  @Nullable Double labelSmoothing;

  @Option(
      names = "--class-weights",
      paramLabel = "none|balanced",
      description = "balanced: every class counts alike, however many images it has.")
  ClassWeights classWeights = ClassWeights.NONE;

  @Option(
      names = "--averaging",
      paramLabel = "X",
      description = "Share of the old average of the weights kept in each step; 0 for none.")
  @Nullable Double averaging;

  @Option(
      names = "--patience",
      paramLabel = "N",
      description = "Ends after N epochs without a lower loss of the images held out; 0 for never.")
  @Nullable Integer patience;

  @Option(names = "--no-augmentation", description = "Learns from the images as they are.")
  boolean noAugmentation;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Equal seeds give equal models (default: ${DEFAULT-VALUE}).")
  public long seed = 1;

  /** The recipe's options, changed by what was given. */
  public TrainingOptions over(Recipe recipe) {
    TrainingOptions.Builder builder = recipe.options().toBuilder().seed(seed);
    int count = epochs == null ? recipe.options().epochs() : epochs;
    builder.epochs(count);
    if (batchSize != null) {
      builder.batchSize(batchSize);
    }
    if (optimizer != null) {
      builder.optimizer(
          switch (optimizer) {
            case SGD -> Optimizer.sgd(0.9);
            case NESTEROV -> Optimizer.nesterov(0.9);
            case RMSPROP -> Optimizer.rmsProp();
            case ADAM -> Optimizer.adam();
            case ADAMW -> Optimizer.adamW();
          });
    }
    if (learningRate != null) {
      builder.learningRate(learningRate);
    }
    if (warmUp != null) {
      builder.warmUpEpochs(warmUp);
    }
    if (schedule != null) {
      builder.schedule(
          switch (schedule) {
            case CONSTANT -> Schedule.constant();
            case COSINE -> Schedule.cosine();
            case STEPS -> Schedule.steps(0.1, Math.max(1, count / 3.0));
            case EXPONENTIAL -> Schedule.exponential(0.97);
          });
    }
    if (weightDecay != null) {
      builder.weightDecay(weightDecay);
    }
    if (averaging != null) {
      builder.averaging(averaging);
    }
    if (patience != null) {
      builder.patience(patience);
    }
    return builder.build();
  }

  /** The recipe's loss, changed by what was given. */
  public CrossEntropy loss(Recipe recipe, DataSet training) {
    CrossEntropy loss =
        classWeights == ClassWeights.BALANCED
            ? recipe.loss().withClassWeights(training.balancedWeights())
            : recipe.loss();
    return labelSmoothing == null ? loss : loss.withLabelSmoothing(labelSmoothing);
  }

  /** The recipe's augmentation, with what shows other sequences. */
  public Augmentation augmentation(Recipe recipe, SequenceOptions sequences) {
    return noAugmentation
        ? Augmentation.none()
        : sequences.shape(recipe.geometry()).then(sequences.contrast(recipe.intensities()));
  }
}
