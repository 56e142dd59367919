package io.github.brainimaging.examples.cli;

import static io.github.brainimaging.examples.cli.Commands.json;
import static io.github.brainimaging.examples.cli.Commands.phantom;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.io.MedicalImageReader;
import io.github.brainimaging.core.io.PngImageWriter;
import io.github.brainimaging.examples.cli.file.HeadPhantom;
import io.github.brainimaging.models.onnx.ModelSource;
import io.github.brainimaging.models.onnx.OnnxClassifier;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code segment} finds, and how it is scored against true masks. */
class SegmentTest {

  private static final double RADIUS = 18;

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(Object... arguments) {
    return Commands.run(out, err, arguments);
  }

  @Test
  void segmentFindsTheLesionAndScoresIt() throws IOException {
    Path patient = Files.createDirectories(folder.resolve("in/patient"));
    MedicalImage image = HeadPhantom.draw(165, 105, RADIUS, 2);
    PngImageWriter.write(image, patient.resolve("07_flair.png"));
    boolean[] lesion = new boolean[image.width() * image.height()];
    for (int i = 0; i < lesion.length; i++) {
      lesion[i] = Math.hypot(i % image.width() - 165, i / image.width() - 105) < RADIUS;
    }
    PngImageWriter.write(
        Mask.of(image.width(), image.height(), lesion), patient.resolve("07_mask.png"));

    Path data = folder.resolve("in");
    assertThat(
            run(
                "segment",
                "--method",
                "classical",
                data,
                "--out",
                folder.resolve("out"),
                "--truth",
                data))
        .isZero();

    JsonObject scores = json(folder.resolve("out/scores.json"));
    assertThat(scores.get("count").getAsInt()).isEqualTo(1);
    assertThat(scores.get("meanDice").getAsDouble()).isGreaterThan(0.9);
    assertThat(scores.get("meanHd95").getAsDouble()).isLessThan(4);
    assertThat(scores.getAsJsonObject("lesions").get("lesionsFound").getAsInt()).isEqualTo(1);
    assertThat(scores.getAsJsonObject("volumes").get("count").getAsInt()).isZero();
    List<String> csv = Files.readAllLines(folder.resolve("out/scores.csv"));
    assertThat(csv).hasSize(2);
    assertThat(csv.get(0)).startsWith("input,dice,iou,sensitivity,precision,hausdorff,hd95,");
    assertThat(csv.get(1)).startsWith("patient/07_flair.png,0.9");
    assertThat(folder.resolve("out/worst.png")).exists();
    JsonObject result =
        json(folder.resolve("out/report.json")).getAsJsonArray("results").get(0).getAsJsonObject();
    MedicalImage mask =
        MedicalImageReader.withDefaults()
            .read(folder.resolve("out").resolve(result.get("mask").getAsString()));
    assertThat(mask.width()).isEqualTo(image.width());
    assertThat(mask.get(165, 105)).isEqualTo(255);
    assertThat(Files.exists(folder.resolve("out").resolve(result.get("overlay").getAsString())))
        .isTrue();
    assertThat(out.toString()).contains("Dice");
  }

  @Test
  void segmentAsksTheClassifierBeforeTheEmbeddedNetwork() throws IOException {
    phantom(folder.resolve("in/a.png"));
    Path drawing = folder.resolve("in");
    PngImageWriter.write(Mask.empty(256, 256), folder.resolve("truth/a.png"));
    Path done = folder.resolve("out");
    Object[] usual = {"segment", drawing, "--out", done, "--truth", folder.resolve("truth")};

    assertThat(run(usual)).isZero();
    assertThat(verdict(done)).isEqualTo("out-of-domain");
    assertThat(done.resolve("masks")).doesNotExist();
    // What was not segmented counts as nothing found.
    assertThat(json(done.resolve("scores.json")).get("emptyTruthCount").getAsInt()).isEqualTo(1);

    assertThat(run("segment", drawing, "--out", done, "--no-screen")).isZero();
    assertThat(verdict(done)).isEqualTo("in-domain");
    assertThat(done.resolve("masks/a.png")).exists();

    assertThat(run("segment", drawing, "--out", folder.resolve("forced"), "--force")).isZero();
    assertThat(verdict(folder.resolve("forced"))).isEqualTo("out-of-domain");
    assertThat(folder.resolve("forced/masks/a.png")).exists();

    Path asked = folder.resolve("asked");
    assertThat(run("segment", drawing, "--out", asked, "--method", "classical", "--screen"))
        .isZero();
    assertThat(verdict(asked)).isEqualTo("out-of-domain");
  }

