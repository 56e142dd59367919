package io.github.brainimaging.models.training;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.core.tensor.Layout;
import io.github.brainimaging.models.architecture.Network;
import io.github.brainimaging.models.architecture.Weights;
import io.github.brainimaging.models.onnx.ModelInput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Trains a network from scratch on a folder of images, with DJL's PyTorch engine, which the
 * application puts on its class path. After every epoch a checkpoint is written; called again with
 * the same folder, a training that was cut off goes on and ends as if it had never stopped.
 *
 * <p>One training at a time in a JVM. PyTorch takes its number of threads from the system property
 * {@code ai.djl.pytorch.num_threads}; on few cores 1 is as fast as 2 and leaves one to the
 * augmentation.
 */
public final class Trainer {

  private static final String ENGINE = "PyTorch";
  private static final String OFFLINE = "ai.djl.offline";

  private final Network network;
  private final ModelInput input;
  private final TrainingOptions options;

  private Trainer(Network network, ModelInput input, TrainingOptions options) {
    this.network = network;
    this.input = input;
    this.options = options;
  }

  /**
   * A trainer for a network.
   *
   * @param network the network, ending in a softmax
   * @param input how images are fed to it, NCHW; must have the network's input shape
   * @param options how it is trained
   * @return the trainer
   * @throws IllegalArgumentException if the input does not fit the network
   */
  public static Trainer of(Network network, ModelInput input, TrainingOptions options) {
    List<Integer> shape = List.of(input.channels(), input.height(), input.width());
    Arguments.require(
        shape.equals(network.inputShape()) && input.layout() == Layout.NCHW,
        "input must be NCHW with shape %s, got %s",
        network.inputShape(),
        input);
    return new Trainer(network, input, options);
  }

