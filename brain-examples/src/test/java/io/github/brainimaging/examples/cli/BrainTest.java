package io.github.brainimaging.examples.cli;

import static io.github.brainimaging.examples.cli.Commands.json;
import static io.github.brainimaging.examples.cli.Commands.phantom;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.io.MedicalImageReader;
import io.github.brainimaging.core.io.PngImageWriter;
import io.github.brainimaging.examples.cli.file.HeadPhantom;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The commands as a user runs them, with the embedded model and drawn heads. */
class BrainTest {

  private static final double RADIUS = 18;

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(Object... arguments) {
    return Commands.run(out, err, arguments);
  }

  @Test
  void analyzeWritesAReportOfEveryInput() throws IOException {
    Files.createDirectories(folder.resolve("in/sub"));
    phantom(folder.resolve("in/a.png"));
    // The format is found from the content, not from the name.
    Files.move(phantom(folder.resolve("in/sub/b.png")), folder.resolve("in/sub/b.jpg"));
    Files.writeString(folder.resolve("in/notes.txt"), "no image");

    assertThat(run("analyze", folder.resolve("in"), "--out", folder.resolve("out"), "--force"))
        .isZero();

    JsonArray results = json(folder.resolve("out/report.json")).getAsJsonArray("results");
    assertThat(results).hasSize(2);
    JsonObject first = results.get(0).getAsJsonObject();
    assertThat(first.get("input").getAsString()).isEqualTo("a.png");
    assertThat(results.get(1).getAsJsonObject().get("input").getAsString()).isEqualTo("sub/b.jpg");
    assertThat(first.get("status").getAsString()).isEqualTo("ok");
    assertThat(first.getAsJsonObject("probabilities").keySet())
        .containsExactlyInAnyOrder("glioma", "meningioma", "notumor", "pituitary")
        .contains(first.get("predicted").getAsString());
    assertThat(Files.readString(folder.resolve("out/index.html"))).contains("sub/b.jpg");
    assertThat(out.toString()).contains("2 analyzed (2 out of domain), 0 failed");
  }

  @Test
  void analyzeTellsOptionsThatSlicesDoNotHeed() throws IOException {
    Path image = phantom(folder.resolve("a.png"));

    Path to = folder.resolve("out");

    assertThat(run("analyze", image, "--out", to, "--force")).isZero();
    assertThat(err.toString()).doesNotContain("has no effect");
    assertThat(run("analyze", image, "--out", to, "--force", "--strip")).isZero();
    assertThat(err.toString()).contains("note: --strip has no effect on slices");
  }

  @Test
  void analyzeSaysThatTheFolderOfTheReportCannotBeMade() throws IOException {
    Path image = phantom(folder.resolve("a.png"));

    assertThat(run("analyze", image, "--out", image.resolve("out"))).isEqualTo(1);

    assertThat(err.toString()).contains("out: this folder cannot be made");
  }

  @Test
  void analyzeClaimsNothingOfADrawing() throws IOException {
    assertThat(run("analyze", phantom(folder.resolve("a.png")), "--out", folder.resolve("out")))
        .isZero();

    JsonObject result =
        json(folder.resolve("out/report.json")).getAsJsonArray("results").get(0).getAsJsonObject();
    assertThat(result.getAsJsonObject("assessment").get("verdict").getAsString())
        .isEqualTo("out-of-domain");
    assertThat(result.get("predicted").isJsonNull()).isTrue();
    assertThat(result.get("mask").isJsonNull()).isTrue();
    assertThat(out.toString())
        .contains("out-of-domain: it looks unlike the images that the model learned from");
  }

