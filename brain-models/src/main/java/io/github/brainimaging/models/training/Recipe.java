package io.github.brainimaging.models.training;

import io.github.brainimaging.core.augmentation.Augmentation;
import io.github.brainimaging.core.augmentation.RandomAffine;
import io.github.brainimaging.core.augmentation.RandomElastic;
import io.github.brainimaging.core.augmentation.RandomPerspective;
import io.github.brainimaging.models.card.ModelInput;
import io.github.brainimaging.models.card.ModelInput.Fit;
import io.github.brainimaging.models.card.ModelInput.Normalization;
import io.github.brainimaging.models.network.zoo.Architecture;
import io.github.brainimaging.models.network.zoo.Head;
import io.github.brainimaging.models.training.optimizer.Optimizer;
import io.github.brainimaging.models.training.optimizer.Schedule;

/**
 * How a network was trained: the embedded models and the papers. Where a paper does not tell a
 * number, it is a usual one: rate 0.001, 32 images per step, 30 epochs.
 *
 * <pre>{@code
 * Recipe recipe = Recipe.P3;
 * Trainer trainer =
 *     Trainer.of(network, recipe.input(224, 3), recipe.options())
 *         .withLoss(recipe.loss())
 *         .withAugmentation(recipe.augmentation());
 * }</pre>
 *
 * @since 0.1.0
 */
// Optimizers, schedules and augmentations are immutable by contract, not by annotation.
@SuppressWarnings("ImmutableEnumChecker")
public enum Recipe {
  /** The embedded classifier's: AdamW with a warm-up and a cosine decay, smoothed labels. */
  EMBEDDED_CLASSIFIER(
      Fit.FOREGROUND,
      Normalization.Z_SCORE,
      TrainingOptions.withDefaults(),
      Augmentation.flip(0.5, 0.1)
          .then(
              RandomAffine.identity()
                  .withRotationDegrees(20)
                  .withScale(0.8, 1.15)
                  .withTranslation(0.08)
                  .withShearDegrees(5)),
      Augmentation.gamma(0.7, 1.4)
          .then(Augmentation.contrast(0.7, 1.3))
          .then(Augmentation.sometimes(0.25, Augmentation.blur()))
          .then(Augmentation.sometimes(0.25, Augmentation.noise()))),
  /**
   * For a {@link MaskTrainer}, a {@code CompactUnet} from random weights: 45 epochs, 16 images per
   * step. The embedded segmenter, which begins with pretrained weights, learned with its input,
   * geometry and intensities: 8 images per step, at half the rate.
   */
  EMBEDDED_SEGMENTER(
      Fit.FOREGROUND,
      Normalization.ROBUST,
      TrainingOptions.builder()
          .epochs(45)
          .batchSize(16)
          .learningRate(2e-3)
          .warmUpEpochs(2)
          .averaging(0.99)
          .build(),
      Augmentation.flip(0.5, 0)
          .then(
              RandomAffine.identity()
                  .withRotationDegrees(20)
                  .withScale(0.8, 1.2)
                  .withTranslation(0.06)
                  .withShearDegrees(5)),
      Augmentation.gamma(0.7, 1.4)
          .then(Augmentation.contrast(0.8, 1.2))
          .then(Augmentation.sometimes(0.2, Augmentation.blur()))
          .then(Augmentation.sometimes(0.2, Augmentation.noise()))),
  /** P1's DNN: RMSprop; of its momentum the paper tells no value, and it has none here. */
  P1_DENSE(
      Fit.STRETCH,
      Normalization.UNIT,
      paper(30, Optimizer.rmsProp(), 1e-3).build(),
      p1(),
      Augmentation.none()),
  /** P1's CNN; the paper names no optimizer for it: Adam. */
  P1_CONVOLUTIONS(
      Fit.STRETCH,
      Normalization.UNIT,
      paper(30, Optimizer.adam(), 1e-3).build(),
      p1(),
      Augmentation.none()),
  /** P1's ResNet-50: SGD with rate 0.01, ended by the validation loss. */
  P1_RESNET(
      Fit.STRETCH,
      Normalization.UNIT,
      paper(30, Optimizer.sgd(0.9), 0.01).patience(5).build(),
      p1(),
      Augmentation.none()),
  /** Adam, 20 epochs. */
  P2(
      Fit.STRETCH,
      Normalization.UNIT,
      paper(20, Optimizer.adam(), 1e-3).build(),
      RandomAffine.identity().withRotationDegrees(10).withScale(0.9, 1.1),
      Augmentation.none()),
  /** A small rate (Adam, 0.0001), 10 epochs. */
  P3(
      Fit.STRETCH,
      Normalization.Z_SCORE,
      paper(10, Optimizer.adam(), 1e-4).build(),
      Augmentation.flip(0.5, 0.5)
          .then(RandomAffine.identity().withRotationDegrees(10))
          .then(Augmentation.crop()),
      Augmentation.brightness().then(Augmentation.contrast())),
  /**
   * For a {@link SequenceTrainer}: Adam with beta2 0.99, rate 0.0003, L2 0.0001, up to 100 epochs
   * with patience 3; reflection, scale, shear, a shift of up to 25 of 256 voxels, half of the
   * sequences bent and half seen askew; noise.
   */
  P4(
      Fit.FOREGROUND,
      Normalization.Z_SCORE,
      paper(100, Optimizer.adam(0.9, 0.99, 1e-8), 3e-4).weightDecay(1e-4).patience(3).build(),
      Augmentation.flip(0.5, 0.5)
          .then(
              RandomAffine.identity()
                  .withScale(0.9, 1.1)
                  .withShearDegrees(5)
                  .withTranslation(25 / 256.0))
          .then(Augmentation.sometimes(0.5, RandomElastic.withDefaults()))
          .then(Augmentation.sometimes(0.5, RandomPerspective.withDefaults())),
      Augmentation.noise()),
  /** Adam, 5 epochs, brightness 0.8 to 1.2. */
  P5(
      Fit.STRETCH,
      Normalization.UNIT,
      paper(5, Optimizer.adam(), 1e-3).build(),
      Augmentation.none(),
      Augmentation.brightness(0.8, 1.2));

