package io.github.brainimaging.models.training;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.github.brainimaging.core.augmentation.Augmentation;
import io.github.brainimaging.core.internal.Arguments;
import java.util.Objects;

/**
 * How a network is trained: AdamW (Loshchilov and Hutter 2019) with a linear warm-up and a cosine
 * decay to zero, cross-entropy with smoothed labels (Szegedy et al. 2016), and an exponential
 * moving average of the weights, which steadies the result. The defaults are the recipe of the
 * embedded model, but for its augmentation. The same options, data and seed give the same result on
 * the same machine with one thread.
 *
 * <p>Immutable and safe to share between threads. Its builder is not.
 */
public final class TrainingOptions {

  private final int epochs;
  private final int batchSize;
  private final double learningRate;
  private final double warmUpEpochs;
  private final double weightDecay;
  private final double labelSmoothing;
  private final double averaging;
  private final Augmentation augmentation;
  private final long seed;

  private TrainingOptions(Builder builder) {
    epochs = builder.epochs;
    batchSize = builder.batchSize;
    learningRate = builder.learningRate;
    warmUpEpochs = builder.warmUpEpochs;
    weightDecay = builder.weightDecay;
    labelSmoothing = builder.labelSmoothing;
    averaging = builder.averaging;
    augmentation = builder.augmentation;
    seed = builder.seed;
  }

  /**
   * Starts with the defaults.
   *
   * @return a builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Passes over the data, positive.
   *
   * @return the value
   */
  public int epochs() {
    return epochs;
  }

  /**
   * Images per step, positive.
   *
   * @return the value
   */
  public int batchSize() {
    return batchSize;
  }

  /**
   * Peak learning rate, positive.
   *
   * @return the value
   */
  public double learningRate() {
    return learningRate;
  }

  /**
   * Epochs in which the rate rises from 0 to its peak, 0 or more.
   *
   * @return the value
   */
  public double warmUpEpochs() {
    return warmUpEpochs;
  }

  /**
   * Decay of kernels and matrices (not of biases and normalizations), 0 or more.
   *
   * @return the value
   */
  public double weightDecay() {
    return weightDecay;
  }

  /**
   * Share of the target that is spread over all classes, 0 or more and below 1.
   *
   * @return the value
   */
  public double labelSmoothing() {
    return labelSmoothing;
  }

  /**
   * Share of the old average of the weights that is kept in each step, 0 (no averaging) or more and
   * below 1.
   *
   * @return the value
   */
  public double averaging() {
    return averaging;
  }

  /**
   * What is done to every training image before its intensities are normalized.
   *
   * @return the value
   */
  public Augmentation augmentation() {
    return augmentation;
  }

  /**
   * What all random draws come from.
   *
   * @return the value
   */
  public long seed() {
    return seed;
  }

  /** What must be the same for a training to go on; of the augmentation nothing is known. */
  String identity() {
    return String.join(
        ", ",
        "epochs " + epochs,
        "batch size " + batchSize,
        "learning rate " + learningRate,
        "warm-up epochs " + warmUpEpochs,
        "weight decay " + weightDecay,
        "label smoothing " + labelSmoothing,
        "averaging " + averaging,
        "seed " + seed);
  }

  /** The learning rate of a step, counted from 0: warm-up, then a half cosine down to zero. */
  double learningRate(long step, long stepsPerEpoch) {
    double warmUp = warmUpEpochs * stepsPerEpoch;
    double total = (double) epochs * stepsPerEpoch;
    if (step < warmUp) {
      return learningRate * (step + 1) / warmUp;
    }
    double progress = (step - warmUp) / Math.max(1, total - warmUp);
    return learningRate * 0.5 * (1 + Math.cos(Math.PI * progress));
  }

  /** Puts options together. For one thread. */
  public static final class Builder {

    private int epochs = 60;
    private int batchSize = 32;
    private double learningRate = 3e-3;
    private double warmUpEpochs = 3;
    private double weightDecay = 0.02;
    private double labelSmoothing = 0.1;
    private double averaging = 0.998;
    private Augmentation augmentation = (image, random) -> image;
    private long seed = 1;