  /**
   * Trains, or goes on with a training that was cut off.
   *
   * @param training the images to learn from
   * @param validation the images that choose the best epoch; none of them may be among the others
   * @param folder where checkpoint and history are kept; one folder per training
   * @param listener told of the progress
   * @return the best weights and the history
   * @throws IOException if an image cannot be read, the folder cannot be written, or it holds the
   *     checkpoint of another training: of another network, input, option, or of images with other
   *     names or in other classes. Where the class folders lie does not matter; the augmentation is
   *     not compared
   * @throws IllegalArgumentException if the number of classes is not the network's
   * @throws IllegalStateException if the PyTorch engine is not on the class path
   */
  public TrainingResult train(
      ImageFolder training, ImageFolder validation, Path folder, TrainingListener listener)
      throws IOException {
    Arguments.require(
        network.outputShape().equals(List.of(training.labels().size()))
            && training.labels().equals(validation.labels()),
        "labels must be the network's %s classes in both parts, got %s and %s",
        network.outputShape(),
        training.labels(),
        validation.labels());
    Engine engine = startEngine();
    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), ENGINE);
        BatchLoader trainingBatches = new BatchLoader(training, input, options.batchSize());
        BatchLoader validationBatches = new BatchLoader(validation, input, options.batchSize())) {
      Checkpoint checkpoint = new Checkpoint(folder, network, identity(training, validation));
      Run run = new Run(engine, manager, checkpoint);
      return run.train(trainingBatches, validationBatches, listener);
    }
  }

  /** What must be the same for a training to go on; of the augmentation nothing is known. */
  private String identity(ImageFolder training, ImageFolder validation) {
    return String.join(
        ", ",
        network.toString(),
        input.toString(),
        "epochs " + options.epochs(),
        "batch size " + options.batchSize(),
        "learning rate " + options.learningRate(),
        "warm-up epochs " + options.warmUpEpochs(),
        "weight decay " + options.weightDecay(),
        "label smoothing " + options.labelSmoothing(),
        "averaging " + options.averaging(),
        "seed " + options.seed(),
        "labels " + training.labels(),
        "training on " + training.fingerprint(),
        "validation on " + validation.fingerprint());
  }

  /** Without the property DJL would fetch a native library that is missing, and report its use. */
  private static Engine startEngine() {
    boolean unset = System.getProperty(OFFLINE) == null;
    if (unset) {
      System.setProperty(OFFLINE, "true");
    }
    try {
      return Engine.getEngine(ENGINE);
    } catch (EngineException e) {
      throw new IllegalStateException(
          "training needs DJL's PyTorch engine on the class path: ai.djl.pytorch:pytorch-engine,"
              + " pytorch-jni, and pytorch-native-cpu with the classifier of this system",
          e);
    } finally {
      if (unset) {
        System.clearProperty(OFFLINE);
      }
    }
  }

  /** The state of one training. */
  private final class Run {

    private final Engine engine;
    private final NDManager manager;
    private final Checkpoint checkpoint;
    private final NetworkBlock block;
    private final NetworkBlock average;
    private final AdamW optimizer;
    private final ParameterStore store;
    private final List<EpochResult> history = new ArrayList<>();

    Run(Engine engine, NDManager manager, Checkpoint checkpoint) throws IOException {
      this.engine = engine;
      this.manager = manager;
      this.checkpoint = checkpoint;
      Network logits = network.logits();
      Weights initial = Weights.random(network, options.seed());
      block = NetworkBlock.of(logits, initial, manager);
      average = NetworkBlock.of(logits, initial, manager);
      optimizer = new AdamW(block.getParameters().values(), options.weightDecay(), manager);
      store = new ParameterStore(manager, false);
      history.addAll(checkpoint.restore(block, average, optimizer));
    }

    TrainingResult train(BatchLoader training, BatchLoader validation, TrainingListener listener)
        throws IOException {
      for (int epoch = history.size() + 1; epoch <= options.epochs(); epoch++) {
        engine.setRandomSeed(Math.toIntExact((options.seed() * 1009 + epoch) % Integer.MAX_VALUE));
        EpochResult result = epoch(epoch, training, validation, listener);
        boolean best =
            history.stream().allMatch(old -> result.validationLoss() < old.validationLoss());
        history.add(result);
        checkpoint.save(block, average, optimizer, history, best);
        listener.onEpoch(result);
      }
      return checkpoint.best(history);
    }

    private EpochResult epoch(
        int epoch, BatchLoader training, BatchLoader validation, TrainingListener listener)
        throws IOException {
      int batches = training.batches();
      long before = (long) (epoch - 1) * batches;
      Tally learned = new Tally();
      training.trainingEpoch(
          epoch,
          options,
          batch -> {
            int number = learned.batches + 1;
            double loss = step(batch, before + number, batches, learned);
            listener.onBatch(epoch, number, batches, loss);
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

    private double step(BatchLoader.Batch batch, long step, int stepsPerEpoch, Tally tally) {
      try (NDManager scope = manager.newSubManager()) {
        NDArray input = input(batch, scope);
        float[] logits;
        float loss;
        try (GradientCollector collector = engine.newGradientCollector()) {
          NDArray output = block.forward(store, new NDList(input), true).singletonOrThrow();
          NDArray error = crossEntropy(output, batch, options.labelSmoothing(), scope);
          collector.backward(error);
          logits = output.toFloatArray();
          loss = error.getFloat();
        }
        double rate = options.learningRate(step - 1, stepsPerEpoch);
        for (Parameter parameter : block.getParameters().values()) {
          if (parameter.requiresGradient()) {
            optimizer.update(parameter, step, rate);
          }
        }
        updateAverage(step, scope);
        tally.add(batch, logits, loss);
        return loss;
      }
    }

    /** Keeps less of the old average in the first steps, when it still holds the random start. */
    private void updateAverage(long step, NDManager scope) {
      double kept = Math.min(options.averaging(), (1.0 + step) / (10.0 + step));
      for (Parameter parameter : block.getParameters().values()) {
        Parameter averaged = average.getParameters().get(parameter.getName());
        try (NDArray share = parameter.getArray().stopGradient()) {
          share.attach(scope);
          try (NDArray scaled = share.mul(1 - kept)) {
            var unused = averaged.getArray().muli(kept).addi(scaled);
          }
        }
      }
    }

    private void validate(BatchLoader.Batch batch, Tally tally) {
      try (NDManager scope = manager.newSubManager()) {
        NDArray output =
            average.forward(store, new NDList(input(batch, scope)), false).singletonOrThrow();
        NDArray error = crossEntropy(output, batch, 0, scope);
        tally.add(batch, output.toFloatArray(), error.getFloat());
      }
    }

    private NDArray input(BatchLoader.Batch batch, NDManager scope) {
      int[] shape = input.shape(batch.size());
      return scope.create(batch.values, new Shape(shape[0], shape[1], shape[2], shape[3]));
    }

    private NDArray crossEntropy(
        NDArray logits, BatchLoader.Batch batch, double smoothing, NDManager scope) {
      int classes = network.outputShape().get(0);
      float[] target = new float[batch.size() * classes];
      Arrays.fill(target, (float) (smoothing / classes));
      for (int i = 0; i < batch.size(); i++) {
        target[i * classes + batch.labels[i]] += (float) (1 - smoothing);
      }
      NDArray targets = scope.create(target, new Shape(batch.size(), classes));
      return logits.logSoftmax(1).mul(targets).sum().div(-batch.size());
    }
  }

  /** Sums over the batches of an epoch. */
  private static final class Tally {
    private int batches;
    private long images;
    private long right;
    private double lossSum;

    void add(BatchLoader.Batch batch, float[] logits, double meanLoss) {
      int classes = logits.length / batch.size();
      for (int i = 0; i < batch.size(); i++) {
        int best = 0;
        for (int c = 1; c < classes; c++) {
          best = logits[i * classes + c] > logits[i * classes + best] ? c : best;
        }
        right += best == batch.labels[i] ? 1 : 0;
      }
      batches++;
      images += batch.size();
      lossSum += meanLoss * batch.size();
    }

    double loss() {
      return lossSum / images;
    }

    double accuracy() {
      return (double) right / images;
    }
  }
}
