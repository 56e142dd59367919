package io.github.brainimaging.models.onnx;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.tensor.Layout;
import io.github.brainimaging.core.tensor.Tensor;
import io.github.brainimaging.models.card.ModelException;
import io.github.brainimaging.models.card.ModelInput;
import io.github.brainimaging.models.card.Task;
import io.github.brainimaging.models.onnx.internal.EngineSession;
import io.github.brainimaging.models.onnx.internal.SessionSettings;
import io.github.brainimaging.models.onnx.internal.graph.EngineFailure;
import io.github.brainimaging.models.onnx.internal.graph.GraphCheck;
import io.github.brainimaging.models.onnx.internal.graph.GraphFacts;
import io.github.brainimaging.models.onnx.internal.graph.GraphInput;
import io.github.brainimaging.models.onnx.internal.graph.PictureAxes;
import io.github.brainimaging.models.onnx.internal.graph.Port;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/**
 * Runs an ONNX network on images and gives its first output as it is: the features of a backbone,
 * whatever their shape; or the values of a layer. Runs on the CPU.
 *
 * <p>Safe to share between threads. Holds native memory: close it.
 *
 * @since 0.1.0
 */
public final class FeatureExtractor implements AutoCloseable {

  private final String name;
  private final String sha256;
  private final ModelInput input;
  private final EngineSession session;
  private final GraphInput place;
  private final EngineSession.Ports ports;
  private final int[] shape;

  private FeatureExtractor(
      String name, String sha256, ModelInput input, EngineSession session, GraphInput place)
      throws EngineFailure {
    this.name = name;
    this.sha256 = sha256;
    this.input = input;
    this.session = session;
    this.place = place;
    this.ports = new EngineSession.Ports(place.port(), session.outputs().get(0));
    this.shape =
        features(
                session.tryOut(
                    buffer(new float[input.size()]), place.shape(input, 1, 1), ports, TryOut.LIMIT))
            .shape();
  }

  /**
   * Loads a network, which needs no card.
   *
   * @param source where it comes from
   * @param input how images are fed to it; where the graph's axes lie in the other order, {@link
   *     #input()} says so
   * @return the extractor, to be closed by the caller
   * @throws ModelException if it is missing, damaged, or does not take this input
   */
  public static FeatureExtractor open(ModelSource source, ModelInput input) {
    return open(source, input, Runtime.getRuntime().availableProcessors());
  }

  static FeatureExtractor open(ModelSource source, ModelInput input, int threads) {
    SessionSettings settings =
        new SessionSettings(
            OptionalInt.empty(), OptionalLong.empty(), threads, GraphOptimization.ALL.name());
    String sum = source.sha256();
    try {
      EngineSession session = source.open(settings, sum);
      try {
        Port port = only(source, session.inputs());
        ModelInput fed = inLayoutOf(port, input);
        GraphInput place =
            GraphInput.of(port, fed, Task.CLASSIFICATION)
                .filter(found -> found.fixed(GraphInput.Axis.BATCH) <= 1)
                .orElseThrow(() -> unfit(source, port, input));
        return new FeatureExtractor(source.toString(), sum, fed, session, place);
      } catch (EngineFailure | RuntimeException e) {
        session.close();
        throw e;
      }
    } catch (EngineFailure e) {
      throw source.refused(e);
    }
  }

  /**
   * Loads what of a network comes before the end of a layer; its card says how images are fed to
   * it.
   *
   * @param source where it comes from, with its card beside it or inside
   * @param layer name of a value, or of the node that gives it first
   * @return the extractor, to be closed by the caller
   * @throws ModelException if it is missing or damaged, or has no card, no such layer, or weights
   *     in other files
   */
  public static FeatureExtractor ofLayer(ModelSource source, String layer) {
    return ofLayer(source, layer, Runtime.getRuntime().availableProcessors());
  }

  static FeatureExtractor ofLayer(ModelSource source, String layer, int threads) {
    ModelSource cut = source.cutAt(layer);
    try {
      ModelInput input =
          OnnxSummary.read(source)
              .card()
              .orElseThrow(() -> new ModelException("model " + source + " has no card"))
              .input();
      return open(cut, input, threads);
    } catch (IOException e) {
      throw new ModelException("model " + source + " cannot be read: " + e, e);
    }
  }

  /**
   * The pictures that a network without a card takes, where its graph leaves no choice. Nothing is
   * run.
   *
   * @param source where it comes from
   * @return an input of its size and channels, with the defaults of {@link ModelInput#ofSize};
   *     empty if the graph leaves one of them open, or its pictures are not square
   * @throws ModelException if it cannot be read, or takes no picture, or more than one
   */
  public static Optional<ModelInput> fixedInput(ModelSource source) {
    GraphFacts graph = GraphFacts.of(source.toBytes(), source.toString());
    PictureAxes axes =
        PictureAxes.of(GraphCheck.picture(graph.inputs()), Layout.NCHW, "", new ArrayList<>());
    return axes.height() > 0 && axes.height() == axes.width() && axes.channels() > 0
        ? Optional.of(ModelInput.ofSize(axes.height(), axes.channels()).withLayout(axes.layout()))
        : Optional.empty();
  }

  private static Port only(ModelSource source, List<Port> inputs) {
    if (inputs.size() != 1) {
      throw new ModelException(
          "model " + source + " must have one input to give features, but has " + inputs);
    }
    return inputs.get(0);
  }

  /** The order of the axes that only one of fits is told by the graph. */
  private static ModelInput inLayoutOf(Port port, ModelInput input) {
    Layout other = input.layout() == Layout.NCHW ? Layout.NHWC : Layout.NCHW;
    ModelInput turned = input.withLayout(other);
    boolean turn =
        GraphInput.of(port, input, Task.CLASSIFICATION).isEmpty()
            && GraphInput.of(port, turned, Task.CLASSIFICATION).isPresent();
    return turn ? turned : input;
  }

  private static ModelException unfit(ModelSource source, Port port, ModelInput input) {
    return new ModelException(
        String.format(
            "model %s does not take such images: its input is %s, expected %s with an open batch or"
                + " one of 1",
            source, port, GraphInput.expected(input, Task.CLASSIFICATION)));
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
    try {
      return features(session.run(buffer(values), place.shape(input, 1, 1), ports));
    } catch (EngineFailure e) {
      throw new ModelException("model " + name + " failed: " + e.getMessage(), e);
    }
  }

  private static FloatBuffer buffer(float[] values) {
    return ByteBuffer.allocateDirect(values.length * Float.BYTES)
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer()
        .put(values)
        .flip();
  }

  /** Without the axis of the batch. */
  private static Tensor features(EngineSession.Output output) {
    int[] one = Arrays.stream(output.shape()).skip(1).mapToInt(Math::toIntExact).toArray();
    return Tensor.wrap(output.values(), one.length == 0 ? new int[] {1} : one);
  }

  /** Frees the native memory. Closing twice does nothing. */
  @Override
  public void close() {
    session.close();
  }
}
