package io.github.brainimaging.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.tensor.Layout;
import io.github.brainimaging.core.transform.spatial.Interpolation;
import io.github.brainimaging.models.card.Activation;
import io.github.brainimaging.models.card.ModelCard;
import io.github.brainimaging.models.card.ModelException;
import io.github.brainimaging.models.card.ModelInput;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where models and cards come from, and what is refused. */
class ModelLoadingTest {

  private static final List<String> LABELS = List.of("a", "b", "c");

  @TempDir Path folder;

  private static ModelInput input(int width, int height, int channels, Layout layout) {
    return new ModelInput(
        width,
        height,
        channels,
        layout,
        ModelInput.Fit.STRETCH,
        Interpolation.NEAREST,
        ModelInput.Normalization.NONE);
  }

  private static ModelCard card(String name) {
    return ModelCard.builder(name, input(3, 1, 1, Layout.NCHW), Activation.LOGITS, LABELS).build();
  }

  private static byte[] tiny() {
    return TinyModel.passThrough(3).bytes();
  }

  private static OnnxClassifier load(ModelSource source) {
    return OnnxClassifier.builder().model(source).device(Device.cpu()).build();
  }

  private static void assertWorks(OnnxClassifier classifier, String expectedName) {
    try (classifier) {
      assertThat(classifier.card().name()).isEqualTo(expectedName);
      assertThat(classifier.classify(MedicalImage.ofGray(3, 1, new float[] {0, 0, 1})).label())
          .isEqualTo("c");
    }
  }

  private Path write(String name, byte[] content) throws IOException {
    return Files.write(folder.resolve(name), content);
  }

