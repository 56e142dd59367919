package io.github.brainimaging.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.Modality;
import io.github.brainimaging.core.tensor.Layout;
import io.github.brainimaging.core.transform.spatial.Interpolation;
import io.github.brainimaging.models.card.Activation;
import io.github.brainimaging.models.card.ModelCard;
import io.github.brainimaging.models.card.ModelException;
import io.github.brainimaging.models.card.ModelInput;
import io.github.brainimaging.models.card.ModelInput.Normalization;
import io.github.brainimaging.models.card.Preparation;
import io.github.brainimaging.models.card.Task;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What graphs tell of themselves, beyond their shapes; found with {@code more_networks.py}. */
class ForeignGraphsTest {

  private static final List<String> THREE = List.of("glioma", "notumor", "pituitary");

  static ModelSource source(TinyModel model) {
    return ModelSource.ofBytes(model.bytes(), "tiny");
  }

  static CardDraft draft(TinyModel model) {
    return CardDraft.of(source(model))
        .preparation(Preparation.TORCH_UNIT)
        .labels(THREE)
        .tumorLabels(List.of("glioma", "pituitary"));
  }

  /** A graph whose last steps are these: OPERATOR from what was before, + for twice that. */
  static TinyModel ending(String steps) {
    TinyModel model = new TinyModel().input("x", DataType.FLOAT, -1, 3, 4, 4).weight("c", 2, 1);
    String value = "x";
    for (String step : List.of(steps.split(" "))) {
      String next = value + "y";
      boolean twice = step.startsWith("+");
      String other = twice ? value : "c";
      model =
          step.endsWith("*") || twice
              ? model.node(step.replaceAll("[+*]", ""), next, value, other)
              : model.node(step, next, value);
      value = next;
    }
    return model.output(value, DataType.FLOAT, -1, 3);
  }

  @ParameterizedTest
  @CsvSource({
    "GlobalAveragePool Flatten, LOGITS",
    "GlobalAveragePool Flatten Softmax, SOFTMAX",
    "Flatten Sigmoid Clip, SIGMOID",
    "Sigmoid GlobalAveragePool Flatten, SIGMOID",
    "Softmax GlobalAveragePool Flatten, SOFTMAX",
    "Flatten LogSoftmax Exp, SOFTMAX",
    "Flatten Softmax Log, LOGITS",
    "GlobalAveragePool Flatten Mul*, LOGITS"
  })
  void whatIsDoneToProbabilitiesIsKnown(String steps, Activation expected) {
    assertThat(draft(ending(steps)).card().activation()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "Flatten Softmax +Add, a mixture of Softmax",
    "Flatten Sigmoid +Add Mul*, a mixture of Sigmoid",
    "Flatten Softmax Mul*, a mixture of Softmax",
    "Flatten Relu, Relu"
  })
  void whatIsDoneToProbabilitiesIsAskedFor(String steps, String maker) {
    assertThatThrownBy(() -> draft(ending(steps)).card())
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("activation (the graph ends in " + maker + ";");
  }

  @ParameterizedTest
  @CsvSource({
    "Flatten Tanh, -1 to 1",
    "Flatten Tanh Mul*, -1 to 1",
    "Flatten Tanh Clip, -1 to 1",
    "Flatten Tanh Add*, -1 to 1",
    "Flatten ArgMax, without the argmax",
    "Flatten TopK*, without top-k"
  })
  void whatSaysNothingOfTheLabelsIsRefused(String steps, String advice) {
    assertThatThrownBy(() -> draft(ending(steps)).card())
        .isInstanceOf(ModelException.class)
        .hasMessageContaining(advice);
  }

  @Test
  void oddsAreNoScores() {
    CardDraft draft = draft(ending("Flatten Exp")).activation(Activation.LOGITS);
    assertThatThrownBy(draft::card).hasMessageContaining("comes from Exp, so that it gives no");
  }

  @Test
  void theFirstConvolutionTellsHowManyChannelsThereAre() {
    TinyModel model =
        new TinyModel()
            .input("x", DataType.FLOAT, -1, -1, -1, -1)
            .weight("w", 1, 3, 1, 1, 1)
            .node("Conv", "f", "x", "w")
            .node("GlobalAveragePool", "p", "f")
            .node("Flatten", "y", "p")
            .output("y", DataType.FLOAT, -1, 3);
    assertThat(draft(model).size(8).card().input().channels()).isEqualTo(1);
  }

  private static TinyModel volumes(long... shape) {
    return new TinyModel()
        .input("x", DataType.FLOAT, shape)
        .node("Flatten", "f", "x")
        .node("Softmax", "y", "f")
        .output("y", DataType.FLOAT, -1, 3);
  }

  @Test
  void slicesThatLieLastAreFoundByTheirSquares() {
    ModelInput input = draft(volumes(-1, 8, 8, 5, 1)).card().input();
    assertThat(List.of(input.width(), input.height())).containsExactly(8, 8);
  }

  @Test
  void ofACubeTheAxesAreAskedFor() {
    CardDraft draft = draft(volumes(-1, 1, 8, 8, 8));
    assertThatThrownBy(draft::card)
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("axes (of the network's input 'x' FLOAT [?, 1, 8, 8, 8], one of")
        .hasMessageContaining("[NCSHW, NCHWS]");
    ModelCard card = draft.axes("NCHWS").card();
    assertThat(card.task()).isEqualTo(Task.SEQUENCE_CLASSIFICATION);
    assertThat(ModelCard.fromJson(card.toJson()).axes()).isEqualTo("NCHWS");
    assertThatThrownBy(() -> draft.axes("NCHHS")).hasMessageContaining("got 'NCHHS'");
    assertThatThrownBy(() -> draft.axes("NSHW").card()).hasMessageContaining("got 'NSHW'");
  }

