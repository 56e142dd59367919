package io.github.brainimaging.models.onnx;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.core.pipeline.Classifier;
import io.github.brainimaging.core.pipeline.Prediction;
import io.github.brainimaging.core.tensor.Layout;
import io.github.brainimaging.core.transform.Transform;
import io.github.brainimaging.models.onnx.internal.EngineFailure;
import io.github.brainimaging.models.onnx.internal.EngineSession;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Classifies images with an ONNX network, run by ONNX Runtime through DJL.
 *
 * <pre>{@code
 * try (OnnxClassifier classifier = OnnxClassifier.embedded()) {
 *   Prediction prediction = classifier.classify(image);
 * }
 * }</pre>
 *
 * <p>The network must have one float32 input of four axes (NCHW or NHWC; the batch axis open or
 * fixed to 1) and one float32 output [N, number of labels]. What becomes of an image before it goes
 * in, and what the outputs mean, is told by the model's {@link ModelCard}: the one given to the
 * builder; else the one beside the model; else the one in the model's metadata. The graph is
 * checked against the card when the model is loaded.
 *
 * <p>The same image gives the same prediction on one machine, bit for bit, from however many
 * threads; in a batch it may differ from a single one by rounding, at most about 1e-6.
 *
 * <p>Nothing is downloaded and nothing is reported to anybody. Two system properties are touched,
 * each only where it is not set: {@code ai.djl.onnx.disable_alternative} becomes true, so that DJL
 * does not start PyTorch beside ONNX Runtime where both are on the class path, and {@code
 * OPT_OUT_TRACKING} is true while DJL starts. ONNX Runtime unpacks its native library into the
 * folder for temporary files at every JVM start, unless {@code onnxruntime.native.path} names a
 * folder that has it.
 *
 * <p>Safe to share between threads. Holds native memory: whoever builds a classifier closes it.
 */
public final class OnnxClassifier implements Classifier, AutoCloseable {

  private final LoadedModel model;
  private final int maximumBatchSize;
  private final Transform transform;
  private final int imageSize;
  private final BatchRunner runner;
  private final DirectBuffers buffers = new DirectBuffers();

  private OnnxClassifier(LoadedModel model, int maximumBatchSize) {
    this.model = model;
    this.transform = model.card().input().transform();
    this.imageSize = model.card().input().size();
    // What a direct buffer can hold.
    this.maximumBatchSize = Math.min(maximumBatchSize, Integer.MAX_VALUE / Float.BYTES / imageSize);
    this.runner =
        new BatchRunner(
            this::runOnce,
            imageSize,
            model.card().labels().size(),
            model.oneImageOnly() ? 1 : this.maximumBatchSize);
  }

  /**
   * The classifier that this library brings along, with all options at their defaults.
   *
   * @return a new classifier, to be closed by the caller
   * @throws ModelException if it cannot be loaded
   */
  public static OnnxClassifier embedded() {
    return builder().build();
  }

  /**
   * Starts a classifier.
   *
   * @return a builder for {@link ModelSource#embedded()} with the defaults named at its methods
   */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public List<String> labels() {
    return model.card().labels();
  }

  /**
   * The card of the model.
   *
   * @return the card that was found when the model was loaded
   */
  public ModelCard card() {
    return model.card();
  }