  private static String verdict(Path done) throws IOException {
    return json(done.resolve("report.json"))
        .getAsJsonArray("results")
        .get(0)
        .getAsJsonObject()
        .getAsJsonObject("assessment")
        .get("verdict")
        .getAsString();
  }

  /** As annotation tools write it: 0 and 255, a label map, one color on black; and what is none. */
  @Test
  void segmentUnderstandsATruthInEveryForm() throws IOException {
    boolean[] lesion = new boolean[256 * 256];
    float[] labels = new float[lesion.length];
    float[] green = new float[3 * lesion.length];
    float[] areas = new float[lesion.length];
    for (int i = 0; i < lesion.length; i++) {
      double radius = Math.hypot(i % 256 - 165, i / 256 - 105);
      lesion[i] = radius < RADIUS;
      labels[i] = radius < RADIUS / 2 ? 3 : lesion[i] ? 1 : 0;
      green[lesion.length + i] = lesion[i] ? 255 : 0;
      areas[i] = 80 * labels[i];
    }
    Path truth = folder.resolve("truth");
    PngImageWriter.write(Mask.of(256, 256, lesion), truth.resolve("a.png"));
    MedicalImage gray = MedicalImage.ofGray(256, 256, labels).withNominalMaximum(255);
    PngImageWriter.write(gray, truth.resolve("b.png"));
    PngImageWriter.write(
        MedicalImage.of(256, 256, 3, green).withNominalMaximum(255), truth.resolve("c.png"));
    PngImageWriter.write(gray.withSamples(areas), truth.resolve("d.png"));
    for (String name : List.of("a", "b", "c", "d")) {
      phantom(folder.resolve("in/" + name + ".png"));
    }
    Path in = folder.resolve("in");
    Path done = folder.resolve("out");
    assertThat(run("segment", "--method", "classical", in, "--out", done, "--truth", truth))
        .isEqualTo(1);
    List<String> csv = Files.readAllLines(done.resolve("scores.csv"));
    assertThat(csv).hasSize(4);
    String figures = csv.get(1).substring("a.png".length());
    assertThat(figures).startsWith(",0.9");
    assertThat(csv.subList(2, 4)).containsExactly("b.png" + figures, "c.png" + figures);
    assertThat(json(done.resolve("scores.json")).getAsJsonArray("failures").get(0).getAsString())
        .contains("d.png", "0, 80, 240", "which of them is inside?");

    assertThat(
            run(
                "segment",
                "--method",
                "classical",
                in,
                "--out",
                done,
                "--truth",
                truth,
                "--labels",
                "80,240"))
        .isEqualTo(1);
    assertThat(Files.readAllLines(done.resolve("scores.csv"))).contains("d.png" + figures);
  }

