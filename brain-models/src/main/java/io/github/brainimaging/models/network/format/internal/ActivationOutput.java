package io.github.brainimaging.models.network.format.internal;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.github.brainimaging.models.card.ModelDomain;
import io.github.brainimaging.models.card.ModelException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lets a network with global pooling say where it sees a class. What stands behind the pooling, the
 * head, is put on every place of the last feature map as well, so that each place gets the scores
 * that the whole image would get if it looked like this place everywhere. Where the head is one
 * layer this is the class activation map of Zhou and others ("Learning deep features for
 * discriminative localization", 2016); it works for heads with hidden layers all the same, in one
 * run and in any ONNX runtime.
 *
 * <p>Stateless and safe to share between threads.
 */
public final class ActivationOutput {

  /**
   * Name of the output: {@value}, {@code [batch, height + 1, width, classes]}. The first row holds
   * what the network gives for the image, in each column the same; the others hold the scores of
   * the places, before a last softmax or sigmoid.
   */
  public static final String NAME = "class_activation";

  private static final String PREFIX = NAME + "_";
  private static final Set<String> LAST = Set.of("Softmax", "LogSoftmax", "Sigmoid", "Identity");

  private final GraphProto graph;
  private final Map<String, NodeProto> producers = new HashMap<>();
  private final Map<String, TensorProto> constants = new HashMap<>();
  private final GraphProto.Builder extended;
  private final OnnxNodes nodes;

  private ActivationOutput(GraphProto graph) {
    this.graph = graph;
    for (NodeProto node : graph.getNodeList()) {
      node.getOutputList().forEach(output -> producers.put(output, node));
      if (node.getOpType().equals("Constant") && node.getAttribute(0).hasT()) {
        constants.put(node.getOutput(0), node.getAttribute(0).getT());
      }
    }
    graph.getInitializerList().forEach(tensor -> constants.put(tensor.getName(), tensor));
    this.extended = graph.toBuilder();
    this.nodes = new OnnxNodes(extended, PREFIX);
  }

  /**
   * Gives a network this output in the place of its own.
   *
   * @param model content of an .onnx file with all its weights inside
   * @return the bytes of the .onnx file
   * @throws ModelException if it is no ONNX model, or does not come from one global pooling of the
   *     whole image to its classes; the message names what explains any network
   */
  public static byte[] of(byte[] model) {
    ModelProto parsed = OnnxWeights.parse(model);
    ActivationOutput output = new ActivationOutput(parsed.getGraph());
    GraphProto graph = output.extend(output.place());
    return parsed.toBuilder().setGraph(graph).build().toByteArray();
  }

  /**
   * Gives a network another output in the place of its own: what it gives for several copies of the
   * pooled features of an image, each multiplied by a row of factors: {@code [1, rows, classes]}.
   * Of one image at a time.
   *
   * @param model content of an .onnx file with all its weights inside
   * @param factors a row per copy, as long as there are pooled features
   * @return the bytes of the .onnx file
   * @throws ModelException as {@link #of}
   */
  public static byte[] ofScaledFeatures(byte[] model, float[][] factors) {
    ModelProto parsed = OnnxWeights.parse(model);
    ActivationOutput output = new ActivationOutput(parsed.getGraph());
    GraphProto graph = output.scaled(output.place(), factors);
    return parsed.toBuilder().setGraph(graph).build().toByteArray();
  }

  /**
   * A network up to its global pooling.
   *
   * @param model content of an .onnx file with all its weights inside
   * @return the bytes of the .onnx file, whose output is the pooled features
   * @throws ModelException as {@link #of}
   */
  public static byte[] pooledFeatures(byte[] model) {
    ModelProto parsed = OnnxWeights.parse(model);
    GraphProto graph = parsed.getGraph();
    String pooled = new ActivationOutput(graph).place().pooling.getOutput(0);
    GraphProto.Builder cut = new OnnxCut(graph).before(pooled);
    return parsed.toBuilder()
        .setGraph(cut.addOutput(OnnxNodes.output(pooled)))
        .build()
        .toByteArray();
  }

  /** The pooling, the scores that come from it, and the output that comes from them. */
  private record Place(NodeProto pooling, boolean channelsFirst, String scores, String output) {}

  private Place place() {
    String output =
        graph.getOutputList().stream()
            .map(ValueInfoProto::getName)
            .filter(name -> !name.equals(ModelDomain.DISTANCES))
            .findFirst()
            .orElse("");
    String scores = output;
    NodeProto last = producers.get(output);
    while (last != null && LAST.contains(last.getOpType())) {
      scores = last.getInput(0);
      last = producers.get(scores);
    }
    List<NodeProto> all = graph.getNodeList();
    for (int i = all.size() - 1; i >= 0; i--) {
      NodeProto pooling = all.get(i);
      Boolean channelsFirst = channelsFirst(pooling);
      if (channelsFirst != null && leadsBackTo(pooling.getOutput(0), scores, new HashSet<>())) {
        return new Place(pooling, channelsFirst, scores, output);
      }
    }
    throw new ModelException(
        "expected a network with one global pooling before its classes, found none on the way to "
            + output
            + "; Occlusion and Rise (--method occlusion, rise) explain any network");
  }

  /** Where the channels are of what a node pools; null if it is no global pooling. */
  private @Nullable Boolean channelsFirst(NodeProto node) {
    return switch (node.getOpType()) {
      case "GlobalAveragePool", "GlobalMaxPool" -> true;
      case "ReduceMean", "ReduceMax" -> {
        List<Long> axes = axes(node);
        if (axes.equals(List.of(2L, 3L)) || axes.equals(List.of(-2L, -1L))) {
          yield Boolean.TRUE;
        }
        boolean last = axes.equals(List.of(1L, 2L)) || axes.equals(List.of(-3L, -2L));
        yield last ? Boolean.FALSE : null;
      }
      default -> null;
    };
  }

  /** An attribute, from operator set 18 on a second input. */
  private List<Long> axes(NodeProto node) {
    TensorProto tensor = node.getInputCount() > 1 ? constants.get(node.getInput(1)) : null;
    if (tensor == null) {
      return attribute(node, "axes").map(AttributeProto::getIntsList).orElse(List.of());
    }
    if (tensor.getInt64DataCount() > 0) {
      return tensor.getInt64DataList();
    }
    List<Long> axes = new ArrayList<>();
    var raw =
        tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN).asLongBuffer();
    while (raw.hasRemaining()) {
      axes.add(raw.get());
    }
    return axes;
  }

  private static Optional<AttributeProto> attribute(NodeProto node, String name) {
    return node.getAttributeList().stream().filter(a -> a.getName().equals(name)).findFirst();
  }

  /** Whether a value comes from another and from constants alone; collects the nodes between. */
  private boolean leadsBackTo(String start, String value, Set<NodeProto> between) {
    if (value.isEmpty() || value.equals(start) || constants.containsKey(value)) {
      return true;
    }
    NodeProto node = producers.get(value);
    if (node == null
        || node.getAttributeList().stream().anyMatch(a -> a.hasG() || a.getGraphsCount() > 0)) {
      return false;
    }
    return !between.add(node)
        || node.getInputList().stream().allMatch(input -> leadsBackTo(start, input, between));
  }

  /** What the head gives for vectors of pooled features, as many as there are rows. */
  private String head(Place place, String vectors, String wanted) {
    NodeProto pooling = place.pooling;
    String places = vectors;
    boolean keeps = attribute(pooling, "keepdims").map(a -> a.getI() != 0).orElse(true);
    if (keeps) {
      long[] one = place.channelsFirst ? new long[] {0, -1, 1, 1} : new long[] {0, 1, 1, -1};
      places = nodes.node("Reshape", "pooled", null, places, nodes.integers("one", one));
    }
    Set<NodeProto> head = new HashSet<>();
    boolean unused = leadsBackTo(pooling.getOutput(0), wanted, head);
    return copy(head, pooling.getOutput(0), places, wanted);
  }

  private GraphProto scaled(Place place, float[][] factors) {
    TensorProto.Builder rows =
        TensorProto.newBuilder()
            .setName(PREFIX + "factors")
            .setDataType(TensorProto.DataType.FLOAT_VALUE)
            .addDims(factors.length)
            .addDims(factors[0].length);
    for (float[] row : factors) {
      for (float factor : row) {
        rows.addFloatData(factor);
      }
    }
    extended.addInitializer(rows);
    String flat = nodes.node("Flatten", "features", OnnxNodes.axis(1), place.pooling.getOutput(0));
    String vectors = nodes.node("Mul", "scaled", null, flat, PREFIX + "factors");
    String each = head(place, vectors, place.output);
    String shape = nodes.integers("together", 1, factors.length, -1);
    String all = nodes.node("Reshape", "all", null, each, shape);
    return extended.clearOutput().addOutput(OnnxNodes.output(all)).build();
  }

  private GraphProto extend(Place place) {
    String map = place.pooling.getInput(0);
    if (place.channelsFirst) {
      map = nodes.node("Transpose", "map", integers("perm", 0, 2, 3, 1), map);
    }
    String places = nodes.node("Flatten", "places", OnnxNodes.axis(3), map);
    String each = head(place, places, place.scores);
    String rows = nodes.node("Flatten", "rows", OnnxNodes.axis(1), each);
    String lengths = nodes.node("Shape", "lengths", null, map);
    String grid =
        nodes.node("Gather", "grid", OnnxNodes.axis(0), lengths, nodes.integers("first", 0, 1, 2));
    String target =
        nodes.node("Concat", "target", OnnxNodes.axis(0), grid, nodes.integers("rest", -1));
    String maps = nodes.node("Reshape", "maps", null, rows, target);
    String flat = nodes.node("Flatten", "whole", OnnxNodes.axis(1), place.output);
    String whole = nodes.node("Reshape", "row", null, flat, nodes.integers("broad", 0, 1, 1, -1));
    String top = nodes.node("Gather", "top", OnnxNodes.axis(1), maps, nodes.integers("zero", 0));
    String nothing = nodes.node("Sub", "nothing", null, top, top);
    String first = nodes.node("Add", "image", null, nothing, whole);
    extended.addNode(
        NodeProto.newBuilder()
            .setOpType("Concat")
            .setName(NAME)
            .addAttribute(OnnxNodes.axis(1))
            .addInput(first)
            .addInput(maps)
            .addOutput(NAME));
    return extended.clearOutput().addOutput(OnnxNodes.output(NAME)).build();
  }

  /** The head once more, on another value; gives the name of its scores. */
  private String copy(Set<NodeProto> head, String pooled, String places, String scores) {
    Map<String, String> renamed = new HashMap<>(Map.of(pooled, places));
    for (NodeProto node : graph.getNodeList()) {
      if (head.contains(node)) {
        node.getOutputList().forEach(name -> renamed.put(name, PREFIX + "head_" + name));
      }
    }
    for (NodeProto node : graph.getNodeList()) {
      if (head.contains(node)) {
        NodeProto.Builder copy = node.toBuilder().setName(PREFIX + "head_" + node.getName());
        for (int i = 0; i < node.getInputCount(); i++) {
          String input = node.getInput(i);
          boolean isShape = i == 1 && node.getOpType().equals("Reshape");
          copy.setInput(i, isShape ? freed(input) : renamed.getOrDefault(input, input));
        }
        for (int i = 0; i < node.getOutputCount(); i++) {
          copy.setOutput(i, renamed.getOrDefault(node.getOutput(i), ""));
        }
        extended.addNode(copy);
      }
    }
    return renamed.getOrDefault(scores, scores);
  }

  /** A shape that was exported for one image, for any number. */
  private String freed(String shape) {
    TensorProto constant = constants.get(shape);
    if (constant == null) {
      return PREFIX + "head_" + shape;
    }
    String name = PREFIX + "shape_" + shape;
    if (extended.getInitializerList().stream().noneMatch(i -> i.getName().equals(name))) {
      extended.addInitializer(FreeBatch.freed(constant, 1).toBuilder().setName(name));
    }
    return name;
  }

  private static AttributeProto integers(String name, long... values) {
    AttributeProto.Builder attribute =
        AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS);
    Arrays.stream(values).forEach(attribute::addInts);
    return attribute.build();
  }
}