  @CanIgnoreReturnValue
  private Path write(String name, String content) throws IOException {
    return write(name, content.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void findsTheCardBesideAFile() throws IOException {
    Path model = write("m.onnx", tiny());
    write("m.json", card("beside").toJson());
    assertWorks(load(ModelSource.ofPath(model)), "beside");
  }

  @Test
  void findsTheCardInTheMetadata() throws IOException {
    byte[] model =
        TinyModel.passThrough(3).metadata(ModelCard.METADATA_KEY, card("inside").toJson()).bytes();
    assertWorks(load(ModelSource.ofBytes(model, "m")), "inside");
    assertWorks(load(ModelSource.ofStream(new ByteArrayInputStream(model), "m")), "inside");
    assertWorks(load(ModelSource.ofPath(write("m.onnx", model))), "inside");
  }

  @Test
  void theCardOfTheBuilderComesFirstThenTheOneBesideThenTheOneInside() throws IOException {
    byte[] model =
        TinyModel.passThrough(3).metadata(ModelCard.METADATA_KEY, card("inside").toJson()).bytes();
    ModelSource source = ModelSource.ofPath(write("m.onnx", model));
    write("m.json", card("beside").toJson());
    assertWorks(load(source), "beside");
    assertWorks(OnnxClassifier.builder().model(source).card(card("explicit")).build(), "explicit");
  }

  @Test
  void withoutACardSaysWhatTheModelHas() {
    assertThatThrownBy(() -> load(ModelSource.ofBytes(tiny(), "lonely")))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith("model lonely has no card")
        .hasMessageContaining("'x' FLOAT [?, 1, 1, 3]")
        .hasMessageContaining("'y' FLOAT [?, 3]");
  }

  @Test
  void withoutACardNamesTheFileThatIsMissingAndTheCommandThatMakesIt() throws IOException {
    Path model = write("m.onnx", tiny());

    assertThatThrownBy(() -> load(ModelSource.ofPath(model)))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("put " + model.resolveSibling("m.json") + " beside it")
        .hasMessageContaining("`brain card " + model + " --write` makes (in Java: builder.card).");
  }

  @Test
  void aModelWithoutNameIsCalledAsItsFile() throws IOException {
    ModelInput input = Classifiers.pixels(3, 1, Layout.NCHW);
    OnnxClassifier.Builder builder =
        OnnxClassifier.builder().card(input, Activation.LOGITS, List.of("a", "b", "c"));

    Path model = write("my-network.onnx", tiny());
    try (OnnxClassifier classifier = builder.model(ModelSource.ofPath(model)).build()) {
      assertThat(classifier.card().name()).isEqualTo("my-network");
    }
    try (OnnxClassifier classifier =
        builder.model(ModelSource.ofBytes(tiny(), "of a stream")).build()) {
      assertThat(classifier.card().name()).isEqualTo("of a stream");
    }
  }

  @Test
  void aBrokenCardNamesTheModel() throws IOException {
    Path model = write("m.onnx", tiny());
    write("m.json", "{\"name\": \"x\"}");
    assertThatThrownBy(() -> load(ModelSource.ofPath(model)))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining(model.toString())
        .hasMessageContaining("'input' is missing");
  }

  @Test
  void verifiesTheChecksumOfTheCardBeside() throws Exception {
    byte[] bytes = tiny();
    Path model = write("m.onnx", bytes);
    String sum = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    write("m.json", card("m").toBuilder().sha256(sum).build().toJson());
    assertWorks(load(ModelSource.ofPath(model)), "m");
    write("m.json", card("m").toBuilder().sha256("0".repeat(64)).build().toJson());
    assertThatThrownBy(() -> load(ModelSource.ofPath(model)))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining(model.toString())
        .hasMessageContaining(sum)
        .hasMessageContaining("0".repeat(64));
  }

  @Test
  void ignoresAChecksumInsideTheModel() {
    String text = card("m").toBuilder().sha256("0".repeat(64)).build().toJson();
    byte[] model = TinyModel.passThrough(3).metadata(ModelCard.METADATA_KEY, text).bytes();
    try (OnnxClassifier classifier = load(ModelSource.ofBytes(model, "m"))) {
      assertThat(classifier.card().sha256()).isEmpty();
    }
  }

  @Test
  void loadsFromInsideAJar() throws Exception {
    Path jar = folder.resolve("models.jar");
    String anchor = TinyModel.class.getName().replace('.', '/') + ".class";
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
        InputStream in = TinyModel.class.getClassLoader().getResourceAsStream(anchor)) {
      out.putNextEntry(new JarEntry(anchor));
      in.transferTo(out);
      out.putNextEntry(new JarEntry("models/m.onnx"));
      out.write(tiny());
      out.putNextEntry(new JarEntry("models/m.json"));
      out.write(card("jarred").toJson().getBytes(StandardCharsets.UTF_8));
    }
    URL[] urls = {jar.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader())) {
      Class<?> owner = loader.loadClass(TinyModel.class.getName());
      assertWorks(load(ModelSource.ofResource(owner, "/models/m.onnx")), "jarred");
      assertThatThrownBy(() -> load(ModelSource.ofResource(owner, "/models/other.onnx")))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("/models/other.onnx does not exist");
    }
  }

  @Test
  void theEmbeddedModelLoadsWithAllDefaults() {
    assumeThat(OnnxClassifier.class.getResource("embedded.onnx"))
        .as("the embedded model, which this build does not have")
        .isNotNull();
    try (OnnxClassifier classifier = OnnxClassifier.embedded()) {
      assertThat(classifier.labels())
          .containsExactly("glioma", "meningioma", "notumor", "pituitary");
      assertThat(classifier.card().sha256()).isNotEmpty();
    }
  }

  @Test
  void aMissingFileIsNamed() {
    Path missing = folder.resolve("missing.onnx");
    assertThatThrownBy(() -> load(ModelSource.ofPath(missing)))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining(missing + " does not exist");
    assertThatThrownBy(() -> load(ModelSource.ofPath(folder)))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("is no file");
  }

