package io.github.brainimaging.models.network.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnxruntime.OrtException;
import com.google.protobuf.InvalidProtocolBufferException;
import io.github.brainimaging.models.card.ModelException;
import io.github.brainimaging.models.network.Network;
import io.github.brainimaging.models.network.RandomWeights;
import io.github.brainimaging.models.network.Tap;
import io.github.brainimaging.models.network.Weights;
import io.github.brainimaging.models.network.layer.BatchNorm;
import io.github.brainimaging.models.network.layer.Conv2d;
import io.github.brainimaging.models.network.layer.Dense;
import io.github.brainimaging.models.network.layer.Flatten;
import io.github.brainimaging.models.network.layer.GlobalAveragePool;
import io.github.brainimaging.models.network.layer.Padding;
import io.github.brainimaging.models.network.layer.Relu;
import io.github.brainimaging.models.network.zoo.Architecture;
import io.github.brainimaging.models.network.zoo.Architectures;
import io.github.brainimaging.models.network.zoo.Head;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Weights from the graphs of other programs, in which nothing has our names. */
class OnnxMatchTest {

  @TempDir Path folder;

  static Stream<Architecture> convolutional() {
    return Architectures.all().stream().filter(a -> a.heads().contains(Head.P3));
  }

  private static Tap residual(Tap input, float epsilon) {
    Conv2d three = Conv2d.valid(4, 3).withPadding(Padding.toSame()).withStride(2).withoutBias();
    Tap x = input.then("conv", three).then("norm", new BatchNorm(epsilon, 0.9f)).then(Relu.six());
    x = x.then("second", Conv2d.same(4, 3).withGroups(2).withoutBias());
    return x.then("second.norm", new BatchNorm(epsilon, 0.9f))
        .plus(input.then("shortcut", Conv2d.valid(4, 1).withStride(2)));
  }

  private static Network small(float epsilon, int classes) {
    return residual(Network.input("small", 3, 8, 8), epsilon)
        .then(new GlobalAveragePool())
        .then("dense", new Dense(classes))
        .build();
  }

