package io.github.brainimaging.models.onnx.internal.graph;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** By what a graph multiplies gray values before anything else is done to them. */
final class GrayScale {

  /** What looks at the values no more than at their shape. */
  private static final Set<String> ASIDE = Set.of("Shape", "Size");

  private static final Set<String> SHIFTING = Set.of("Add", "Sub");
  private static final Set<String> FILLING = Set.of("Pad", "Resize", "Clip");

  private final Map<String, Float> numbers = new HashMap<>();
  private final Map<String, Double> scales = new HashMap<>();

  private GrayScale(GraphProto graph, List<Port> inputs) {
    graph.getInitializerList().forEach(weight -> number(weight.getName(), weight));
    for (NodeProto node : graph.getNodeList()) {
      boolean constant = node.getOpType().equals("Constant") && node.getOutputCount() > 0;
      if (constant && node.getAttributeCount() > 0) {
        number(node.getOutput(0), node.getAttribute(0).getT());
      }
    }
    inputs.forEach(input -> scales.put(input.name(), 1.0));
  }

  /**
   * The product of all single numbers, without its sign, up to the first operator that does
   * anything else.
   */
  static double of(GraphProto graph, List<Port> inputs) {
    GrayScale gray = new GrayScale(graph, inputs);
    double last = 1;
    for (NodeProto node : graph.getNodeList()) { // in the order of their work
      Optional<String> taken =
          node.getInputList().stream().filter(gray.scales::containsKey).findFirst();
      if (taken.isPresent() && !ASIDE.contains(node.getOpType())) {
        last = gray.scales.getOrDefault(taken.get(), last);
        double factor = gray.factor(node);
        if (Double.isNaN(factor) || node.getOutputCount() == 0) {
          break;
        }
        last *= factor;
        gray.scales.put(node.getOutput(0), last);
      }
    }
    return Math.abs(last);
  }

  /** By what an operator multiplies; not a number if it does anything else. */
  private double factor(NodeProto node) {
    String operator = node.getOpType();
    if (OutputMakers.MOVING.contains(operator) || FILLING.contains(operator)) {
      return 1;
    }
    if (node.getInputCount() != 2) {
      return Double.NaN;
    }
    boolean first = numbers.containsKey(node.getInput(0));
    Float by = numbers.get(node.getInput(first ? 0 : 1));
    if (by == null) {
      return Double.NaN;
    }
    if (SHIFTING.contains(operator)) {
      return 1;
    }
    return operator.equals("Mul") ? by : operator.equals("Div") && !first ? 1 / by : Double.NaN;
  }

  private void number(String name, TensorProto tensor) {
    long count = tensor.getDimsList().stream().reduce(1L, (a, b) -> a * b);
    if (tensor.getDataType() == TensorProto.DataType.FLOAT_VALUE && count == 1) {
      if (tensor.getFloatDataCount() == 1) {
        numbers.put(name, tensor.getFloatData(0));
      } else if (tensor.getRawData().size() == Float.BYTES) {
        ByteBuffer raw = tensor.getRawData().asReadOnlyByteBuffer();
        numbers.put(name, raw.order(ByteOrder.LITTLE_ENDIAN).getFloat());
      }
    }
  }
}
