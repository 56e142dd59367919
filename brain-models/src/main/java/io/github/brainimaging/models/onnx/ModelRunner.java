package io.github.brainimaging.models.onnx;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.inference.Assessment;
import io.github.brainimaging.core.inference.Prediction;
import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.core.tensor.Layout;
import io.github.brainimaging.core.transform.Transform;
import io.github.brainimaging.core.transform.spatial.Interpolation;
import io.github.brainimaging.models.card.ModelCard;
import io.github.brainimaging.models.card.ModelException;
import io.github.brainimaging.models.card.Task;
import io.github.brainimaging.models.onnx.internal.Answers;
import io.github.brainimaging.models.onnx.internal.DirectBuffers;
import io.github.brainimaging.models.onnx.internal.EngineSession;
import io.github.brainimaging.models.onnx.internal.graph.EngineFailure;
import io.github.brainimaging.models.onnx.internal.graph.GraphInput;
import io.github.brainimaging.models.onnx.internal.graph.OutputShape;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Feeds images to a loaded model and checks what it gives.
 *
 * <p>Safe to share between threads. Closing it closes the model.
 */
final class ModelRunner implements AutoCloseable {

  private static final Logger logger = LoggerFactory.getLogger(ModelRunner.class);

  /** What rounding to whole numbers takes back. */
  private static final float ROUNDED = 0.5f;

  private static final float[] NO_ROW = {};

  private final LoadedModel model;
  private final int imageSize;
  private final int maximumBatchSize;
  private final BatchRunner single;
  private final DirectBuffers buffers = new DirectBuffers();
  private final AtomicBoolean toldOfCut = new AtomicBoolean();
  private volatile BatchRunner runner;

  ModelRunner(LoadedModel model, int maximumBatchSize) {
    this.model = model;
    this.imageSize = model.card().input().size();
    // What a direct buffer can hold.
    int largest = Integer.MAX_VALUE / Float.BYTES / imageSize;
    this.maximumBatchSize = Math.min(maximumBatchSize, largest);
    int fixed = model.fixedBatch();
    this.single = new BatchRunner(this::runOnce, imageSize, 1);
    this.runner =
        new BatchRunner(this::runOnce, imageSize, fixed > 0 ? fixed : this.maximumBatchSize);
  }

  LoadedModel model() {
    return model;
  }

  int maximumBatchSize() {
    return maximumBatchSize;
  }

  /** Runs a model that takes images only. */
  EngineSession.Output run(List<MedicalImage> images, Transform transform) {
    return run(images, transform, NO_ROW);
  }

  /**
   * Runs the model.
   *
   * @param images at most as many as the maximum batch size
   * @param transform makes of an image what the network takes
   * @param row the values of the table for each image; empty for a model without
   * @return the network's finite values, image after image
   * @throws IllegalArgumentException if an image has NaN or infinite samples that reach the network
   * @throws ModelException if the run fails, or the network gives NaN or infinite values
   */
  EngineSession.Output run(List<MedicalImage> images, Transform transform, float[] row) {
    model.session().requireOpen();
    FloatBuffer buffer = buffers.take(Math.multiplyExact(images.size(), imageSize));
    try {
      fill(buffer, images, transform);
      return run(buffer, images.size(), row);
    } finally {
      buffers.giveBack(buffer);
    }
  }

  /**
   * Runs the model on a sequence: the images, each as the card says, behind each other.
   *
   * @param slices one or more
   * @param transform makes of an image what the network takes
   * @return the network's values for the one sequence
   * @throws IllegalArgumentException if the network takes another number of slices
   */
  EngineSession.Output runSequence(List<MedicalImage> slices, Transform transform) {
    model.session().requireOpen();
    int fixed = model.input().fixed(GraphInput.Axis.SLICE);
    Arguments.require(
        fixed == 0 || slices.size() == fixed,
        "slices must be %s, the number that model %s takes, got %s",
        fixed,
        model.name(),
        slices.size());
    FloatBuffer buffer = buffers.take(Math.multiplyExact(slices.size(), imageSize));
    try {
      fill(buffer, slices, transform);
      order(buffer);
      int batch = Math.max(1, model.fixedBatch());
      return runFilled(buffer, slices.size() * imageSize, batch, 1, slices.size(), NO_ROW);
    } catch (EngineFailure e) {
      throw failed(e.getMessage(), e);
    } finally {
      buffers.giveBack(buffer);
    }
  }

