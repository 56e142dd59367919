package io.github.brainimaging.models.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.github.brainimaging.core.tensor.Tensor;
import io.github.brainimaging.models.architecture.Architectures;
import io.github.brainimaging.models.architecture.BatchNorm;
import io.github.brainimaging.models.architecture.CompactResNet;
import io.github.brainimaging.models.architecture.Conv2d;
import io.github.brainimaging.models.architecture.Dense;
import io.github.brainimaging.models.architecture.Dropout;
import io.github.brainimaging.models.architecture.Flatten;
import io.github.brainimaging.models.architecture.Network;
import io.github.brainimaging.models.architecture.Network.Tap;
import io.github.brainimaging.models.architecture.OnnxExport;
import io.github.brainimaging.models.architecture.Padding;
import io.github.brainimaging.models.architecture.Pool2d;
import io.github.brainimaging.models.architecture.Relu;
import io.github.brainimaging.models.architecture.Sigmoid;
import io.github.brainimaging.models.architecture.Softmax;
import io.github.brainimaging.models.architecture.Weights;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The two things made of one description compute the same. */
class NetworkBlockTest {

  static Stream<Network> networks() {
    Tap start = Network.builder("every layer", 2, 20, 18).input();
    Tap left = start.then("left", Conv2d.valid(8, 3)).then(new Relu(0.1f));
    Tap right = start.then("right", new Conv2d(8, 3, 1, 0, 2, true)).then(Relu.plain());
    Network everyLayer =
        left.plus(right)
            .then(Pool2d.maximum(2))
            .then("grouped", new Conv2d(8, 3, 2, 1, 8, false))
            .then("norm", new BatchNorm(1e-3f, 0.99f))
            .then(Pool2d.average(3).withStride(1))
            .then(new Flatten())
            .then(new Dropout(0.5f))
            .then("dense", new Dense(5))
            .then("probabilities", new Softmax())
            .build();
    Tap image = Network.builder("joined", 2, 13, 10).input();
    Pool2d same = Pool2d.maximum(3).withStride(2).withPadding(Padding.toSame());
    Tap convolution = image.then("conv", Conv2d.same(4, 3).withStride(2));
    Network joined =
        image
            .then(same)
            .concat("all", convolution, image.then(Pool2d.maximum(2).withPadding(Padding.toSame())))
            .then(Pool2d.maximum(3).withPadding(Padding.of(1)))
            .then(new Flatten())
            .then("probabilities", new Sigmoid())
            .build();
    return Stream.of(everyLayer, joined, CompactResNet.describe(64, 4));
  }

  static Stream<Network> architectures() {
    return Architectures.all().stream()
        .map(a -> a.describe(a.heads().get(0), a.channels(), 32, 3).logits());
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void agreesWithTheOnnxGraphOfEveryArchitecture(Network network) throws OrtException {
    agreesWithTheOnnxGraph(network);
  }

  @ParameterizedTest
  @MethodSource("networks")
  void agreesWithTheOnnxGraph(Network network) throws OrtException {
    Weights weights = withRandomStatistics(network);
    int batch = 3;
    List<Integer> shape = network.inputShape();
    float[] values = new float[batch * shape.stream().reduce(1, Math::multiplyExact)];
    Random random = new Random(7);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    long[] axes = {batch, shape.get(0), shape.get(1), shape.get(2)};

    float[] onnx = runOnnx(OnnxExport.toBytes(network, weights, Map.of()), values, axes);
    float[] djl = runBlock(network, weights, values, axes);

    assertThat(djl).hasSameSizeAs(onnx);
    double scale = 0;
    for (float value : onnx) {
      scale = Math.max(scale, Math.abs(value));
    }
    for (int i = 0; i < onnx.length; i++) {
      double smallest = Math.max(Math.abs(onnx[i]), 0.1 * scale);
      assertThat((double) djl[i]).isCloseTo(onnx[i], within(1e-4 * smallest));
    }
  }

  /** Fresh statistics are 0 and 1, which would hide a mistake. */
  private static Weights withRandomStatistics(Network network) {
    Map<String, Tensor> tensors = new LinkedHashMap<>(Weights.random(network, 3).tensors());
    Random random = new Random(11);
    network
        .weights()
        .forEach(
            (name, weight) -> {
              if (weight.shape().size() == 1) {
                float[] values = new float[weight.size()];
                for (int i = 0; i < values.length; i++) {
                  values[i] = 0.5f + random.nextFloat();
                }
                tensors.put(name, Tensor.of(values, values.length));
              }
            });
    return Weights.of(tensors);
  }

  private static float[] runBlock(Network network, Weights weights, float[] values, long[] axes) {
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      NetworkBlock block = NetworkBlock.of(network, weights, manager);
      NDArray input = manager.create(values, new Shape(axes));
      NDArray output =
          block
              .forward(new ParameterStore(manager, false), new NDList(input), false)
              .singletonOrThrow();
      assertThat(output.getShape())
          .isEqualTo(block.getOutputShapes(new Shape[] {new Shape(axes)})[0]);
      return output.toFloatArray();
    }
  }

  private static float[] runOnnx(byte[] model, float[] values, long[] axes) throws OrtException {
    // DJL's engine must create the environment before anyone else in the JVM.
    assertThat(Engine.getEngine("OnnxRuntime")).isNotNull();
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession session = environment.createSession(model);
        OnnxTensor input = OnnxTensor.createTensor(environment, FloatBuffer.wrap(values), axes);
        OrtSession.Result result = session.run(Map.of("input", input))) {
      return ((OnnxTensor) result.get(0)).getFloatBuffer().array();
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void givesBackItsWeights(Network network) {
    Weights weights = Weights.random(network, 1);
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      assertThat(NetworkBlock.of(network, weights, manager).weights().tensors())
          .isEqualTo(weights.tensors());
    }
  }
}
