package io.github.brainimaging.models.training;

import io.github.brainimaging.core.augmentation.Augmentation;
import io.github.brainimaging.core.internal.Arguments;

/**
 * How a network is trained: AdamW (Loshchilov and Hutter 2019) with a linear warm-up and a cosine
 * decay to zero, cross-entropy with smoothed labels (Szegedy et al. 2016), and an exponential
 * moving average of the weights, which steadies the result. The same options, data and seed give
 * the same result on the same machine with one thread.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @param epochs passes over the data, positive
 * @param batchSize images per step, positive
 * @param learningRate peak learning rate, positive
 * @param warmUpEpochs epochs in which the rate rises from 0 to its peak, 0 or more
 * @param weightDecay decay of kernels and matrices (not of biases and normalizations), 0 or more
 * @param labelSmoothing share of the target that is spread over all classes, 0 or more and below 1
 * @param averaging share of the old average that is kept in each step, 0 (no averaging) or more and
 *     below 1
 * @param augmentation what is done to every training image, before the intensities are normalized
 * @param seed what all random draws come from
 */
public record TrainingOptions(
    int epochs,
    int batchSize,
    double learningRate,
    double warmUpEpochs,
    double weightDecay,
    double labelSmoothing,
    double averaging,
    Augmentation augmentation,
    long seed) {

  /**
   * Checks the values.
   *
   * @param epochs passes over the data, positive
   * @param batchSize images per step, positive
   * @param learningRate peak learning rate, positive
   * @param warmUpEpochs epochs of rising rate, 0 or more
   * @param weightDecay decay of kernels and matrices, 0 or more
   * @param labelSmoothing share spread over all classes, 0 or more and below 1
   * @param averaging share of the old average kept, 0 or more and below 1
   * @param augmentation what is done to every training image
   * @param seed what all random draws come from
   * @throws IllegalArgumentException if a value is out of range
   */
  public TrainingOptions {
    Arguments.requirePositive("epochs", epochs);
    Arguments.requirePositive("batchSize", batchSize);
    Arguments.requirePositive("learningRate", learningRate);
    Arguments.require(
        warmUpEpochs >= 0 && Double.isFinite(warmUpEpochs),
        "warmUpEpochs must not be negative, got %s",
        warmUpEpochs);
    Arguments.require(
        weightDecay >= 0 && Double.isFinite(weightDecay),
        "weightDecay must not be negative, got %s",
        weightDecay);
    Arguments.require(
        labelSmoothing >= 0 && labelSmoothing < 1,
        "labelSmoothing must be 0 or more and below 1, got %s",
        labelSmoothing);
    Arguments.require(
        averaging >= 0 && averaging < 1,
        "averaging must be 0 or more and below 1, got %s",
        averaging);
  }

  /**
   * The recipe of the embedded model, without augmentation: 60 epochs, batches of 32, rate 3e-3
   * with 3 epochs of warm-up, weight decay 0.02, label smoothing 0.1, averaging 0.998, seed 1.
   *
   * @return the options
   */
  public static TrainingOptions withDefaults() {
    return new TrainingOptions(60, 32, 3e-3, 3, 0.02, 0.1, 0.998, (image, random) -> image, 1);
  }

  /**
   * The same options with another number of epochs.
   *
   * @param newEpochs positive
   * @return new options
   */
  public TrainingOptions withEpochs(int newEpochs) {
    return new TrainingOptions(
        newEpochs,
        batchSize,
        learningRate,
        warmUpEpochs,
        weightDecay,
        labelSmoothing,
        averaging,
        augmentation,
        seed);
  }

  /**
   * The same options with another batch size.
   *
   * @param newBatchSize positive
   * @return new options
   */
  public TrainingOptions withBatchSize(int newBatchSize) {
    return new TrainingOptions(
        epochs,
        newBatchSize,
        learningRate,
        warmUpEpochs,
        weightDecay,
        labelSmoothing,
        averaging,
        augmentation,
        seed);
  }

  /**
   * The same options with another peak learning rate.
   *
   * @param newLearningRate positive
   * @return new options
   */
  public TrainingOptions withLearningRate(double newLearningRate) {
    return new TrainingOptions(
        epochs,
        batchSize,
        newLearningRate,
        warmUpEpochs,
        weightDecay,
        labelSmoothing,
        averaging,
        augmentation,
        seed);
  }

  /**
   * The same options with another augmentation.
   *
   * @param newAugmentation what is done to every training image
   * @return new options
   */
  public TrainingOptions withAugmentation(Augmentation newAugmentation) {
    return new TrainingOptions(
        epochs,
        batchSize,
        learningRate,
        warmUpEpochs,
        weightDecay,
        labelSmoothing,
        averaging,
        newAugmentation,
        seed);
  }

  /**
   * The same options with another seed.
   *
   * @param newSeed what all random draws come from
   * @return new options
   */
  public TrainingOptions withSeed(long newSeed) {
    return new TrainingOptions(
        epochs,
        batchSize,
        learningRate,
        warmUpEpochs,
        weightDecay,
        labelSmoothing,
        averaging,
        augmentation,
        newSeed);
  }

  /** The learning rate of a step: warm-up, then a half cosine down to zero. */
  double learningRate(long step, long stepsPerEpoch) {
    double warmUp = warmUpEpochs * stepsPerEpoch;
    double total = (double) epochs * stepsPerEpoch;
    if (step < warmUp) {
      return learningRate * (step + 1) / warmUp;
    }
    double progress = (step - warmUp) / Math.max(1, total - warmUp);
    return learningRate * 0.5 * (1 + Math.cos(Math.PI * progress));
  }
}
