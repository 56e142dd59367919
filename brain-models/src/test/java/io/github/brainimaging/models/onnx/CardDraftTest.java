package io.github.brainimaging.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.github.brainimaging.core.tensor.Layout;
import io.github.brainimaging.core.transform.spatial.Interpolation;
import io.github.brainimaging.models.card.Activation;
import io.github.brainimaging.models.card.ModelCard;
import io.github.brainimaging.models.card.ModelException;
import io.github.brainimaging.models.card.ModelInput;
import io.github.brainimaging.models.card.Preparation;
import io.github.brainimaging.models.card.Task;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** On networks that Keras and PyTorch have exported, and on small ones made here. */
class CardDraftTest {

  private static ModelSource network(String name) {
    return ModelSource.ofResource(CardDraftTest.class, "foreign/" + name + ".onnx");
  }

  private static ModelCard cardOf(String name) throws IOException {
    try (InputStream in = CardDraftTest.class.getResourceAsStream("foreign/" + name + ".json")) {
      byte[] text = Objects.requireNonNull(in).readAllBytes();
      return ModelCard.fromJson(new String(text, StandardCharsets.UTF_8));
    }
  }

  /** What the graph cannot tell is told; what it tells is what the card beside it says. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "k-conv3d",
        "k-int32",
        "k-nchw",
        "k-rnn-lstm-6",
        "k-sigmoid1",
        "k-softmax-1x1x4",
        "k-uint8",
        "k-unet-nchw-in",
        "o-float16",
        "o-helper-ir",
        "p-batch-baked",
        "p-conv3d",
        "p-fixed8",
        "p-flat",
        "p-lstm-fixed6",
        "p-no-batch",
        "p-squeezed"
      })
  void readsFromTheGraphWhatTheCardSays(String name) throws IOException {
    ModelCard expected = cardOf(name);

    ModelCard card =
        CardDraft.of(network(name))
            .preparation(expected.input())
            .labels(expected.labels())
            .tumorLabels(List.copyOf(expected.tumorLabels()))
            .card();

    assertThat(card.input()).isEqualTo(expected.input());
    assertThat(card.task()).isEqualTo(expected.task());
    assertThat(card.activation()).isEqualTo(expected.activation());
    assertThat(card.sha256()).isEqualTo(network(name).sha256());
  }

  @Test
  void asksForAllThatTheGraphDoesNotTellAtOnce() {
    assertThatThrownBy(() -> CardDraft.of(network("k-nchw")).card())
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("no card for model resource foreign/k-nchw.onnx")
        .hasMessageContaining("preparation (how pictures were prepared in its training, one of")
        .hasMessageContaining("KERAS_RESNET50")
        .hasMessageContaining("labels (4 names, in the order of the outputs");
    assertThatThrownBy(
            () ->
                CardDraft.of(network("k-two-outputs"))
                    .preparation(Preparation.KERAS_UNIT)
                    .labels(List.of("a", "b", "c", "d"))
                    .card())
        .hasMessageContaining("output (the name of the one that gives the labels")
        .hasMessageContaining("Identity_1:0");
  }

  @Test
  void ofOneSigmoidTwoLabelsAreAsked() {
    CardDraft draft = CardDraft.of(network("k-sigmoid1")).preparation(Preparation.KERAS_UNIT);
    assertThatThrownBy(draft::card)
        .hasMessageContaining("labels (2 names, the output speaks of the second");
    ModelCard card = draft.labels(List.of("notumor", "tumor")).card();
    assertThat(card.activation()).isEqualTo(Activation.SIGMOID);
    assertThat(card.tumorLabels()).containsExactly("tumor");
    assertThatThrownBy(() -> draft.labels(List.of("a", "b", "c")).card())
        .hasMessageContaining("labels must be 1, got [a, b, c]");
    assertThatThrownBy(() -> draft.labels(List.of("CN", "AD")).card())
        .hasMessageContaining("tumorLabels (those of [CN, AD] that mean a tumor")
        .hasMessageContaining("[AD]");
  }

  private static ModelSource scores(String... last) {
    TinyModel model = new TinyModel().input("x", DataType.FLOAT, -1, 3, -1, -1);
    String value = "x";
    for (String operator : last) {
      String next = value + "y";
      model = model.node(operator, next, value);
      value = next;
    }
    return ModelSource.ofBytes(model.output(value, DataType.FLOAT, -1, 3).bytes(), "tiny");
  }

  @Test
  void neverAppliesAnActivationTwice() {
    CardDraft ended =
        CardDraft.of(scores("GlobalAveragePool", "Flatten", "Softmax", "Identity"))
            .preparation(Preparation.TORCH_UNIT)
            .size(32)
            .labels(List.of("glioma", "meningioma", "notumor"));
    assertThat(ended.card().activation()).isEqualTo(Activation.SOFTMAX);
    assertThatThrownBy(() -> ended.activation(Activation.LOGITS).card())
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("comes from Softmax")
        .hasMessageContaining("the activation must be SOFTMAX, got LOGITS");
  }

  @Test
  void asksWhetherScoresOfTumorsExcludeEachOther() {
    CardDraft draft =
        CardDraft.of(scores("GlobalAveragePool", "Flatten"))
            .preparation(Preparation.TORCH_UNIT)
            .labels(List.of("core", "edema", "whole tumor"))
            .tumorLabels(List.of("core", "edema", "whole tumor"));
    assertThatThrownBy(draft::card)
        .hasMessageContaining("size (rows and columns")
        .hasMessageContaining("activation (the graph ends in GlobalAveragePool")
        .hasMessageContaining("SIGMOID_LOGITS if each was trained before a sigmoid of its own");
    ModelCard card = draft.size(48).activation(Activation.SIGMOID_LOGITS).card();
    assertThat(card.input()).isEqualTo(Preparation.TORCH_UNIT.input(48, 48, 3));
    assertThat(card.task()).isEqualTo(Task.CLASSIFICATION);
  }

  @ParameterizedTest
  @EnumSource
  void everyPreparationPrintsThePublishedInput(Preparation preparation) {
    ModelInput input = preparation.input();
    boolean keras = preparation.name().startsWith("KERAS");
    assertThat(input.layout()).isEqualTo(keras ? Layout.NHWC : Layout.NCHW);
    assertThat(input.channels()).isEqualTo(3);
    assertThat(input.interpolation())
        .isEqualTo(keras ? Interpolation.NEAREST : Interpolation.PILLOW_BILINEAR);
  }

  @ParameterizedTest
  @CsvSource({
    "KERAS_RESNET50, 224, IMAGENET_CAFFE",
    "KERAS_VGG16, 224, IMAGENET_CAFFE",
    "KERAS_XCEPTION, 299, IMAGENET_TF",
    "KERAS_DENSENET121, 224, IMAGENET_TORCH",
    "KERAS_UNIT, 224, UNIT",
    "KERAS_RAW, 224, BYTE",
    "TORCHVISION, 224, IMAGENET_TORCH",
    "TORCH_UNIT, 224, UNIT",
    "TORCH_SIGNED, 224, SIGNED_UNIT"
  })
  void isWhatTheFrameworkDocuments(
      Preparation preparation, int size, ModelInput.Normalization normalization) {
    assertThat(preparation.input().width()).isEqualTo(size);
    assertThat(preparation.input().height()).isEqualTo(size);
    assertThat(preparation.input().normalization()).isEqualTo(normalization);
  }

  @Test
  void whatIsNoPictureIsRefused() {
    TinyModel four =
        new TinyModel()
            .input("x", DataType.FLOAT, -1, 4, 8, 8)
            .node("Flatten", "y", "x")
            .output("y", DataType.FLOAT, -1, 256);
    ModelSource source = ModelSource.ofBytes(four.bytes(), "four");
    assertThatThrownBy(() -> CardDraft.of(source).card())
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("'x' FLOAT [?, 4, 8, 8], expected pictures of 1 or 3 channels");
    ModelSource text = ModelSource.ofBytes("no model".getBytes(StandardCharsets.UTF_8), "text");
    assertThatThrownBy(() -> CardDraft.of(text))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("text is no ONNX file");
  }
}
