package io.github.brainimaging.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.SparseTensorProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.github.brainimaging.models.card.Activation;
import io.github.brainimaging.models.card.ModelException;
import io.github.brainimaging.models.card.ModelInput;
import io.github.brainimaging.models.testing.Log;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What a model file says wrongly is told before native code sees the file. */
class ModelDoorTest {

  private static final ModelInput INPUT = ModelInput.ofSize(2, 1);

  @TempDir Path folder;

  private static TensorProto.Builder weight() {
    return TensorProto.newBuilder()
        .setName("w")
        .setDataType(TensorProto.DataType.FLOAT_VALUE)
        .addDims(4)
        .addDims(2)
        .setRawData(ByteString.copyFrom(new byte[32]));
  }

  /** x, flattened, times w. */
  private static byte[] model(Consumer<GraphProto.Builder> change) {
    TinyModel tiny =
        new TinyModel()
            .input("x", TensorProto.DataType.FLOAT, -1, 1, 2, 2)
            .node("Flatten", "f", "x")
            .node("MatMul", "y", "f", "w")
            .output("y", TensorProto.DataType.FLOAT, -1, 2);
    try {
      ModelProto.Builder model = ModelProto.parseFrom(tiny.bytes()).toBuilder();
      model.getGraphBuilder().addInitializer(weight());
      change.accept(model.getGraphBuilder());
      return model.build().toByteArray();
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] withWeight(TensorProto.Builder weight) {
    return model(graph -> graph.setInitializer(0, weight));
  }

  private static byte[] withNode(NodeProto.Builder node) {
    return model(graph -> graph.addNode(node));
  }

  private static NodeProto.Builder node(String operator, String... inputs) {
    return NodeProto.newBuilder()
        .setOpType(operator)
        .addAllInput(List.of(inputs))
        .addOutput("more");
  }

  private static AttributeProto.Builder attribute(String name) {
    return AttributeProto.newBuilder().setName(name);
  }

  private static OnnxClassifier open(ModelSource source) {
    return OnnxClassifier.builder()
        .model(source)
        .card(INPUT, Activation.SOFTMAX, List.of("a", "b"))
        .build();
  }

  private static void assertRefused(byte[] model, String why) {
    assertThatThrownBy(() -> open(ModelSource.ofBytes(model, "m")))
        .isInstanceOf(ModelException.class)
        .hasMessage("model m cannot be loaded: " + why);
  }

  @Test
  void aSoundModelIsTaken() {
    try (OnnxClassifier classifier = open(ModelSource.ofBytes(model(graph -> {}), "m"))) {
      assertThat(classifier.labels()).containsExactly("a", "b");
    }
  }

  @Test
  void aTypeThatIsNoneIsRefused() {
    assertRefused(
        withWeight(weight().setDataType(Integer.MIN_VALUE)),
        "weight 'w' has data type -2147483648, expected one of 1 to 24");
    assertRefused(
        withWeight(weight().setDataType(0)), "weight 'w' has data type 0, expected one of 1 to 24");
    assertRefused(
        model(g -> g.getInputBuilder(0).getTypeBuilder().getTensorTypeBuilder().setElemType(99)),
        "value 'x' has data type 99, expected one of 1 to 24");
  }

  @Test
  void axesThatTheValuesDoNotFillAreRefused() {
    assertRefused(
        withWeight(weight().addDims(3)),
        "weight 'w' has axes [4, 2, 3] of data type 1, expected 96 bytes, found 32");
    assertRefused(
        withWeight(weight().setDims(0, -4).setDims(1, -2)),
        "weight 'w' has axes [-4, -2], expected none below 0");
    assertRefused(
        withWeight(weight().setDims(0, 1L << 32).setDims(1, 1L << 32)),
        "weight 'w' has axes [4294967296, 4294967296], expected less");
    assertRefused(
        withWeight(weight().clearRawData().addFloatData(1)),
        "weight 'w' has axes [4, 2] of data type 1, expected 8 values, found 1");
    assertRefused(
        withWeight(weight().setDataType(TensorProto.DataType.STRING_VALUE)),
        "weight 'w' has axes [4, 2], expected as many texts in the file, found 0");
    assertRefused(
        withWeight(weight().setDataType(TensorProto.DataType.INT4_VALUE)),
        "weight 'w' has axes [4, 2] of data type 22, expected 4 bytes, found 32");
    assertRefused(
        model(g -> g.addSparseInitializer(SparseTensorProto.newBuilder().setValues(weight()))),
        "the graph has 1 sparse tensors, expected dense ones");
  }

  @Test
  void theBodyOfALoopIsLookedAtAsWell() {
    GraphProto body = GraphProto.newBuilder().addInitializer(weight().addDims(3)).build();
    assertRefused(
        withNode(node("Loop", "", "").addAttribute(attribute("body").setG(body))),
        "weight 'w' has axes [4, 2, 3] of data type 1, expected 96 bytes, found 32");
    assertRefused(
        withNode(
            node("Constant")
                .setName("c")
                .addAttribute(attribute("value").setT(weight().addDims(3)))),
        "'value' of Constant 'c' has axes [4, 2, 3] of data type 1, expected 96 bytes, found 32");
  }

  @Test
  void operatorsThatTheEngineDoesNotLookAtAreRefused() {
    assertRefused(
        withNode(node("Attention", "f", "w").setDomain("com.microsoft")),
        "operator Attention '' is of 'com.microsoft', expected operators of ONNX or functions of the"
            + " file");
    assertRefused(
        withNode(node("QLinearSigmoid", "f", "w", "w", "w").setDomain("com.microsoft")),
        "operator QLinearSigmoid '' needs 5 inputs, found [f, w, w, w]");
    assertRefused(
        withNode(node("RandomNormal").addAttribute(attribute("scale").setF(-1))),
        "operator RandomNormal '' needs a positive 'scale', found -1.0");
    assertRefused(
        withNode(node("RandomUniform").addAttribute(attribute("low").setF(2))),
        "operator RandomUniform '' needs 'low' not above 'high', found 2.0");
    assertRefused(
        withNode(node("Split", "f").addAttribute(attribute("num_outputs").setI(2))),
        "operator Split '' needs as many 'num_outputs' as outputs, found 2");
    assertRefused(
        withNode(node("DepthToSpace", "x").addAttribute(attribute("blocksize").setI(1L << 40))),
        "operator DepthToSpace '' needs 'blocksize' of 1 to 32767, found 1099511627776");
    assertRefused(
        withNode(node("RoiAlign", "x").addAttribute(attribute("sampling_ratio").setI(1L << 32))),
        "operator RoiAlign '' needs 'sampling_ratio' of 0 to 1023, found 4294967296");
    assertRefused(
        withNode(
            node("Einsum", "x", "")
                .addAttribute(attribute("equation").setS(ByteString.copyFromUtf8("nchw,hwk->nk")))),
        "operator Einsum '' needs no empty input, found [x, ]");
    assertRefused(
        withNode(node("MaxRoiPool", "w", "x")),
        "operator MaxRoiPool '' needs an image of four axes and a table of regions, found [w, x]");
    assertRefused(
        withNode(node("GatherND", "w", "x").addAttribute(attribute("batch_dims").setI(-1))),
        "operator GatherND '' needs 'batch_dims' of 0 to 15, found -1");
    assertRefused(
        withNode(
            node("Einsum", "x", "w")
                .addAttribute(
                    attribute("equation").setS(ByteString.copyFromUtf8("nchw, hwk->nk")))),
        "operator Einsum '' needs 2 letters, found hwk");
    assertRefused(
        withNode(node("QLinearConcat", "f", "").setDomain("com.microsoft")),
        "operator QLinearConcat '' needs no empty input, found [f, ]");
    assertRefused(
        withNode(node("LayerNormalization", "f", "w", "")),
        "operator LayerNormalization '' needs no empty input, found [f, w, ]");
    assertRefused(
        withNode(node("LSTM", "f", "w", "w")),
        "operator LSTM '' needs inputs of three axes, found w");
    assertRefused(
        model(g -> g.addNode(node("Squeeze", "f")).addNode(node("GRU", "more").setOutput(0, "z"))),
        "operator GRU '' needs inputs of three axes, found more");
  }

  @Test
  void aFunctionIsNotGivenMoreThanItTakes() throws IOException {
    FunctionProto.Builder function =
        FunctionProto.newBuilder().setDomain("own").setName("Twice").addInput("a").addOutput("b");
    ModelProto.Builder model =
        ModelProto.parseFrom(withNode(node("Twice", "f", "w").setDomain("own"))).toBuilder();
    assertRefused(
        model.build().toByteArray(),
        "operator Twice '' is of 'own', expected operators of ONNX or functions of the file");
    assertRefused(
        model.addFunctions(function).build().toByteArray(),
        "operator Twice '' needs no more than [a], found [f, w]");
  }

  private Path external(String location, String... more) throws IOException {
    TensorProto.Builder outside =
        weight()
            .clearRawData()
            .setDataLocation(TensorProto.DataLocation.EXTERNAL)
            .addExternalData(entry("location", location));
    for (int i = 0; i < more.length; i += 2) {
      outside.addExternalData(entry(more[i], more[i + 1]));
    }
    return Files.write(folder.resolve("models/m.onnx"), withWeight(outside));
  }

  private static StringStringEntryProto entry(String key, String value) {
    return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
  }

  private static void assertRefused(Path model, String why) {
    assertThatThrownBy(() -> open(ModelSource.ofPath(model)))
        .isInstanceOf(ModelException.class)
        .hasMessage("model " + model + " cannot be loaded: " + why);
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "no links")
  void weightsInOtherFilesMustLieInTheFolderOfTheModel() throws IOException {
    Path models = Files.createDirectories(folder.resolve("models"));
    Path secret = Files.write(folder.resolve("secret.bin"), new byte[32]);
    Files.write(models.resolve("w.bin"), new byte[40]);
    Files.createSymbolicLink(models.resolve("link.bin"), secret);

    open(ModelSource.ofPath(external("w.bin"))).close();
    open(ModelSource.ofPath(external("./w.bin", "offset", "8", "length", "32"))).close();
    for (String outside : List.of("../secret.bin", secret.toString(), "link.bin", "")) {
      Path model = external(outside);
      assertRefused(
          model,
          "weight 'w' lies in '" + outside + "', expected a place in the folder of " + model);
    }
    Path model = external("none.bin");
    assertRefused(model, "weight 'w' lies in 'none.bin', expected such a file beside " + model);
    assertRefused(
        external("w.bin", "offset", "9"),
        "weight 'w' needs 32 bytes, expected them in 'w.bin' of 40 bytes, found offset 9 and length"
            + " 32");
    assertRefused(
        external("w.bin", "offset", "-8"),
        "weight 'w' lies in another file at offset '-8', expected a number of bytes");
    assertRefused(
        external("w.bin", "location", secret.toString()),
        "weight 'w' lies in another file whose 'location' is told twice");
    assertRefused(
        Files.readAllBytes(external("w.bin")),
        "weight 'w' lies in another file, 'w.bin', expected all weights inside a model that is no"
            + " file itself");
  }

  /** A cache of models that holds both under other names, and links to them. */
  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "no links")
  void linksToModelAndWeightsInOneFolderAreFollowed() throws IOException {
    Files.createDirectories(folder.resolve("models"));
    Files.write(folder.resolve("models/w"), new byte[32]);
    Path model = external("w.bin");
    Path links = Files.createDirectories(folder.resolve("links"));
    Files.createSymbolicLink(links.resolve("w.bin"), folder.resolve("models/w"));
    Path link = Files.createSymbolicLink(links.resolve("m.onnx"), model);
    open(ModelSource.ofPath(link)).close();
  }

  @Test
  void thatAChecksumLeavesOutWeightsInOtherFilesIsLogged() throws IOException {
    Files.createDirectories(folder.resolve("models"));
    Files.write(folder.resolve("models/w.bin"), new byte[32]);
    ModelSource source = ModelSource.ofPath(external("w.bin"));
    String log =
        Log.of(
            () -> {
              FeatureExtractor.open(source, INPUT).close();
              return source;
            });
    assertThat(log).contains("weights of it lie in [w.bin], which its SHA-256 does not cover");
  }

  @Test
  void everyDoorLeadsByTheCheck() {
    byte[] broken = withWeight(weight().addDims(3));
    ModelSource source = ModelSource.ofBytes(broken, "m");
    List<Runnable> doors =
        List.of(
            () -> OnnxSegmenter.builder().model(source).build().close(),
            () -> OnnxVolumeSegmenter.builder(source).build().close(),
            () -> SequenceClassifier.builder(source).build().close(),
            () -> FeatureExtractor.open(source, INPUT).close());
    for (Runnable door : doors) {
      assertThatThrownBy(door::run)
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("expected 96 bytes, found 32");
    }
  }
}
