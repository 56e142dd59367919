package io.github.brainimaging.models.network.format;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import io.github.brainimaging.core.tensor.Tensor;
import io.github.brainimaging.models.network.Network;
import io.github.brainimaging.models.network.Weights;
import io.github.brainimaging.models.network.internal.Interpreter;
import io.github.brainimaging.models.network.internal.Node;
import io.github.brainimaging.models.network.layer.Add;
import io.github.brainimaging.models.network.layer.BatchNorm;
import io.github.brainimaging.models.network.layer.Concat;
import io.github.brainimaging.models.network.layer.Conv2d;
import io.github.brainimaging.models.network.layer.Dense;
import io.github.brainimaging.models.network.layer.DistanceAttention;
import io.github.brainimaging.models.network.layer.Dropout;
import io.github.brainimaging.models.network.layer.Flatten;
import io.github.brainimaging.models.network.layer.GlobalAveragePool;
import io.github.brainimaging.models.network.layer.Lstm;
import io.github.brainimaging.models.network.layer.Padding;
import io.github.brainimaging.models.network.layer.Pool2d;
import io.github.brainimaging.models.network.layer.Relu;
import io.github.brainimaging.models.network.layer.Sigmoid;
import io.github.brainimaging.models.network.layer.Slices;
import io.github.brainimaging.models.network.layer.Softmax;
import io.github.brainimaging.models.network.layer.Upsample2d;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;

/**
 * Writes a network with its weights as an ONNX model: opset 13, float32, one input {@code input} in
 * NCHW order, the last layer's name as output, the batch axis free, and that of the slices of a
 * sequence. Batch normalization and dropout are in inference mode. Equal arguments give equal
 * bytes.
 *
 * <p>Stateless and safe to share between threads.
 *
 * @since 0.1.0
 */
public final class OnnxExport {

  /** The operator set that is written; ONNX Runtime has known it since 1.7. */
  public static final int OPSET = 13;

  private static final int IR_VERSION = 7;
  private static final String INPUT = "input";
  private static final String BATCH = "batch";
  private static final String SLICES = "slices";

  private OnnxExport() {}

