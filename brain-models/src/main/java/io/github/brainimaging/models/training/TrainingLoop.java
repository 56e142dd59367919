package io.github.brainimaging.models.training;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.ParameterList;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import ai.djl.util.Pair;
import io.github.brainimaging.core.work.Progress;
import io.github.brainimaging.models.training.internal.OptimizerState;
import io.github.brainimaging.models.training.internal.TrainingEngine;
import io.github.brainimaging.models.training.internal.batch.Batch;
import io.github.brainimaging.models.training.internal.batch.BatchLoader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Trains whatever a {@link TrainingTask} describes: steps, averaged weights, validation, checkpoint
 * after every epoch. Called again with the same folder, a training that was cut off goes on and
 * ends as if it had never stopped.
 *
 * <p>One training at a time in a JVM.
 *
 * @param <B> the examples of one step
 */
final class TrainingLoop<B extends Batch> {

  private final TrainingTask<B> task;
  private final TrainingOptions options;
  private final Engine engine;
  private final NDManager manager;
  private final Checkpoint checkpoint;
  private final Block block;
  private final Block average;
  private final ParameterList parameters;
  private final ParameterList averaged;
  private final OptimizerState optimizer;
  private final ParameterStore store;
  private final List<EpochResult> history = new ArrayList<>();

  private TrainingLoop(
      TrainingTask<B> task, TrainingOptions options, Path folder, NDManager manager)
      throws IOException {
    this.task = task;
    this.options = options;
    this.engine = manager.getEngine();
    this.manager = manager;
    this.checkpoint = new Checkpoint(folder, task.identity.add(options));
    block = task.block(manager);
    average = task.block(manager);
    parameters = block.getParameters();
    averaged = average.getParameters();
    optimizer = new OptimizerState(options.optimizer(), options.weightDecay(), parameters, manager);
    store = new ParameterStore(manager, false);
    history.addAll(checkpoint.restore(parameters, averaged, optimizer.arrays()));
  }

  /**
   * Trains, or goes on with a training that was cut off.
   *
   * @param task what is learned
   * @param options how
   * @param folder where checkpoint and history are kept; one folder per training
   * @param progress told of every step, in this thread
   * @param epochs told of every epoch, when its checkpoint is on disk
   * @return the best weights, by the names of the block's parameters, and the history
   * @throws IOException if a batch cannot be made, the folder cannot be written, or it holds the
   *     checkpoint of another training
   * @throws IllegalStateException if the PyTorch engine is not on the class path
   * @param <B> the examples of one step
   */
  static <B extends Batch> TrainingResult run(
      TrainingTask<B> task,
      TrainingOptions options,
      Path folder,
      Progress progress,
      Consumer<EpochResult> epochs)
      throws IOException {
    int threads = Math.max(1, Runtime.getRuntime().availableProcessors() - 1);
    Engine engine = TrainingEngine.start();
    try (NDManager manager = engine.newBaseManager(Device.cpu());
        BatchLoader<B> training = new BatchLoader<>(task.training, options.batchSize(), threads);
        BatchLoader<B> validation =
            new BatchLoader<>(task.validation, options.batchSize(), threads)) {
      TrainingResult result =
          new TrainingLoop<>(task, options, folder, manager)
              .train(training, validation, progress, epochs);
      result.weights().requireFit(task.network);
      return result;
    }
  }

  private TrainingResult train(
      BatchLoader<B> training,
      BatchLoader<B> validation,
      Progress progress,
      Consumer<EpochResult> epochs)
      throws IOException {
    for (int epoch = history.size() + 1; epoch <= options.epochs() && !stalled(); epoch++) {
      engine.setRandomSeed(Math.toIntExact((options.seed() * 1009 + epoch) % Integer.MAX_VALUE));
      EpochResult result = epoch(epoch, training, validation, progress);
      boolean best =
          history.stream().allMatch(old -> result.validationLoss() < old.validationLoss());
      history.add(result);
      checkpoint.save(parameters, averaged, optimizer.arrays(), history, best);
      epochs.accept(result);
    }
    return checkpoint.result(history);
  }

  /** Whether patience has run out: that many epochs without a lower validation loss. */
  private boolean stalled() {
    int best = 0;
    for (EpochResult result : history) {
      boolean lower = best == 0 || result.validationLoss() < history.get(best - 1).validationLoss();
      best = lower ? result.epoch() : best;
    }
    return options.patience() > 0 && history.size() - best >= options.patience();
  }

  private EpochResult epoch(
      int epoch, BatchLoader<B> training, BatchLoader<B> validation, Progress progress)
      throws IOException {
    int batches = training.batches();
    long before = (long) (epoch - 1) * batches;
    Tally learned = new Tally();
    training.trainingEpoch(
        epoch,
        options.seed(),
        batch -> {
          int number = learned.batches + 1;
          double loss = step(batch, before + number, batches, learned);
          progress.report(
              String.format(Locale.ROOT, "epoch %d, loss %.3f", epoch, loss),
              before + number,
              (long) options.epochs() * batches);
        });
    Tally validated = new Tally();
    validation.inOrder(batch -> validate(batch, validated));
    return new EpochResult(
        epoch,
        options.learningRate(before + batches - 1, batches),
        learned.loss(),
        learned.accuracy(),
        validated.loss(),
        validated.accuracy());
  }

  private double step(B batch, long step, int stepsPerEpoch, Tally tally) {
    try (NDManager scope = manager.newSubManager()) {
      double right;
      float loss;
      try (GradientCollector collector = engine.newGradientCollector()) {
        NDArray output = block.forward(store, batch.inputs(scope), true).singletonOrThrow();
        NDArray error = task.loss(output, batch, true, scope);
        collector.backward(error);
        right = task.right(output, batch);
        loss = error.getFloat();
      }
      double rate = options.learningRate(step - 1, stepsPerEpoch);
      optimizer.update(parameters, step, rate, scope);
      updateAverage(step, scope);
      tally.add(batch, right, loss);
      return loss;
    }
  }

  /** Keeps less of the old average in the first steps, when it still holds the random start. */
  private void updateAverage(long step, NDManager scope) {
    double kept = Math.min(options.averaging(), (1.0 + step) / (10.0 + step));
    for (Pair<String, Parameter> parameter : parameters) {
      NDArray old = averaged.get(parameter.getKey()).getArray();
      try (NDArray now = parameter.getValue().getArray().stopGradient()) {
        now.attach(scope);
        // What is frozen would drift by rounding.
        if (parameter.getValue().requiresGradient() || !old.contentEquals(now)) {
          try (NDArray scaled = now.mul(1 - kept)) {
            var unused = old.muli(kept).addi(scaled);
          }
        }
      }
    }
  }

  private void validate(B batch, Tally tally) {
    try (NDManager scope = manager.newSubManager()) {
      NDArray output = average.forward(store, batch.inputs(scope), false).singletonOrThrow();
      NDArray error = task.loss(output, batch, false, scope);
      tally.add(batch, task.right(output, batch), error.getFloat());
    }
  }

  /** Sums over the batches of an epoch. */
  private static final class Tally {
    private int batches;
    private long examples;
    private double right;
    private double lossSum;

    void add(Batch batch, double rightInBatch, double meanLoss) {
      right += rightInBatch;
      batches++;
      examples += batch.size();
      lossSum += meanLoss * batch.size();
    }

    double loss() {
      return lossSum / examples;
    }

    double accuracy() {
      return right / examples;
    }
  }
}
