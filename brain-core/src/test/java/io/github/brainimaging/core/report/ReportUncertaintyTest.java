package io.github.brainimaging.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.inference.Prediction;
import io.github.brainimaging.core.pipeline.Analysis;
import io.github.brainimaging.core.pipeline.BrainPipeline;
import io.github.brainimaging.core.pipeline.FakeModels;
import io.github.brainimaging.core.pipeline.Outcome;
import io.github.brainimaging.core.uncertainty.TestTimeAugmentation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportUncertaintyTest {

  @TempDir Path folder;

  @Test
  void aReportTellsHowSureClassAndMaskAre() throws IOException {
    float[] samples = new float[32 * 32];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = i / 32 < 24 ? 250 : 10;
    }
    MedicalImage image = MedicalImage.ofGray(32, 32, samples).withNominalMaximum(255);
    TestTimeAugmentation looks = TestTimeAugmentation.withDefaults().withShift(0.2);
    BrainPipeline pipeline =
        BrainPipeline.builder()
            .classify(looks.around(FakeModels.BRIGHTNESS))
            .segmentWhen(Prediction::isTumor, looks.around(FakeModels.ABOVE_HALF))
            .build();
    Analysis analysis = pipeline.analyze("a.png", image);

    try (ReportWriter report =
        ReportWriter.create(folder, ReportWriter.Facts.ofModel("m", "cpu"), List.of())) {
      report.add("a.png", new Outcome.Success<>("a.png", analysis));
      report.finish();
    }

    JsonObject result =
        JsonParser.parseString(Files.readString(folder.resolve("report.json")))
            .getAsJsonObject()
            .getAsJsonArray("results")
            .get(0)
            .getAsJsonObject();
    JsonObject said = result.getAsJsonObject("uncertainty");
    assertThat(said.get("runs").getAsInt()).isEqualTo(8);
    assertThat(said.getAsJsonObject("deviations").size()).isEqualTo(2);
    assertThat(said.get("low").getAsDouble()).isLessThan(said.get("high").getAsDouble());
    JsonObject mask = result.getAsJsonObject("tumor").getAsJsonObject("uncertainty");
    assertThat(mask.get("expectedDice").getAsDouble()).isBetween(0.5, 0.99);
    assertThat(mask.get("lowPixels").getAsDouble())
        .isLessThan(mask.get("highPixels").getAsDouble());
    assertThat(folder.resolve(mask.get("map").getAsString())).isRegularFile();
    assertThat(Files.readString(folder.resolve("index.html")))
        .contains("expected Dice", "nine tenths of 8 runs");
  }
}
