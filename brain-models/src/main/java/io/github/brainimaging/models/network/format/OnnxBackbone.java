package io.github.brainimaging.models.network.format;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.InvalidProtocolBufferException;
import io.github.brainimaging.models.card.ModelException;
import io.github.brainimaging.models.network.Network;
import io.github.brainimaging.models.network.Weights;
import io.github.brainimaging.models.network.zoo.Head;
import io.github.brainimaging.models.onnx.internal.EngineFailure;
import io.github.brainimaging.models.onnx.internal.EngineSession;
import io.github.brainimaging.models.onnx.internal.SessionSettings;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Any ONNX model, exported from Keras, PyTorch or here, as a frozen backbone: what lies behind a
 * cut is thrown away, and what lies before it gives {@code features}. ONNX Runtime computes them; a
 * head trained on them is joined to the backbone again as one model.
 *
 * <p>The batch axis is freed, also where {@code Reshape} holds a fixed batch. Metadata and opset
 * stay. Immutable and safe to share between threads.
 */
public final class OnnxBackbone {

  /** Name of the output: {@value}. */
  public static final String FEATURES = "features";

  private static final int OLDEST_OPSET = 7;
  private static final int OLDEST_IR = 4;

  private final ModelProto model;
  private final String cut;

  private final long[] shape;

  private OnnxBackbone(ModelProto model, String cut, long[] shape) {
    this.model = model;
    this.cut = cut;
    this.shape = shape;
  }

  /**
   * Cuts where features usually are: at the input of the last fully connected layer ({@code Gemm},
   * or {@code MatMul} by a constant); where there is none, behind the last global pooling; where
   * there is none either, at the output.
   *
   * @param model content of an .onnx file with all its weights inside
   * @return the backbone, whose features are {@code [batch, features]}
   * @throws ModelException if it is no ONNX model, has an operator set before 7, weights in other
   *     files, more than one input, or something that ONNX Runtime cannot load
   */
  public static OnnxBackbone of(byte[] model) {
    ModelProto parsed = parse(model);
    String cut = new OnnxCut(parsed.getGraph()).automatic();
    return cut(parsed, cut, true);
  }

  /**
   * Cuts at a value.
   *
   * @param model content of an .onnx file with all its weights inside
   * @param value name of the value, or of the node that gives it first
   * @return the backbone, whose features have the shape of that value
   * @throws ModelException if there is no such value, or as in {@link #of}
   */
  public static OnnxBackbone cutAt(byte[] model, String value) {
    ModelProto parsed = parse(model);
    return cut(parsed, new OnnxCut(parsed.getGraph()).named(value), false);
  }

  private static ModelProto parse(byte[] model) {
    ModelProto parsed = OnnxWeights.parse(model);
    long opset =
        parsed.getOpsetImportList().stream()
            .filter(id -> id.getDomain().isEmpty() || id.getDomain().equals("ai.onnx"))
            .mapToLong(id -> id.getVersion())
            .findFirst()
            .orElse(0);
    if (opset < OLDEST_OPSET || parsed.getGraph().getNodeCount() == 0) {
      throw new ModelException(
          "expected an ONNX model of operator set "
              + OLDEST_OPSET
              + " or later, found "
              + (opset == 0 ? "none" : opset)
              + " and "
              + parsed.getGraph().getNodeCount()
              + " nodes");
    }
    return parsed;
  }

  private static OnnxBackbone cut(ModelProto whole, String value, boolean flatten) {
    GraphProto.Builder graph = new OnnxCut(whole.getGraph()).before(value);
    FreeBatch.of(graph);
    NodeProto.Builder last =
        NodeProto.newBuilder()
            .setOpType(flatten ? "Flatten" : "Identity")
            .setName(FEATURES + ".cut")
            .addInput(value)
            .addOutput(FEATURES);
    if (flatten) {
      last.addAttribute(
          AttributeProto.newBuilder()
              .setName("axis")
              .setType(AttributeProto.AttributeType.INT)
              .setI(1));
    }
    graph.addNode(last).addOutput(output(TypeProto.Tensor.newBuilder()));
    ModelProto.Builder model = whole.toBuilder().setGraph(graph);
    // Before version 4 every weight had to be an input as well.
    model.setIrVersion(Math.max(whole.getIrVersion(), OLDEST_IR));
    long[] shape = shape(model.build().toByteArray());
    TensorShapeProto.Builder axes = TensorShapeProto.newBuilder();
    for (int axis = 0; axis < shape.length; axis++) {
      TensorShapeProto.Dimension.Builder length = axes.addDimBuilder();
      if (axis == 0) {
        length.setDimParam(FreeBatch.BATCH);
      } else if (shape[axis] > 0) {
        length.setDimValue(shape[axis]);
      }
    }
    model.getGraphBuilder().setOutput(0, output(TypeProto.Tensor.newBuilder().setShape(axes)));
    return new OnnxBackbone(model.build(), value, shape);
  }

