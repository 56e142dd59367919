package io.github.brainimaging.examples.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.io.PngImageWriter;
import io.github.brainimaging.examples.cli.Commands;
import io.github.brainimaging.models.network.Network;
import io.github.brainimaging.models.network.Weights;
import io.github.brainimaging.models.network.format.OnnxExport;
import io.github.brainimaging.models.network.zoo.Architectures;
import io.github.brainimaging.models.network.zoo.Head;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clinical data on the command line: images that are all alike, the class in the table. */
class ClinicalCommandTest {

  private static final int SIZE = 32;
  private static final int PATIENTS = 20;

  @TempDir Path folder;
  private final StringWriter output = new StringWriter();

  private int run(Object... arguments) {
    output.getBuffer().setLength(0);
    return Commands.run(output, output, arguments);
  }

  /** Two images of each patient; of one no age is known. */
  @BeforeEach
  void draw() throws IOException {
    Random random = new Random(1);
    StringBuilder list = new StringBuilder("path,label\n");
    StringBuilder table = new StringBuilder("patient,age,sex\n");
    for (int i = 0; i < 2 * PATIENTS; i++) {
      int patient = i / 2;
      float[] samples = new float[SIZE * SIZE];
      for (int p = 0; p < samples.length; p++) {
        samples[p] = p % 7 * 20 + random.nextInt(3);
      }
      String name = "p" + patient + "-" + i % 2 + ".png";
      PngImageWriter.write(MedicalImage.ofGray(SIZE, SIZE, samples), folder.resolve(name));
      list.append(name).append(patient % 2 == 0 ? ",low\n" : ",high\n");
      if (i % 2 == 0) {
        String age = patient == 7 ? "" : Integer.toString(30 + patient % 2 * 40 + patient % 3);
        table.append("p" + patient + "," + age + "," + (patient % 3 == 0 ? "f" : "m") + "\n");
      }
    }
    Files.writeString(folder.resolve("list.csv"), list);
    Files.writeString(folder.resolve("table.csv"), table);
    Network network = Architectures.named("compact-resnet").describe(Head.POOLED, 1, SIZE, 2);
    Files.write(
        folder.resolve("backbone.onnx"),
        OnnxExport.toBytes(network, Weights.random(network, 5), Map.of()));
  }

  private Object[] train(String out, Object... more) {
    List<Object> all =
        new ArrayList<>(
            List.of(
                "train",
                "--data",
                folder.resolve("list.csv"),
                "--groups",
                "/(p\\d+)-",
                "--out",
                folder.resolve(out),
                "--size",
                SIZE,
                "--channels",
                1,
                "--held-out",
                0.3,
                "--features",
                folder.resolve("features")));
    all.addAll(List.of(more));
    return all.toArray();
  }

  private Object[] fused(String out, Object... network) {
    List<Object> all =
        new ArrayList<>(
            List.of(
                "--table",
                folder.resolve("table.csv"),
                "--numbers",
                "age",
                "--categories",
                "sex",
                "--epochs",
                60,
                "--batch-size",
                4,
                "--learning-rate",
                0.02));
    all.addAll(List.of(network));
    return train(out, all.toArray());
  }

  private JsonObject analyzed(String name) throws IOException {
    JsonArray results =
        Commands.json(folder.resolve("report/report.json")).getAsJsonArray("results");
    for (var each : results) {
      if (each.getAsJsonObject().get("input").getAsString().endsWith(name)) {
        return each.getAsJsonObject();
      }
    }
    throw new AssertionError(name + " is not in the report: " + results);
  }

