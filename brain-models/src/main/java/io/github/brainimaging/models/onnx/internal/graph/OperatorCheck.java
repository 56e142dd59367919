package io.github.brainimaging.models.onnx.internal.graph;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What the engine takes on trust of an operator though it ends the process where it is not so. Each
 * rule was a crash of ONNX Runtime 1.28 in {@code ModelMutationTest}.
 */
final class OperatorCheck {

  private static final Set<String> ONNX = Set.of("", "ai.onnx", "ai.onnx.ml");

  private static final String ENGINE = "com.microsoft";

  /** Of the engine's own operators those that quantized and optimized files of networks hold. */
  private static final Pattern OF_ENGINE =
      Pattern.compile("QLinear\\w+|QGemm|Fused(Conv|Gemm|MatMul)|(Bias|Fast|Quick)?Gelu");

  /** Inputs of the engine's own operators, all of which it reads whether they are there or not. */
  private static final Map<String, Integer> INPUTS =
      Map.of(
          "QLinearAdd", 8,
          "QLinearMul", 8,
          "QLinearSigmoid", 5,
          "QLinearLeakyRelu", 5,
          "QLinearAveragePool", 5,
          "QLinearGlobalAveragePool", 5,
          "QLinearSoftmax", 5,
          "QGemm", 9);

  private final Map<String, FunctionProto> functions = new HashMap<>();
  private final Map<String, Integer> ranks = new HashMap<>();

  /**
   * A check of the operators of a model.
   *
   * @param own the functions that the model brings along
   */
  OperatorCheck(List<FunctionProto> own) {
    for (FunctionProto function : own) {
      functions.put(function.getDomain() + ":" + function.getName(), function);
    }
  }

  /** Tells how many axes a weight has. */
  void add(TensorProto weight) {
    ranks.put(weight.getName(), weight.getDimsCount());
  }

  void check(List<NodeProto> nodes) throws EngineFailure {
    Map<String, NodeProto> makers = new HashMap<>();
    for (NodeProto node : nodes) {
      node.getOutputList().forEach(output -> makers.put(output, node));
    }
    for (NodeProto node : nodes) {
      requireKnown(node);
      switch (node.getOpType()) {
        case "RandomNormal", "RandomNormalLike" -> {
          float scale = number(node, "scale", 1);
          require(scale > 0, node, "a positive 'scale'", scale);
        }
        case "RandomUniform", "RandomUniformLike" -> {
          float low = number(node, "low", 0);
          require(low <= number(node, "high", 1), node, "'low' not above 'high'", low);
        }
        case "DepthToSpace", "SpaceToDepth" -> {
          long block = whole(node, "blocksize", 1);
          require(block > 0 && block < 1 << 15, node, "'blocksize' of 1 to 32767", block);
        }
        case "Split" -> {
          long outputs = whole(node, "num_outputs", node.getOutputCount());
          boolean fits = outputs == node.getOutputCount();
          require(fits, node, "as many 'num_outputs' as outputs", outputs);
        }
        case "RoiAlign" -> {
          long ratio = whole(node, "sampling_ratio", 0);
          require(ratio >= 0 && ratio < 1 << 10, node, "'sampling_ratio' of 0 to 1023", ratio);
        }
        case "GatherND" -> {
          long axes = whole(node, "batch_dims", 0);
          require(axes >= 0 && axes < 16, node, "'batch_dims' of 0 to 15", axes);
        }
        case "Einsum" -> {
          require(!node.getInputList().contains(""), node, "no empty input", node.getInputList());
          requireTerms(node);
        }
        case "LayerNormalization", "QLinearConcat" ->
            require(!node.getInputList().contains(""), node, "no empty input", node.getInputList());
        case "MaxRoiPool" -> {
          boolean fits = axes(node, 0, 4) == 4 && axes(node, 1, 2) == 2;
          require(fits, node, "an image of four axes and a table of regions", node.getInputList());
        }
        case "RNN", "GRU", "LSTM" -> requireAxes(node, makers);
        default -> {
          // the engine looks itself
        }
      }
    }
  }

  /** Of an input that is a weight; what is known in the run only is taken for right. */
  private int axes(NodeProto node, int input, int otherwise) {
    return input < node.getInputCount()
        ? ranks.getOrDefault(node.getInput(input), otherwise)
        : otherwise;
  }

  private void requireKnown(NodeProto node) throws EngineFailure {
    boolean ofEngine = node.getDomain().equals(ENGINE);
    FunctionProto function = functions.get(node.getDomain() + ":" + node.getOpType());
    EngineFailure.require(
        ofEngine
            ? OF_ENGINE.matcher(node.getOpType()).matches()
            : function != null || ONNX.contains(node.getDomain()),
        "%s is of '%s', expected operators of ONNX or functions of the file",
        name(node),
        node.getDomain());
    if (function != null) {
      boolean fits =
          node.getInputCount() <= function.getInputCount()
              && node.getOutputCount() <= function.getOutputCount();
      require(fits, node, "no more than " + function.getInputList(), node.getInputList());
    }
    int inputs = ofEngine ? INPUTS.getOrDefault(node.getOpType(), -1) : -1;
    require(
        inputs < 0 || node.getInputCount() == inputs,
        node,
        inputs + " inputs",
        node.getInputList());
  }

  /** What a Squeeze leaves that names no axes is known in the run, and not looked at then. */
  private void requireAxes(NodeProto node, Map<String, NodeProto> makers) throws EngineFailure {
    for (int i = 0; i < Math.min(3, node.getInputCount()); i++) {
      String input = node.getInput(i);
      NodeProto maker = makers.get(input);
      boolean open =
          maker != null
              && maker.getOpType().equals("Squeeze")
              && maker.getInputCount() < 2
              && maker.getAttributeCount() == 0;
      int axes = ranks.getOrDefault(input, 3);
      require(!open && axes == 3, node, "inputs of three axes", input);
    }
  }

  private static void require(boolean fits, NodeProto node, String expected, Object found)
      throws EngineFailure {
    EngineFailure.require(fits, "%s needs %s, found %s", name(node), expected, found);
  }

  /** As many letters as a weight has axes. */
  private void requireTerms(NodeProto node) throws EngineFailure {
    String equation =
        attribute(node, "equation").map(a -> a.getS().toStringUtf8().replace(" ", "")).orElse("");
    List<String> terms = List.of(equation.split("->", 2)[0].split(",", -1));
    for (int i = 0; i < Math.min(terms.size(), node.getInputCount()); i++) {
      String term = terms.get(i);
      int axes = ranks.getOrDefault(node.getInput(i), term.length());
      require(term.contains("...") || axes == term.length(), node, axes + " letters", term);
    }
  }

  private static float number(NodeProto node, String name, float otherwise) {
    return attribute(node, name).map(AttributeProto::getF).orElse(otherwise);
  }

  private static long whole(NodeProto node, String name, long otherwise) {
    return attribute(node, name).map(AttributeProto::getI).orElse(otherwise);
  }

  private static Optional<AttributeProto> attribute(NodeProto node, String name) {
    return node.getAttributeList().stream()
        .filter(attribute -> attribute.getName().equals(name))
        .findFirst();
  }

  private static String name(NodeProto node) {
    return "operator " + node.getOpType() + " '" + node.getName() + "'";
  }
}
