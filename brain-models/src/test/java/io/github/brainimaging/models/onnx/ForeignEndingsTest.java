package io.github.brainimaging.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.github.brainimaging.models.card.Activation;
import io.github.brainimaging.models.card.ModelException;
import io.github.brainimaging.models.card.ModelInput;
import io.github.brainimaging.models.card.ModelInput.Normalization;
import io.github.brainimaging.models.card.Preparation;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is done to values behind a network, and before it, with the operators written out. */
class ForeignEndingsTest {

  private static void assertAsked(TinyModel model, String maker) {
    assertThatThrownBy(() -> ForeignGraphsTest.draft(model).card())
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("activation (the graph ends in " + maker + ";");
  }

  /**
   * Keras' hard sigmoid, {@code relu6(x + 3) / 6}, {@code (erf + 1) / 2} and {@code (tanh + 1) /
   * 2}.
   */
  @ParameterizedTest
  @CsvSource({
    "Flatten Mul* Add* Clip, Clip",
    "Flatten Add* Clip Div*, Clip",
    "Flatten Mul* Add* Max* Min*, Max",
    "Flatten Add* Clip Mul* Resize, Clip",
    "Flatten Add* Clip +Add Mul*, a mixture of Clip",
    "Flatten Erf Add* Mul*, Erf",
    "Flatten Erf +Sub Mul*, a mixture of Erf",
    "Flatten Tanh Add* Div*, a scaled and shifted Tanh",
    "Flatten Tanh Add* Mul* Identity, a scaled and shifted Tanh",
    "Flatten Tanh Mul* Add*, a scaled and shifted Tanh"
  })
  void whatWasLimitedMayBeAProbability(String steps, String maker) {
    TinyModel model = ForeignGraphsTest.ending(steps);
    assertAsked(model, maker);
    assertThat(ForeignGraphsTest.draft(model).activation(Activation.SIGMOID).card().activation())
        .isEqualTo(Activation.SIGMOID);
  }

  @ParameterizedTest
  @CsvSource({
    "MatMul* Add*",
    "MatMul* Add* Mul*",
    "Conv* Add* +Add Div*",
    "Conv* Resize",
    "Conv* +Sub Div*"
  })
  void whatIsAddedToScoresLeavesThem(String steps) {
    assertThat(ForeignGraphsTest.draft(ForeignGraphsTest.ending(steps)).card().activation())
        .isEqualTo(Activation.LOGITS);
  }

  @ParameterizedTest
  @CsvSource({
    "Flatten Softmax Slice*, a part of Softmax",
    "Flatten Softmax +Concat, a mixture of Softmax",
    "Flatten MatMul* +Concat, Concat"
  })
  void partsAndJoinsAreAskedFor(String steps, String maker) {
    assertAsked(ForeignGraphsTest.ending(steps), maker);
  }

  private static TinyModel two(String first, String second, String operator, String... inputs) {
    return new TinyModel()
        .input("x", DataType.FLOAT, -1, 3, 1, 1)
        .weight("c", 2, 1)
        .node("Flatten", "f", "x")
        .node(first, "a", "f")
        .node("Identity", "i", "a")
        .node(second, "b", second.equals("ReduceSum") ? "i" : "f")
        .node("ReduceSum", "other", "f")
        .node(operator, "y", inputs)
        .output("y", DataType.FLOAT, -1, 3);
  }

  @Test
  void whereChoosesBetweenProbabilities() {
    assertAsked(two("Softmax", "Greater", "Where", "b", "a", "c"), "a mixture of Softmax");
    assertAsked(two("Neg", "Greater", "Where", "b", "a", "f"), "Where");
  }

  @Test
  void aSoftmaxWrittenOutDividesByItsOwnSum() {
    CardDraft own = ForeignGraphsTest.draft(two("Exp", "ReduceSum", "Div", "a", "b"));
    assertThat(own.card().activation()).isEqualTo(Activation.SOFTMAX);
    assertAsked(two("Exp", "ReduceSum", "Div", "a", "other"), "Div");
  }

  @Test
  void aDeepGraphIsRead() {
    TinyModel model = new TinyModel().input("x", DataType.FLOAT, -1, 3).node("Sigmoid", "v0", "x");
    int depth = 40_000;
    for (int i = 0; i < depth; i++) {
      model = model.node(i % 2 == 0 ? "Identity" : "Add", "v" + (i + 1), "v" + i, "v" + i);
    }
    TinyModel deep = model.output("v" + depth, DataType.FLOAT, -1, 3);
    assertThatThrownBy(() -> ForeignGraphsTest.draft(deep).card())
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("a mixture of Sigmoid");
  }

