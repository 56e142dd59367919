package io.github.brainimaging.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.tensor.Layout;
import io.github.brainimaging.models.card.Activation;
import io.github.brainimaging.models.card.ModelCard;
import io.github.brainimaging.models.card.ModelException;
import io.github.brainimaging.models.card.ModelInput;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class FeatureExtractorTest {

  private static final ModelInput INPUT = ModelInput.ofSize(2, 1);

  /** The pixels, then their softmax. */
  private static TinyModel model() {
    return new TinyModel()
        .input("x", DataType.FLOAT, -1, 1, 2, 2)
        .node("Flatten", "pixels", "x")
        .node("Softmax", "y", "pixels")
        .output("y", DataType.FLOAT, -1, 4);
  }

  private static ModelSource withCard() {
    ModelCard card =
        ModelCard.builder("m", INPUT, Activation.SOFTMAX, List.of("a", "b", "c", "d")).build();
    return ModelSource.ofBytes(
        model().metadata(ModelCard.METADATA_KEY, card.toJson()).bytes(), "m");
  }

  @Test
  void ofALayerItGivesTheValuesOfALayerForAnInputAsTheCardSays() {
    MedicalImage image = MedicalImage.ofGray(2, 2, new float[] {0.25f, 0.5f, 0.75f, 1});
    float[] fed = new float[4];
    INPUT.layout().copy(INPUT.intensity().apply(image), fed, 0);

    try (FeatureExtractor extractor = FeatureExtractor.ofLayer(withCard(), "pixels")) {
      assertThat(extractor.input()).isEqualTo(INPUT);
      assertThat(extractor.shape()).containsExactly(4);
      assertThat(extractor.extract(image).toArray()).containsExactly(fed);
    }
  }

  private static ModelSource taking(long... shape) {
    TinyModel model = new TinyModel().input("x", DataType.FLOAT, shape).node("Flatten", "y", "x");
    return ModelSource.ofBytes(model.output("y", DataType.FLOAT, -1, -1).bytes(), "bare");
  }

  @Test
  void aGraphTellsItsPicturesWhereItLeavesNoChoice() {
    assertThat(FeatureExtractor.fixedInput(taking(-1, 1, 2, 2))).contains(INPUT);
    assertThat(FeatureExtractor.fixedInput(taking(-1, 32, 32, 3)))
        .contains(ModelInput.ofSize(32, 3).withLayout(Layout.NHWC));
    assertThat(FeatureExtractor.fixedInput(taking(-1, 3, -1, -1))).isEmpty();
    assertThat(FeatureExtractor.fixedInput(taking(-1, 3, 20, 30))).isEmpty();
    assertThatThrownBy(() -> FeatureExtractor.fixedInput(taking(-1, 7, 20, 30)))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("[?, 7, 20, 30]");
  }

  @Test
  void aLayerNeedsACardAndItsName() {
    ModelSource lonely = ModelSource.ofBytes(model().bytes(), "lonely");

    assertThatThrownBy(() -> FeatureExtractor.ofLayer(lonely, "pixels"))
        .isInstanceOf(ModelException.class)
        .hasMessage("model lonely has no card");
    assertThatThrownBy(() -> FeatureExtractor.ofLayer(withCard(), "nowhere"))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("nowhere");
  }

  @Test
  void aLayerOfWhatIsTriedApartIsTriedApart() {
    ModelSource source = withCard().triedApart(Duration.ofMillis(1));

    assertThatThrownBy(() -> FeatureExtractor.ofLayer(source, "pixels"))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith("model m cut at pixels cannot be loaded: tried in another process");
  }
}
