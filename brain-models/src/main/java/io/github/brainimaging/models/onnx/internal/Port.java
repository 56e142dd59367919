package io.github.brainimaging.models.onnx.internal;

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

  static Port of(NodeInfo node) {
    if (node.getInfo() instanceof TensorInfo tensor) {
      return new Port(node.getName(), tensor.type.name(), tensor.getShape());
    }
    return new Port(node.getName(), node.getInfo().getClass().getSimpleName(), new long[0]);
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