  @Test
  void anEmptyFileIsNamed() throws IOException {
    Path empty = write("empty.onnx", "");
    assertThatThrownBy(() -> load(ModelSource.ofPath(empty)))
        .isInstanceOf(ModelException.class)
        .hasMessage("model %s is empty", empty);
    assertThatThrownBy(() -> load(ModelSource.ofBytes(new byte[0], "nothing")))
        .isInstanceOf(ModelException.class)
        .hasMessage("model nothing is empty");
  }

  @Test
  void aWebPageIsShown() throws IOException {
    Path page = write("page.onnx", "<!DOCTYPE html>\n<html>404</html>");
    assertThatThrownBy(() -> load(ModelSource.ofPath(page)))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining(page.toString())
        .hasMessageContaining("<!DOCTYPE html>");
  }

  @Test
  void garbageAndCutModelsAreRefused() throws IOException {
    byte[] noise = new byte[1000];
    new Random(3).nextBytes(noise);
    Path garbage = write("garbage.onnx", noise);
    assertThatThrownBy(() -> load(ModelSource.ofPath(garbage)))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining(garbage.toString());
    byte[] whole = tiny();
    for (int length : new int[] {1, whole.length / 2, whole.length - 1}) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> load(ModelSource.ofBytes(cut, "cut")))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("model cut");
    }
  }

  private static void assertMisfit(TinyModel model, ModelCard card, String... parts) {
    OnnxClassifier.Builder builder =
        OnnxClassifier.builder().model(ModelSource.ofBytes(model.bytes(), "misfit")).card(card);
    assertThatThrownBy(builder::build)
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("model misfit does not fit its card")
        .hasMessageContainingAll(parts);
  }

  @Test
  void rejectsAnotherNumberOfLabels() {
    assertMisfit(
        TinyModel.passThrough(new long[] {-1, 1, 1, 3}, new long[] {-1, 3}),
        ModelCard.builder(
                "m", input(3, 1, 1, Layout.NCHW), Activation.LOGITS, List.of("a", "b", "c", "d"))
            .build(),
        "'y' FLOAT [?, 3]",
        "FLOAT [N, 4]",
        "[a, b, c, d]");
  }

  @Test
  void rejectsAnotherSizeAndNamesTheOtherLayoutWhereThatFits() {
    TinyModel model = TinyModel.passThrough(new long[] {-1, 1, 1, 3}, new long[] {-1, 3});
    assertMisfit(
        model,
        ModelCard.builder("m", input(4, 1, 1, Layout.NCHW), Activation.LOGITS, LABELS).build(),
        "'x' FLOAT [?, 1, 1, 3]",
        "FLOAT [N, 1, 1, 4] (NCHW)");
    assertMisfit(
        model,
        ModelCard.builder("m", input(1, 1, 3, Layout.NCHW), Activation.LOGITS, LABELS).build(),
        "FLOAT [N, 3, 1, 1] (NCHW); it would fit as NHWC");
  }

  @Test
  void rejectsATableOfValuesPerLabel() {
    TinyModel model =
        new TinyModel()
            .input("x", DataType.FLOAT, -1, 1, 2, 3)
            .node("Identity", "y", "x")
            .output("y", DataType.FLOAT, -1, 1, 2, 3);
    ModelCard card =
        ModelCard.builder("m", input(3, 2, 1, Layout.NCHW), Activation.LOGITS, LABELS).build();
    assertMisfit(model, card, "'y' FLOAT [?, 1, 2, 3]", "FLOAT [N, 3]");
  }

  @Test
  void rejectsSeveralInputsOrOutputs() {
    assertMisfit(
        new TinyModel()
            .input("x", DataType.FLOAT, -1, 1, 1, 3)
            .input("age", DataType.FLOAT, -1, 1, 1, 3)
            .node("Add", "sum", "x", "age")
            .node("Flatten", "y", "sum")
            .output("y", DataType.FLOAT, -1, 3),
        card("m"),
        "one input",
        "'age'");
    assertMisfit(
        TinyModel.passThrough(3).node("Neg", "z", "y").output("z", DataType.FLOAT, -1, 3),
        card("m"),
        "several of its outputs fit",
        "'z'");
  }
}
