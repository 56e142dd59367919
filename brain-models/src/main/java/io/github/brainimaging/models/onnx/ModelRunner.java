package io.github.brainimaging.models.onnx;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.inference.Assessment;
import io.github.brainimaging.core.inference.Prediction;
import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.core.tensor.Layout;
import io.github.brainimaging.core.transform.Transform;
import io.github.brainimaging.models.card.ModelCard;
import io.github.brainimaging.models.card.ModelException;
import io.github.brainimaging.models.onnx.internal.EngineFailure;
import io.github.brainimaging.models.onnx.internal.EngineSession;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Feeds images to a loaded model and checks what it gives.
 *
 * <p>Safe to share between threads. Closing it closes the model.
 */
final class ModelRunner implements AutoCloseable {

  private final LoadedModel model;
  private final long[] outputShape;
  private final int imageSize;
  private final int maximumBatchSize;
  private final BatchRunner runner;
  private final DirectBuffers buffers = new DirectBuffers();

  /**
   * A runner.
   *
   * @param outputShape the lengths that the output's axes must have, -1 for any; the first is the
   *     batch
   */
  ModelRunner(LoadedModel model, int maximumBatchSize, long... outputShape) {
    this.model = model;
    this.outputShape = outputShape.clone();
    this.imageSize = model.card().input().size();
    // What a direct buffer can hold.
    this.maximumBatchSize = Math.min(maximumBatchSize, Integer.MAX_VALUE / Float.BYTES / imageSize);
    this.runner =
        new BatchRunner(this::runOnce, imageSize, model.oneImageOnly() ? 1 : this.maximumBatchSize);
  }

  LoadedModel model() {
    return model;
  }

  int maximumBatchSize() {
    return maximumBatchSize;
  }

  /**
   * Runs the model.
   *
   * @param images at most as many as the maximum batch size
   * @param transform makes of an image what the network takes
   * @return the network's finite values, image after image
   * @throws IllegalArgumentException if an image has NaN or infinite samples that reach the network
   * @throws ModelException if the run fails, or the network gives NaN or infinite values
   */
  EngineSession.Output run(List<MedicalImage> images, Transform transform) {
    model.session().requireOpen();
    FloatBuffer buffer = buffers.take(Math.multiplyExact(images.size(), imageSize));
    try {
      fill(buffer, images, transform);
      return run(buffer, images.size());
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
   */
  EngineSession.Output runSequence(List<MedicalImage> slices, Transform transform) {
    model.session().requireOpen();
    FloatBuffer buffer = buffers.take(Math.multiplyExact(slices.size(), imageSize));
    try {
      fill(buffer, slices, transform);
      int[] slice = model.card().input().shape(slices.size());
      long[] shape = {1, slice[0], slice[1], slice[2], slice[3]};
      EngineSession.Output output = model.session().run(buffer, shape);
      requireShape(output, 1);
      return output;
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
      buffer.put(single);
    }
    var unused = buffer.flip();
  }

  /**
   * Makes a prediction of a row of outputs.
   *
   * @param outputs what the model gave, one value per label and example
   * @param example which row
   */
  Prediction prediction(EngineSession.Output outputs, int example) {
    ModelCard card = model.card();
    List<String> labels = card.labels();
    double[] row = new double[labels.size()];
    for (int i = 0; i < row.length; i++) {
      row[i] = outputs.values()[example * row.length + i];
      if (!Double.isFinite(row[i])) {
        throw failed("it gave " + row[i] + " for the label '" + labels.get(i) + "'", null);
      }
    }
    try {
      double[] raw = card.activation().probabilities(row);
      double[] calibrated = card.activation().sharpened(raw, card.temperature());
      return Prediction.of(labels, card.tumorLabels(), calibrated)
          .withAssessment(assessment(outputs.more(), example));
    } catch (ModelException e) {
      throw failed(e.getMessage(), e);
    }
  }

  private Assessment assessment(float[] distances, int example) {
    int groups = model.card().domain().groups().size();
    double[] own = new double[groups];
    for (int i = 0; i < groups; i++) {
      own[i] = distances[example * groups + i];
    }
    return model.card().domain().assess(own);
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

  private EngineSession.Output run(FloatBuffer images, int count) {
    try {
      return runner.run(images, count);
    } catch (EngineFailure e) {
      String advice =
          e.isOutOfMemory() ? " (memory ran out with a single image; try Device.cpu())" : "";
      throw failed(e.getMessage() + advice, e);
    }
  }

  private EngineSession.Output runOnce(FloatBuffer images, int count) throws EngineFailure {
    long[] shape = Arrays.stream(model.card().input().shape(count)).asLongStream().toArray();
    EngineSession.Output output = model.session().run(images, shape);
    requireShape(output, count);
    return output;
  }

  private void requireShape(EngineSession.Output output, int count) {
    long[] expected = outputShape.clone();
    expected[0] = count;
    if (!fits(output.shape(), expected)) {
      throw failed(
          String.format(
              "its output is %s, expected %s for %d image(s) and the labels %s",
              Arrays.toString(output.shape()),
              Arrays.toString(expected).replace("-1", "?"),
              count,
              model.card().labels()),
          null);
    }
  }

  private static boolean fits(long[] found, long[] expected) {
    boolean fits = found.length == expected.length;
    for (int i = 0; fits && i < expected.length; i++) {
      fits = expected[i] < 0 || found[i] == expected[i];
    }
    return fits;
  }

  /** What to throw when the model does not do what it should. */
  ModelException failed(@Nullable String why, @Nullable Throwable cause) {
    String message = "model " + model.name() + " failed: " + why;
    return cause == null ? new ModelException(message) : new ModelException(message, cause);
  }

  /** Runs on blank input, so that the engine prepares itself and the output's shape is checked. */
  void warmUp(int runs) {
    for (int i = 0; i < runs; i++) {
      FloatBuffer blank = buffers.take(imageSize);
      EngineSession.Output unused = run(blank, 1);
      buffers.giveBack(blank);
    }
  }

  @Override
  public void close() {
    model.session().close();
  }
}
