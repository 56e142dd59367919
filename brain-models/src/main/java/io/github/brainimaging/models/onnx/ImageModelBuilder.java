package io.github.brainimaging.models.onnx;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.models.card.Task;
import java.util.function.Function;

/**
 * What can be said besides about loading a model that takes one image at a time, and so many at
 * once. Not safe to share between threads.
 *
 * @param <B> the builder itself, which every method gives back
 */
abstract class ImageModelBuilder<B extends ImageModelBuilder<B>> extends ModelBuilder<B> {

  private int warmUpRuns = 1;
  private int maximumBatchSize = 16;

  /** For the builders of this package. */
  ImageModelBuilder(Task task, ModelSource embedded) {
    super(task, embedded);
  }

  /**
   * Sets how often the network runs on blank input before the model is handed out. Default: 1,
   * which lets the engine prepare its memory and finds a network that does not run, or not within
   * half a minute, as one with a loop without end. With 0 nothing is run here, and later runs have
   * no limit of time.
   *
   * @param runs the number of runs, 0 or more
   * @return this builder
   * @throws IllegalArgumentException if it is negative
   */
  @CanIgnoreReturnValue
  public B warmUpRuns(int runs) {
    Arguments.require(runs >= 0, "warmUpRuns must not be negative, got %s", runs);
    warmUpRuns = runs;
    return self();
  }

  /**
   * Sets how many images go through the network at once at most, which bounds memory. Default: 16.
   * Where memory runs out all the same, the batch is halved.
   *
   * @param images the number of images, positive
   * @return this builder
   * @throws IllegalArgumentException if it is not positive
   */
  @CanIgnoreReturnValue
  public B maximumBatchSize(int images) {
    maximumBatchSize = Arguments.requirePositive("maximumBatchSize", images);
    return self();
  }

  @Override
  final boolean triesOut() {
    return warmUpRuns > 0;
  }

  /** Loads the model, warms it up and hands it to who uses it. */
  final <T> T load(Function<ModelRunner, T> user) {
    ModelRunner runner = new ModelRunner(load(), maximumBatchSize);
    try {
      runner.warmUp(warmUpRuns);
      return user.apply(runner);
    } catch (RuntimeException | Error e) { // such as OutOfMemoryError: native memory is not left
      runner.close();
      throw e;
    }
  }

  /** What was asked for so far. */
  @Override
  public String toString() {
    return super.toString()
        + ", warmUpRuns=%s, maximumBatchSize=%s".formatted(warmUpRuns, maximumBatchSize);
  }
}