  private Path write(Network network, Weights weights, Consumer<GraphProto.Builder> change)
      throws IOException {
    ModelProto.Builder model;
    try {
      model = ModelProto.newBuilder().mergeFrom(OnnxExport.toBytes(network, weights, Map.of()));
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
    OnnxNames names = OnnxNames.besides(GraphProto.getDefaultInstance(), "input", "picture");
    GraphProto graph = model.getGraph();
    GraphProto.Builder renamed =
        graph.toBuilder().clearNode().clearInitializer().clearInput().clearOutput();
    graph.getNodeList().forEach(node -> renamed.addNode(names.renamed(node)));
    graph.getInitializerList().forEach(weight -> renamed.addInitializer(names.renamed(weight)));
    graph.getInputList().forEach(value -> renamed.addInput(names.renamed(value)));
    graph.getOutputList().forEach(value -> renamed.addOutput(names.renamed(value)));
    renamed.setInput(0, renamed.getInput(0).toBuilder().setName("picture"));
    change.accept(renamed);
    return Files.write(
        folder.resolve("foreign.onnx"), model.setGraph(renamed).build().toByteArray());
  }

  private static int find(GraphProto.Builder graph, String operator, int number) {
    int left = number;
    for (int i = 0; i < graph.getNodeCount(); i++) {
      if (graph.getNode(i).getOpType().equals(operator) && left-- == 0) {
        return i;
      }
    }
    throw new AssertionError("no " + operator);
  }

  private static int weight(GraphProto.Builder graph, String name) {
    List<String> names = graph.getInitializerList().stream().map(TensorProto::getName).toList();
    return names.indexOf(name);
  }

  private static void assertSame(Weights found, Weights expected) {
    assertThat(found.tensors().keySet()).containsExactlyElementsOf(expected.tensors().keySet());
    expected.tensors().forEach((name, tensor) -> assertThat(found.get(name)).isEqualTo(tensor));
  }

  @ParameterizedTest
  @MethodSource("convolutional")
  void findsEveryLayerOfEveryNetworkAndLeavesTheHeadOut(Architecture architecture)
      throws IOException {
    Network whole = architecture.describe(Head.P1, architecture.channels(), 32, 3);
    Network backbone = architecture.backbone(architecture.channels(), 32);
    Weights weights = RandomWeights.of(whole);
    Path file = write(whole, weights, graph -> {});

    assertSame(WeightFiles.readOnnx(file, whole), weights);
    Weights found = WeightFiles.readOnnx(file, backbone);
    found.requireFit(backbone);
    found.tensors().forEach((name, tensor) -> assertThat(tensor).isEqualTo(weights.get(name)));
  }

  /** What {@code torch.onnx.export} does where it is not told to leave it. */
  @Test
  void aNormalizationInsideTheConvolutionGivesTheSameOutputs() throws IOException, OrtException {
    Network folded =
        Network.input("folded", 3, 8, 8)
            .then("conv", Conv2d.same(4, 3))
            .then(Relu.plain())
            .then(new GlobalAveragePool())
            .build();
    Network network =
        Network.input("network", 3, 8, 8)
            .then("conv", Conv2d.same(4, 3).withoutBias())
            .then("norm", new BatchNorm(1e-3f, 0.9f))
            .then(Relu.plain())
            .then(new GlobalAveragePool())
            .build();

    assertSameOutputs(folded, network, RandomWeights.of(folded));
  }

  @Test
  void anotherEpsilonGivesTheSameOutputs() throws IOException, OrtException {
    assertSameOutputs(small(1e-5f, 5), small(1e-2f, 5), RandomWeights.of(small(1e-5f, 5)));
  }

  private void assertSameOutputs(Network foreign, Network network, Weights weights)
      throws IOException, OrtException {
    Path file = write(foreign, weights, graph -> {});
    float[] image = new float[2 * 3 * 8 * 8];
    Random random = new Random(3);
    for (int i = 0; i < image.length; i++) {
      image[i] = (float) random.nextGaussian();
    }

    Weights found = WeightFiles.readOnnx(file, network);

    assertThat(OnnxRun.run(OnnxExport.toBytes(network, found, Map.of()), image, 2, 3, 8, 8))
        .containsExactly(OnnxRun.run(Files.readAllBytes(file), image, 2, 3, 8, 8), within(1e-4f));
  }

  /** As tf2onnx writes it: pictures turned first, a product and a sum in the place of one layer. */
  @Test
  void takesTheNodesThatKerasIsExportedTo() throws IOException {
    Network network = small(1e-3f, 5);
    Weights weights = RandomWeights.of(network);
    Path file =
        write(
            network,
            weights,
            graph -> {
              NodeProto gemm = graph.getNode(find(graph, "Gemm", 0));
              int matrix = weight(graph, gemm.getInput(1));
              graph.setInitializer(matrix, turned(graph.getInitializer(matrix)));
              NodeProto product =
                  NodeProto.newBuilder()
                      .setOpType("MatMul")
                      .addInput(gemm.getInput(0))
                      .addInput(gemm.getInput(1))
                      .addOutput("product")
                      .build();
              NodeProto sum =
                  NodeProto.newBuilder()
                      .setOpType("Add")
                      .addInput("product")
                      .addInput(gemm.getInput(2))
                      .addOutput(gemm.getOutput(0))
                      .build();
              graph.setNode(find(graph, "Gemm", 0), product).addNode(sum);
              for (int i = 0; i < graph.getNodeCount(); i++) {
                NodeProto.Builder node = graph.getNode(i).toBuilder();
                if (node.getInput(0).equals("picture")) {
                  graph.setNode(i, node.setInput(0, "turned"));
                }
              }
              graph.addNode(
                  0,
                  NodeProto.newBuilder()
                      .setOpType("Transpose")
                      .addInput("picture")
                      .addOutput("turned"));
            });

    assertSame(WeightFiles.readOnnx(file, network), weights);
  }

  private static TensorProto turned(TensorProto matrix) {
    int rows = (int) matrix.getDims(0);
    int columns = (int) matrix.getDims(1);
    ByteBuffer values = matrix.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    TensorProto.Builder turned = matrix.toBuilder().clearRawData().clearDims();
    turned.addDims(columns).addDims(rows);
    for (int c = 0; c < columns; c++) {
      for (int r = 0; r < rows; r++) {
        turned.addFloatData(values.getFloat(4 * (r * columns + c)));
      }
    }
    return turned.build();
  }

  @Test
  void anotherNetworkIsRefusedWithTheFirstLayerThatIsNotThere() throws IOException {
    Network network = small(1e-3f, 5);
    Path file = write(network, RandomWeights.of(network), graph -> {});

    assertThatThrownBy(
            () -> WeightFiles.readOnnx(file, Architectures.named("vgg16").backbone(3, 32)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("foreign.onnx does not fit vgg16: for layer block1_conv1")
        .hasMessageContaining("it must have Conv [64, 3, 3, 3], step 1, found [Conv [4, 3, 3, 3]");
    assertThatThrownBy(() -> WeightFiles.readOnnx(file, small(1e-3f, 7)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("for layer dense")
        .hasMessageContaining("Gemm or MatMul of 4 by 7, found [Gemm [5, 4]]");
    Path step =
        write(
            network,
            RandomWeights.of(network),
            graph -> {
              int first = find(graph, "Conv", 0);
              NodeProto.Builder conv = graph.getNode(first).toBuilder();
              conv.getAttributeBuilderList().stream()
                  .filter(attribute -> attribute.getName().equals("strides"))
                  .forEach(attribute -> attribute.setInts(0, 1).setInts(1, 1));
              graph.setNode(first, conv);
            });
    assertThatThrownBy(() -> WeightFiles.readOnnx(step, network))
        .hasMessageContaining("for layer conv, behind picture");
  }

  @Test
  void whatTheGraphDoesNotTellIsRefused() throws IOException {
    Network flat =
        Network.input("flat", 3, 8, 8)
            .then("conv", Conv2d.same(4, 3))
            .then(new Flatten())
            .then("dense", new Dense(2))
            .build();
    Path file = write(flat, RandomWeights.of(flat), graph -> {});
    assertThatThrownBy(() -> WeightFiles.readOnnx(file, flat))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("dense stands on a flattened map")
        .hasMessageContaining("take the backbone alone");

    Network network = small(1e-3f, 5);
    Path elsewhere =
        write(
            network,
            RandomWeights.of(network),
            graph ->
                graph.setInitializer(
                    0,
                    graph.getInitializer(0).toBuilder()
                        .clearRawData()
                        .setDataLocation(TensorProto.DataLocation.EXTERNAL)));
    assertThatThrownBy(() -> WeightFiles.readOnnx(elsewhere, network))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("must be float32 inside the file");

    Path text = Files.writeString(folder.resolve("text.onnx"), "no model");
    assertThatThrownBy(() -> WeightFiles.readOnnx(text, network))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("expected an ONNX model");
  }
}