  @Test
  void segmentRefusesATruthFolderWithoutMasks() throws IOException {
    Path absent = folder.resolve("absent");

    assertThat(
            run(
                "segment",
                "--method",
                "classical",
                phantom(folder.resolve("a.png")),
                "--out",
                folder.resolve("out"),
                "--truth",
                absent))
        .isEqualTo(2);
    assertThat(err.toString()).contains("--truth must be a folder of masks, got " + absent);
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void segmentGoesOnAfterATruthOfAnotherSize() throws IOException {
    phantom(folder.resolve("in/1.png"));
    phantom(folder.resolve("in/2.PNG"));
    phantom(folder.resolve("in/3.png"));
    PngImageWriter.write(Mask.empty(10, 10), folder.resolve("truth/1.png"));
    PngImageWriter.write(Mask.empty(256, 256), folder.resolve("truth/2.PNG"));

    Path truth = folder.resolve("truth");
    assertThat(
            run(
                "segment",
                "--method",
                "classical",
                folder.resolve("in"),
                "--out",
                folder.resolve("out"),
                "--truth",
                truth))
        .isEqualTo(1);

    JsonObject scores = json(folder.resolve("out/scores.json"));
    assertThat(scores.get("emptyTruthCount").getAsInt()).isEqualTo(1);
    assertThat(scores.get("withoutTruth").getAsInt()).isEqualTo(1);
    assertThat(scores.getAsJsonArray("failures").get(0).getAsString()).contains("1.png", "10 x 10");
    assertThat(out.toString()).contains("3 analyzed, 0 failed", "FAILED to score 1.png");
  }

  @Test
  void segmentScoresFilesOfOneNameInTwoFolders() throws IOException {
    phantom(folder.resolve("a/1.png"));
    phantom(folder.resolve("b/1.png"));
    PngImageWriter.write(Mask.empty(256, 256), folder.resolve("truth/1.png"));

    assertThat(
            run(
                "segment",
                "--method",
                "classical",
                folder.resolve("a"),
                folder.resolve("b/1.png"),
                "--out",
                folder.resolve("out"),
                "--truth",
                folder.resolve("truth")))
        .isZero();
    assertThat(json(folder.resolve("out/scores.json")).getAsJsonArray("cases")).hasSize(2);
  }

  @Test
  void analyzeAndSegmentTellHowFarSeveralLooksDiffer() throws IOException {
    Path head = folder.resolve("head.png");
    PngImageWriter.write(HeadPhantom.draw(165, 105, RADIUS, 2), head);
    Path out = folder.resolve("out");

    assertThat(run("analyze", head, "--out", out, "--force", "--uncertainty", "dropout")).isZero();
    assertThat(uncertainty(out).keySet()).contains("entropy", "mutualInformation", "deviations");

    assertThat(run("analyze", head, "--out", out, "--force", "--uncertainty", "tta")).isZero();
    assertThat(uncertainty(out).get("runs").getAsInt()).isEqualTo(8);

    assertThat(run("segment", head, "--out", out, "--no-screen", "--uncertainty", "dropout"))
        .isEqualTo(2);
    assertThat(err.toString()).contains("--uncertainty dropout asks a classifier");
    assertThat(run("segment", head, "--out", out, "--no-screen", "--uncertainty", "tta")).isZero();
    assertThat(run("segment", head, "--uncertainty", "--out", out, "--no-screen")).isZero();
    assertThat(json(out.resolve("report.json")).toString()).contains("expectedDice", "lowPixels");
  }

  /** The embedded classifier has seen no tumor on FLAIR, and is asked for the domain only. */
  @Test
  void onFlairTwoSegmentersDecide() throws IOException {
    Path head = folder.resolve("head_flair.png");
    PngImageWriter.write(HeadPhantom.draw(165, 105, RADIUS, 2), head);
    Path out = folder.resolve("out");

    assertThat(run("segment", head, "--method", "flair", "--out", out)).isZero();
    assertThat(verdict(out)).isEqualTo("doubtful");
    assertThat(first(out).get("predicted").isJsonNull()).isTrue();
    int area = first(out).getAsJsonObject("tumor").get("areaPixels").getAsInt();
    assertThat(area).isBetween((int) (2 * RADIUS * RADIUS), (int) (4 * RADIUS * RADIUS));

    assertThat(run("segment", head, "--method", "flair", "--uncertainty", "--out", out))
        .isEqualTo(2);
    // A tumor that is known is drawn by both, where the file says FLAIR.
    assertThat(run("analyze", head, "--force", "--out", out)).isZero();
    double both = first(out).getAsJsonObject("tumor").get("confidence").getAsDouble();
    assertThat(run("analyze", head, "--force", "--method", "learned", "--out", out)).isZero();
    assertThat(first(out).getAsJsonObject("tumor").get("confidence").getAsDouble())
        .isNotEqualTo(both);
  }

  /** The embedded classifier, but it answers drawings too. */
  private Path answering() throws IOException {
    Path model = folder.resolve("answering.onnx");
    Files.write(model, ModelSource.embedded().toBytes());
    try (OnnxClassifier classifier = OnnxClassifier.embedded()) {
      JsonObject card = JsonParser.parseString(classifier.card().toJson()).getAsJsonObject();
      card.remove("domain");
      Files.writeString(folder.resolve("answering.json"), card.toString());
    }
    return model;
  }

  @Test
  void onFlairAThirdOpinionDecidesByDefault() throws IOException {
    Path head = folder.resolve("head_flair.png");
    PngImageWriter.write(HeadPhantom.draw(0, 0, 0, 1), head);
    Path out = folder.resolve("out");
    Path model = answering();

    assertThat(run("segment", head, "--model", model, "--second-opinion", "--out", out)).isZero();
    assertThat(first(out).getAsJsonArray("remarks").toString())
        .contains("a lesion on FLAIR with a probability of", "at least 0.73");
    assertThat(json(out.resolve("report.json")).toString())
        .contains("brain-tumor-compact with a second opinion");
    assertThat(run("segment", head, "--model", model, "--out", out)).isZero();
    assertThat(first(out).toString()).doesNotContain("at least 0.73");
    for (String other : List.of("--no-screen", "--method=flair")) {
      assertThat(run("segment", head, other, "--second-opinion", "--out", out)).isEqualTo(2);
    }
  }

  private static JsonObject uncertainty(Path out) throws IOException {
    return first(out).getAsJsonObject("uncertainty");
  }

  private static JsonObject first(Path out) throws IOException {
    return json(out.resolve("report.json")).getAsJsonArray("results").get(0).getAsJsonObject();
  }
}
