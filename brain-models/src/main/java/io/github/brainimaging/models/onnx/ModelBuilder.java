package io.github.brainimaging.models.onnx;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.github.brainimaging.core.inference.Prediction;
import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.models.card.Activation;
import io.github.brainimaging.models.card.ModelCard;
import io.github.brainimaging.models.card.ModelInput;
import io.github.brainimaging.models.card.Task;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What can be said about loading any model: where it comes from, its card, what it runs on and how.
 * Not safe to share between threads.
 *
 * @param <B> the builder itself, which every method gives back
 */
abstract class ModelBuilder<B extends ModelBuilder<B>> {

  private static final Logger logger = LoggerFactory.getLogger(ModelBuilder.class);

  private final Task task;
  private ModelSource source;
  private @Nullable ModelCard card;
  private boolean named = true;
  private Device device = Device.auto();
  private OptionalLong gpuMemoryLimit = OptionalLong.empty();
  private int threads = Runtime.getRuntime().availableProcessors();
  private GraphOptimization optimization = GraphOptimization.ALL;

  /** For the builders of this package. */
  ModelBuilder(Task task, ModelSource embedded) {
    this.task = task;
    this.source = embedded;
  }

  /**
   * Sets the model. Default: the one that the library brings along.
   *
   * @param model where the model comes from
   * @return this builder
   */
  @CanIgnoreReturnValue
  public B model(ModelSource model) {
    source = Objects.requireNonNull(model, "model");
    return self();
  }

  /**
   * Sets the model's card. Default: the one beside the model, else the one in its metadata.
   *
   * @param explicit the card
   * @return this builder
   */
  @CanIgnoreReturnValue
  public B card(ModelCard explicit) {
    card = Objects.requireNonNull(explicit, "card");
    named = true;
    return self();
  }

  /**
   * Sets what must be known of a model that has no card. It is called as its file is, without the
   * ending; which labels mean a tumor is guessed from their names ({@link
   * Prediction#tumorLabelsAmong}), and logged.
   *
   * @param input what the network takes
   * @param activation what the network's outputs are
   * @param labels the classes, in the order of the outputs
   * @return this builder
   * @throws IllegalArgumentException if labels are missing or stand twice
   */
  @CanIgnoreReturnValue
  public B card(ModelInput input, Activation activation, List<String> labels) {
    B builder = card(ModelCard.builder("unnamed", input, activation, labels).task(task).build());
    named = false;
    return builder;
  }

  /**
   * Sets what to run on. Default: {@link Device#auto()}.
   *
   * @param newDevice the device
   * @return this builder
   */
  @CanIgnoreReturnValue
  public B device(Device newDevice) {
    device = Objects.requireNonNull(newDevice, "device");
    return self();
  }

  /**
   * Limits what the model takes of a GPU's memory for its weights and intermediate values; no limit
   * by default. Without effect on the CPU.
   *
   * @param bytes the limit, positive
   * @return this builder
   * @throws IllegalArgumentException if it is not positive
   */
  @CanIgnoreReturnValue
  public B gpuMemoryLimit(long bytes) {
    Arguments.require(bytes > 0, "gpuMemoryLimit must be positive, got %s", bytes);
    gpuMemoryLimit = OptionalLong.of(bytes);
    return self();
  }

  /**
   * Sets how many threads share the work of one run on the CPU, the calling one included. Default:
   * {@link Runtime#availableProcessors()}, which respects the limits of a container. Where many
   * threads call the model at once, 1 keeps them from competing.
   *
   * @param count the number of threads, positive
   * @return this builder
   * @throws IllegalArgumentException if it is not positive
   */
  @CanIgnoreReturnValue
  public B threads(int count) {
    threads = Arguments.requirePositive("threads", count);
    return self();
  }

  /**
   * Sets how far the engine optimizes the network when it loads it. Default: {@link
   * GraphOptimization#ALL}.
   *
   * @param level the level
   * @return this builder
   */
  @CanIgnoreReturnValue
  public B optimization(GraphOptimization level) {
    optimization = Objects.requireNonNull(level, "optimization");
    return self();
  }

  /** Loads the model with its card and hands both to a runner. */
  final LoadedModel load() {
    ModelCard given = givenCard();
    if (given != null && !named) {
      tellGuess(given);
    }
    return LoadedModel.load(source, given, task, options());
  }

  /** Nobody said which labels mean a tumor; who reads the log can see what was made of them. */
  private static void tellGuess(ModelCard guessed) {
    List<String> doubtful = Prediction.doubtfulLabels(guessed.labels());
    if (doubtful.isEmpty()) {
      logger.info(
          "model {}: by their names these labels mean a tumor: {}",
          guessed.name(),
          guessed.tumorLabels());
    } else {
      logger.warn(
          "model {}: these labels are taken for tumors: {}, though the names of {} do not tell it; a"
              + " card with tumorLabels says it",
          guessed.name(),
          guessed.tumorLabels(),
          doubtful);
    }
  }

  /** The source may be set after the card, so that the name is not known before. */
  private @Nullable ModelCard givenCard() {
    return card == null || named
        ? card
        : ModelCard.builder(source.shortName(), card.input(), card.activation(), card.labels())
            .task(task)
            .build();
  }

  final LoadedModel.Options options() {
    return new LoadedModel.Options(device, gpuMemoryLimit, threads, optimization, triesOut());
  }

  /** Whether the network is run once before it is handed out. */
  boolean triesOut() {
    return true;
  }

  abstract B self();

  /** What was asked for so far. */
  @Override
  public String toString() {
    return "model=%s, card=%s, device=%s, gpuMemoryLimit=%s, threads=%s, optimization=%s"
        .formatted(
            source,
            Objects.requireNonNullElse(givenCard(), "the model's"),
            device,
            gpuMemoryLimit,
            threads,
            optimization);
  }
}
