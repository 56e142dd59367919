package io.github.brainimaging.models.onnx.internal.graph;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which operator makes the values of an output. What only moves or averages values is passed over;
 * what joins several values is named by what they are where one is a probability, since a sum of
 * two softmaxes is no score.
 *
 * <p>For one thread.
 */
final class OutputMakers {

  /** The maker of values that are multiplied by a constant, divided by one, or less one. */
  static final String SCALING = "scaling";

  /** What changes neither the values nor, within an image, their order. */
  static final Set<String> MOVING =
      Set.of("Identity", "Cast", "Reshape", "Flatten", "Squeeze", "Unsqueeze", "Transpose", "Clip");

  /** What takes some of the values. */
  private static final Set<String> SELECTING = Set.of("Slice", "Gather", "Split");

  /** What makes of probabilities others of their kind. */
  private static final Set<String> AVERAGING =
      Set.of("Resize", "Upsample", "AveragePool", "GlobalAveragePool", "ReduceMean");

  private static final Set<String> JOINING =
      Set.of("Add", "Sub", "Mul", "Div", "Sum", "Mean", "Max", "Min", "Concat", "Where");

  /** What stays what it is when it is scaled. */
  private static final Set<String> TELLING = Set.of("Exp", "Tanh", "TopK", "ArgMax");

  private final Map<String, NodeProto> byOutput = new HashMap<>();
  private final Set<String> constants;
  private final Map<String, String> known = new HashMap<>();

  private OutputMakers(GraphProto graph, Set<String> weights) {
    constants = new HashSet<>(weights);
    for (NodeProto node : graph.getNodeList()) {
      node.getOutputList().forEach(output -> byOutput.put(output, node));
      if (node.getOpType().equals("Constant")) {
        constants.addAll(node.getOutputList());
      }
    }
  }

  /** Name of an output to the operator that makes it. */
  static Map<String, String> of(GraphProto graph, Set<String> weights) {
    OutputMakers makers = new OutputMakers(graph, weights);
    Map<String, String> named = new HashMap<>();
    for (ValueInfoProto output : graph.getOutputList()) {
      named.put(output.getName(), makers.of(output.getName()));
    }
    return named;
  }

  private String of(String value) {
    String earlier = known.get(value);
    if (earlier != null) {
      return earlier;
    }
    NodeProto node = byOutput.get(value);
    if (node == null || node.getInputCount() == 0) {
      return "";
    }
    known.put(value, ""); // a damaged graph may be a ring
    String maker = of(node);
    known.put(value, maker);
    return maker;
  }

  private String of(NodeProto node) {
    String operator = node.getOpType();
    if (JOINING.contains(operator)) {
      return joined(node);
    }
    boolean passes =
        MOVING.contains(operator) || SELECTING.contains(operator) || AVERAGING.contains(operator);
    boolean alters = operator.equals("Exp") || operator.equals("Log");
    if (!passes && !alters) {
      return operator;
    }
    String source = of(node.getInput(0));
    if (operator.equals("Exp") && source.equals("LogSoftmax")) {
      return "Softmax";
    }
    if (operator.equals("Log") && source.equals("Softmax")) {
      return "LogSoftmax";
    }
    if (SELECTING.contains(operator) && source.equals("Softmax")) {
      return "a part of Softmax";
    }
    boolean kept = MOVING.contains(operator) || SELECTING.contains(operator);
    return kept || (AVERAGING.contains(operator) && isProbability(source)) ? source : operator;
  }

  private String joined(NodeProto node) {
    String operator = node.getOpType();
    List<String> sources = new ArrayList<>();
    for (String input : node.getInputList()) {
      if (!constants.contains(input)) {
        sources.add(of(input));
      }
    }
    if (operator.equals("Div") && sources.equals(List.of("Exp", "ReduceSum"))) {
      return "Softmax"; // written out
    }
    for (String source : sources) {
      if (isProbability(source)) {
        return "a mixture of " + source;
      }
    }
    if (sources.size() == 1 && TELLING.contains(sources.get(0))) {
      return sources.get(0);
    }
    boolean scales = Set.of("Mul", "Div", "Sub").contains(operator);
    return scales && sources.size() < node.getInputCount() ? SCALING : operator;
  }

  private static boolean isProbability(String maker) {
    boolean softmax = maker.endsWith("Softmax") && !maker.equals("LogSoftmax");
    return softmax || maker.endsWith("Sigmoid");
  }
}
