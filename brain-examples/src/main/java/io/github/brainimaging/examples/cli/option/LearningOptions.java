package io.github.brainimaging.examples.cli.option;

import io.github.brainimaging.core.augmentation.Augmentation;
import io.github.brainimaging.core.augmentation.RandomAffine;
import io.github.brainimaging.core.data.DataSet;
import io.github.brainimaging.models.card.ModelCard;
import io.github.brainimaging.models.training.CrossEntropy;
import io.github.brainimaging.models.training.Recipe;
import io.github.brainimaging.models.training.TrainingOptions;
import io.github.brainimaging.models.training.optimizer.Optimizer;
import io.github.brainimaging.models.training.optimizer.Schedule;
import io.github.brainimaging.segmentation.skullstrip.SkullStripper;
import java.util.List;
import java.util.Optional;
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

  @Option(
      names = "--random-stripping",
      paramLabel = "SHARE",
      description =
          "Share of the images that an epoch shows without skull (default: ${DEFAULT-VALUE};"
              + " 0.15 for a network that is to see stripped brains too).")
  public double randomStripping;

  @Option(
      names = "--lesion-class",
      paramLabel = "NAME",
      description =
          "With --random-lesions: the class of an image with a painted lesion (default: the first that"
              + " means a tumor).")
  @Nullable String lesionClass;

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
        : shape(recipe.geometry()).then(sequences.contrast(recipe.intensities()));
  }

  /** The usual changes of shape, and before them the skull stripped and the brain enlarged. */
  private Augmentation shape(Augmentation usual) {
    if (randomStripping == 0) {
      return usual;
    }
    SkullStripper stripper = SkullStripper.withDefaults();
    Augmentation stripped = (image, random) -> stripper.apply(image);
    return Augmentation.sometimes(
            randomStripping,
            stripped.named(stripper.toString()).then(RandomAffine.identity().withScale(1, 1.3)))
        .then(usual);
  }

  /**
   * The class whose images get lesions, and the class that they are then of.
   *
   * @throws IllegalArgumentException if there is no class for the ones or the others
   */
  public List<String> lesionClasses(ModelCard card) {
    Optional<String> healthy =
        card.labels().stream().filter(label -> !card.tumorLabels().contains(label)).findFirst();
    Optional<String> diseased =
        Optional.ofNullable(lesionClass).or(() -> card.tumorLabels().stream().findFirst());
    if (healthy.isEmpty() || diseased.isEmpty()) {
      throw new IllegalArgumentException(
          "--random-lesions needs a class without tumor and one with; name the latter by"
              + " --lesion-class");
    }
    return List.of(healthy.get(), diseased.get());
  }
}
