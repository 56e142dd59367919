package io.github.brainimaging.examples.cli.option;

import io.github.brainimaging.core.augmentation.Augmentation;
import io.github.brainimaging.core.augmentation.RandomAffine;
import io.github.brainimaging.core.augmentation.RandomElastic;
import io.github.brainimaging.core.augmentation.RandomPerspective;
import io.github.brainimaging.core.data.DataSet;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.transform.intensity.Grayscale;
import io.github.brainimaging.models.card.ModelCard;
import io.github.brainimaging.models.training.ClassificationLoss;
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
    EXPONENTIAL,
    INVERSE
  }

  /** The choices of {@code --class-weights}. */
  enum ClassWeights {
    NONE,
    BALANCED
  }

  @Option(
      names = "--epochs",
      converter = Numbers.Positive.class,
      paramLabel = "N",
      description = "Passes over the data.")
  public @Nullable Integer epochs;

  @Option(
      names = "--batch-size",
      converter = Numbers.Positive.class,
      paramLabel = "N",
      description = "Images per step.")
  @Nullable Integer batchSize;

  @Option(
      names = "--optimizer",
      paramLabel = "NAME",
      description = "sgd, nesterov, rmsprop, adam or adamw.")
  @Nullable OptimizerChoice optimizer;

  @Option(
      names = "--momentum",
      converter = Numbers.ShareBelowOne.class,
      paramLabel = "X",
      description =
          "Share of the last step that --optimizer sgd, nesterov (0.9 each) or rmsprop (0) keeps.")
  @Nullable Double momentum;

  @Option(
      names = "--learning-rate",
      converter = Numbers.PositiveReal.class,
      paramLabel = "X",
      description = "The highest rate.")
  @Nullable Double learningRate;

  @Option(
      names = "--warm-up",
      converter = Numbers.NotNegativeReal.class,
      paramLabel = "EPOCHS",
      description = "Epochs in which the rate rises to it.")
  @Nullable Double warmUp;

  @Option(
      names = "--schedule",
      paramLabel = "NAME",
      description =
          "How the rate falls: constant, cosine (to zero), steps (a tenth each third of the"
              + " epochs), exponential (0.97 each epoch), inverse (divided by 1 and a tenth of the"
              + " epochs).")
  @Nullable ScheduleChoice schedule;

  @Option(
      names = "--weight-decay",
      converter = Numbers.NotNegativeReal.class,
      paramLabel = "X",
      description = "Decoupled with adamw, L2 with the others.")
  @Nullable Double weightDecay;

  @Option(
      names = "--loss",
      paramLabel = "NAME",
      description =
          "What is made small: cross_entropy, focal, kullback_leibler, mean_squared_error,"
              + " mean_absolute_error or hinge.")
  ClassificationLoss.@Nullable Kind loss;

  @Option(
      names = "--label-smoothing",
      converter = Numbers.ShareBelowOne.class,
      paramLabel = "X",
      description = "Share of the target spread over all classes.")
  @Nullable Double labelSmoothing;

  @Option(
      names = "--class-weights",
      paramLabel = "none|balanced",
      description = "balanced: every class counts alike, however many images it has.")
  ClassWeights classWeights = ClassWeights.NONE;

  @Option(
      names = "--hardest",
      converter = Numbers.PositiveShare.class,
      paramLabel = "SHARE",
      description =
          "Share of the images of a step that count, those with the largest losses (default: all).")
  @Nullable Double hardest;

  @Option(
      names = "--averaging",
      converter = Numbers.ShareBelowOne.class,
      paramLabel = "X",
      description = "Share of the old average of the weights kept in each step; 0 for none.")
  @Nullable Double averaging;

  @Option(
      names = "--patience",
      converter = Numbers.NotNegative.class,
      paramLabel = "N",
      description = "Ends after N epochs without a lower loss of the images held out; 0 for never.")
  @Nullable Integer patience;

  @Option(
      names = "--random-stripping",
      converter = Numbers.Share.class,
      paramLabel = "SHARE",
      description =
          "Share of the images that an epoch shows without skull (default: ${DEFAULT-VALUE};"
              + " 0.15 for a network that is to see stripped brains too).")
  public double randomStripping;

  @Option(
      names = "--random-bending",
      converter = Numbers.Share.class,
      paramLabel = "SHARE",
      description =
          "Share of the images that an epoch shows bent like rubber, and of those seen askew"
              + " (default: ${DEFAULT-VALUE}).")
  double randomBending;

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
    chosenOptimizer().ifPresent(builder::optimizer);
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
            case INVERSE -> Schedule.inverse(0.1);
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

  /**
   * The optimizer that was given.
   *
   * @throws IllegalArgumentException if it has no momentum, but one was given
   */
  private Optional<Optimizer> chosenOptimizer() {
    boolean keepsSteps =
        optimizer == OptimizerChoice.SGD
            || optimizer == OptimizerChoice.NESTEROV
            || optimizer == OptimizerChoice.RMSPROP;
    if (momentum != null && !keepsSteps) {
      throw new IllegalArgumentException("--momentum is for --optimizer sgd, nesterov or rmsprop");
    }
    double share = momentum == null ? 0.9 : momentum;
    return Optional.ofNullable(optimizer)
        .map(
            name ->
                switch (name) {
                  case SGD -> Optimizer.sgd(share);
                  case NESTEROV -> Optimizer.nesterov(share);
                  case RMSPROP ->
                      momentum == null
                          ? Optimizer.rmsProp()
                          : Optimizer.rmsProp(0.9, 1e-7, momentum);
                  case ADAM -> Optimizer.adam();
                  case ADAMW -> Optimizer.adamW();
                });
  }

  /** The recipe's loss, changed by what was given. */
  public ClassificationLoss loss(Recipe recipe, DataSet training) {
    ClassificationLoss chosen = loss == null ? recipe.loss() : recipe.loss().withKind(loss);
    if (classWeights == ClassWeights.BALANCED) {
      chosen = chosen.withClassWeights(training.balancedWeights());
    }
    chosen = hardest == null ? chosen : chosen.withHardestShare(hardest);
    return labelSmoothing == null ? chosen : chosen.withLabelSmoothing(labelSmoothing);
  }

  /** The recipe's augmentation, with what shows other sequences. */
  public Augmentation augmentation(Recipe recipe, SequenceOptions sequences) {
    return noAugmentation
        ? Augmentation.none()
        : shape(recipe.geometry()).then(sequences.contrast(recipe.intensities()));
  }

  /**
   * The usual changes of shape, before them the skull stripped and the brain enlarged, after them
   * bending.
   */
  private Augmentation shape(Augmentation usual) {
    Augmentation bent =
        randomBending == 0
            ? usual
            : usual
                .then(Augmentation.sometimes(randomBending, RandomElastic.withDefaults()))
                .then(Augmentation.sometimes(randomBending, RandomPerspective.withDefaults()));
    if (randomStripping == 0) {
      return bent;
    }
    SkullStripper stripper = SkullStripper.withDefaults();
    Augmentation stripped = (image, random) -> strip(stripper, image);
    return Augmentation.sometimes(
            randomStripping,
            stripped.named(stripper.toString()).then(RandomAffine.identity().withScale(1, 1.3)))
        .then(bent);
  }

  /** A network in color gets the brain that is found in gray. */
  private static MedicalImage strip(SkullStripper stripper, MedicalImage image) {
    boolean[] brain = stripper.extract(Grayscale.bt601().apply(image)).brain().toArray();
    float[] samples = image.samples();
    float smallest = image.range()[0];
    for (int i = 0; i < samples.length; i++) {
      if (!brain[i % brain.length]) {
        samples[i] = smallest;
      }
    }
    return image.wrapSamples(samples);
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