  @Test
  void trainsWithATableAndAnalyzesWithIt() throws IOException {
    Path backbone = folder.resolve("backbone.onnx");
    assertThat(run(fused("fused", "--backbone", backbone))).as(output::toString).isZero();
    assertThat(output.toString())
        .containsPattern("age: missing in [01] of 1[34] patients to learn from")
        .containsPattern("sex: missing in 0 of 1[34] patients to learn from");
    Path model = folder.resolve("fused/model.onnx");
    JsonObject card = Commands.json(folder.resolve("fused/model.json"));
    assertThat(card.getAsJsonObject("results").get("accuracy").getAsDouble()).isGreaterThan(0.8);
    assertThat(card.getAsJsonArray("clinical").toString()).contains("\"age\"", "[\"f\",\"m\"]");
    assertThat(run("export", folder.resolve("fused"), "--out", folder.resolve("again.onnx")))
        .isZero();
    assertThat(Files.readAllBytes(folder.resolve("again.onnx")))
        .isEqualTo(Files.readAllBytes(model));

    assertThat(
            run(
                "evaluate",
                "--data",
                folder.resolve("list.csv"),
                "--model",
                model,
                "--table",
                folder.resolve("table.csv"),
                "--groups",
                "/(p\\d+)-",
                "--json",
                folder.resolve("figures.json")))
        .as(output::toString)
        .isZero();
    assertThat(Commands.json(folder.resolve("figures.json")).get("accuracy").getAsDouble())
        .isGreaterThan(0.9);

    Files.writeString(folder.resolve("some.csv"), "patient,age,sex\np2,31,\np3,old,m\n");
    int code =
        run(
            "analyze",
            folder.resolve("p2-0.png"),
            folder.resolve("p3-0.png"),
            folder.resolve("p4-0.png"),
            "--model",
            model,
            "--table",
            folder.resolve("some.csv"),
            "--groups",
            "/(p\\d+)-",
            "--out",
            folder.resolve("report"));

    assertThat(code).isEqualTo(1); // two of three have no row that fits
    assertThat(output.toString())
        .contains("sex is missing, and never was in the training")
        .contains("column 'age' must hold a number, got 'old'")
        .contains("table must have a row for 'p4'");
    assertThat(analyzed("p2-0.png").getAsJsonObject("assessment").get("verdict").getAsString())
        .isEqualTo("doubtful");
    assertThat(analyzed("p2-0.png").toString()).contains("\"low\"");

    Files.writeString(folder.resolve("other.csv"), "patient,age\np2,31\n");
    Path image = folder.resolve("p2-0.png");
    Path other = folder.resolve("other.csv");
    assertThat(run("analyze", image, "--model", model, "--table", other, "--out", folder))
        .isEqualTo(2);
    assertThat(output.toString())
        .contains("--table must have the columns [age, sex], got [patient, age]");
  }

  @Test
  void aNetworkOfOursIsPooledBeforeTheTable() throws IOException {
    Object[] network = {
      "--weights", folder.resolve("backbone.onnx"), "--architecture", "compact-resnet"
    };
    assertThat(run(fused("early", network[0], network[1], network[2], network[3], "--head", "p1")))
        .as(output::toString)
        .isZero();
    JsonObject card = Commands.json(folder.resolve("early/model.json"));
    assertThat(card.getAsJsonObject("results").get("accuracy").getAsDouble()).isGreaterThan(0.8);

    assertThat(run(fused("p3", network[0], network[1], network[2], network[3], "--head", "p3")))
        .isNotZero();
    assertThat(output.toString()).contains("--table needs a network that is frozen up to its head");
  }

  @Test
  void whatDoesNotGoTogetherIsSaid() throws IOException {
    Path backbone = folder.resolve("backbone.onnx");
    assertThat(run(fused("a", "--architecture", "perceptron"))).isEqualTo(2);
    assertThat(output.toString()).contains("--table is learned from beside the features of frozen");
    assertThat(run(train("b", "--backbone", backbone, "--table", folder.resolve("table.csv"))))
        .isEqualTo(2);
    assertThat(output.toString()).contains("--table needs --numbers or --categories");
    assertThat(run(fused("c", "--backbone", backbone, "--test", folder.resolve("list.csv"))))
        .isEqualTo(2);
    assertThat(output.toString()).contains("--table does not go with --validation and --test");
    assertThat(
            run(
                train(
                    "d",
                    "--backbone",
                    backbone,
                    "--table",
                    folder.resolve("table.csv"),
                    "--numbers",
                    "Age")))
        .isEqualTo(2);
    assertThat(output.toString())
        .contains("--table must have the columns [Age], got [patient, age, sex]")
        .doesNotContain("to learn from");

    Path image = folder.resolve("p2-0.png");
    assertThat(
            run(
                "analyze",
                image,
                "--table",
                folder.resolve("table.csv"),
                "--out",
                folder.resolve("r")))
        .isEqualTo(2);
    assertThat(output.toString()).contains("--table needs a model whose card has clinical columns");
    assertThat(run(fused("f", "--backbone", backbone))).isZero();
    assertThat(
            run(
                "analyze",
                image,
                "--model",
                folder.resolve("f/model.onnx"),
                "--out",
                folder.resolve("r")))
        .isEqualTo(2);
    assertThat(output.toString())
        .contains(
            "--table is missing: the model takes the columns of a table beside the image, [age,"
                + " sex]");
  }
}