  /**
   * What the model really runs on.
   *
   * @return the CPU or a GPU, never {@link Device#auto()}
   */
  public Device device() {
    return model.device();
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if the image has neither 1 nor 3 channels, or NaN or infinite
   *     samples that reach the network
   * @throws ModelException if the run fails, or the network gives NaN or infinite values
   * @throws IllegalStateException if the classifier is closed
   */
  @Override
  public Prediction classify(MedicalImage image) {
    return classifyAll(List.of(Objects.requireNonNull(image, "image"))).get(0);
  }

  /**
   * Classifies several images, in batches of the builder's maximum size.
   *
   * @param images the images as read
   * @return one prediction per image, in their order
   * @throws IllegalArgumentException if an image has neither 1 nor 3 channels, or NaN or infinite
   *     samples that reach the network
   * @throws ModelException if a run fails, or the network gives NaN or infinite values
   * @throws IllegalStateException if the classifier is closed
   */
  @Override
  public List<Prediction> classifyAll(List<MedicalImage> images) {
    model.session().requireOpen();
    List<Prediction> predictions = new ArrayList<>(images.size());
    for (int from = 0; from < images.size(); from += maximumBatchSize) {
      int to = Math.min(from + maximumBatchSize, images.size());
      predictions.addAll(classifyBatch(images.subList(from, to)));
    }
    return predictions;
  }

  /**
   * Classifies a stream of images as they come: lazily, holding at most one batch of the builder's
   * maximum size.
   *
   * @param images the images as read; closed with the result
   * @return one prediction per image, in their order; sequential. Fails while it is consumed, as
   *     {@link #classifyAll} does
   */
  public Stream<Prediction> classifyStream(Stream<MedicalImage> images) {
    return Chunks.of(images, maximumBatchSize).flatMap(chunk -> classifyAll(chunk).stream());
  }

  private List<Prediction> classifyBatch(List<MedicalImage> images) {
    FloatBuffer buffer = buffers.take(Math.multiplyExact(images.size(), imageSize));
    try {
      Layout layout = model.card().input().layout();
      float[] single = new float[imageSize];
      for (MedicalImage image : images) {
        layout.copy(transform.apply(Objects.requireNonNull(image, "image")), single, 0);
        requireFinite(single);
        buffer.put(single);
      }
      float[] outputs = run(buffer.flip(), images.size());
      List<Prediction> predictions = new ArrayList<>(images.size());
      for (int i = 0; i < images.size(); i++) {
        predictions.add(prediction(outputs, i));
      }
      return predictions;
    } finally {
      buffers.giveBack(buffer);
    }
  }

  /** A network would make NaN of it, or worse, a label. */
  private static void requireFinite(float[] values) {
    for (float value : values) {
      Arguments.require(
          Float.isFinite(value),
          "image must be finite once it is brought to the model's size and range, got %s;"
              + " replace its NaN and infinite samples first",
          value);
    }
  }

  private Prediction prediction(float[] outputs, int image) {
    List<String> labels = labels();
    double[] row = new double[labels.size()];
    for (int i = 0; i < row.length; i++) {
      row[i] = outputs[image * row.length + i];
      if (!Double.isFinite(row[i])) {
        throw failed("it gave " + row[i] + " for the label '" + labels.get(i) + "'", null);
      }
    }
    try {
      return Prediction.of(
          labels, model.card().tumorLabels(), model.card().activation().probabilities(row));
    } catch (ModelException e) {
      throw failed(e.getMessage(), e);
    }
  }

  private float[] run(FloatBuffer images, int count) {
    try {
      return runner.run(images, count);
    } catch (EngineFailure e) {
      String advice =
          e.isOutOfMemory() ? " (memory ran out with a single image; try Device.cpu())" : "";
      throw failed(e.getMessage() + advice, e);
    }
  }

  private float[] runOnce(FloatBuffer images, int count) throws EngineFailure {
    long[] shape = Arrays.stream(model.card().input().shape(count)).asLongStream().toArray();
    EngineSession.Output output = model.session().run(images, shape);
    long[] expected = {count, labels().size()};
    if (!Arrays.equals(output.shape(), expected)) {
      throw failed(
          String.format(
              "its output is %s, expected %s for %d image(s) and the labels %s",
              Arrays.toString(output.shape()), Arrays.toString(expected), count, labels()),
          null);
    }
    return output.values();
  }

  private ModelException failed(@Nullable String why, @Nullable Throwable cause) {
    String message = "model " + model.name() + " failed: " + why;
    return cause == null ? new ModelException(message) : new ModelException(message, cause);
  }

  /** Runs on blank input, so that the engine prepares itself and the output's shape is checked. */
  private void warmUp(int runs) {
    for (int i = 0; i < runs; i++) {
      FloatBuffer blank = buffers.take(imageSize);
      float[] unused = run(blank, 1);
      buffers.giveBack(blank);
    }
  }

  /**
   * Frees the native memory, after the calls that are under way. Closing twice does nothing; any
   * other use after closing throws an IllegalStateException.
   */
  @Override
  public void close() {
    model.session().close();
  }

  /** Collects how a classifier is to be made. Not safe to share between threads. */
  public static final class Builder {

    private ModelSource source = ModelSource.embedded();
    private @Nullable ModelCard card;
    private Device device = Device.auto();
    private OptionalLong gpuMemoryLimit = OptionalLong.empty();
    private int threads = Runtime.getRuntime().availableProcessors();
    private GraphOptimization optimization = GraphOptimization.ALL;
    private int warmUpRuns = 1;
    private int maximumBatchSize = 16;

    private Builder() {}

    /**
     * Sets the model. Default: {@link ModelSource#embedded()}.
     *
     * @param model where the model comes from
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder model(ModelSource model) {
      source = Objects.requireNonNull(model, "model");
      return this;
    }

    /**
     * Sets the model's card. Default: the one beside the model, else the one in its metadata.
     *
     * @param explicit the card
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder card(ModelCard explicit) {
      card = Objects.requireNonNull(explicit, "card");
      return this;
    }

    /**
     * Sets what must be known of a model that has no card.
     *
     * @param input what the network takes
     * @param activation what the network's outputs are
     * @param labels the classes, in the order of the outputs
     * @return this builder
     * @throws IllegalArgumentException if labels are missing or stand twice
     */
    @CanIgnoreReturnValue
    public Builder card(ModelInput input, Activation activation, List<String> labels) {
      return card(ModelCard.builder("unnamed", input, activation, labels).build());
    }

    /**
     * Sets what to run on. Default: {@link Device#auto()}.
     *
     * @param newDevice the device
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder device(Device newDevice) {
      device = Objects.requireNonNull(newDevice, "device");
      return this;
    }

    /**
     * Limits what the model takes of a GPU's memory for its weights and intermediate values; no
     * limit by default. Without effect on the CPU.
     *
     * @param bytes the limit, positive
     * @return this builder
     * @throws IllegalArgumentException if it is not positive
     */
    @CanIgnoreReturnValue
    public Builder gpuMemoryLimit(long bytes) {
      Arguments.require(bytes > 0, "gpuMemoryLimit must be positive, got %s", bytes);
      gpuMemoryLimit = OptionalLong.of(bytes);
      return this;
    }

    /**
     * Sets how many threads share the work of one prediction on the CPU, the calling one included.
     * Default: {@link Runtime#availableProcessors()}, which respects the limits of a container.
     * Where many threads call the classifier at once, 1 keeps them from competing.
     *
     * @param count the number of threads, positive
     * @return this builder
     * @throws IllegalArgumentException if it is not positive
     */
    @CanIgnoreReturnValue
    public Builder threads(int count) {
      threads = Arguments.requirePositive("threads", count);
      return this;
    }

    /**
     * Sets how far the engine optimizes the network when it loads it. Default: {@link
     * GraphOptimization#ALL}.
     *
     * @param level the level
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder optimization(GraphOptimization level) {
      optimization = Objects.requireNonNull(level, "optimization");
      return this;
    }

    /**
     * Sets how often the network runs on blank input before {@link #build} returns. Default: 1,
     * which lets the engine prepare its memory and finds a network that does not run.
     *
     * @param runs the number of runs, 0 or more
     * @return this builder
     * @throws IllegalArgumentException if it is negative
     */
    @CanIgnoreReturnValue
    public Builder warmUpRuns(int runs) {
      Arguments.require(runs >= 0, "warmUpRuns must not be negative, got %s", runs);
      warmUpRuns = runs;
      return this;
    }

    /**
     * Sets how many images go through the network at once at most, which bounds memory. Default:
     * 16. Where memory runs out all the same, the batch is halved.
     *
     * @param images the number of images, positive
     * @return this builder
     * @throws IllegalArgumentException if it is not positive
     */
    @CanIgnoreReturnValue
    public Builder maximumBatchSize(int images) {
      maximumBatchSize = Arguments.requirePositive("maximumBatchSize", images);
      return this;
    }

    /**
     * Loads the model.
     *
     * @return a new classifier, to be closed by the caller
     * @throws ModelException if the model is missing, damaged or not what its card says, or the
     *     device cannot be used
     */
    public OnnxClassifier build() {
      LoadedModel model =
          LoadedModel.load(
              source, card, new LoadedModel.Options(device, gpuMemoryLimit, threads, optimization));
      OnnxClassifier classifier = new OnnxClassifier(model, maximumBatchSize);
      try {
        classifier.warmUp(warmUpRuns);
        return classifier;
      } catch (RuntimeException | Error e) { // such as OutOfMemoryError: native memory is not left
        classifier.close();
        throw e;
      }
    }
  }
}
