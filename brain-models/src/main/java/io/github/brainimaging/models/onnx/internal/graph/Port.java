package io.github.brainimaging.models.onnx.internal.graph;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.TensorInfo;
import java.util.StringJoiner;

/**
 * An input or output of a network, as the ONNX graph declares it.
 *
 * @param name its name in the graph
 * @param type element type, {@code FLOAT} for float32, in ONNX Runtime's words
 * @param shape length of each axis, -1 where the graph leaves it open; empty if the graph does not
 *     tell, or this is no tensor
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and not API
public record Port(String name, String type, long[] shape) {

  public static Port of(NodeInfo node) {
    if (node.getInfo() instanceof TensorInfo tensor) {
      return new Port(node.getName(), tensor.type.name(), tensor.getShape());
    }
    return new Port(node.getName(), node.getInfo().getClass().getSimpleName(), new long[0]);
  }

  /**
   * Whether it holds float32 values.
   *
   * @return true for the type that most networks have
   */
  public boolean isFloat32() {
    return type.equals("FLOAT");
  }

  /**
   * Whether it holds fractions.
   *
   * @return true for all kinds of floating-point numbers
   */
  public boolean isFloating() {
    return type.endsWith("FLOAT") || type.endsWith("FLOAT16") || type.equals("DOUBLE");
  }

  /**
   * Whether it holds whole numbers.
   *
   * @return true for all kinds of integers, and for truth values, which are 0 and 1
   */
  public boolean isWhole() {
    return type.startsWith("INT") || type.startsWith("UINT") || type.equals("BOOL");
  }

  /**
   * Whether images can be fed to it.
   *
   * @return false for texts, truth values and the like
   */
  public boolean takesNumbers() {
    return ElementType.isKnown(type);
  }

  /** Name, type and shape, such as {@code 'x' FLOAT [?, 3, 224, 224]}. */
  @Override
  public String toString() {
    StringJoiner axes = new StringJoiner(", ", "[", "]");
    for (long length : shape) {
      axes.add(length < 0 ? "?" : Long.toString(length));
    }
    return "'" + name + "' " + type + " " + axes;
  }
}
