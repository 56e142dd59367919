package io.github.brainimaging.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.gson.Gson;
import com.google.gson.JsonObject;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.Spacing;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.inference.Prediction;
import io.github.brainimaging.core.inference.VolumeClassifier;
import io.github.brainimaging.core.pipeline.Analysis;
import io.github.brainimaging.core.pipeline.BrainPipeline;
import io.github.brainimaging.core.pipeline.FakeModels;
import io.github.brainimaging.core.pipeline.VolumePipeline;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResultJsonTest {

  private static final Prediction GLIOMA =
      Prediction.of(List.of("glioma", "no \"tumor\""), 0.75, 0.25);

  @Test
  void jacksonAndGsonReadAPredictionAlike() throws Exception {
    String text = ResultJson.toJson(GLIOMA);

    JsonNode jackson = new ObjectMapper().readTree(text);
    JsonObject gson = new Gson().fromJson(text, JsonObject.class);
    assertThat(jackson.get("label").asText()).isEqualTo("glioma");
    assertThat(jackson.get("probability").asDouble()).isEqualTo(0.75);
    assertThat(jackson.get("tumor").asBoolean()).isTrue();
    assertThat(jackson.at("/probabilities/no \"tumor\"").asDouble()).isEqualTo(0.25);
    assertThat(jackson.at("/assessment/verdict").asText()).isEqualTo("in-domain");
    assertThat(new ObjectMapper().readTree(gson.toString())).isEqualTo(jackson);
    assertThat(text).doesNotContain("\n");
  }

  @Test
  void anAnalysisHasWhatReportsSay() throws Exception {
    BrainPipeline pipeline =
        BrainPipeline.builder()
            .classify(FakeModels.BRIGHTNESS)
            .segmentWhen(Prediction::isTumor, FakeModels.ABOVE_HALF)
            .build();
    Analysis analysis =
        pipeline.analyze("a.png", FakeModels.constant(4, 3, 250).withSpacing(new Spacing(2, 2)));

    JsonNode json = new ObjectMapper().readTree(ResultJson.toJson(analysis));

    assertThat(json.get("input").asText()).isEqualTo("a.png");
    assertThat(json.get("predicted").asText()).isEqualTo("glioma");
    assertThat(json.at("/tumor/areaPixels").asInt()).isEqualTo(12);
    assertThat(json.at("/tumor/areaMm2").asDouble()).isEqualTo(48);
    assertThat(json.at("/image/width").asInt()).isEqualTo(4);
    assertThat(json.at("/milliseconds/classify").isNumber()).isTrue();
  }

  @Test
  void aVolumeThatNobodySegmentedHasNulls() throws Exception {
    MedicalVolume volume = MedicalVolume.wrap(VolumeGrid.ofSize(2, 2, 2), 1, new float[8]);
    VolumeClassifier always =
        new VolumeClassifier() {
          @Override
          public List<String> labels() {
            return List.of("glioma", "no \"tumor\"");
          }

          @Override
          public Prediction classify(MedicalVolume any) {
            return GLIOMA;
          }
        };
    VolumePipeline pipeline = VolumePipeline.builder().classify(always).build();

    JsonNode json =
        new ObjectMapper().readTree(ResultJson.toJson(pipeline.analyze("head", volume)));

    assertThat(json.get("input").asText()).isEqualTo("head");
    assertThat(json.get("predicted").asText()).isEqualTo("glioma");
    assertThat(json.get("volumeMl").isNull()).isTrue();
  }
}
