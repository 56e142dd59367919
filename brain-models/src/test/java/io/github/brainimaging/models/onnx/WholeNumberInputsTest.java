package io.github.brainimaging.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.tensor.Layout;
import io.github.brainimaging.core.transform.spatial.Interpolation;
import io.github.brainimaging.models.card.Activation;
import io.github.brainimaging.models.card.ModelCard;
import io.github.brainimaging.models.card.ModelException;
import io.github.brainimaging.models.card.ModelInput;
import io.github.brainimaging.models.card.ModelInput.Normalization;
import io.github.brainimaging.models.testing.Log;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Networks that are fed whole numbers: what would be cut off or rounded away is refused, or told.
 */
class WholeNumberInputsTest {

  private static final List<String> FOUR = List.of("notumor", "a", "b", "c");

  private static OnnxClassifier.Builder builder(
      DataType type, int channels, Interpolation interpolation, Normalization normalization) {
    TinyModel model =
        new TinyModel()
            .input("x", type, -1, channels, 1, 1)
            .castToFloat("f", "x")
            .node("Flatten", "y", "f")
            .output("y", DataType.FLOAT, -1, channels == 1 ? 1 : 3);
    List<String> labels = channels == 1 ? List.of("tumor") : FOUR.subList(0, 3);
    ModelInput input =
        new ModelInput(
            1, 1, channels, Layout.NCHW, ModelInput.Fit.STRETCH, interpolation, normalization);
    Activation activation = channels == 1 ? Activation.SIGMOID_LOGITS : Activation.LOGITS;
    return OnnxClassifier.builder()
        .model(ModelSource.ofBytes(model.bytes(), "tiny"))
        .card(
            ModelCard.builder("m", input, activation, labels)
                .tumorLabels(labels.subList(labels.size() - 1, labels.size()))
                .build())
        .device(Device.cpu());
  }

  private static OnnxClassifier bytes(Interpolation interpolation) {
    return builder(DataType.UINT8, 1, interpolation, Normalization.NONE).build();
  }

  /** Of 0 and 255: what OpenCV's cubic, which halves twice, makes the brightest or darkest of. */
  private static MedicalImage worst(boolean bright) {
    float[] samples = new float[16];
    for (int i = 0; i < 16; i++) {
      boolean outerRow = i / 4 == 0 || i / 4 == 3;
      boolean outerColumn = i % 4 == 0 || i % 4 == 3;
      samples[i] = (outerRow == outerColumn) == bright ? 255 : 0;
    }
    return MedicalImage.ofGray(4, 4, samples);
  }

  @Test
  void whatResamplingAddsIsCutAndTold() {
    try (OnnxClassifier classifier = bytes(Interpolation.OPENCV_CUBIC)) {
      assertThat(Log.of(() -> classifier.classify(worst(true))))
          .contains("OPENCV_CUBIC of the card makes 0.0 to 368.55")
          .contains("cut to that");
      assertThat(Log.of(() -> classifier.classify(worst(false)))).as("told once").isEmpty();
    }
    try (OnnxClassifier classifier = bytes(Interpolation.OPENCV_CUBIC)) {
      assertThat(Log.of(() -> classifier.classify(worst(false)))).contains("makes -113.55");
      MedicalImage flat = MedicalImage.ofGray(1, 1, new float[] {370});
      assertThatThrownBy(() -> classifier.classify(flat)).hasMessageContaining("got 370.0");
    }
  }

  @ParameterizedTest
  @CsvSource({"NEAREST, 256", "AREA, 300", "BILINEAR, -1", "PILLOW_BILINEAR, 1200"})
  void whatNoResamplingAddsIsRefused(Interpolation interpolation, float value) {
    try (OnnxClassifier classifier = bytes(interpolation)) {
      MedicalImage image = MedicalImage.ofGray(1, 1, new float[] {value});
      assertThatThrownBy(() -> classifier.classify(image))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("must be 0 to 255")
          .hasMessageContaining("got " + value);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"UNIT", "SIGNED_UNIT", "MIN_MAX", "Z_SCORE", "Z_SCORE_FOREGROUND", "ROBUST"})
  void wholeNumbersTakeNoFractions(Normalization normalization) {
    for (DataType type : List.of(DataType.UINT8, DataType.INT32)) {
      OnnxClassifier.Builder builder = builder(type, 1, Interpolation.NEAREST, normalization);
      assertThatThrownBy(builder::build)
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("the normalization " + normalization + " gives fractions")
          .hasMessageContaining("BYTE");
    }
  }

  @Test
  void whatTakesNothingBelowZeroTakesNoGrayValuesLessAMean() {
    OnnxClassifier.Builder bytes =
        builder(DataType.UINT8, 3, Interpolation.NEAREST, Normalization.IMAGENET_CAFFE);
    assertThatThrownBy(bytes::build)
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("nothing below 0, and the normalization IMAGENET_CAFFE gives -123.7")
        .hasMessageContaining("BYTE");
    try (OnnxClassifier whole =
        builder(DataType.INT32, 3, Interpolation.NEAREST, Normalization.IMAGENET_CAFFE).build()) {
      MedicalImage gray = MedicalImage.ofGray(1, 1, new float[] {9}).withNominalMaximum(255);
      assertThat(whole.classify(gray).probabilities()).hasSize(3);
    }
  }
}
