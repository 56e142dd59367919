package io.github.brainimaging.models.onnx;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.tensor.Tensor;
import io.github.brainimaging.models.card.ModelException;
import io.github.brainimaging.models.card.ModelInput;
import io.github.brainimaging.models.onnx.internal.EngineFailure;
import io.github.brainimaging.models.onnx.internal.EngineSession;
import io.github.brainimaging.models.onnx.internal.Port;
import io.github.brainimaging.models.onnx.internal.SessionSettings;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/**
 * Runs an ONNX network on images and gives its first output as it is: the features of a backbone,
 * whatever their shape. Needs no card. Runs on the CPU.
 *
 * <p>Safe to share between threads. Holds native memory: close it.
 */
public final class FeatureExtractor implements AutoCloseable {

  private final String name;
  private final String sha256;
  private final ModelInput input;
  private final EngineSession session;
  private final int[] shape;

  private FeatureExtractor(String name, String sha256, ModelInput input, EngineSession session) {
    this.name = name;
    this.sha256 = sha256;
    this.input = input;
    this.session = session;
    this.shape = run(new float[input.size()]).shape();
  }

  /**
   * Loads a network.
   *
   * @param source where it comes from
   * @param input how images are fed to it
   * @return the extractor, to be closed by the caller
   * @throws ModelException if it is missing, damaged, or does not take this input
   */
  public static FeatureExtractor open(ModelSource source, ModelInput input) {
    int threads = Runtime.getRuntime().availableProcessors();
    SessionSettings settings =
        new SessionSettings(
            OptionalInt.empty(), OptionalLong.empty(), threads, GraphOptimization.ALL.name());
    try {
      EngineSession session = source.open(settings);
      try {
        requireOneInput(source, session.inputs());
        return new FeatureExtractor(source.toString(), source.sha256(), input, session);
      } catch (EngineFailure | RuntimeException e) {
        session.close();
        throw e;
      }
    } catch (EngineFailure e) {
      throw source.refused(e);
    }
  }

  private static void requireOneInput(ModelSource source, List<Port> inputs) {
    if (inputs.size() != 1) {
      throw new ModelException(
          "model " + source + " must have one input to give features, but has " + inputs);
    }
  }

  /**
   * The shape of the features of one image.
   *
   * @return the network's first output without the batch, such as {@code [2048]} or {@code [2048,
   *     7, 7]}
   */
  public List<Integer> shape() {
    return IntStream.of(shape).boxed().toList();
  }

  /**
   * How images are fed to the network.
   *
   * @return the input
   */
  public ModelInput input() {
    return input;
  }

  /**
   * What decides the features of an image.
   *
   * @return the SHA-256 of the network, and the input
   */
  public String identity() {
    return sha256 + ", " + input;
  }

  /**
   * The features of an image.
   *
   * @param image the image as read
   * @return a tensor of {@link #shape()}
   * @throws ModelException if the network fails
   * @throws IllegalStateException if this was closed
   */
  public Tensor extract(MedicalImage image) {
    return extractSized(input.geometry().apply(image));
  }

  /**
   * The features of an image that has the network's size already.
   *
   * @param image what {@link ModelInput#geometry()} gave, augmented or not
   * @return a tensor of {@link #shape()}
   * @throws ModelException if the network fails
   * @throws IllegalStateException if this was closed
   */
  public Tensor extractSized(MedicalImage image) {
    float[] values = new float[input.size()];
    input.layout().copy(input.intensity().apply(image), values, 0);
    Tensor features = run(values);
    if (!Arrays.equals(features.shape(), shape)) {
      throw new ModelException(
          String.format(
              "model %s gave features of shape %s after %s",
              name, Arrays.toString(features.shape()), Arrays.toString(shape)));
    }
    return features;
  }

  private Tensor run(float[] values) {
    FloatBuffer buffer =
        ByteBuffer.allocateDirect(values.length * Float.BYTES)
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
    buffer.put(values).flip();
    long[] batch = Arrays.stream(input.shape(1)).asLongStream().toArray();
    try {
      EngineSession.Output output = session.run(buffer, batch);
      int[] one = Arrays.stream(output.shape()).skip(1).mapToInt(Math::toIntExact).toArray();
      return Tensor.wrap(output.values(), one.length == 0 ? new int[] {1} : one);
    } catch (EngineFailure e) {
      throw new ModelException("model " + name + " failed: " + e.getMessage(), e);
    }
  }

  /** Frees the native memory. Closing twice does nothing. */
  @Override
  public void close() {
    session.close();
  }
}
