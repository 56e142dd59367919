package io.github.brainimaging.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.inference.Prediction;
import io.github.brainimaging.core.tensor.Layout;
import io.github.brainimaging.core.transform.spatial.Interpolation;
import io.github.brainimaging.models.card.Activation;
import io.github.brainimaging.models.card.ModelCard;
import io.github.brainimaging.models.card.ModelException;
import io.github.brainimaging.models.card.ModelInput;
import io.github.brainimaging.models.card.Preparation;
import io.github.brainimaging.models.card.Task;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Orders of axes, and kinds of values, that exported networks have beside the usual ones. */
class ForeignAxesTest {

  private static ModelCard card(
      Layout layout, int width, int height, Task task, Activation activation, String... labels) {
    ModelInput input =
        new ModelInput(
            width,
            height,
            1,
            layout,
            ModelInput.Fit.STRETCH,
            Interpolation.NEAREST,
            ModelInput.Normalization.NONE);
    return ModelCard.builder("m", input, activation, List.of(labels))
        .task(task)
        .tumorLabels(List.of(labels[labels.length - 1]))
        .build();
  }

  private static ModelSource source(TinyModel model) {
    return ModelSource.ofBytes(model.bytes(), "tiny");
  }

  private static long[] axes(String text) {
    return List.of(text.split(" ")).stream().mapToLong(Long::parseLong).toArray();
  }

  /** Three slices of two pixels: 0.1 and 0.4, 0.2 and 0.5, 0.3 and 0.6. */
  private static double[] sequence(TinyModel model, Layout layout) {
    ModelCard card =
        card(
            layout,
            2,
            1,
            Task.SEQUENCE_CLASSIFICATION,
            Activation.SIGMOID,
            "a",
            "b",
            "c",
            "d",
            "e",
            "f");
    try (SequenceClassifier classifier =
        SequenceClassifier.builder(source(model)).card(card).device(Device.cpu()).build()) {
      Prediction prediction =
          classifier.classify(
              List.of(
                  MedicalImage.ofGray(2, 1, new float[] {0.1f, 0.4f}),
                  MedicalImage.ofGray(2, 1, new float[] {0.2f, 0.5f}),
                  MedicalImage.ofGray(2, 1, new float[] {0.3f, 0.6f})));
      return prediction.probabilities().values().stream().mapToDouble(p -> p).toArray();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "NHWC, -1 1 2 3 1", // Keras' Conv3D on volumes
    "NHWC, -1 1 2 3", // slices as channels
    "NCHW, -1 1 1 2 3",
  })
  void slicesMayLieLast(Layout layout, String shape) {
    TinyModel model = TinyModel.passThrough(axes(shape), new long[] {-1, 6});
    assertThat(sequence(model, layout))
        .containsExactly(new double[] {0.1, 0.2, 0.3, 0.4, 0.5, 0.6}, within(1e-6));
  }

  @ParameterizedTest
  @CsvSource({"NCHW, -1 3 1 1 2", "NCHW, -1 1 3 1 2", "NHWC, -1 3 1 2 1", "NCHW, -1 3 1 2"})
  void slicesMayLieBehindEachOther(Layout layout, String shape) {
    TinyModel model = TinyModel.passThrough(axes(shape), new long[] {-1, 6});
    assertThat(sequence(model, layout))
        .containsExactly(new double[] {0.1, 0.4, 0.2, 0.5, 0.3, 0.6}, within(1e-6));
  }

  private static float[] map(TinyModel model, String... labels) {
    ModelCard card = card(Layout.NCHW, 2, 2, Task.SEGMENTATION, Activation.SIGMOID, labels);
    try (OnnxSegmenter segmenter =
        OnnxSegmenter.builder().model(source(model)).card(card).device(Device.cpu()).build()) {
      MedicalImage image = MedicalImage.ofGray(2, 2, new float[] {0, 0.25f, 0.5f, 1});
      return segmenter.probabilities(image).samples();
    }
  }

  @Test
  void allPixelsOfAMaskMayLieInOneRow() {
    TinyModel model = TinyModel.passThrough(new long[] {-1, 1, 2, 2}, new long[] {-1, 4});
    assertThat(map(model, "tumor")).containsExactly(0, 0.25f, 0.5f, 1);
  }

