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
import io.github.brainimaging.models.card.Task;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Networks that real Keras (tf2onnx) and real PyTorch have exported, against what ONNX Runtime in
 * Python gives; made by foreign/expected.py, which stands beside them.
 */
class ForeignNetworksTest {

  private static final List<String> SEQUENCES = List.of("rnn", "lstm", "conv3d");

  private static Stream<String> answers() throws IOException {
    try (InputStream in = ForeignNetworksTest.class.getResourceAsStream("foreign/expected.txt")) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      return text.lines();
    }
  }

  private static ModelSource network(String name) {
    return ModelSource.ofResource(ForeignNetworksTest.class, "foreign/" + name + ".onnx");
  }

  /** Gray (7 x + 13 y) mod 256, times a factor. */
  private static MedicalImage picture(int size, float factor) {
    float[] samples = new float[size * size];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = factor * ((7 * (i % size) + 13 * (i / size)) % 256);
    }
    return MedicalImage.ofGray(size, size, samples).withNominalMaximum(255);
  }

  private static double[] found(String name) {
    if (name.contains("unet")) {
      try (OnnxSegmenter segmenter =
          OnnxSegmenter.builder().model(network(name)).device(Device.cpu()).build()) {
        float[] map = segmenter.probabilities(picture(256, 1)).samples();
        double sum = 0;
        double highest = 0;
        double lowest = 1;
        for (float value : map) {
          sum += value;
          highest = Math.max(highest, value);
          lowest = Math.min(lowest, value);
        }
        return new double[] {sum / map.length, highest, lowest};
      }
    }
    Prediction prediction;
    if (SEQUENCES.stream().anyMatch(name::contains)) {
      List<MedicalImage> slices = new ArrayList<>();
      for (int k = 0; k < 6; k++) {
        slices.add(picture(32, (6 - k) / 6f));
      }
      try (SequenceClassifier classifier =
          SequenceClassifier.builder(network(name)).device(Device.cpu()).build()) {
        prediction = classifier.classify(slices);
      }
    } else {
      try (OnnxClassifier classifier =
          OnnxClassifier.builder().model(network(name)).device(Device.cpu()).build()) {
        List<MedicalImage> three = List.of(picture(32, 0), picture(32, 1), picture(32, 1));
        prediction = classifier.classifyAll(three).get(2);
      }
    }
    return prediction.probabilities().values().stream().mapToDouble(p -> p).toArray();
  }

  @ParameterizedTest
  @MethodSource("answers")
  void answersAsItsOwnFrameworkDoes(String line) {
    String[] words = line.split(" ");
    double[] expected = Arrays.stream(words).skip(1).mapToDouble(Double::parseDouble).toArray();
    assertThat(found(words[0])).containsExactly(expected, within(2e-5));
  }

  @Test
  void oneSigmoidBelowTheThresholdIsNoTumor() {
    try (OnnxClassifier classifier =
        OnnxClassifier.builder().model(network("k-sigmoid1")).device(Device.cpu()).build()) {
      Prediction prediction = classifier.classify(picture(32, 1));
      assertThat(prediction.isTumor()).isFalse();
      assertThat(prediction.label()).isEqualTo(Prediction.NONE);
      assertThat(prediction.tumorProbability()).isCloseTo(0.049526, within(1e-5));
    }
  }

  @Test
  void severalLowSigmoidsAreNoTumorAndNotAdded() {
    try (OnnxClassifier classifier =
        OnnxClassifier.builder().model(network("k-sigmoid3")).device(Device.cpu()).build()) {
      Prediction prediction = classifier.classify(picture(32, 1));
      assertThat(prediction.isTumor()).isFalse();
      assertThat(prediction.tumorProbability()).isCloseTo(0.118602, within(1e-5));
    }
  }

  private static ModelInput pixels(int width, int height) {
    return new ModelInput(
        width,
        height,
        1,
        Layout.NCHW,
        ModelInput.Fit.STRETCH,
        Interpolation.NEAREST,
        ModelInput.Normalization.NONE);
  }

  private static Prediction ofPixels(ModelCard card, float... values) {
    int outputs = values.length;
    ModelSource source = ModelSource.ofBytes(TinyModel.passThrough(outputs).bytes(), "tiny");
    try (OnnxClassifier classifier =
        OnnxClassifier.builder().model(source).card(card).device(Device.cpu()).build()) {
      return classifier.classify(MedicalImage.ofGray(outputs, 1, values));
    }
  }

  private static ModelCard.Builder card(Activation activation, int outputs, String... labels) {
    return ModelCard.builder("m", pixels(outputs, 1), activation, List.of(labels));
  }

  @Test
  void oneLogitIsBeforeASigmoid() {
    ModelCard card = card(Activation.LOGITS, 1, "tumor").build();
    assertThat(ofPixels(card, -0.264191f).tumorProbability()).isCloseTo(0.434334, within(1e-6));
    assertThat(ofPixels(card, -0.264191f).isTumor()).isFalse();
    assertThat(ofPixels(card, 0.1f).isTumor()).isTrue();
  }

  @Test
  void oneOutputForTwoLabelsSpeaksOfTheSecond() {
    ModelCard card = card(Activation.SIGMOID, 1, "notumor", "tumor").threshold(0.3).build();
    Prediction prediction = ofPixels(card, 0.4f);
    assertThat(prediction.probability("notumor")).isCloseTo(0.6, within(1e-6));
    assertThat(prediction.label()).isEqualTo("tumor");
    assertThat(ofPixels(card, 0.2f).label()).isEqualTo("notumor");
  }

  @Test
  void scoresBeforeSigmoidsDoNotExcludeEachOther() {
    ModelCard card = card(Activation.SIGMOID_LOGITS, 2, "edema", "core").build();
    Prediction prediction = ofPixels(card, 1, 2);
    assertThat(prediction.probability("edema")).isCloseTo(0.731059, within(1e-6));
    assertThat(prediction.tumorProbability()).isCloseTo(0.880797, within(1e-6));
  }

  @Test
  void overlappingRegionsBeforeSigmoidsAreNoSoftmax() {
    TinyModel model =
        new TinyModel()
            .input("x", DataType.FLOAT, -1, 1, 2, 2)
            .node("Neg", "n", "x")
            .node("Concat", "y", "x", "n")
            .axis(1)
            .output("y", DataType.FLOAT, -1, 2, 2, 2);
    ModelCard card =
        ModelCard.builder("m", pixels(2, 2), Activation.LOGITS, List.of("core", "edema"))
            .task(Task.SEGMENTATION)
            .build();
    try (OnnxSegmenter segmenter =
        OnnxSegmenter.builder()
            .model(ModelSource.ofBytes(model.bytes(), "regions"))
            .card(card)
            .device(Device.cpu())
            .build()) {
      MedicalImage image = MedicalImage.ofGray(2, 2, new float[] {0, 1, -2, 3});
      assertThat(segmenter.probabilities(image).samples())
          .containsExactly(new float[] {0.5f, 0.731059f, 0.880797f, 0.952574f}, within(1e-5f));
    }
  }

  @Test
  void theCardNamesTheOutput() {
    TinyModel model =
        TinyModel.passThrough(2).node("Neg", "z", "y").output("z", DataType.FLOAT, -1, 2);
    ModelCard.Builder card = card(Activation.LOGITS, 2, "notumor", "tumor");
    OnnxClassifier.Builder builder =
        OnnxClassifier.builder().model(ModelSource.ofBytes(model.bytes(), "two"));
    try (OnnxClassifier classifier = builder.card(card.output("z").build()).build()) {
      MedicalImage image = MedicalImage.ofGray(2, 1, new float[] {1, 0});
      assertThat(classifier.classify(image).label()).isEqualTo("tumor");
    }
    OnnxClassifier.Builder wrong = builder.card(card.output("w").build());
    assertThatThrownBy(wrong::build)
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("'w'")
        .hasMessageContaining("'z' FLOAT");
  }

  @Test
  void aNetworkOfSixSlicesTakesNoOtherNumber() {
    try (SequenceClassifier classifier =
        SequenceClassifier.builder(network("p-lstm-fixed6")).device(Device.cpu()).build()) {
      List<MedicalImage> five =
          List.of(picture(32, 1), picture(32, 1), picture(32, 1), picture(32, 1), picture(32, 1));
      assertThatThrownBy(() -> classifier.classify(five))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("slices must be 6")
          .hasMessageContaining("got 5");
    }
  }

  @Test
  void aLoopWithoutEndIsEnded() {
    byte[] loop = TinyModel.endless().bytes();
    OnnxClassifier.Builder builder =
        OnnxClassifier.builder()
            .model(ModelSource.ofBytes(loop, "loop"))
            .card(card(Activation.LOGITS, 2, "notumor", "tumor").build());
    assertThatThrownBy(builder::build)
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("took longer than");
  }

  @Test
  void namesThatDoNotTellAreAskedFor() {
    String json = card(Activation.LOGITS, 2, "CN", "AD").build().toJson();
    String without = json.replaceAll(",\\s*\"tumorLabels\": \\[[^]]*]", "");
    assertThatThrownBy(() -> ModelCard.fromJson(without))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("tumorLabels")
        .hasMessageContaining("[AD]");
    assertThat(ModelCard.fromJson(without.replace("CN", "bg").replace("AD", "1")).tumorLabels())
        .isEqualTo(Set.of("1"));
  }
}