  /** A graph that begins with these: OPERATOR:NUMBER. */
  private static CardDraft beginning(String steps, Preparation preparation) {
    TinyModel model = new TinyModel().input("x", DataType.FLOAT, -1, 3, 4, 4);
    String value = "x";
    for (String step : steps.split(" ", -1)) {
      String[] parts = step.split(":", -1);
      String next = value + "y";
      model =
          model
              .weight("w" + next, Float.parseFloat(parts[1]))
              .node(parts[0], next, value, "w" + next);
      value = next;
    }
    model =
        model
            .weight("k", 1, 3, 3, 1, 1)
            .node("Conv", "f", value, "k")
            .weight("small", 0.001f)
            .node("Mul", "m", "f", "small")
            .node("GlobalAveragePool", "p", "m")
            .node("Flatten", "y", "p")
            .output("y", DataType.FLOAT, -1, 3);
    return ForeignGraphsTest.draft(model).preparation(preparation);
  }

  @ParameterizedTest
  @CsvSource({
    "Mul:255 Div:255, TORCH_UNIT, UNIT",
    "Mul:255 Div:255, KERAS_RAW, BYTE",
    "Mul:1, TORCH_UNIT, UNIT",
    "Mul:255 Sub:127.5, TORCH_UNIT, UNIT",
    "Div:127.5 Sub:1, KERAS_RAW, BYTE",
    "Div:256, KERAS_RAW, BYTE",
    "Sub:127.5 Div:58, KERAS_RAW, BYTE"
  })
  void thePreparationFitsWhatGrayValuesAreMultipliedBy(
      String steps, Preparation preparation, Normalization expected) {
    assertThat(beginning(steps, preparation).card().input().normalization()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "Div:255, TORCH_UNIT, must be KERAS_RAW",
    "Div:51 Sub:1 Mul:0.2, TORCHVISION, must be KERAS_RAW",
    "Sub:127.5 Div:127.5, TORCH_SIGNED, must be KERAS_RAW",
    "Div:4095, KERAS_RAW, 'by 4095, so that it takes them as in the file'",
    "Div:65535, TORCH_UNIT, 'must be NONE, got UNIT'"
  })
  void grayValuesAreDividedOnce(String steps, Preparation preparation, String words) {
    assertThatThrownBy(() -> beginning(steps, preparation).card())
        .isInstanceOf(ModelException.class)
        .hasMessageContaining(words);
  }

  @Test
  void valuesOfMoreThan8BitGoInAsTheyAre() {
    ModelInput raw = Preparation.KERAS_RAW.input();
    ModelInput input =
        new ModelInput(
            raw.width(),
            raw.height(),
            3,
            raw.layout(),
            raw.fit(),
            raw.interpolation(),
            Normalization.NONE);
    CardDraft draft = beginning("Div:4095", Preparation.KERAS_RAW).preparation(input);
    assertThat(draft.card().input().normalization()).isEqualTo(Normalization.NONE);
  }

  @ParameterizedTest
  @CsvSource({"NCHW, -1 1 4 4", "NHWC, -1 4 4 1", "CHW, 1 4 4", "HWC, 4 4 1", "NHW, -1 4 4"})
  void axesOfSinglePicturesAreThoseOfACard(String letters, String shape) {
    long[] lengths = Arrays.stream(shape.split(" ", -1)).mapToLong(Long::parseLong).toArray();
    TinyModel model = TinyModel.passThrough(lengths, new long[] {-1, 3});
    CardDraft draft = ForeignGraphsTest.draft(model).activation(Activation.LOGITS);
    assertThat(draft.axes(letters).card().input().width()).isEqualTo(4);
  }

  @ParameterizedTest
  @CsvSource({"NCWH", "CNHW", "HCW", "WH", "NWHC", "HWN"})
  void otherOrdersAreRefused(String letters) {
    TinyModel square = TinyModel.passThrough(new long[] {-1, 1, 4, 4}, new long[] {-1, 3});
    CardDraft draft = ForeignGraphsTest.draft(square);
    assertThatThrownBy(() -> draft.axes(letters))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got '" + letters + "'");
    assertThatThrownBy(() -> draft.axes("NCWH"))
        .hasMessageContaining("must be NCHW, NHWC, CHW, HWC, NHW or HW");
  }

  @Test
  void axesAreAskedForWithAllElse() {
    TinyModel cube = TinyModel.passThrough(new long[] {-1, 1, 8, 8, 8}, new long[] {-1, 512});
    assertThatThrownBy(() -> CardDraft.of(ForeignGraphsTest.source(cube)).card())
        .hasMessageContaining("preparation (how")
        .hasMessageContaining("axes (of the network's input")
        .hasMessageContaining("labels (512 names");
  }
}