    private Builder() {}

    /**
     * Sets the passes over the data, positive.
     *
     * @param value passes over the data, positive; default 60
     * @return this builder
     * @throws IllegalArgumentException if it is out of range
     */
    @CanIgnoreReturnValue
    public Builder epochs(int value) {
      Arguments.requirePositive("epochs", value);
      epochs = value;
      return this;
    }

    /**
     * Sets the images per step, positive.
     *
     * @param value images per step, positive; default 32
     * @return this builder
     * @throws IllegalArgumentException if it is out of range
     */
    @CanIgnoreReturnValue
    public Builder batchSize(int value) {
      Arguments.requirePositive("batchSize", value);
      batchSize = value;
      return this;
    }

    /**
     * Sets the peak learning rate, positive.
     *
     * @param value peak learning rate, positive; default 3e-3
     * @return this builder
     * @throws IllegalArgumentException if it is out of range
     */
    @CanIgnoreReturnValue
    public Builder learningRate(double value) {
      Arguments.requirePositive("learningRate", value);
      learningRate = value;
      return this;
    }

    /**
     * Sets the epochs in which the rate rises from 0 to its peak, 0 or more.
     *
     * @param value epochs in which the rate rises from 0 to its peak, 0 or more; default 3
     * @return this builder
     * @throws IllegalArgumentException if it is out of range
     */
    @CanIgnoreReturnValue
    public Builder warmUpEpochs(double value) {
      Arguments.require(
          value >= 0 && Double.isFinite(value), "warmUpEpochs must not be negative, got %s", value);
      warmUpEpochs = value;
      return this;
    }

    /**
     * Sets the decay of kernels and matrices (not of biases and normalizations), 0 or more.
     *
     * @param value decay of kernels and matrices (not of biases and normalizations), 0 or more;
     *     default 0.02
     * @return this builder
     * @throws IllegalArgumentException if it is out of range
     */
    @CanIgnoreReturnValue
    public Builder weightDecay(double value) {
      Arguments.require(
          value >= 0 && Double.isFinite(value), "weightDecay must not be negative, got %s", value);
      weightDecay = value;
      return this;
    }

    /**
     * Sets the share of the target that is spread over all classes, 0 or more and below 1.
     *
     * @param value share of the target that is spread over all classes, 0 or more and below 1;
     *     default 0.1
     * @return this builder
     * @throws IllegalArgumentException if it is out of range
     */
    @CanIgnoreReturnValue
    public Builder labelSmoothing(double value) {
      Arguments.require(
          value >= 0 && value < 1, "labelSmoothing must be 0 or more and below 1, got %s", value);
      labelSmoothing = value;
      return this;
    }

    /**
     * Sets the share of the old average of the weights that is kept in each step, 0 (no averaging)
     * or more and below 1.
     *
     * @param value share of the old average of the weights that is kept in each step, 0 (no
     *     averaging) or more and below 1; default 0.998
     * @return this builder
     * @throws IllegalArgumentException if it is out of range
     */
    @CanIgnoreReturnValue
    public Builder averaging(double value) {
      Arguments.require(
          value >= 0 && value < 1, "averaging must be 0 or more and below 1, got %s", value);
      averaging = value;
      return this;
    }

    /**
     * Sets what is done to every training image before its intensities are normalized.
     *
     * @param value what is done to every training image before its intensities are normalized;
     *     default nothing
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder augmentation(Augmentation value) {
      Objects.requireNonNull(value, "augmentation");
      augmentation = value;
      return this;
    }

    /**
     * Sets what all random draws come from.
     *
     * @param value what all random draws come from; default 1
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder seed(long value) {
      seed = value;
      return this;
    }

    /**
     * Makes the options.
     *
     * @return the options
     */
    public TrainingOptions build() {
      return new TrainingOptions(this);
    }
  }
}
