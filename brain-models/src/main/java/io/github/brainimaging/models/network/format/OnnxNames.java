package io.github.brainimaging.models.network.format;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.stream.Stream;

/** New names for a graph that is put behind another. */
final class OnnxNames {

  private final String prefix;
  private final String input;
  private final String inputBecomes;

  private OnnxNames(String prefix, String input, String inputBecomes) {
    this.prefix = prefix;
    this.input = input;
    this.inputBecomes = inputBecomes;
  }

  /** Names that another graph does not have; the input becomes one of that graph's values. */
  static OnnxNames besides(GraphProto other, String input, String inputBecomes) {
    StringBuilder prefix = new StringBuilder("head.");
    while (all(other).anyMatch(name -> name.startsWith(prefix.toString()))) {
      prefix.insert(0, '_');
    }
    return new OnnxNames(prefix.toString(), input, inputBecomes);
  }

  /** The names of all that a graph has. */
  static Stream<String> all(GraphProto graph) {
    return Stream.of(
            graph.getInputList().stream().map(ValueInfoProto::getName),
            graph.getInitializerList().stream().map(TensorProto::getName),
            graph.getNodeList().stream().map(NodeProto::getName),
            graph.getNodeList().stream().flatMap(node -> node.getOutputList().stream()))
        .flatMap(all -> all);
  }

  private String renamed(String name) {
    if (name.isEmpty()) {
      return name;
    }
    return name.equals(input) ? inputBecomes : prefix + name;
  }

  TensorProto renamed(TensorProto initializer) {
    return initializer.toBuilder().setName(renamed(initializer.getName())).build();
  }

  NodeProto renamed(NodeProto node) {
    NodeProto.Builder copy = node.toBuilder().clearInput().clearOutput();
    copy.setName(renamed(node.getName()));
    node.getInputList().forEach(name -> copy.addInput(renamed(name)));
    node.getOutputList().forEach(name -> copy.addOutput(renamed(name)));
    return copy.build();
  }

  ValueInfoProto renamed(ValueInfoProto value) {
    return value.toBuilder().setName(renamed(value.getName())).build();
  }
}
