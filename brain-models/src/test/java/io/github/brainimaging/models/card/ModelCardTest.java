package io.github.brainimaging.models.card;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.brainimaging.core.tensor.Layout;
import io.github.brainimaging.core.transform.spatial.Interpolation;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelCardTest {

  private static final String SUM = "0123456789abcdef".repeat(4);

  private static ModelCard.Builder small() {
    return ModelCard.builder(
        "m", ModelInput.ofSize(64, 1), Activation.SIGMOID, List.of("normal", "lesion"));
  }

  private static String oldCard() throws IOException {
    try (InputStream in = ModelCardTest.class.getResourceAsStream("card-0.1.json")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void readsTheCardOfTheFirstRelease() throws IOException {
    ModelCard expected =
        ModelCard.builder(
                "brain-tumor-mri",
                new ModelInput(
                    128,
                    96,
                    3,
                    Layout.NHWC,
                    ModelInput.Fit.PAD,
                    Interpolation.BILINEAR,
                    ModelInput.Normalization.Z_SCORE),
                Activation.LOGITS,
                List.of("glioma", "meningioma", "notumor", "pituitary"))
            .version("1")
            .description("Four classes of head MRI slices")
            .architecture("residual network")
            .tumorLabels(List.of("glioma", "pituitary"))
            .sha256(SUM)
            .license("CC0-1.0")
            .trainingData("Brain Tumor MRI Dataset")
            .results(Map.of("accuracy", 0.98))
            .measured("on 515 slices")
            .notes("not a medical device")
            .build();
    ModelCard card = ModelCard.fromJson(oldCard());
    assertThat(card).isEqualTo(expected).hasSameHashCodeAs(expected);
    assertThat(card.sha256()).isEqualTo(SUM);
    assertThat(card.tumorLabels()).containsExactly("glioma", "pituitary");
    assertThat(card.results()).containsExactly(Map.entry("accuracy", 0.98));
    assertThat(card.input().layout()).isEqualTo(Layout.NHWC);
    assertThat(card.measured()).isEqualTo("on 515 slices");
  }

  @Test
  void writesWhatItReads() throws IOException {
    ModelCard card = ModelCard.fromJson(oldCard());
    assertThat(ModelCard.fromJson(card.toJson())).isEqualTo(card);
    assertThat(card.toBuilder().build()).isEqualTo(card);
  }

  @Test
  void leavesOutWhatIsNotKnown() {
    ModelCard card = small().build();
    assertThat(card.toJson()).doesNotContain("sha256", "version", "license", "results");
    assertThat(ModelCard.fromJson(card.toJson())).isEqualTo(card);
    assertThat(card.sha256()).isEmpty();
    assertThat(card.license()).isEmpty();
  }

  @Test
  void guessesTheTumorLabels() {
    assertThat(small().build().tumorLabels()).containsExactly("lesion");
  }

  @Test
  void toleratesUnknownKeysAndNull() {
    String json = small().build().toJson();
    String more = json.replaceFirst("\\{", "{\"golden\": {\"x\": [1]}, \"license\": null,");
    assertThat(ModelCard.fromJson(more)).isEqualTo(small().build());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "name",
        "input",
        "activation",
        "labels",
        "width",
        "height",
        "channels",
        "layout",
        "fit",
        "interpolation",
        "normalization"
      })
  void namesTheKeyThatIsMissing(String key) {
    String json = small().build().toJson().replace('"' + key + '"', "\"other\"");
    assertThatThrownBy(() -> ModelCard.fromJson(json))
        .isInstanceOf(ModelException.class)
        .hasMessage("the model card is not valid: key '%s' is missing", key);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"SIGMOID\" | \"RELU\" | activation must be one of [SOFTMAX, SIGMOID, LOGITS, SIGMOID_LOGITS], got RELU",
        "\"SIGMOID\" | 3 | activation must be a text, got 3",
        "\"NCHW\" | \"HWC\" | layout must be one of [NCHW, NHWC], got HWC",
        "\"width\": 64 | \"width\": 0 | width must be 1 to 16384, got 0",
        "\"width\": 64 | \"width\": 1.5 | width must be a whole number, got 1.5",
        "\"width\": 64 | \"width\": \"64\" | width must be a number, got \"64\"",
        "\"channels\": 1 | \"channels\": 2 | channels must be 1 or 3, got 2",
        "\"normal\" | \"lesion\" | labels must be at least one, each once, got [lesion, lesion]",
        "\"normal\" | 7 | labels must be a text, got 7",
        "\"m\" | \"\" | name must not be blank, got ''"
      })
  void saysWhatIsWrong(String right, String wrong, String message) {
    String json = small().build().toJson();
    assertThat(json).contains(right);
    assertThatThrownBy(() -> ModelCard.fromJson(json.replaceFirst(right, wrong)))
        .isInstanceOf(ModelException.class)
        .hasMessage("the model card is not valid: " + message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "<html>", "[]", "{\"name\": ", "null"})
  void refusesWhatIsNoJsonObject(String text) {
    assertThatThrownBy(() -> ModelCard.fromJson(text))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith("the model card is not valid: ");
  }

  @Test
  void rejectsWrongFacts() {
    assertThatThrownBy(() -> small().tumorLabels(List.of("glioma")).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[glioma]");
    assertThatThrownBy(() -> small().sha256("abc").build())
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> small().results(Map.of("auc", Double.NaN)).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("auc must be finite, got NaN");
  }

  @Test
  void manyLabelsThatDoNotTellAreRefusedInAShortMessage() {
    JsonObject card = JsonParser.parseString(small().build().toJson()).getAsJsonObject();
    JsonArray labels = new JsonArray();
    for (int i = 0; i < 60_000; i++) {
      labels.add(String.format("label%06d", i));
    }
    card.add("labels", labels);
    card.remove("tumorLabels");

    long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    assertThatThrownBy(() -> ModelCard.fromJson(card.toString()))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("label000019] and 59980 more")
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(1000));
    assertThat(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before)
        .isLessThan(2_000_000_000L);
  }

  @Test
  void aCardOfALaterLibraryIsRefusedInWords() {
    String json = small().build().toJson();
    assertThat(json).contains("\"schemaVersion\": 1");
    assertThatThrownBy(() -> ModelCard.fromJson(json.replace("Version\": 1", "Version\": 2")))
        .isInstanceOf(ModelException.class)
        .hasMessage(
            "the model card is not valid: schemaVersion must be at most 1 (a newer library wrote"
                + " it), got 2");
  }

  @Test
  void aSegmentersCardKeepsItsTaskAndItsThreshold() {
    ModelCard card = small().task(Task.SEGMENTATION).threshold(0.3).build();
    ModelCard read = ModelCard.fromJson(card.toJson());

    assertThat(read.task()).isEqualTo(Task.SEGMENTATION);
    assertThat(read.threshold()).isEqualTo(0.3);
    assertThat(read).isEqualTo(card);
    assertThat(card).hasToString(card.toJson());
    assertThat(small().build().toJson()).doesNotContain("task", "threshold");
  }

  @Test
  void theFirstReleasesTextsAllArrive() throws IOException {
    ModelCard card = ModelCard.fromJson(oldCard());

    assertThat(card.license()).isEqualTo("CC0-1.0");
    assertThat(card.trainingData()).isEqualTo("Brain Tumor MRI Dataset");
    assertThat(card.notes()).isEqualTo("not a medical device");
  }

  @Test
  void labelsAreAnArrayOfAtLeastOne() {
    String json = small().build().toJson();
    assertThatThrownBy(
            () -> ModelCard.fromJson(json.replaceFirst("(?s)\"labels\": \\[.*?]", "\"labels\": 7")))
        .hasMessage("the model card is not valid: labels must be an array of texts, got 7");
    assertThatThrownBy(
            () ->
                ModelCard.builder("m", ModelInput.ofSize(8, 1), Activation.SIGMOID, List.of())
                    .build())
        .hasMessage("labels must be at least one, each once, got []");
  }
}
