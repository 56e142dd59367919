package io.github.brainimaging.models.training.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import ai.onnxruntime.OrtException;
import io.github.brainimaging.models.network.Network;
import io.github.brainimaging.models.network.RandomWeights;
import io.github.brainimaging.models.network.Tap;
import io.github.brainimaging.models.network.Weights;
import io.github.brainimaging.models.network.format.OnnxExport;
import io.github.brainimaging.models.network.format.OnnxRun;
import io.github.brainimaging.models.network.layer.BatchNorm;
import io.github.brainimaging.models.network.layer.Conv2d;
import io.github.brainimaging.models.network.layer.Dense;
import io.github.brainimaging.models.network.layer.Dropout;
import io.github.brainimaging.models.network.layer.Flatten;
import io.github.brainimaging.models.network.layer.Padding;
import io.github.brainimaging.models.network.layer.Pool2d;
import io.github.brainimaging.models.network.layer.Relu;
import io.github.brainimaging.models.network.layer.Sigmoid;
import io.github.brainimaging.models.network.layer.Softmax;
import io.github.brainimaging.models.network.layer.Upsample2d;
import io.github.brainimaging.models.network.zoo.Architectures;
import io.github.brainimaging.models.network.zoo.CompactUnet;
import io.github.brainimaging.models.network.zoo.Head;
import io.github.brainimaging.models.network.zoo.LiteUnet;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The two things made of one description compute the same. */
class NetworkBlockTest {

  static Stream<Network> networks() {
    Tap start = Network.input("every layer", 2, 20, 18);
    Tap left = start.then("left", Conv2d.valid(8, 3)).then(new Relu(0.1f));
    Tap right = start.then("right", new Conv2d(8, 3, 1, Padding.of(0), 2, true)).then(Relu.plain());
    Network everyLayer =
        left.plus(right)
            .then(Pool2d.maximum(2))
            .then("grouped", new Conv2d(8, 3, 2, Padding.toSame(), 8, false))
            .then("norm", new BatchNorm(1e-3f, 0.99f))
            .then(Pool2d.average(3).withStride(1))
            .then(new Flatten())
            .then(new Dropout(0.5f))
            .then("dense", new Dense(5))
            .then("probabilities", new Softmax())
            .build();
    Tap image = Network.input("joined", 2, 13, 10);
    Pool2d same = Pool2d.maximum(3).withStride(2).withPadding(Padding.toSame());
    Tap convolution = image.then("conv", Conv2d.same(4, 3).withStride(2)).then(new Relu(0, 0.3f));
    Network joined =
        image
            .then(same)
            .concat("all", convolution, image.then(Pool2d.maximum(2).withPadding(Padding.toSame())))
            .then(Pool2d.maximum(3).withPadding(Padding.of(1)))
            .then(new Flatten())
            .then("probabilities", new Sigmoid())
            .build();
    Network enlarged =
        Network.input("enlarged", 1, 5, 7)
            .then("conv", Conv2d.same(3, 3))
            .then(Upsample2d.nearest(2))
            .then(Upsample2d.bilinear(3))
            .build();
    return Stream.of(
        everyLayer,
        joined,
        enlarged,
        Architectures.named("compact-resnet").describe(Head.POOLED, 1, 64, 4),
        CompactUnet.describe(64, 2),
        LiteUnet.describe(64, 2));
  }

  static Stream<Network> architectures() {
    return Architectures.all().stream()
        .map(a -> a.describe(a.heads().get(0), a.channels(), 32, 3).logits());
  }

  static Stream<Network> heads() {
    return Arrays.stream(Head.values())
        .map(head -> head.describe(head == Head.LINEAR ? List.of(5) : List.of(3, 8, 8), 3))
        .map(Network::logits);
  }

  @ParameterizedTest
  @MethodSource({"architectures", "heads"})
  void agreesWithTheOnnxGraphOfEveryArchitectureAndHead(Network network) throws OrtException {
    agreesWithTheOnnxGraph(network);
  }

  @ParameterizedTest
  @MethodSource("networks")
  void agreesWithTheOnnxGraph(Network network) throws OrtException {
    Weights weights = RandomWeights.of(network);
    int batch = 3;
    List<Integer> shape = network.inputShape();
    float[] values = new float[batch * shape.stream().reduce(1, Math::multiplyExact)];
    Random random = new Random(7);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    long[] axes =
        LongStream.concat(LongStream.of(batch), shape.stream().mapToLong(n -> n)).toArray();

    float[] onnx = OnnxRun.run(OnnxExport.toBytes(network, weights, Map.of()), values, axes);
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

  @Test
  void leavesFrozenLayersAsTheyAre() {
    Network network =
        Network.input("n", 1, 4, 4)
            .then("conv", Conv2d.same(3, 3))
            .then("norm", BatchNorm.withDefaults())
            .then(new Flatten())
            .then("head", new Dense(2))
            .build()
            .frozenBefore("head");
    Weights weights = RandomWeights.of(network);
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      NetworkBlock block = NetworkBlock.of(network, weights, manager);
      ParameterStore store = new ParameterStore(manager, false);
      NDArray input = manager.randomNormal(new Shape(5, 1, 4, 4));
      float[] inference =
          block.forward(store, new NDList(input), false).singletonOrThrow().toFloatArray();
      try (GradientCollector collector = manager.getEngine().newGradientCollector()) {
        NDArray output = block.forward(store, new NDList(input), true).singletonOrThrow();
        assertThat(output.toFloatArray()).containsExactly(inference);
        collector.backward(output.sum());
      }
      assertThat(block.weights().tensors()).isEqualTo(weights.tensors());
      assertThat(
              block.getParameters().values().stream()
                  .filter(Parameter::requiresGradient)
                  .map(Parameter::getName))
          .containsExactly("head.weight", "head.bias");
      NDArray gradient = block.getParameters().get("head.bias").getArray().getGradient();
      assertThat(gradient.toFloatArray()).containsExactly(5, 5);
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