  private void fill(FloatBuffer buffer, List<MedicalImage> images, Transform transform) {
    Layout layout = model.card().input().layout();
    float[] single = new float[imageSize];
    for (MedicalImage image : images) {
      layout.copy(transform.apply(Objects.requireNonNull(image, "image")), single, 0);
      requireFinite(single);
      requireBytes(single);
      buffer.put(single);
    }
    var unused = buffer.flip();
  }

  /** Slices lie behind each other: brings them into the order of the graph's axes. */
  private void order(FloatBuffer buffer) {
    float[] slices = new float[buffer.remaining()];
    var unused = buffer.duplicate().get(slices);
    float[] ordered = model.input().ordered(slices, model.card().input());
    if (ordered != slices) {
      unused = buffer.duplicate().put(ordered);
    }
  }

  /**
   * Makes a prediction of a row of outputs.
   *
   * @param outputs what the model gave, one row of values per example
   * @param example which row
   */
  Prediction prediction(EngineSession.Output outputs, int example) {
    ModelCard card = model.card();
    List<String> labels = card.labels();
    double[] row = new double[Math.toIntExact(outputs.shape()[1])];
    for (int i = 0; i < row.length; i++) {
      row[i] = outputs.values()[example * row.length + i];
      if (!Double.isFinite(row[i])) {
        throw failed("it gave " + row[i] + " for the label '" + labels.get(i) + "'", null);
      }
    }
    try {
      Prediction prediction = Answers.prediction(card, Answers.probabilities(card, row));
      return prediction
          .withSets(card.sets())
          .withAssessment(assessment(prediction.tumorProbability(), outputs.more(), example));
    } catch (ModelException e) {
      throw failed(e.getMessage(), e);
    }
  }

