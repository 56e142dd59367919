package io.github.brainimaging.models.training;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.models.training.optimizer.Optimizer;
import io.github.brainimaging.models.training.optimizer.Schedule;
import java.util.Objects;

/**
 * How any network is trained: optimizer and learning rate, an exponential moving average of the
 * weights, which steadies the result, and when to stop. The defaults are those of the embedded
 * classifier: {@link Optimizer#adamW} with a linear warm-up and a cosine decay to zero. The same
 * options, data and seed give the same result on the same machine with one thread. Losses and
 * augmentations are told to the trainers; the papers' values are in {@link Recipe}.
 *
 * <p>Immutable and safe to share between threads. Its builder is not.
 *
 * @param epochs passes over the data, positive
 * @param batchSize images per step, positive
 * @param optimizer how weights follow their gradients
 * @param learningRate peak learning rate, positive
 * @param warmUpEpochs epochs in which the rate rises from 0 to its peak, 0 or more
 * @param schedule how the rate falls from its peak
 * @param weightDecay decay of kernels and matrices (not of biases and normalizations), 0 or more:
 *     decoupled with {@link Optimizer#adamW}, L2 with the others
 * @param averaging share of the old average of the weights that is kept in each step, 0 (no
 *     averaging) or more and below 1
 * @param patience after how many epochs without a lower validation loss the training ends, 0 for
 *     never
 * @param seed what all random draws come from
 * @since 0.1.0
 */
public record TrainingOptions(
    int epochs,
    int batchSize,
    Optimizer optimizer,
    double learningRate,
    double warmUpEpochs,
    Schedule schedule,
    double weightDecay,
    double averaging,
    int patience,
    long seed) {

  /**
   * Checks the values; see {@link #builder()} for a way to name them.
   *
   * @param epochs passes over the data, positive
   * @param batchSize images per step, positive
   * @param optimizer how weights follow their gradients
   * @param learningRate peak learning rate, positive
   * @param warmUpEpochs epochs in which the rate rises, 0 or more
   * @param schedule how the rate falls
   * @param weightDecay decay of kernels and matrices, 0 or more
   * @param averaging share of the old average that is kept, 0 or more and below 1
   * @param patience epochs without a lower validation loss, 0 or more
   * @param seed what all random draws come from
   * @throws IllegalArgumentException if one is out of range
   */
  public TrainingOptions {
    Arguments.requirePositive("epochs", epochs);
    Arguments.requirePositive("batchSize", batchSize);
    Objects.requireNonNull(optimizer, "optimizer");
    Arguments.requirePositive("learningRate", learningRate);
    Arguments.require(
        warmUpEpochs >= 0 && Double.isFinite(warmUpEpochs),
        "warmUpEpochs must not be negative, got %s",
        warmUpEpochs);
    Objects.requireNonNull(schedule, "schedule");
    Arguments.require(
        weightDecay >= 0 && Double.isFinite(weightDecay),
        "weightDecay must not be negative, got %s",
        weightDecay);
    Arguments.require(
        averaging >= 0 && averaging < 1,
        "averaging must be 0 or more and below 1, got %s",
        averaging);
    Arguments.require(patience >= 0, "patience must not be negative, got %s", patience);
  }

  /**
   * The defaults: those of the embedded classifier.
   *
   * @return the options
   */
  public static TrainingOptions withDefaults() {
    return builder().build();
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
   * Starts with these options.
   *
   * @return a builder
   */
  public Builder toBuilder() {
    return builder()
        .epochs(epochs)
        .batchSize(batchSize)
        .optimizer(optimizer)
        .learningRate(learningRate)
        .warmUpEpochs(warmUpEpochs)
        .schedule(schedule)
        .weightDecay(weightDecay)
        .averaging(averaging)
        .patience(patience)
        .seed(seed);
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

  /** Puts options together; {@link #build} checks them. For one thread. */
  public static final class Builder {

    private int epochs = 60;
    private int batchSize = 32;
    private Optimizer optimizer = Optimizer.adamW();
    private double learningRate = 3e-3;
    private double warmUpEpochs = 3;
    private Schedule schedule = Schedule.cosine();
    private double weightDecay = 0.02;
    private double averaging = 0.998;
    private int patience = 0;
    private long seed = 1;

    private Builder() {}

    /**
     * Sets the passes over the data.
     *
     * @param value positive; default 60
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder epochs(int value) {
      epochs = value;
      return this;
    }

    /**
     * Sets the images per step.
     *
     * @param value positive; default 32
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder batchSize(int value) {
      batchSize = value;
      return this;
    }

    /**
     * Sets how weights follow their gradients.
     *
     * @param value default {@link Optimizer#adamW()}
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder optimizer(Optimizer value) {
      optimizer = value;
      return this;
    }

    /**
     * Sets the peak learning rate.
     *
     * @param value positive; default 0.003
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder learningRate(double value) {
      learningRate = value;
      return this;
    }

    /**
     * Sets the epochs in which the rate rises from 0 to its peak.
     *
     * @param value 0 or more; default 3
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder warmUpEpochs(double value) {
      warmUpEpochs = value;
      return this;
    }

    /**
     * Sets how the rate falls from its peak.
     *
     * @param value default {@link Schedule#cosine()}
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder schedule(Schedule value) {
      schedule = value;
      return this;
    }

    /**
     * Sets the decay of kernels and matrices.
     *
     * @param value 0 or more; default 0.02
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder weightDecay(double value) {
      weightDecay = value;
      return this;
    }

    /**
     * Sets the share of the old average of the weights that is kept in each step.
     *
     * @param value 0 (no averaging) or more and below 1; default 0.998
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder averaging(double value) {
      averaging = value;
      return this;
    }

    /**
     * Sets after how many epochs without a lower validation loss the training ends.
     *
     * @param value 0 for never, the default
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder patience(int value) {
      patience = value;
      return this;
    }

    /**
     * Sets what all random draws come from.
     *
     * @param value default 1
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
     * @throws IllegalArgumentException if one is out of range
     */
    public TrainingOptions build() {
      return new TrainingOptions(
          epochs,
          batchSize,
          optimizer,
          learningRate,
          warmUpEpochs,
          schedule,
          weightDecay,
          averaging,
          patience,
          seed);
    }
  }
}
