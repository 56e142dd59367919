package io.github.brainimaging.examples.cli.command;

import static io.github.brainimaging.examples.cli.Commands.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.github.brainimaging.core.io.PngImageWriter;
import io.github.brainimaging.examples.cli.Commands;
import io.github.brainimaging.examples.cli.file.HeadPhantom;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code calibrate} as a user runs it, on drawn heads. */
class CalibrateCommandTest {

  private static final double RADIUS = 18;

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(Object... arguments) {
    return Commands.run(out, err, arguments);
  }

  /** Of each class one image, again and again. */
  @Test
  void copiesOfWhatTheModelLearnedFromFitNothing() throws IOException {
    for (int i = 0; i < 40; i++) {
      String label = i % 2 == 0 ? "glioma" : "notumor";
      Path file = folder.resolve("data/" + label + "/" + i + ".png");
      PngImageWriter.write(HeadPhantom.draw(165, 105, i % 2 == 0 ? RADIUS : 0, 1), file);
    }

    assertThat(
            run("calibrate", "--data", folder.resolve("data"), "--out", folder.resolve("c.onnx")))
        .isEqualTo(2);
    assertThat(err.toString())
        .contains("all 4 images held out are copies of such that the model learned from");
    assertThat(folder.resolve("c.onnx")).doesNotExist();
  }

  @Test
  void calibrateFitsWhatAModelRefuses() throws IOException {
    for (int i = 0; i < 40; i++) {
      String label = i % 2 == 0 ? "glioma" : "notumor";
      Path file = folder.resolve("data/" + label + "/" + i + ".png");
      PngImageWriter.write(HeadPhantom.draw(165, 105, i % 2 == 0 ? RADIUS : 0, i), file);
    }
    Path model = folder.resolve("calibrated.onnx");

    assertThat(run("calibrate", "--data", folder.resolve("data"), "--keep", "1", "--out", model))
        .isZero();
    assertThat(out.toString())
        .contains(
            "temperature ", "by class, coverage 0.95", "glioma: from 2 images", "domain: MR, by")
        .doesNotContain("[", "]");
    assertThat(run("evaluate", "--data", folder.resolve("data"), "--model", model, "--halves", "3"))
        .isZero();
    assertThat(out.toString()).contains("sets: coverage ", "halves: coverage ");
    assertThat(run("calibrate", "--data", folder, "--keep", "1.2", "--out", model)).isEqualTo(2);
    assertThat(err.toString()).contains("--keep must be above 0 and at most 1, got 1.2");
    assertThat(
            run(
                "analyze",
                folder.resolve("data/glioma/0.png"),
                "--model",
                model,
                "--out",
                folder.resolve("out")))
        .isZero();

    Path scaled = folder.resolve("scaled.onnx");
    assertThat(
            run(
                "calibrate",
                "--data",
                folder.resolve("data"),
                "--scaling",
                "vector",
                "--out",
                scaled))
        .isZero();
    assertThat(out.toString()).contains("  glioma: factor ", ", bias ");
    assertThat(
            json(folder.resolve("scaled.json"))
                .getAsJsonObject("scaling")
                .getAsJsonArray("factors"))
        .hasSize(4);

    JsonObject card = json(folder.resolve("calibrated.json"));
    assertThat(card.has("scaling")).isFalse();
    assertThat(out.toString()).doesNotContain("are copies");
    assertThat(card.get("temperature").getAsDouble()).isPositive();
    assertThat(card.getAsJsonObject("sets").get("coverage").getAsDouble()).isEqualTo(0.95);
    assertThat(card.getAsJsonObject("sets").getAsJsonObject("scores").keySet())
        .containsExactly("glioma", "meningioma", "notumor", "pituitary");
    assertThat(card.getAsJsonObject("domain").getAsJsonArray("groups")).hasSize(1);
    assertThat(json(folder.resolve("out/report.json")).toString())
        .contains("\"verdict\":\"in-domain\"");
  }
}