  Assessment assessment(double tumorProbability, float[] distances, int example) {
    int groups = model.card().domain().groups().size();
    double[] own = new double[groups];
    for (int i = 0; i < groups; i++) {
      own[i] = distances[example * groups + i];
    }
    return model.card().domain().assess(tumorProbability, own);
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

  /** A card of NONE lets everything through, and what is no byte would be cut off in silence. */
  private void requireBytes(float[] values) {
    if (!model.input().port().type().equals("UINT8")) {
      return;
    }
    float overshoot = overshoot(model.card().input().interpolation());
    float lowest = 0;
    float highest = 255;
    for (float value : values) {
      Arguments.require(
          value >= -overshoot && value <= 255 + overshoot,
          "image must be 0 to 255, as the network's input %s takes it, got %s; the normalization"
              + " BYTE in the card brings any image to that",
          model.input().port(),
          value);
      lowest = Math.min(lowest, value);
      highest = Math.max(highest, value);
    }
    boolean cut = lowest < -ROUNDED || highest > 255 + ROUNDED;
    if (cut && !toldOfCut.getAndSet(true)) {
      logger.warn(
          "{} takes 0 to 255: {} of the card makes {} to {} of an image, which is cut to that, as"
              + " OpenCV and Pillow cut their pictures of 8 bit; told once",
          model.name(),
          model.card().input().interpolation(),
          lowest,
          highest);
    }
  }

  /**
   * How far resampling may go beyond the range of a picture of 0 to 255. Where the weights below 0
   * of an axis add up to -n, and all to 1, those of both axes add up to -2n(1 + n). The largest n
   * over all sizes from and to 1 to 70: 3/16 with a = -0.75 (halfway between two pixels), 0.1344 of
   * Pillow's cubic (14 to 13 pixels), 2/7 of Lanczos (halfway, in a picture of 4 pixels).
   */
  private static float overshoot(Interpolation interpolation) {
    return switch (interpolation) {
      case OPENCV_CUBIC -> 114;
      case PILLOW_BICUBIC -> 78;
      case PILLOW_LANCZOS -> 188;
      case NEAREST, BILINEAR, AREA, TENSORFLOW_NEAREST, PILLOW_BILINEAR, TENSORFLOW_ANTIALIAS ->
          ROUNDED;
    };
  }

  private EngineSession.Output run(FloatBuffer images, int count, float[] row) {
    try {
      return runner.run(images, count, row);
    } catch (EngineFailure e) {
      if (count > 1 && runner != single && !e.isOutOfMemory()) {
        return runSingly(images, count, row, e);
      }
      String advice =
          e.isOutOfMemory() ? " (memory ran out with a single image; try Device.cpu())" : "";
      throw failed(e.getMessage() + advice, e);
    }
  }

  /** Some graphs declare an open batch and take one image all the same. */
  private EngineSession.Output runSingly(
      FloatBuffer images, int count, float[] row, EngineFailure failure) {
    try {
      EngineSession.Output output = single.run(images, count, row);
      logger.info("{} takes one image at a time: {}", model.name(), failure.getMessage());
      runner = single;
      return output;
    } catch (EngineFailure e) {
      failure.addSuppressed(e);
      throw failed(failure.getMessage(), failure);
    }
  }

  private EngineSession.Output runOnce(FloatBuffer images, int count, float[] row)
      throws EngineFailure {
    int fixed = model.fixedBatch();
    return runFilled(images, count * imageSize, fixed > 0 ? fixed : count, count, 1, row);
  }

  /** Fills a batch of fixed size up with zeros: no layer of a network in use mixes a batch. */
  private EngineSession.Output runFilled(
      FloatBuffer values, int size, int batch, int count, int slices, float[] row)
      throws EngineFailure {
    long[] shape = model.input().shape(model.card().input(), batch, slices);
    EngineSession.Ports ports = model.ports(row, batch);
    if (batch == count) {
      return cut(model.session().run(values, shape, ports), count, count);
    }
    FloatBuffer full = buffers.take(Math.multiplyExact(size / count, batch));
    try {
      var unused = full.put(values.duplicate());
      while (full.hasRemaining()) {
        unused = full.put(0);
      }
      return cut(model.session().run(full.flip(), shape, ports), batch, count);
    } finally {
      buffers.giveBack(full);
    }
  }

  /** What was given for the first images of a batch, its axes in one of few orders. */
  private EngineSession.Output cut(EngineSession.Output output, int batch, int count)
      throws EngineFailure {
    ModelCard card = model.card();
    Optional<long[]> one =
        card.task() == Task.SEGMENTATION
            ? OutputShape.maps(output.shape(), batch, card, model.output().isWhole())
                .map(OutputShape.Maps::shape)
            : OutputShape.values(output.shape(), batch, card).map(n -> new long[] {1, n});
    long[] shape =
        one.orElseThrow(
            () ->
                new EngineFailure(
                    String.format(
                        "its output is %s, expected %s for %d image(s) and the labels %s",
                        Arrays.toString(output.shape()),
                        OutputShape.expected(card, batch),
                        batch,
                        card.labels())));
    shape[0] = count;
    int perImage = output.values().length / batch;
    float[] values =
        batch == count ? output.values() : Arrays.copyOf(output.values(), count * perImage);
    float[] more = Arrays.copyOf(output.more(), output.more().length / batch * count);
    return new EngineSession.Output(values, shape, more);
  }

  /** What to throw when the model does not do what it should. */
  ModelException failed(@Nullable String why, @Nullable Throwable cause) {
    return model.failed(why, cause);
  }

  /**
   * Runs on blank input, so that the engine prepares itself, but for the run when it was loaded.
   */
  void warmUp(int runs) {
    for (int i = 1; i < runs; i++) {
      FloatBuffer blank = buffers.take(imageSize);
      EngineSession.Output unused = run(blank, 1, model.blankRow());
      buffers.giveBack(blank);
    }
  }

  @Override
  public void close() {
    model.session().close();
  }
}