  @Test
  void analyzeKeepsAFailureAsAResult() throws IOException {
    Path broken = Files.writeString(folder.resolve("broken.png"), "no image");

    assertThat(
            run(
                "analyze",
                phantom(folder.resolve("a.png")),
                broken,
                "--out",
                folder.resolve("out")))
        .isEqualTo(1);

    JsonArray results = json(folder.resolve("out/report.json")).getAsJsonArray("results");
    JsonObject failed = results.get(1).getAsJsonObject();
    assertThat(failed.get("status").getAsString()).isEqualTo("failed");
    assertThat(failed.get("error").getAsString()).contains("broken.png");
    assertThat(results.get(0).getAsJsonObject().get("status").getAsString()).isEqualTo("ok");
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
    assertThat(err.toString()).contains("no mask in " + absent);
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
  void runsAgainIntoAFolderInsideTheInputs() throws IOException {
    phantom(folder.resolve("in/a.png"));
    Path in = folder.resolve("in");

    assertThat(run("segment", "--method", "classical", in, "--out", in.resolve("out"))).isZero();
    assertThat(run("segment", "--method", "classical", in, "--out", in.resolve("out"))).isZero();
    assertThat(run("segment", "--method", "classical", in.resolve("a.png"), "--out", in)).isZero();
    assertThat(run("segment", "--method", "classical", in.resolve("a.png"), "--out", in)).isZero();

    assertThat(json(in.resolve("out/report.json")).getAsJsonArray("results")).hasSize(1);
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "no such names or links")
  void followsALinkToAFolder() throws IOException {
    phantom(folder.resolve("in/a.png"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("in"));
    Files.createSymbolicLink(folder.resolve("in/loop"), folder.resolve("in"));

    assertThat(run("segment", "--method", "classical", link, "--out", folder.resolve("out")))
        .isZero();
    assertThat(
            json(folder.resolve("out/report.json"))
                .getAsJsonArray("results")
                .get(0)
                .getAsJsonObject()
                .get("input")
                .getAsString())
        .isEqualTo("a.png");
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "no such names or links")
  void aFileNamedAsAnImageIsNeverPassedOverInSilence() throws IOException {
    phantom(folder.resolve("in/a.png"));
    Files.createFile(folder.resolve("in/empty.JPG"));
    Files.createSymbolicLink(folder.resolve("in/gone.png"), folder.resolve("nowhere"));

    assertThat(
            run(
                "segment",
                "--method",
                "classical",
                folder.resolve("in"),
                "--out",
                folder.resolve("out")))
        .isEqualTo(1);
    assertThat(out.toString()).contains("1 analyzed, 2 failed", "an empty file");
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "no such names or links")
  void printsNoControlCharactersOfFileNames() throws IOException {
    phantom(folder.resolve("in/a\u001b[31m\nb.png"));

    assertThat(
            run(
                "segment",
                "--method",
                "classical",
                folder.resolve("in"),
                "--out",
                folder.resolve("out")))
        .isZero();
    assertThat(out.toString()).contains("a?[31m?b.png");
    assertThat(
            run("segment", "--method", "classical", folder.resolve("x|@ @|red y"), "--out", folder))
        .isEqualTo(1);
    assertThat(err.toString()).contains("x|@ @|red y");
  }

  @Test
  void filesOfOneNameAreToldApartByTheirFolders() throws IOException {
    phantom(folder.resolve("x1/a.png"));
    phantom(folder.resolve("x2/a.png"));
    phantom(folder.resolve("x2/b.png"));
    Path done = folder.resolve("out");
    assertThat(
            run(
                "segment",
                "--method",
                "classical",
                folder.resolve("x1"),
                folder.resolve("x2"),
                "--out",
                done))
        .isZero();
    assertThat(json(done.resolve("report.json")).getAsJsonArray("results"))
        .extracting(result -> result.getAsJsonObject().get("input").getAsString())
        .containsExactly("x1/a.png", "x2/a.png", "b.png");
    assertThat(done.resolve("masks/x1-a.png")).exists();
  }

  @Test
  void aFileNamedAsAFormulaIsTextToASpreadsheetAndAFalseFindIsAWorstCase() throws IOException {
    phantom(folder.resolve("in/=1+1.png"));
    PngImageWriter.write(Mask.empty(256, 256), folder.resolve("truth/=1+1.png"));
    Path done = folder.resolve("out");
    Path truth = folder.resolve("truth");
    assertThat(
            run(
                "segment",
                "--method",
                "classical",
                folder.resolve("in"),
                "--out",
                done,
                "--truth",
                truth))
        .isZero();
    assertThat(Files.readAllLines(done.resolve("scores.csv")).get(1)).startsWith("'=1+1.png,0.0,");
    assertThat(done.resolve("worst.png")).exists();
  }

  @Test
  void demoSaysThatItsImagesAreSynthetic() throws IOException {
    assertThat(run("demo", "--out", folder.resolve("demo"))).isZero();

    assertThat(out.toString()).contains("synthetic");
    assertThat(json(folder.resolve("demo/report.json")).getAsJsonArray("results")).hasSize(3);
  }

  @Test
  void doctorNamesTheDevice() {
    assertThat(run("doctor", "--device", "cpu")).isZero();
    assertThat(out.toString()).contains("library       brain-imaging ", "locale  ", "temporary  ");
    assertThat(out.toString()).contains("device", "CPU", "glioma");
  }

  @Test
  void wrongUsageIsExitCodeTwo() {
    assertThat(run("analyze")).isEqualTo(2);
    assertThat(run("analyze", "x.png", "--out", folder, "--device", "tpu")).isEqualTo(2);
    assertThat(run("nonsense")).isEqualTo(2);
    assertThat(run("train", "--data", folder, "--out", folder, "--epochs", 0)).isEqualTo(2);
    assertThat(run("segment", "x.png", "--out", folder, "--minimum-score", -1)).isEqualTo(2);
    assertThat(
            run("segment", "x.png", "--out", folder, "--method", "published", "--minimum-score", 0))
        .isEqualTo(2);
    assertThat(err.toString())
        .contains(
            "--epochs must be",
            "--minimum-score must be 0 to 1, got -1.0",
            "--method classical only");
  }

  @Test
  void aMissingFileIsNamed() {
    assertThat(run("analyze", folder.resolve("absent.png"), "--out", folder.resolve("out")))
        .isEqualTo(1);
    assertThat(err.toString())
        .contains("absent.png: no such file or folder")
        .doesNotContain("\tat ", "Exception");
  }

  @Test
  void aFolderWithoutImagesSaysWhatIsRead() throws IOException {
    Files.writeString(folder.resolve("IM0001.dcm"), "DICOM");

    assertThat(run("analyze", folder, "--out", folder.resolve("out"))).isEqualTo(1);
    assertThat(run("evaluate", "--data", folder.resolve("IM0001.dcm"))).isEqualTo(1);
    assertThat(run("evaluate", "--data", folder)).isEqualTo(1);
    assertThat(err.toString())
        .contains("no image or volume of a known format", "IM0001.dcm: not directory", "found none")
        .doesNotContain("Exception");
  }

  @Test
  void aFailedRowNamesItsFileOnce() throws IOException {
    Path broken = Files.writeString(folder.resolve("broken.png"), "no image");

    assertThat(run("segment", "--method", "classical", broken, "--out", folder.resolve("out")))
        .isEqualTo(1);
    assertThat(out.toString()).containsOnlyOnce("broken.png").contains("FAILED: expected a PNG");
  }

  @Test
  void architecturesListsTheNetworksAndPrintsOne() {
    assertThat(run("architectures")).isZero();
    assertThat(out.toString())
        .containsPattern("resnet50 +3 x 224 x 224 +23,587,712")
        .containsPattern("p5-resnet-plain +23,850,500, +262,788 trainable");

    assertThat(run("architectures", "resnet50", "--head", "p2", "--size", 256, "--classes", 2))
        .isZero();
    assertThat(out.toString())
        .contains("total 25,784,066, trainable 2,196,354, not trainable 23,587,712");
  }

  @Test
  void architecturesNamesTheKnownOnes() {
    assertThat(run("architectures", "resnet")).isNotZero();
    assertThat(err.toString()).contains("plain-cnn, resnet50, vgg16", "got resnet");
  }
}