  /**
   * Writes a network.
   *
   * @param network the network
   * @param weights weights that fit it
   * @param metadata free text by key, kept inside the model
   * @return the bytes of the .onnx file
   * @throws IllegalArgumentException if the weights do not fit the network
   */
  public static byte[] toBytes(Network network, Weights weights, Map<String, String> metadata) {
    weights.requireFit(network);
    GraphProto.Builder graph = GraphProto.newBuilder().setName(network.name());
    graph.addInput(value(INPUT, network.inputShape()));
    weights.tensors().forEach((name, tensor) -> graph.addInitializer(initializer(name, tensor)));
    String output = new GraphWriter(graph).run(network, INPUT);
    graph.addOutput(value(output, network.outputShape()));
    ModelProto.Builder model =
        ModelProto.newBuilder()
            .setIrVersion(IR_VERSION)
            .setProducerName("brain-imaging")
            .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET))
            .setGraph(graph);
    metadata.forEach(
        (key, text) ->
            model.addMetadataProps(StringStringEntryProto.newBuilder().setKey(key).setValue(text)));
    return model.build().toByteArray();
  }

  static ValueInfoProto value(String name, List<Integer> shape) {
    TensorShapeProto.Builder axes = TensorShapeProto.newBuilder();
    axes.addDim(TensorShapeProto.Dimension.newBuilder().setDimParam(BATCH));
    int first = 0;
    if (shape.size() == 4) {
      axes.addDim(TensorShapeProto.Dimension.newBuilder().setDimParam(SLICES));
      first = 1;
    }
    shape
        .subList(first, shape.size())
        .forEach(n -> axes.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(n)));
    TypeProto.Tensor type =
        TypeProto.Tensor.newBuilder()
            .setElemType(TensorProto.DataType.FLOAT_VALUE)
            .setShape(axes)
            .build();
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(type))
        .build();
  }

  private static TensorProto initializer(String name, Tensor tensor) {
    TensorProto.Builder proto =
        TensorProto.newBuilder().setName(name).setDataType(TensorProto.DataType.FLOAT_VALUE);
    for (int n : tensor.shape()) {
      proto.addDims(n);
    }
    ByteBuffer raw = ByteBuffer.allocate(4 * tensor.size()).order(ByteOrder.LITTLE_ENDIAN);
    raw.asFloatBuffer().put(tensor.toArray());
    return proto.setRawData(ByteString.copyFrom(raw)).build();
  }

  /** Writes one ONNX node per layer; an output is the name of an ONNX value. */
  private static final class GraphWriter implements Interpreter<String> {

    private final GraphProto.Builder graph;

    GraphWriter(GraphProto.Builder graph) {
      this.graph = graph;
    }

    private static NodeProto.Builder operator(String type, String... inputs) {
      return NodeProto.newBuilder().setOpType(type).addAllInput(List.of(inputs));
    }

    private String emit(Node node, NodeProto.Builder operator) {
      graph.addNode(operator.setName(node.name()).addOutput(node.name()));
      return node.name();
    }

    private static AttributeProto ints(String name, long... values) {
      AttributeProto.Builder attribute =
          AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS);
      for (long value : values) {
        attribute.addInts(value);
      }
      return attribute.build();
    }

    private static AttributeProto integer(String name, long value) {
      return AttributeProto.newBuilder()
          .setName(name)
          .setType(AttributeProto.AttributeType.INT)
          .setI(value)
          .build();
    }

    private static AttributeProto number(String name, float value) {
      return AttributeProto.newBuilder()
          .setName(name)
          .setType(AttributeProto.AttributeType.FLOAT)
          .setF(value)
          .build();
    }

    private static AttributeProto text(String name, String value) {
      return AttributeProto.newBuilder()
          .setName(name)
          .setType(AttributeProto.AttributeType.STRING)
          .setS(ByteString.copyFromUtf8(value))
          .build();
    }

    @Override
    public String conv2d(Node node, Conv2d layer, String input) {
      NodeProto.Builder conv = operator("Conv", input, node.weightName("weight"));
      if (layer.bias()) {
        conv.addInput(node.weightName("bias"));
      }
      return emit(
          node,
          conv.addAttribute(ints("kernel_shape", layer.kernel(), layer.kernel()))
              .addAttribute(ints("strides", layer.stride(), layer.stride()))
              .addAttribute(pads(node, layer.padding(), layer.kernel(), layer.stride()))
              .addAttribute(integer("group", layer.groups())));
    }

    private static AttributeProto pads(Node node, Padding padding, int kernel, int stride) {
      int height = node.inputShapes().get(0).get(1);
      int width = node.inputShapes().get(0).get(2);
      return ints(
          "pads",
          padding.before(height, kernel, stride),
          padding.before(width, kernel, stride),
          padding.after(height, kernel, stride),
          padding.after(width, kernel, stride));
    }

    @Override
    public String batchNorm(Node node, BatchNorm layer, String input) {
      return emit(
          node,
          operator(
                  "BatchNormalization",
                  input,
                  node.weightName("gamma"),
                  node.weightName("beta"),
                  node.weightName("mean"),
                  node.weightName("variance"))
              .addAttribute(number("epsilon", layer.epsilon())));
    }

    @Override
    public String relu(Node node, Relu layer, String input) {
      if (Float.isFinite(layer.limit())) {
        return emit(
            node,
            operator("Clip", input, scalar(node, "low", 0), scalar(node, "high", layer.limit())));
      }
      return layer.slope() == 0
          ? emit(node, operator("Relu", input))
          : emit(node, operator("LeakyRelu", input).addAttribute(number("alpha", layer.slope())));
    }

    private String scalar(Node node, String key, float value) {
      String name = node.weightName(key);
      graph.addInitializer(initializer(name, Tensor.wrap(new float[] {value}, new int[0])));
      return name;
    }

    @Override
    public String pool2d(Node node, Pool2d layer, String input) {
      String type = layer.kind() == Pool2d.Kind.MAXIMUM ? "MaxPool" : "AveragePool";
      int kernel = layer.kernel();
      int stride = layer.stride();
      return emit(
          node,
          operator(type, input)
              .addAttribute(ints("kernel_shape", kernel, kernel))
              .addAttribute(ints("strides", stride, stride))
              .addAttribute(pads(node, layer.padding(), kernel, stride)));
    }

    @Override
    public String globalAveragePool(Node node, GlobalAveragePool layer, String input) {
      // Not ReduceMean, whose axes have moved from attribute to input in opset 18: a head may be
      // joined to a backbone of any.
      String pooled = node.name() + ".pooled";
      graph.addNode(operator("GlobalAveragePool", input).setName(pooled).addOutput(pooled));
      return emit(node, operator("Flatten", pooled).addAttribute(integer("axis", 1)));
    }

    @Override
    public String flatten(Node node, Flatten layer, String input) {
      return emit(node, operator("Flatten", input).addAttribute(integer("axis", 1)));
    }

    @Override
    public String dense(Node node, Dense layer, String input) {
      return emit(
          node,
          operator("Gemm", input, node.weightName("weight"), node.weightName("bias"))
              .addAttribute(integer("transB", 1)));
    }

    @Override
    public String dropout(Node node, Dropout layer, String input) {
      return input;
    }

    @Override
    public String add(Node node, Add layer, List<String> inputs) {
      String sum = inputs.get(0);
      for (int i = 1; i < inputs.size() - 1; i++) {
        String partial = node.name() + "." + i;
        graph.addNode(operator("Add", sum, inputs.get(i)).setName(partial).addOutput(partial));
        sum = partial;
      }
      return emit(node, operator("Add", sum, inputs.get(inputs.size() - 1)));
    }

    @Override
    public String concat(Node node, Concat layer, List<String> inputs) {
      return emit(
          node, operator("Concat", inputs.toArray(String[]::new)).addAttribute(integer("axis", 1)));
    }

    @Override
    public String upsample2d(Node node, Upsample2d layer, String input) {
      String scales = node.weightName("scales");
      float factor = layer.factor();
      graph.addInitializer(initializer(scales, Tensor.wrap(new float[] {1, 1, factor, factor}, 4)));
      boolean bilinear = layer.kind() == Upsample2d.Kind.BILINEAR;
      NodeProto.Builder resize =
          operator("Resize", input, "", scales)
              .addAttribute(text("mode", bilinear ? "linear" : "nearest"))
              .addAttribute(
                  text("coordinate_transformation_mode", bilinear ? "half_pixel" : "asymmetric"));
      return emit(node, bilinear ? resize : resize.addAttribute(text("nearest_mode", "floor")));
    }

    @Override
    public String sigmoid(Node node, Sigmoid layer, String input) {
      return emit(node, operator("Sigmoid", input));
    }

    @Override
    public String softmax(Node node, Softmax layer, String input) {
      return emit(node, operator("Softmax", input).addAttribute(integer("axis", 1)));
    }

    @Override
    public String slices(Node node, Slices layer, List<String> inputs) {
      SliceGraph slices = slices(node);
      return switch (layer) {
        case AS_BATCH -> slices.slicesAsBatch(inputs.get(0));
        case FROM_BATCH -> slices.batchAsSlices(inputs.get(0), inputs.get(1));
        case MASK -> slices.sliceMask(inputs.get(0));
        case MASKED -> slices.maskSlices(inputs.get(0), inputs.get(1));
        case MEAN -> slices.sliceMean(inputs.get(0), inputs.get(1));
        case AS_IMAGE -> slices.featuresAsImage(inputs.get(0));
      };
    }

    @Override
    public String lstm(Node node, Lstm layer, String input, String mask) {
      return slices(node).lstm(input, mask);
    }

    @Override
    public String distanceAttention(Node node, DistanceAttention layer, String input, String mask) {
      return slices(node).distanceAttention(input, mask);
    }

    private SliceGraph slices(Node node) {
      return new SliceGraph(graph, node);
    }
  }
}