  private static ValueInfoProto output(TypeProto.Tensor.Builder type) {
    type.setElemType(TensorProto.DataType.FLOAT_VALUE);
    return ValueInfoProto.newBuilder()
        .setName(FEATURES)
        .setType(TypeProto.newBuilder().setTensorType(type))
        .build();
  }

  /** The shape that ONNX Runtime infers; -1 where it is open. */
  private static long[] shape(byte[] model) {
    SessionSettings settings =
        new SessionSettings(OptionalInt.empty(), OptionalLong.empty(), 1, "NONE");
    try (EngineSession session = EngineSession.open(model, settings)) {
      return session.outputs().get(0).shape();
    } catch (EngineFailure e) {
      throw new ModelException("ONNX Runtime cannot load the backbone: " + e.getMessage(), e);
    }
  }

  /**
   * Where the model was cut.
   *
   * @return the name of the value in the model
   */
  public String cut() {
    return cut;
  }

  /**
   * The shape of the features of one example: what a head must take ({@link Head#describe}).
   *
   * @return without the batch: {@code [features]} or {@code [channels, height, width]}
   * @throws ModelException if the model leaves it open, as one for images of any size does before
   *     pooling
   */
  public List<Integer> featureShape() {
    boolean open = shape.length < 2 || Arrays.stream(shape).skip(1).anyMatch(n -> n < 1);
    if (open) {
      throw new ModelException(
          "expected features of one shape at " + cut + ", found " + Arrays.toString(shape));
    }
    return Arrays.stream(shape).skip(1).mapToObj(Math::toIntExact).toList();
  }

  /**
   * The backbone as a model of its own: the input of the model, one output {@link #FEATURES}.
   *
   * @return the bytes of an .onnx file
   */
  public byte[] toBytes() {
    return model.toByteArray();
  }

  /**
   * Backbone and head as one model. Names of the head get a prefix that the backbone does not use.
   *
   * @param head a network that takes the features of one example
   * @param weights weights that fit it
   * @param metadata free text by key, added to the backbone's and put in its place
   * @return the bytes of the .onnx file
   * @throws IllegalArgumentException if the weights do not fit the head
   */
  public byte[] join(Network head, Weights weights, Map<String, String> metadata) {
    GraphProto backbone = model.getGraph();
    GraphProto.Builder graph = backbone.toBuilder().clearOutput().setName(head.name());
    GraphProto headGraph;
    try {
      headGraph = ModelProto.parseFrom(OnnxExport.toBytes(head, weights, Map.of())).getGraph();
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("the exported head is no ONNX model", e);
    }
    OnnxNames names = OnnxNames.besides(backbone, headGraph.getInput(0).getName(), FEATURES);
    headGraph.getInitializerList().forEach(i -> graph.addInitializer(names.renamed(i)));
    headGraph.getNodeList().forEach(n -> graph.addNode(names.renamed(n)));
    headGraph.getOutputList().forEach(o -> graph.addOutput(names.renamed(o)));
    Map<String, String> all = new LinkedHashMap<>();
    model.getMetadataPropsList().forEach(entry -> all.put(entry.getKey(), entry.getValue()));
    all.putAll(metadata);
    ModelProto.Builder joined = model.toBuilder().setGraph(graph).clearMetadataProps();
    all.forEach(
        (key, text) ->
            joined.addMetadataProps(
                StringStringEntryProto.newBuilder().setKey(key).setValue(text)));
    return joined.build().toByteArray();
  }
}
