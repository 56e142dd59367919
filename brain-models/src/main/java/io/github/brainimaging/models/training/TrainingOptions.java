package io.github.brainimaging.models.training;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.github.brainimaging.core.augmentation.Augmentation;
import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.models.training.optimizer.AdamW;
import io.github.brainimaging.models.training.optimizer.Optimizer;
import io.github.brainimaging.models.training.optimizer.Schedule;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * How a network is trained: optimizer and learning rate, cross-entropy with smoothed labels
 * (Szegedy et al. 2016) and weighted classes, an exponential moving average of the weights, which
 * steadies the result, and when to stop. The defaults are the recipe of the embedded model, but for
 * its augmentation: {@link AdamW} with a linear warm-up and a cosine decay to zero. The same
 * options, data and seed give the same result on the same machine with one thread.
 *
 * <p>Immutable and safe to share between threads. Its builder is not.
 */
public final class TrainingOptions {

  private static final Pattern ADDRESS = Pattern.compile("(\\$\\$Lambda[^@,]*)?@[0-9a-f]+");

  private final int epochs;
  private final int batchSize;
  private final Optimizer optimizer;
  private final double learningRate;
  private final double warmUpEpochs;
  private final Schedule schedule;
  private final double weightDecay;
  private final double labelSmoothing;
  private final List<Double> classWeights;
  private final double averaging;
  private final int patience;
  private final Augmentation augmentation;
  private final long seed;

  private TrainingOptions(Builder builder) {
    epochs = builder.epochs;
    batchSize = builder.batchSize;
    optimizer = builder.optimizer;
    learningRate = builder.learningRate;
    warmUpEpochs = builder.warmUpEpochs;
    schedule = builder.schedule;
    weightDecay = builder.weightDecay;
    labelSmoothing = builder.labelSmoothing;
    classWeights = builder.classWeights;
    averaging = builder.averaging;
    patience = builder.patience;
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
   * How weights follow their gradients.
   *
   * @return the value
   */
  public Optimizer optimizer() {
    return optimizer;
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
   * How the rate falls from its peak.
   *
   * @return the value
   */
  public Schedule schedule() {
    return schedule;
  }

  /**
   * Decay of kernels and matrices (not of biases and normalizations), 0 or more: decoupled with
   * {@link AdamW}, L2 with the others.
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
   * What the loss of an example of each class is multiplied by.
   *
   * @return the value, empty where all classes count alike
   */
  public List<Double> classWeights() {
    return classWeights;
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
   * After how many epochs without a lower validation loss the training ends, 0 for never.
   *
   * @return the value
   */
  public int patience() {
    return patience;
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

  /**
   * All options: what must be the same for a training to go on. Of an augmentation without a name
   * of its own (a lambda) the class is told, since the rest changes from run to run.
   */
  @Override
  public String toString() {
    return String.join(
        ", ",
        "epochs " + epochs,
        "batch size " + batchSize,
        "optimizer " + optimizer,
        "learning rate " + learningRate,
        "warm-up epochs " + warmUpEpochs,
        "schedule " + schedule,
        "weight decay " + weightDecay,
        "label smoothing " + labelSmoothing,
        "class weights " + classWeights,
        "averaging " + averaging,
        "patience " + patience,
        "augmentation " + augmentationName(),
        "seed " + seed);
  }

  /** The augmentation in words that are the same in every run of a program. */
  String augmentationName() {
    return ADDRESS.matcher(augmentation.toString()).replaceAll("");
  }

  /** The learning rate of a step, counted from 0: warm-up, then the schedule. */
  double learningRate(long step, long stepsPerEpoch) {
    double warmUp = warmUpEpochs * stepsPerEpoch;
    double total = (double) epochs * stepsPerEpoch;
    if (step < warmUp) {
      return learningRate * (step + 1) / warmUp;
    }
    double progress = (step - warmUp) / Math.max(1, total - warmUp);
    return learningRate * schedule.factor((step - warmUp) / stepsPerEpoch, progress);
  }

  /** Puts options together. For one thread. */
  public static final class Builder {

    private int epochs = 60;
    private int batchSize = 32;
    private Optimizer optimizer = AdamW.withDefaults();
    private double learningRate = 3e-3;
    private double warmUpEpochs = 3;
    private Schedule schedule = Schedule.cosine();
    private double weightDecay = 0.02;
    private double labelSmoothing = 0.1;
    private List<Double> classWeights = List.of();
    private double averaging = 0.998;
    private int patience = 0;
    private Augmentation augmentation = Augmentation.none();
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
     * Sets how weights follow their gradients.
     *
     * @param value the optimizer; default {@link AdamW#withDefaults()}
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder optimizer(Optimizer value) {
      optimizer = Objects.requireNonNull(value, "optimizer");
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
     * Sets how the rate falls from its peak.
     *
     * @param value the schedule; default {@link Schedule#cosine()}
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder schedule(Schedule value) {
      schedule = Objects.requireNonNull(value, "schedule");
      return this;
    }

    /**
     * Sets the decay of kernels and matrices (not of biases and normalizations), 0 or more.
     *
     * @param value decay, 0 or more: decoupled with {@link AdamW}, L2 with the others; default 0.02
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
     * Sets what the loss of an example of each class is multiplied by, in training only. The loss
     * of a batch is the sum over its examples, divided by their number.
     *
     * @param values one positive number per class; empty (the default) where all count alike;
     *     {@link DataSet#balancedWeights()} makes every class count alike whatever its size
     * @return this builder
     * @throws IllegalArgumentException if a value is not positive
     */
    @CanIgnoreReturnValue
    public Builder classWeights(List<Double> values) {
      values.forEach(value -> Arguments.requirePositive("classWeights", value));
      classWeights = List.copyOf(values);
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
     * Sets after how many epochs without a lower validation loss the training ends.
     *
     * @param value a number of epochs, or 0 (the default) for never; P4 has 3
     * @return this builder
     * @throws IllegalArgumentException if it is negative
     */
    @CanIgnoreReturnValue
    public Builder patience(int value) {
      Arguments.require(value >= 0, "patience must not be negative, got %s", value);
      patience = value;
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
