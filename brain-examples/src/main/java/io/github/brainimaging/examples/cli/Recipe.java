package io.github.brainimaging.examples.cli;

import io.github.brainimaging.core.augmentation.Augmentation;
import io.github.brainimaging.core.augmentation.GaussianNoise;
import io.github.brainimaging.core.augmentation.RandomAffine;
import io.github.brainimaging.core.augmentation.RandomBlur;
import io.github.brainimaging.core.augmentation.RandomBrightness;
import io.github.brainimaging.core.augmentation.RandomContrast;
import io.github.brainimaging.core.augmentation.RandomCrop;
import io.github.brainimaging.core.augmentation.RandomFlip;
import io.github.brainimaging.core.augmentation.RandomGamma;
import io.github.brainimaging.core.augmentation.Sometimes;
import io.github.brainimaging.models.architecture.Head;
import io.github.brainimaging.models.onnx.ModelInput;
import io.github.brainimaging.models.onnx.ModelInput.Fit;
import io.github.brainimaging.models.onnx.ModelInput.Normalization;
import io.github.brainimaging.models.training.TrainingOptions;
import io.github.brainimaging.models.training.optimizer.Adam;
import io.github.brainimaging.models.training.optimizer.Optimizer;
import io.github.brainimaging.models.training.optimizer.RmsProp;
import io.github.brainimaging.models.training.optimizer.Schedule;
import io.github.brainimaging.models.training.optimizer.Sgd;

/**
 * How a network is trained if nothing else is said: as the paper of its head has it. Where a paper
 * does not tell a number, it is a usual one.
 */
enum Recipe {
  /** The embedded model's. */
  OURS(Fit.FOREGROUND, Normalization.Z_SCORE, 60),
  /** P1's DNN: RMSprop. */
  P1_DENSE(Fit.STRETCH, Normalization.UNIT, 30),
  /** P1's CNN; the paper names no optimizer for it. */
  P1_CONVOLUTIONS(Fit.STRETCH, Normalization.UNIT, 30),
  /** P1's ResNet-50: SGD, ended by the validation loss. */
  P1_RESNET(Fit.STRETCH, Normalization.UNIT, 30),
  /** Adam, 20 epochs. */
  P2(Fit.STRETCH, Normalization.UNIT, 20),
  /** A small rate, 10 epochs. */
  P3(Fit.STRETCH, Normalization.Z_SCORE, 10),
  /** 5 epochs, brightness 0.8 to 1.2. */
  P5(Fit.STRETCH, Normalization.UNIT, 5);

  private static final double USUAL_RATE = 1e-3;

  private final Fit fit;
  private final Normalization normalization;
  private final int epochs;

  Recipe(Fit fit, Normalization normalization, int epochs) {
    this.fit = fit;
    this.normalization = normalization;
    this.epochs = epochs;
  }

  static Recipe of(String architecture, Head head) {
    if (architecture.equals("perceptron")) {
      return P1_DENSE;
    }
    if (architecture.equals("plain-cnn")) {
      return P1_CONVOLUTIONS;
    }
    String paper = head.toString();
    if (paper.startsWith("p5")) {
      return P5;
    }
    return switch (paper) {
      case "p1" -> P1_RESNET;
      case "p2" -> P2;
      case "p3" -> P3;
      default -> OURS;
    };
  }

  int epochs() {
    return epochs;
  }

  /** The input; weights that saw photographs want what they were trained with. */
  ModelInput input(int size, int channels, String architecture, boolean keras) {
    Normalization usual = normalization;
    if (keras && channels == 3) {
      usual =
          switch (architecture) {
            case "xception" -> Normalization.IMAGENET_TF;
            case "densenet121" -> Normalization.IMAGENET_TORCH;
            default -> Normalization.IMAGENET_CAFFE;
          };
    }
    return ModelInput.ofSize(size, channels).withFit(fit).withNormalization(usual);
  }

  TrainingOptions.Builder options() {
    TrainingOptions.Builder builder = TrainingOptions.builder().augmentation(augmentation());
    return switch (this) {
      case OURS -> builder;
      case P1_DENSE -> plain(builder, RmsProp.withDefaults(), USUAL_RATE);
      case P1_CONVOLUTIONS, P2, P5 -> plain(builder, Adam.withDefaults(), USUAL_RATE);
      case P1_RESNET -> plain(builder, Sgd.withDefaults(), 0.01).patience(5);
      case P3 -> plain(builder, Adam.withDefaults(), 1e-4);
    };
  }

  /** Nothing that the papers do not have. */
  private static TrainingOptions.Builder plain(
      TrainingOptions.Builder builder, Optimizer optimizer, double rate) {
    return builder
        .optimizer(optimizer)
        .learningRate(rate)
        .warmUpEpochs(0)
        .schedule(Schedule.constant())
        .weightDecay(0)
        .labelSmoothing(0)
        .averaging(0);
  }

  private Augmentation augmentation() {
    return switch (this) {
      case OURS -> ours();
      case P1_DENSE, P1_CONVOLUTIONS, P1_RESNET ->
          RandomFlip.of(0.5, 0.5).then(RandomAffine.withDefaults().withShearDegrees(0));
      case P2 -> RandomAffine.identity().withRotationDegrees(10).withScale(0.9, 1.1);
      case P3 ->
          RandomFlip.of(0.5, 0.5)
              .then(RandomAffine.identity().withRotationDegrees(10))
              .then(RandomCrop.withDefaults())
              .then(RandomBrightness.withDefaults())
              .then(RandomContrast.withDefaults());
      case P5 -> RandomBrightness.ofFactor(0.8, 1.2);
    };
  }

  private static Augmentation ours() {
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
}
