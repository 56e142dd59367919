package io.github.brainimaging.models.onnx.internal.graph;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.UnsafeByteOperations;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Holds an ONNX file against itself before native code sees it. Every session is opened behind this
 * door: types that exist, as many values as each tensor's axes say, weights in other files only
 * beside the model, in the graph and in the bodies of its loops, branches and functions alike.
 *
 * <p>What the graph computes, and for how long, cannot be told from the file.
 */
public final class OnnxFile {

  private final TensorCheck tensors;
  private final OperatorCheck operators;

  private OnnxFile(ModelProto model, @Nullable Path file) {
    tensors = new TensorCheck(file);
    operators = new OperatorCheck(model.getFunctionsList());
  }

  /**
   * Checks the content of an ONNX file.
   *
   * @param content the content; not copied
   * @param file where it lies; null if it has no place, and so none for weights in other files
   * @return the other files that hold weights, as the model names them
   */
  public static Set<String> check(ByteBuffer content, @Nullable Path file) throws EngineFailure {
    CodedInputStream in = UnsafeByteOperations.unsafeWrap(content.duplicate()).newCodedInput();
    in.enableAliasing(true); // the weights are not copied
    ModelProto model;
    try {
      model = ModelProto.parseFrom(in);
    } catch (IOException e) {
      throw new EngineFailure("it is no ONNX file", e);
    }
    EngineFailure.require(model.hasGraph(), "it is no ONNX file: it has no graph");
    OnnxFile check = new OnnxFile(model, file);
    check.check(model);
    return check.tensors.files();
  }

  private void check(ModelProto model) throws EngineFailure {
    graph(model.getGraph());
    for (FunctionProto function : model.getFunctionsList()) {
      values(function.getValueInfoList());
      nodes(function.getNodeList());
      attributes("function " + function.getName(), function.getAttributeProtoList());
    }
  }

  private void graph(GraphProto graph) throws EngineFailure {
    for (var weight : graph.getInitializerList()) {
      tensors.check("weight '" + weight.getName() + "'", weight);
      operators.add(weight);
    }
    requireDense("the graph", graph.getSparseInitializerCount());
    values(graph.getInputList());
    values(graph.getOutputList());
    values(graph.getValueInfoList());
    nodes(graph.getNodeList());
  }

  private void nodes(List<NodeProto> nodes) throws EngineFailure {
    operators.check(nodes);
    for (NodeProto node : nodes) {
      attributes(node.getOpType() + " '" + node.getName() + "'", node.getAttributeList());
    }
  }

  private void attributes(String owner, List<AttributeProto> attributes) throws EngineFailure {
    for (AttributeProto attribute : attributes) {
      String name = "'" + attribute.getName() + "' of " + owner;
      if (attribute.hasT()) {
        tensors.check(name, attribute.getT());
      }
      for (var tensor : attribute.getTensorsList()) {
        tensors.check(name, tensor);
      }
      requireDense(name, attribute.getSparseTensorsCount() + (attribute.hasSparseTensor() ? 1 : 0));
      if (attribute.hasG()) {
        graph(attribute.getG());
      }
      for (GraphProto graph : attribute.getGraphsList()) {
        graph(graph);
      }
      if (attribute.hasTp()) {
        type(name, attribute.getTp());
      }
      for (TypeProto type : attribute.getTypeProtosList()) {
        type(name, type);
      }
    }
  }

  /** The engine takes the places of sparse values on trust. */
  private static void requireDense(String owner, int sparse) throws EngineFailure {
    EngineFailure.require(
        sparse == 0, "%s has %d sparse tensors, expected dense ones", owner, sparse);
  }

  private static void values(List<ValueInfoProto> values) throws EngineFailure {
    for (ValueInfoProto value : values) {
      type("value '" + value.getName() + "'", value.getType());
    }
  }

  private static void type(String owner, TypeProto type) throws EngineFailure {
    switch (type.getValueCase()) {
      case TENSOR_TYPE -> elements(owner, type.getTensorType().getElemType());
      case SPARSE_TENSOR_TYPE -> requireDense(owner, 1);
      case SEQUENCE_TYPE -> type(owner, type.getSequenceType().getElemType());
      case OPTIONAL_TYPE -> type(owner, type.getOptionalType().getElemType());
      case MAP_TYPE -> {
        elements(owner, type.getMapType().getKeyType());
        type(owner, type.getMapType().getValueType());
      }
      case OPAQUE_TYPE, VALUE_NOT_SET -> {
        // an opaque type has no elements; one that is not told is inferred
      }
    }
  }

  /** A type of 0 is not told. */
  private static void elements(String owner, int type) throws EngineFailure {
    if (type != 0) {
      TensorCheck.requireType(owner, type);
    }
  }
}