  @Test
  void aMaskMayHoldTruthValues() {
    TinyModel model =
        new TinyModel()
            .input("x", DataType.FLOAT, -1, 1, 2, 2)
            .node("Neg", "n", "x")
            .node("Greater", "y", "x", "n")
            .output("y", DataType.BOOL, -1, 1, 2, 2);
    assertThat(map(model, "tumor")).containsExactly(0, 1, 1, 1);
    assertThat(map(model, "background", "tumor")).containsExactly(0, 1, 1, 1);
  }

  @Test
  void oneSqueezedProbabilityHasNoAxis() {
    TinyModel model =
        new TinyModel()
            .input("x", DataType.FLOAT, 1, 1, 1, 1)
            .node("Squeeze", "y", "x")
            .output("y", DataType.FLOAT);
    ModelCard card =
        card(Layout.NCHW, 1, 1, Task.CLASSIFICATION, Activation.SIGMOID, "notumor", "tumor");
    try (OnnxClassifier classifier =
        OnnxClassifier.builder().model(source(model)).card(card).device(Device.cpu()).build()) {
      MedicalImage image = MedicalImage.ofGray(1, 1, new float[] {0.7f});
      assertThat(classifier.classifyAll(List.of(image, image)).get(1).tumorProbability())
          .isCloseTo(0.7, within(1e-6));
    }
  }

  private static void assertRefused(TinyModel model, ModelCard card, String... words) {
    OnnxClassifier.Builder builder = OnnxClassifier.builder().model(source(model)).card(card);
    assertThatThrownBy(builder::build)
        .isInstanceOf(ModelException.class)
        .hasMessageContainingAll(words);
  }

  @Test
  void whatCannotBeFedRightIsRefusedWithAdvice() {
    ModelCard card =
        card(Layout.NCHW, 2, 1, Task.CLASSIFICATION, Activation.SIGMOID, "notumor", "tumor");
    TinyModel bytes =
        new TinyModel()
            .input("x", DataType.INT8, -1, 1, 1, 2)
            .castToFloat("f", "x")
            .node("Flatten", "y", "f")
            .output("y", DataType.FLOAT, -1, 2);
    assertRefused(bytes, card, "INT8", "FLOAT or UINT8");
    TinyModel keras =
        new TinyModel()
            .input("x", DataType.FLOAT, -1, 1, 1, 2)
            .input("normalization/Sub/y:0", DataType.FLOAT, 1, 1, 1, 1)
            .node("Sub", "d", "x", "normalization/Sub/y:0")
            .node("Flatten", "y", "d")
            .output("y", DataType.FLOAT, -1, 2);
    assertRefused(keras, card, "must have one input", "Rescaling");
    ModelCard one = card(Layout.NCHW, 2, 1, Task.CLASSIFICATION, Activation.SIGMOID, "tumor");
    assertRefused(TinyModel.passThrough(2), one, "the card needs two labels", "SOFTMAX");
  }

  @Test
  void theSizeOfANetworkThatResizesItselfIsAskedFor() {
    TinyModel model =
        new TinyModel()
            .input("x", DataType.FLOAT, -1, -1, -1, 3)
            .node("Transpose", "t", "x")
            .node("Resize", "r", "t")
            .node("Softmax", "y", "r")
            .output("y", DataType.FLOAT, -1, 4);
    CardDraft draft = CardDraft.of(source(model)).preparation(Preparation.KERAS_RAW);
    assertThatThrownBy(draft::card)
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("it resizes pictures itself");
  }

  @Test
  void theLabelsOfASmallerMapAreCountedWhereTheyLie() {
    TinyModel model =
        new TinyModel()
            .input("x", DataType.FLOAT, -1, 8, 8, 1)
            .node("Sigmoid", "y", "x")
            .output("y", DataType.FLOAT, -1, 4, 4, 1);
    ModelCard card =
        CardDraft.of(source(model))
            .preparation(Preparation.KERAS_UNIT)
            .labels(List.of("background", "tumor"))
            .card();
    assertThat(card.task()).isEqualTo(Task.SEGMENTATION);
    assertThat(card.input().layout()).isEqualTo(Layout.NHWC);
  }
}
