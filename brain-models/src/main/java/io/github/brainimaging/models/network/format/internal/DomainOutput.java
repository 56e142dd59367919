package io.github.brainimaging.models.network.format.internal;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import io.github.brainimaging.models.card.ModelDomain;
import io.github.brainimaging.models.card.ModelException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Gives a network a second output, {@link ModelDomain#DISTANCES}: how far mean and standard
 * deviation of the channels of one of its layers lie from those of groups of known images. One run
 * then gives the classes and whether they should be believed, in any ONNX runtime.
 *
 * <p>Stateless and safe to share between threads.
 */
public final class DomainOutput {

  private static final Set<String> ACTIVATIONS =
      Set.of("Relu", "LeakyRelu", "Clip", "Mul", "HardSwish", "Elu", "Sigmoid");
  private static final String PREFIX = "domain_";

  private DomainOutput() {}

  /**
   * The layer that serves best where nothing is known: the last activation in the first half of the
   * network, which still sees textures; later ones see classes only.
   *
   * @param model content of an .onnx file
   * @return the name of a value
   * @throws ModelException if it is no ONNX model, or has no activation there
   */
  public static String usualLayer(byte[] model) {
    List<NodeProto> nodes = OnnxWeights.parse(model).getGraph().getNodeList();
    String found = "";
    for (NodeProto node : nodes.subList(0, nodes.size() / 2)) {
      found = ACTIVATIONS.contains(node.getOpType()) ? node.getOutput(0) : found;
    }
    if (found.isEmpty()) {
      throw new ModelException(
          "expected an activation in the first half of the model's "
              + nodes.size()
              + " nodes, found none; name a layer");
    }
    return found;
  }

  /**
   * Adds the output; one that is there already is replaced.
   *
   * @param model content of an .onnx file
   * @param layer name of a value of shape [N, C, H, W]
   * @param groups a distance per group, over the C means and the C standard deviations behind them
   * @return the bytes of the .onnx file
   * @throws ModelException if it is no ONNX model, or has no such value
   */
  public static byte[] add(byte[] model, String layer, List<FeatureDistance> groups) {
    ModelProto parsed = OnnxWeights.parse(model);
    GraphProto.Builder graph = without(parsed.getGraph());
    String value = new OnnxCut(graph.build()).named(layer);
    // Pooling in the place of sums: its form is the same in every operator set.
    node(graph, "GlobalAveragePool", "mean", null, value);
    node(graph, "Sub", "centered", null, value, PREFIX + "mean");
    node(graph, "Mul", "square", null, PREFIX + "centered", PREFIX + "centered");
    node(graph, "GlobalAveragePool", "variance", null, PREFIX + "square");
    node(graph, "Sqrt", "deviation", null, PREFIX + "variance");
    node(graph, "Concat", "both", OnnxNodes.axis(1), PREFIX + "mean", PREFIX + "deviation");
    node(graph, "Flatten", "features", OnnxNodes.axis(1), PREFIX + "both");
    String[] distances = new String[groups.size()];
    for (int i = 0; i < distances.length; i++) {
      distances[i] = distance(graph, "group" + i + "_", groups.get(i));
    }
    node(
        graph,
        "Concat",
        ModelDomain.DISTANCES.substring(PREFIX.length()),
        OnnxNodes.axis(1),
        distances);
    graph.addOutput(output(groups.size()));
    return parsed.toBuilder().setGraph(graph).build().toByteArray();
  }

  /** The least of |W (f - mean)|^2 over the means, as |W (f - first) - W (mean - first)|^2. */
  private static String distance(GraphProto.Builder graph, String own, FeatureDistance group) {
    int n = group.features();
    float[][] means = group.means();
    int kinds = means.length;
    constant(graph, own + "first", means[0], n);
    constant(graph, own + "whitening", transposed(group.whitening()), n, n);
    constant(graph, own + "kinds", whitened(group), kinds, n);
    float[] ones = new float[n];
    Arrays.fill(ones, 1);
    constant(graph, own + "ones", ones, n, 1);
    shape(graph, own + "rows", 0, 1, n);
    shape(graph, own + "line", 0, 1, kinds);
    String p = PREFIX + own;
    node(graph, "Sub", own + "offset", null, PREFIX + "features", p + "first");
    node(graph, "MatMul", own + "white", null, p + "offset", p + "whitening");
    node(graph, "Reshape", own + "row", null, p + "white", p + "rows");
    node(graph, "Sub", own + "apart", null, p + "row", p + "kinds");
    node(graph, "Mul", own + "square", null, p + "apart", p + "apart");
    node(graph, "MatMul", own + "sum", null, p + "square", p + "ones");
    node(graph, "Reshape", own + "each", null, p + "sum", p + "line");
    node(graph, "Neg", own + "negative", null, p + "each");
    node(graph, "GlobalMaxPool", own + "greatest", null, p + "negative");
    node(graph, "Neg", own + "least", null, p + "greatest");
    node(graph, "Flatten", own + "distance", OnnxNodes.axis(1), p + "least");
    return p + "distance";
  }

  private static float[] whitened(FeatureDistance group) {
    float[][] means = group.means();
    float[][] whitening = group.whitening();
    int n = whitening.length;
    float[] all = new float[means.length * n];
    for (int k = 0; k < means.length; k++) {
      for (int i = 0; i < n; i++) {
        double sum = 0;
        for (int j = 0; j <= i; j++) {
          sum += whitening[i][j] * ((double) means[k][j] - means[0][j]);
        }
        all[k * n + i] = (float) sum;
      }
    }
    return all;
  }

  private static GraphProto.Builder without(GraphProto graph) {
    GraphProto.Builder rest =
        graph.toBuilder().clearNode().clearInitializer().clearOutput().clearValueInfo();
    graph.getNodeList().stream()
        .filter(node -> !node.getName().startsWith(PREFIX))
        .forEach(rest::addNode);
    graph.getInitializerList().stream()
        .filter(initializer -> !initializer.getName().startsWith(PREFIX))
        .forEach(rest::addInitializer);
    graph.getOutputList().stream()
        .filter(output -> !output.getName().equals(ModelDomain.DISTANCES))
        .forEach(rest::addOutput);
    return rest;
  }

  private static void node(
      GraphProto.Builder graph,
      String type,
      String name,
      @Nullable AttributeProto attribute,
      String... inputs) {
    String unused = new OnnxNodes(graph, PREFIX).node(type, name, attribute, inputs);
  }

  private static float[] transposed(float[][] rows) {
    int n = rows.length;
    float[] columns = new float[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        columns[j * n + i] = rows[i][j];
      }
    }
    return columns;
  }

  private static void constant(
      GraphProto.Builder graph, String name, float[] values, int... shape) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName(PREFIX + name)
            .setDataType(TensorProto.DataType.FLOAT_VALUE)
            .setRawData(ByteString.copyFrom(bytes));
    Arrays.stream(shape).forEach(tensor::addDims);
    graph.addInitializer(tensor);
  }

  private static void shape(GraphProto.Builder graph, String name, long... lengths) {
    String unused = new OnnxNodes(graph, PREFIX).integers(name, lengths);
  }

  private static ValueInfoProto output(int groups) {
    TensorShapeProto.Builder shape =
        TensorShapeProto.newBuilder()
            .addDim(TensorShapeProto.Dimension.newBuilder().setDimParam("batch"))
            .addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(groups));
    TypeProto.Tensor type =
        TypeProto.Tensor.newBuilder()
            .setElemType(TensorProto.DataType.FLOAT_VALUE)
            .setShape(shape)
            .build();
    return ValueInfoProto.newBuilder()
        .setName(ModelDomain.DISTANCES)
        .setType(TypeProto.newBuilder().setTensorType(type))
        .build();
  }
}
