package io.github.brainimaging.models.onnx.internal.graph;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which operator makes the values of an output. What only moves or averages values is passed over;
 * what joins several values is named by what they are where one is a probability, since a sum of
 * two softmaxes is no score; and what a constant is added to or multiplied by stays what it is,
 * unless it is a score: a limited one may be a probability by that, as Keras' hard sigmoid.
 *
 * <p>For one thread.
 */
final class OutputMakers {

  /** The maker of values that are multiplied by a constant, divided by one, or less one. */
  static final String SCALING = "scaling";

  /** Of a tanh what is brought from -1 to 1 to another range, such as by (y + 1) / 2. */
  static final String RANGED_TANH = "a scaled and shifted Tanh";

  static final String SCALED_TANH = "a scaled Tanh";
  static final String SHIFTED_TANH = "a shifted Tanh";

  /** What changes neither the values nor, within an image, their order. */
  static final Set<String> MOVING =
      Set.of("Identity", "Cast", "Reshape", "Flatten", "Squeeze", "Unsqueeze", "Transpose");

  /** What takes some of the values. */
  private static final Set<String> SELECTING = Set.of("Slice", "Gather", "Split");

  /** What makes of probabilities others of their kind. */
  private static final Set<String> AVERAGING =
      Set.of("Resize", "Upsample", "AveragePool", "GlobalAveragePool", "ReduceMean");

  /** Those of them that give a value in the middle of others, and no sum of features. */
  private static final Set<String> RESIZING = Set.of("Resize", "Upsample");

  private static final Set<String> JOINING =
      Set.of("Add", "Sub", "Mul", "Div", "Sum", "Mean", "Max", "Min", "Concat", "Where");

  /** Those of them that make scores of scores. */
  private static final Set<String> LINEAR = Set.of("Add", "Sub", "Sum", "Mean");

  /** What stays what it is when it is cut off. */
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

  /** Not by recursion: a graph may be deeper than the stack of a thread. */
  private String of(String value) {
    Deque<String> open = new ArrayDeque<>(List.of(value));
    Set<String> begun = new HashSet<>(); // a damaged graph may be a ring
    while (!open.isEmpty()) {
      String next = open.peek();
      NodeProto node = byOutput.get(next);
      if (node == null || known.containsKey(next)) {
        open.pop();
      } else if (begun.add(next)) {
        node.getInputList().stream()
            .filter(input -> !begun.contains(input) && !known.containsKey(input))
            .forEach(open::push);
      } else {
        known.put(next, node.getInputCount() == 0 ? "" : of(node));
        open.pop();
      }
    }
    return maker(value);
  }

  private String maker(String value) {
    return known.getOrDefault(value, "");
  }

  private String of(NodeProto node) {
    String operator = node.getOpType();
    if (JOINING.contains(operator)) {
      return joined(node);
    }
    String source = maker(node.getInput(0));
    if (operator.equals("Exp") && source.equals("LogSoftmax")) {
      return "Softmax";
    }
    if (operator.equals("Log") && source.equals("Softmax")) {
      return "LogSoftmax";
    }
    if (SELECTING.contains(operator) && source.equals("Softmax")) {
      return "a part of Softmax";
    }
    boolean kept =
        MOVING.contains(operator)
            || SELECTING.contains(operator)
            || (AVERAGING.contains(operator) && isProbability(source))
            || (RESIZING.contains(operator) && !source.isEmpty())
            || (operator.equals("Clip") && (isProbability(source) || TELLING.contains(source)));
    return kept ? source : operator;
  }

  private String joined(NodeProto node) {
    String operator = node.getOpType();
    List<String> sources = new ArrayList<>();
    for (String input : node.getInputList()) {
      if (!constants.contains(input)) {
        sources.add(maker(input));
      }
    }
    if (isSoftmax(node)) {
      return "Softmax"; // written out
    }
    for (String source : sources) {
      if (isProbability(source)) {
        return mixture(source);
      }
    }
    for (String source : sources) {
      if (!isPlain(source)) {
        if (sources.size() == 1) {
          return source.endsWith("Tanh") ? tanh(source, operator) : source;
        }
        if (LINEAR.contains(operator)) {
          return mixture(source);
        }
      }
    }
    boolean scales = Set.of("Mul", "Div", "Sub").contains(operator);
    return scales && sources.size() < node.getInputCount() ? SCALING : operator;
  }

  /** Whether nothing limits the values. */
  private static boolean isPlain(String source) {
    return source.isEmpty() || LabelOutput.SCORES.contains(source) || LINEAR.contains(source);
  }

  private static String mixture(String source) {
    return source.startsWith("a mixture of ") ? source : "a mixture of " + source;
  }

  /** What a constant makes of a tanh. */
  private static String tanh(String source, String operator) {
    boolean scales = Set.of("Mul", "Div").contains(operator);
    boolean shifts = Set.of("Add", "Sub").contains(operator);
    if (source.equals("Tanh")) {
      return scales ? SCALED_TANH : shifts ? SHIFTED_TANH : source;
    }
    boolean both =
        (source.equals(SCALED_TANH) && shifts) || (source.equals(SHIFTED_TANH) && scales);
    return both ? RANGED_TANH : source;
  }

  /** Whether it divides an exponential by the sum of the same. */
  private boolean isSoftmax(NodeProto node) {
    if (!node.getOpType().equals("Div") || node.getInputCount() != 2) {
      return false;
    }
    String odds = unmoved(node.getInput(0));
    NodeProto sum = byOutput.get(unmoved(node.getInput(1)));
    return maker(odds).equals("Exp")
        && sum != null
        && sum.getOpType().equals("ReduceSum")
        && sum.getInputCount() > 0
        && unmoved(sum.getInput(0)).equals(odds);
  }

  /** The values before they were moved. */
  private String unmoved(String value) {
    String last = value;
    Set<String> passed = new HashSet<>();
    NodeProto node = byOutput.get(last);
    while (node != null
        && node.getInputCount() > 0
        && MOVING.contains(node.getOpType())
        && passed.add(last)) {
      last = node.getInput(0);
      node = byOutput.get(last);
    }
    return last;
  }

  private static boolean isProbability(String maker) {
    boolean softmax = maker.endsWith("Softmax") && !maker.equals("LogSoftmax");
    return softmax || maker.endsWith("Sigmoid");
  }
}