  private final Fit fit;
  private final Normalization normalization;
  private final TrainingOptions options;
  private final Augmentation geometry;
  private final Augmentation intensities;

  Recipe(
      Fit fit,
      Normalization normalization,
      TrainingOptions options,
      Augmentation geometry,
      Augmentation intensities) {
    this.fit = fit;
    this.normalization = normalization;
    this.options = options;
    this.geometry = geometry;
    this.intensities = intensities;
  }

  /** Nothing that the papers do not have. */
  private static TrainingOptions.Builder paper(int epochs, Optimizer optimizer, double rate) {
    return TrainingOptions.builder()
        .epochs(epochs)
        .optimizer(optimizer)
        .learningRate(rate)
        .warmUpEpochs(0)
        .schedule(Schedule.constant())
        .weightDecay(0)
        .averaging(0);
  }

  private static Augmentation p1() {
    return Augmentation.flip(0.5, 0.5).then(RandomAffine.withDefaults().withShearDegrees(0));
  }

  /**
   * The recipe of the paper that a network is from.
   *
   * @param architecture the network
   * @param head what stands on it; told apart from P1's own networks by them
   * @return the paper's recipe; the embedded classifier's if the head is of no paper
   */
  public static Recipe of(Architecture architecture, Head head) {
    return switch (architecture.name()) {
      case "perceptron" -> P1_DENSE;
      case "plain-cnn" -> P1_CONVOLUTIONS;
      default ->
          switch (head) {
            case POOLED, LINEAR, IMAGENET, VGG -> EMBEDDED_CLASSIFIER;
            case P1 -> P1_RESNET;
            case P2 -> P2;
            case P3 -> P3;
            case P5_RESNET_PLAIN,
                P5_RESNET_LIGHTWEIGHT,
                P5_RESNET_FINE_TUNED,
                P5_XCEPTION_PLAIN,
                P5_XCEPTION_LIGHTWEIGHT,
                P5_XCEPTION_FINE_TUNED ->
                P5;
          };
    };
  }

  /**
   * How images are fed to the network.
   *
   * @param size rows and columns
   * @param channels 1 for gray, 3 for color
   * @return the input
   * @throws IllegalArgumentException if one is out of range
   */
  public ModelInput input(int size, int channels) {
    return ModelInput.ofSize(size, channels).withFit(fit).withNormalization(normalization);
  }

  /**
   * How images are fed to a network that starts from weights that were trained on ImageNet: these
   * have seen photographs in color, and want what they were trained with, here as Keras' weights
   * and Google's EfficientNet-Lite want it.
   *
   * @param architecture the network
   * @param size rows and columns
   * @return the input, of 3 channels
   * @throws IllegalArgumentException if the size is out of range
   */
  public ModelInput inputOfImageNet(Architecture architecture, int size) {
    return input(size, 3)
        .withNormalization(
            switch (architecture.name()) {
              case "xception", "efficientnet-lite0" -> Normalization.IMAGENET_TF;
              case "densenet121" -> Normalization.IMAGENET_TORCH;
              default -> Normalization.IMAGENET_CAFFE;
            });
  }

  /**
   * Optimizer, rate, epochs and the like.
   *
   * @return the options
   */
  public TrainingOptions options() {
    return options;
  }

  /**
   * The loss of a network that tells classes: smoothed labels for the embedded classifier, plain
   * cross-entropy for the papers. A {@link MaskTrainer} has its own.
   *
   * @return the loss, with all classes alike
   */
  public ClassificationLoss loss() {
    ClassificationLoss usual = ClassificationLoss.withDefaults();
    return this == EMBEDDED_CLASSIFIER ? usual : usual.withLabelSmoothing(0);
  }

  /**
   * The part of the augmentation that moves pixels, and masks with them.
   *
   * @return the augmentation
   */
  public Augmentation geometry() {
    return geometry;
  }

  /**
   * The part of the augmentation that changes gray values, after pixels were moved.
   *
   * @return the augmentation
   */
  public Augmentation intensities() {
    return intensities;
  }

  /**
   * The whole augmentation, for a network that tells classes.
   *
   * @return {@link #geometry}, then {@link #intensities}
   */
  public Augmentation augmentation() {
    return geometry.then(intensities);
  }
}