  @Test
  void slicesInThePlaceOfChannelsAreTold() {
    TinyModel model = volumes(-1, 6, 8, 8);
    assertThatThrownBy(() -> draft(model).card()).hasMessageContaining("by the axes NSHW or NHWS");
    ModelCard card = draft(model).axes("NSHW").card();
    assertThat(card.task()).isEqualTo(Task.SEQUENCE_CLASSIFICATION);
    assertThat(card.input().channels()).isEqualTo(1);
  }

  /** Two slices of two rows and two columns; the network gives their values as they come. */
  @ParameterizedTest
  @CsvSource({"NCSHW, 0.1 0.2 0.3 0.4 0.5 0.6 0.7 0.8", "NCHWS, 0.1 0.5 0.2 0.6 0.3 0.7 0.4 0.8"})
  void theAxesOfTheCardDecide(String axes, String expected) {
    TinyModel model =
        new TinyModel()
            .input("x", DataType.FLOAT, -1, 1, 2, 2, 2)
            .node("Flatten", "y", "x")
            .output("y", DataType.FLOAT, -1, 8);
    ModelCard card =
        ModelCard.builder("m", pixels(2, Normalization.NONE), Activation.SIGMOID, eight())
            .task(Task.SEQUENCE_CLASSIFICATION)
            .tumorLabels(List.of())
            .axes(axes)
            .build();
    try (SequenceClassifier classifier =
        SequenceClassifier.builder(source(model)).card(card).device(Device.cpu()).build()) {
      List<MedicalImage> slices =
          List.of(
              MedicalImage.ofGray(2, 2, new float[] {0.1f, 0.2f, 0.3f, 0.4f}),
              MedicalImage.ofGray(2, 2, new float[] {0.5f, 0.6f, 0.7f, 0.8f}));
      double[] found =
          classifier.classify(slices).probabilities().values().stream()
              .mapToDouble(p -> p)
              .toArray();
      double[] right = List.of(expected.split(" ")).stream().mapToDouble(Double::valueOf).toArray();
      assertThat(found).containsExactly(right, within(1e-6));
    }
  }

  private static List<String> eight() {
    return List.of("a", "b", "c", "d", "e", "f", "g", "h");
  }

  private static ModelInput pixels(int size, Normalization normalization) {
    return new ModelInput(
        size, size, 1, Layout.NCHW, ModelInput.Fit.STRETCH, Interpolation.NEAREST, normalization);
  }

  @Test
  void grayValuesAreNotDividedTwice() {
    TinyModel model =
        new TinyModel()
            .input("x", DataType.FLOAT, -1, 1, 8, 8)
            .weight("w", 1 / 255f)
            .node("Mul", "s", "x", "w")
            .node("Flatten", "y", "s")
            .output("y", DataType.FLOAT, -1, 3);
    assertThatThrownBy(() -> draft(model).card())
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("the preparation must be KERAS_RAW, got the normalization UNIT");
    assertThat(draft(model).preparation(Preparation.KERAS_RAW).card().input().normalization())
        .isEqualTo(Normalization.BYTE);
  }

  /** 12 bit, signed, or a picture: 0 to 255 all the same. */
  @Test
  void everyImageBecomesOneOf8Bit() {
    float[] values = {-100, 0, 400, 1500};
    MedicalImage scan =
        MedicalImage.ofGray(2, 2, values).withModality(Modality.MR).withDisplayRange(-100, 1500);
    ModelInput input = pixels(2, Normalization.BYTE);
    assertThat(input.transform().apply(scan).samples())
        .containsExactly(new float[] {0, 15.9375f, 79.6875f, 255}, within(1e-3f));
    MedicalImage picture =
        MedicalImage.ofGray(2, 2, new float[] {0, 7, 128, 255}).withNominalMaximum(255);
    assertThat(input.transform().apply(picture).samples()).containsExactly(0, 7, 128, 255);
    assertThat(pixels(2, Normalization.SIGNED_UNIT).transform().apply(picture).samples())
        .containsExactly(new float[] {-1, -0.945098f, 0.003922f, 1}, within(1e-5f));
  }

  @Test
  void theEnginesWordsBecomeASentence() {
    TinyModel unknown =
        new TinyModel()
            .input("x", DataType.FLOAT, -1, 1, 2, 2)
            .node("Bitcast", "b", "x")
            .node("Flatten", "y", "b")
            .output("y", DataType.FLOAT, -1, 4);
    TinyModel wide =
        new TinyModel()
            .input("x", DataType.FLOAT, -1, -1, 2, 2)
            .weight("w", 1, 4, 3, 1, 1)
            .node("Conv", "f", "x", "w")
            .node("GlobalAveragePool", "p", "f")
            .node("Flatten", "y", "p")
            .output("y", DataType.FLOAT, -1, 4);
    ModelCard card =
        ModelCard.builder(
                "m",
                pixels(2, Normalization.NONE),
                Activation.LOGITS,
                List.of("notumor", "a", "b", "c"))
            .build();
    OnnxClassifier.Builder builder = OnnxClassifier.builder().card(card).device(Device.cpu());
    assertThatThrownBy(() -> builder.model(source(unknown)).build())
        .isInstanceOf(ModelException.class)
        .message()
        .contains("operator Bitcast")
        .doesNotContain("Error code", "ORT_");
    assertThatThrownBy(() -> builder.model(source(wide)).build())
        .isInstanceOf(ModelException.class)
        .message()
        .contains("its operator Conv", "cannot take what comes to it", "channels")
        .doesNotContain("Error code", "ORT_", "Non-zero status");
  }
}
