package io.github.brainimaging.examples.cli.command;

import static io.github.brainimaging.examples.cli.Commands.json;
import static io.github.brainimaging.examples.cli.Commands.phantom;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.io.MedicalImageReader;
import io.github.brainimaging.examples.cli.Commands;
import io.github.brainimaging.models.onnx.OnnxClassifier;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code evaluate} as a user runs it, on drawn heads. */
class EvaluateCommandTest {

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(Object... arguments) {
    return Commands.run(out, err, arguments);
  }

  @Test
  void evaluateWritesEveryFigure() throws IOException {
    for (String label : new String[] {"glioma", "meningioma", "notumor", "pituitary"}) {
      Files.createDirectories(folder.resolve("data").resolve(label));
      phantom(folder.resolve("data/" + label + "/a.png"));
    }
    Path file = folder.resolve("figures.json");

    assertThat(run("evaluate", "--data", folder.resolve("data"), "--json", file)).isZero();

    JsonObject figures = json(file);
    assertThat(figures.get("count").getAsInt()).isEqualTo(4);
    // The same picture four times: one of the four is right.
    assertThat(figures.get("accuracy").getAsDouble()).isEqualTo(0.25);
    assertThat(figures.keySet())
        .contains("accuracy", "macroF1", "count", "labels", "classes", "confusion");
    assertThat(figures.getAsJsonObject("classes").getAsJsonObject("glioma").keySet())
        .containsExactlyInAnyOrder(
            "precision", "recall", "specificity", "f1", "auc", "averagePrecision", "support");
    assertThat(figures.getAsJsonArray("confusion")).hasSize(4);
  }

  @Test
  void evaluateWritesPredictionsAndPlots() throws IOException {
    for (String label : new String[] {"glioma", "notumor"}) {
      Files.createDirectories(folder.resolve("data").resolve(label));
      phantom(folder.resolve("data/" + label + "/a,b.png"));
    }
    Path to = folder.resolve("evaluation");

    assertThat(
            run(
                "evaluate",
                "--data",
                folder.resolve("data"),
                "--out",
                to,
                "--plot-scale",
                2,
                "--svg"))
        .isZero();

    for (String name : List.of("roc", "precision-recall", "reliability", "risk-coverage")) {
      MedicalImage plot = MedicalImageReader.withDefaults().read(to.resolve(name + ".png"));
      assertThat(List.of(plot.channels(), plot.width())).containsExactly(3, 1280);
      assertThat(to.resolve(name + ".svg")).content().contains("<svg", "width=\"640\"");
    }
    assertThat(to.resolve("confusion.svg")).exists();
    assertThat(json(to.resolve("evaluation.json")).getAsJsonArray("accuracyInterval")).hasSize(2);
    List<String> csv = Files.readAllLines(to.resolve("predictions.csv"));
    assertThat(csv.get(0))
        .isEqualTo("file,truth,predicted,glioma,meningioma,notumor,pituitary,error");
    assertThat(csv.get(1)).startsWith("\"glioma/a,b.png\",glioma,");
    assertThat(csv).hasSize(3);
  }

  @Test
  void evaluateKeepsADamagedImageAsARowAndGoesOn() throws IOException {
    phantom(folder.resolve("data/glioma/a.png"));
    byte[] whole = Files.readAllBytes(folder.resolve("data/glioma/a.png"));
    Files.write(folder.resolve("data/glioma/b.png"), Arrays.copyOf(whole, whole.length / 2));
    phantom(folder.resolve("data/notumor/c.png"));
    Path to = folder.resolve("evaluation");

    assertThat(run("evaluate", "--data", folder.resolve("data"), "--out", to)).isEqualTo(1);

    List<String> csv = Files.readAllLines(to.resolve("predictions.csv"));
    assertThat(csv).hasSize(4);
    assertThat(csv.get(2)).startsWith("glioma/b.png,glioma,,,,,,").contains("b.png: cannot read");
    assertThat(csv.get(3)).startsWith("notumor/c.png,notumor,");
    JsonObject figures = json(to.resolve("evaluation.json"));
    assertThat(figures.get("count").getAsInt()).isEqualTo(2);
    assertThat(figures.get("failed").getAsInt()).isEqualTo(1);
    assertThat(out.toString()).contains("accuracy", "FAILED ", "b.png");
  }

  @Test
  void evaluateTellsWhatRunsThatDisagreeAreWorthOnDisturbedImages() throws IOException {
    for (String label : new String[] {"glioma", "notumor"}) {
      Files.createDirectories(folder.resolve("data").resolve(label));
      phantom(folder.resolve("data/" + label + "/a.png"));
    }

    assertThat(
            run(
                "evaluate",
                "--data",
                folder.resolve("data"),
                "--uncertainty",
                "tta",
                "--disturbed"))
        .isZero();

    assertThat(out.toString())
        .contains("area under the risk-coverage curve, disturbed images", "motion")
        .contains("one run, probability", "tta, mutual information");
  }

  @Test
  void evaluateComparesModels() throws IOException {
    for (String label : new String[] {"glioma", "notumor"}) {
      Files.createDirectories(folder.resolve("data").resolve(label));
      phantom(folder.resolve("data/" + label + "/a.png"));
    }
    Path one = copyOfEmbedded("one.onnx");
    Path to = folder.resolve("comparison");

    assertThat(
            run(
                "evaluate",
                "--data",
                folder.resolve("data"),
                "--compare",
                one,
                "embedded",
                "--out",
                to))
        .isZero();

    assertThat(out.toString()).contains("one.onnx less", "McNemar", "p = 1.0000", "DeLong");
    JsonObject comparison = json(to.resolve("comparison.json"));
    assertThat(comparison.getAsJsonArray("models")).hasSize(2);
    JsonObject first = comparison.getAsJsonArray("models").get(0).getAsJsonObject();
    assertThat(first.get("bytes").getAsLong()).isEqualTo(Files.size(one));
    assertThat(first.get("parameters").getAsLong())
        .isBetween(Files.size(one) / 5, Files.size(one) / 4);
    assertThat(comparison.get("correction").getAsString()).isEqualTo("none");
    assertThat(to.resolve("2-embedded/roc.png")).exists();
    assertThat(run("evaluate", "--data", folder.resolve("data"), "--compare", one)).isEqualTo(2);
  }

  private Path copyOfEmbedded(String name) throws IOException {
    for (String extension : new String[] {"onnx", "json"}) {
      try (InputStream in = OnnxClassifier.class.getResourceAsStream("embedded." + extension)) {
        Files.copy(Objects.requireNonNull(in), folder.resolve(name.replace("onnx", extension)));
      }
    }
    return folder.resolve(name);
  }

  @Test
  void evaluateRefusesFoldersThatAreNoLabels() throws IOException {
    Files.createDirectories(folder.resolve("data/cat"));
    Files.createDirectories(folder.resolve("data/dog"));
    phantom(folder.resolve("data/cat/a.png"));
    phantom(folder.resolve("data/dog/a.png"));

    assertThat(run("evaluate", "--data", folder.resolve("data"))).isEqualTo(2);
    assertThat(err.toString()).contains("glioma", "cat");
  }
}
