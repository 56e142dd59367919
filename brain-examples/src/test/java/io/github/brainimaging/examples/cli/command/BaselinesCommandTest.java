package io.github.brainimaging.examples.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.io.PngImageWriter;
import io.github.brainimaging.examples.cli.Commands;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code baselines} as a user runs it: bright pictures and dark ones with a bright corner. */
class BaselinesCommandTest {

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(Object... options) {
    List<Object> arguments =
        new ArrayList<>(List.of("baselines", "--data", folder.resolve("data"), "--out", to()));
    arguments.addAll(Arrays.asList(options));
    return Commands.run(out, err, arguments.toArray());
  }

  private Path to() {
    return folder.resolve("out");
  }

  @BeforeEach
  void draw() throws IOException {
    draw("data", 15);
  }

  private void draw(String part, int count) throws IOException {
    SplittableRandom random = new SplittableRandom(part.length());
    for (String label : List.of("notumor", "tumor")) {
      Path own = Files.createDirectories(folder.resolve(part).resolve(label));
      for (int i = 0; i < count; i++) {
        float[] samples = new float[40 * 40];
        for (int k = 0; k < samples.length; k++) {
          boolean corner = k % 40 < 12 && k / 40 < 12 && label.equals("tumor");
          samples[k] = (corner ? 180 : 60) + random.nextInt(60);
        }
        PngImageWriter.write(
            MedicalImage.ofGray(40, 40, samples), own.resolve("p" + i / 3 + "_" + i + ".png"));
      }
    }
  }

  private List<String> models() throws IOException {
    return StreamSupport.stream(
            Commands.json(to().resolve("baselines.json")).getAsJsonArray("models").spliterator(),
            false)
        .map(model -> model.getAsJsonObject().get("model").getAsString())
        .toList();
  }

  private int measured() throws IOException {
    JsonObject first =
        Commands.json(to().resolve("baselines.json"))
            .getAsJsonArray("models")
            .get(0)
            .getAsJsonObject();
    return first.getAsJsonObject("figures").get("count").getAsInt();
  }

  @Test
  void comparesFiveOverFoldsOfPatients() throws IOException {
    assertThat(run("--folds", 3, "--groups", "(p\\d+)_", "--svg")).as(err.toString()).isZero();

    assertThat(models())
        .containsExactly(
            "naive Bayes",
            "random forest",
            "decision tree",
            "support vector machine",
            "k-nearest neighbors");
    assertThat(measured()).isEqualTo(30);
    assertThat(Commands.json(to().resolve("baselines.json")).getAsJsonArray("tests")).hasSize(10);
    assertThat(out.toString()).contains("DeLong's test", "random forest");
    assertThat(to().resolve("roc-tumor.svg")).content().contains("width=\"640\"");
    assertThat(to().resolve("roc-notumor.png")).doesNotExist();
    assertThat(to().resolve("models.png")).exists();
    assertThat(to().resolve("features.svg")).exists();
  }

  @Test
  void measuresOnATestSetByAnotherLayerAndSeed() throws IOException {
    draw("test", 4);
    assertThat(run("--test", folder.resolve("test"))).as(err.toString()).isZero();
    assertThat(measured()).isEqualTo(8);
    String usual = Files.readString(to().resolve("baselines.json"));

    assertThat(run("--test", folder.resolve("test"), "--seed", 2)).isZero();
    String other = Files.readString(to().resolve("baselines.json"));
    assertThat(other).isNotEqualTo(usual);
    assertThat(run("--test", folder.resolve("test"), "--layer", "relu27")).isZero();
    assertThat(Files.readString(to().resolve("baselines.json")))
        .isNotEqualTo(usual)
        .contains("relu27");
  }

  @Test
  void whatDoesNotGoTogetherIsRefused() throws IOException {
    draw("test", 1);
    assertThat(run("--test", folder.resolve("test"), "--folds", 3)).isEqualTo(2);
    assertThat(err.toString()).contains("--folds does not go with --test");
    assertThat(run("--folds", 1)).isEqualTo(2);
    assertThat(err.toString()).contains("--folds must be at least 2, got 1");
  }
}
