package io.github.brainimaging.models.network.format;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import com.google.protobuf.InvalidProtocolBufferException;
import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.models.card.ClinicalColumns;
import io.github.brainimaging.models.card.ModelException;
import io.github.brainimaging.models.network.Network;
import io.github.brainimaging.models.network.Weights;
import io.github.brainimaging.models.network.format.internal.FreeBatch;
import io.github.brainimaging.models.network.format.internal.OnnxCut;
import io.github.brainimaging.models.network.format.internal.OnnxNodes;
import io.github.brainimaging.models.network.format.internal.OnnxWeights;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Any ONNX model, exported from Keras, PyTorch or here, as a frozen backbone: what lies behind a
 * cut is thrown away, and what lies before it gives {@code features}. A {@code FeatureExtractor}
 * computes them and knows their shape; a head trained on them is joined to the backbone again as
 * one model. No engine is started here.
 *
 * <p>The batch axis is freed, also where {@code Reshape} holds a fixed batch. Metadata and opset
 * stay. Immutable and safe to share between threads.
 *
 * @since 0.1.0
 */
public final class OnnxBackbone {

  /** Name of the output: {@value}. */
  public static final String FEATURES = "features";

  private static final int OLDEST_OPSET = 7;
  private static final int OLDEST_IR = 4;

  private final ModelProto model;
  private final String cut;

  private OnnxBackbone(ModelProto model, String cut) {
    this.model = model;
    this.cut = cut;
  }

  /**
   * Cuts where features usually are: at the input of the last fully connected layer ({@code Gemm},
   * or {@code MatMul} by a constant); where there is none, behind the last global pooling; where
   * there is none either, at the output.
   *
   * @param model content of an .onnx file with all its weights inside
   * @return the backbone, whose features are {@code [batch, features]}
   * @throws ModelException if it is no ONNX model, has an operator set before 7, weights in other
   *     files, or more than one input
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
      last.addAttribute(OnnxNodes.axis(1));
    }
    graph.addNode(last).addOutput(OnnxNodes.output(FEATURES));
    ModelProto.Builder model = whole.toBuilder().setGraph(graph);
    // Before version 4 every weight had to be an input as well.
    model.setIrVersion(Math.max(whole.getIrVersion(), OLDEST_IR));
    return new OnnxBackbone(model.build(), value);
  }

  /**
   * The same with the values of a table behind the features of the image, from a second input
   * {@link ClinicalColumns#INPUT} of shape {@code [batch, values]}: late fusion. A head then takes
   * both, {@code [features + values]}.
   *
   * @param values how many there are of each example: {@link ClinicalColumns#size}; positive
   * @return a new backbone; its features must be {@code [batch, features]}, so that {@link #cutAt}
   *     must have been given such a value, as pooled features are
   * @throws IllegalArgumentException if the number is not positive
   * @throws ModelException if the model has a value of that name already
   */
  public OnnxBackbone andTable(int values) {
    int width = Arguments.requirePositive("values", values);
    String table = ClinicalColumns.INPUT;
    if (OnnxNames.all(model.getGraph()).anyMatch(table::equals)) {
      throw new ModelException("expected a model without a value called " + table + ", found one");
    }
    GraphProto.Builder graph = model.getGraph().toBuilder();
    int last = graph.getNodeCount() - 1;
    String image = FEATURES + ".image";
    graph.setNode(last, graph.getNode(last).toBuilder().setOutput(0, image));
    graph
        .addInput(OnnxExport.value(table, List.of(width)))
        .addNode(
            NodeProto.newBuilder()
                .setOpType("Concat")
                .setName(FEATURES + ".joined")
                .addInput(image)
                .addInput(table)
                .addOutput(FEATURES)
                .addAttribute(OnnxNodes.axis(1)));
    return new OnnxBackbone(model.toBuilder().setGraph(graph).build(), cut);
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
