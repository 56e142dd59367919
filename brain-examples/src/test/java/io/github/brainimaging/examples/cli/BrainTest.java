package io.github.brainimaging.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.io.MedicalImageReader;
import io.github.brainimaging.core.io.PngImageWriter;
import io.github.brainimaging.examples.cli.file.HeadPhantom;
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

  @CanIgnoreReturnValue
  private Path phantom(String name) throws IOException {
    Path file = folder.resolve(name);
    PngImageWriter.write(HeadPhantom.draw(165, 105, RADIUS, 2), file);
    return file;
  }

  private static JsonObject json(Path file) throws IOException {
    return JsonParser.parseString(Files.readString(file)).getAsJsonObject();
  }

  @Test
  void analyzeWritesAReportOfEveryInput() throws IOException {
    Files.createDirectories(folder.resolve("in/sub"));
    phantom("in/a.png");
    // The format is found from the content, not from the name.
    Files.move(phantom("in/sub/b.png"), folder.resolve("in/sub/b.jpg"));
    Files.writeString(folder.resolve("in/notes.txt"), "no image");

    assertThat(run("analyze", folder.resolve("in"), "--out", folder.resolve("out"))).isZero();

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
    assertThat(out.toString()).contains("2 analyzed, 0 failed");
  }

  @Test
  void analyzeKeepsAFailureAsAResult() throws IOException {
    Path broken = Files.writeString(folder.resolve("broken.png"), "no image");

    assertThat(run("analyze", phantom("a.png"), broken, "--out", folder.resolve("out")))
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
    assertThat(run("segment", data, "--out", folder.resolve("out"), "--truth", data)).isZero();

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
      phantom("in/" + name + ".png");
    }
    Path in = folder.resolve("in");
    Path done = folder.resolve("out");
    assertThat(run("segment", in, "--out", done, "--truth", truth)).isEqualTo(1);
    List<String> csv = Files.readAllLines(done.resolve("scores.csv"));
    assertThat(csv).hasSize(4);
    String figures = csv.get(1).substring("a.png".length());
    assertThat(figures).startsWith(",0.9");
    assertThat(csv.subList(2, 4)).containsExactly("b.png" + figures, "c.png" + figures);
    assertThat(json(done.resolve("scores.json")).getAsJsonArray("failures").get(0).getAsString())
        .contains("d.png", "0, 80, 240", "which of them is inside?");

    assertThat(run("segment", in, "--out", done, "--truth", truth, "--labels", "80,240"))
        .isEqualTo(1);
    assertThat(Files.readAllLines(done.resolve("scores.csv"))).contains("d.png" + figures);
  }

  @Test
  void segmentRefusesATruthFolderWithoutMasks() throws IOException {
    Path absent = folder.resolve("absent");

    assertThat(run("segment", phantom("a.png"), "--out", folder.resolve("out"), "--truth", absent))
        .isEqualTo(2);
    assertThat(err.toString()).contains("no mask in " + absent);
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void segmentGoesOnAfterATruthOfAnotherSize() throws IOException {
    phantom("in/1.png");
    phantom("in/2.PNG");
    phantom("in/3.png");
    PngImageWriter.write(Mask.empty(10, 10), folder.resolve("truth/1.png"));
    PngImageWriter.write(Mask.empty(256, 256), folder.resolve("truth/2.PNG"));

    Path truth = folder.resolve("truth");
    assertThat(
            run("segment", folder.resolve("in"), "--out", folder.resolve("out"), "--truth", truth))
        .isEqualTo(1);

    JsonObject scores = json(folder.resolve("out/scores.json"));
    assertThat(scores.get("emptyTruthCount").getAsInt()).isEqualTo(1);
    assertThat(scores.get("withoutTruth").getAsInt()).isEqualTo(1);
    assertThat(scores.getAsJsonArray("failures").get(0).getAsString()).contains("1.png", "10 x 10");
    assertThat(out.toString()).contains("3 analyzed, 0 failed", "FAILED to score 1.png");
  }

  @Test
  void segmentScoresFilesOfOneNameInTwoFolders() throws IOException {
    phantom("a/1.png");
    phantom("b/1.png");
    PngImageWriter.write(Mask.empty(256, 256), folder.resolve("truth/1.png"));

    assertThat(
            run(
                "segment",
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
    phantom("in/a.png");
    Path in = folder.resolve("in");

    assertThat(run("segment", in, "--out", in.resolve("out"))).isZero();
    assertThat(run("segment", in, "--out", in.resolve("out"))).isZero();
    assertThat(run("segment", in.resolve("a.png"), "--out", in)).isZero();
    assertThat(run("segment", in.resolve("a.png"), "--out", in)).isZero();

    assertThat(json(in.resolve("out/report.json")).getAsJsonArray("results")).hasSize(1);
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "no such names or links")
  void followsALinkToAFolder() throws IOException {
    phantom("in/a.png");
    Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("in"));
    Files.createSymbolicLink(folder.resolve("in/loop"), folder.resolve("in"));

    assertThat(run("segment", link, "--out", folder.resolve("out"))).isZero();
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
    phantom("in/a.png");
    Files.createFile(folder.resolve("in/empty.JPG"));
    Files.createSymbolicLink(folder.resolve("in/gone.png"), folder.resolve("nowhere"));

    assertThat(run("segment", folder.resolve("in"), "--out", folder.resolve("out"))).isEqualTo(1);
    assertThat(out.toString()).contains("1 analyzed, 2 failed", "an empty file");
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "no such names or links")
  void printsNoControlCharactersOfFileNames() throws IOException {
    phantom("in/a\u001b[31m\nb.png");

    assertThat(run("segment", folder.resolve("in"), "--out", folder.resolve("out"))).isZero();
    assertThat(out.toString()).contains("a?[31m?b.png");
    assertThat(run("segment", folder.resolve("x|@ @|red y"), "--out", folder)).isEqualTo(1);
    assertThat(err.toString()).contains("x|@ @|red y");
  }

  @Test
  void evaluateWritesEveryFigure() throws IOException {
    for (String label : new String[] {"glioma", "meningioma", "notumor", "pituitary"}) {
      Files.createDirectories(folder.resolve("data").resolve(label));
      phantom("data/" + label + "/a.png");
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
      phantom("data/" + label + "/a,b.png");
    }
    Path to = folder.resolve("evaluation");

    assertThat(run("evaluate", "--data", folder.resolve("data"), "--out", to)).isZero();

    for (String name : new String[] {"confusion.png", "roc.png", "precision-recall.png"}) {
      assertThat(MedicalImageReader.withDefaults().read(to.resolve(name)).channels()).isEqualTo(3);
    }
    assertThat(json(to.resolve("evaluation.json")).getAsJsonArray("accuracyInterval")).hasSize(2);
    List<String> csv = Files.readAllLines(to.resolve("predictions.csv"));
    assertThat(csv.get(0))
        .isEqualTo("file,truth,predicted,glioma,meningioma,notumor,pituitary,error");
    assertThat(csv.get(1)).startsWith("\"glioma/a,b.png\",glioma,");
    assertThat(csv).hasSize(3);
  }

  @Test
  void evaluateKeepsADamagedImageAsARowAndGoesOn() throws IOException {
    phantom("data/glioma/a.png");
    byte[] whole = Files.readAllBytes(folder.resolve("data/glioma/a.png"));
    Files.write(folder.resolve("data/glioma/b.png"), Arrays.copyOf(whole, whole.length / 2));
    phantom("data/notumor/c.png");
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
  void filesOfOneNameAreToldApartByTheirFolders() throws IOException {
    phantom("x1/a.png");
    phantom("x2/a.png");
    phantom("x2/b.png");
    Path done = folder.resolve("out");
    assertThat(run("segment", folder.resolve("x1"), folder.resolve("x2"), "--out", done)).isZero();
    assertThat(json(done.resolve("report.json")).getAsJsonArray("results"))
        .extracting(result -> result.getAsJsonObject().get("input").getAsString())
        .containsExactly("x1/a.png", "x2/a.png", "b.png");
    assertThat(done.resolve("masks/x1-a.png")).exists();
  }

  @Test
  void aFileNamedAsAFormulaIsTextToASpreadsheetAndAFalseFindIsAWorstCase() throws IOException {
    phantom("in/=1+1.png");
    PngImageWriter.write(Mask.empty(256, 256), folder.resolve("truth/=1+1.png"));
    Path done = folder.resolve("out");
    Path truth = folder.resolve("truth");
    assertThat(run("segment", folder.resolve("in"), "--out", done, "--truth", truth)).isZero();
    assertThat(Files.readAllLines(done.resolve("scores.csv")).get(1)).startsWith("'=1+1.png,0.0,");
    assertThat(done.resolve("worst.png")).exists();
  }

  @Test
  void evaluateComparesModels() throws IOException {
    for (String label : new String[] {"glioma", "notumor"}) {
      Files.createDirectories(folder.resolve("data").resolve(label));
      phantom("data/" + label + "/a.png");
    }
    Path one = copyOfEmbedded("one.onnx");
    Path two = copyOfEmbedded("two.onnx");
    Path to = folder.resolve("comparison");

    assertThat(
            run("evaluate", "--data", folder.resolve("data"), "--compare", one, two, "--out", to))
        .isZero();

    assertThat(out.toString()).contains("one.onnx less", "McNemar", "p = 1.0000", "DeLong");
    JsonObject comparison = json(to.resolve("comparison.json"));
    assertThat(comparison.getAsJsonArray("models")).hasSize(2);
    JsonObject first = comparison.getAsJsonArray("models").get(0).getAsJsonObject();
    assertThat(first.get("bytes").getAsLong()).isEqualTo(Files.size(one));
    assertThat(first.get("parameters").getAsLong())
        .isBetween(Files.size(one) / 5, Files.size(one) / 4);
    assertThat(comparison.get("correction").getAsString()).isEqualTo("none");
    assertThat(to.resolve("2-two/roc.png")).exists();
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
    phantom("data/cat/a.png");
    phantom("data/dog/a.png");

    assertThat(run("evaluate", "--data", folder.resolve("data"))).isEqualTo(2);
    assertThat(err.toString()).contains("glioma", "cat");
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
    assertThat(err.toString()).contains("--epochs must be", "minimumScore must be", "published");
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
        .contains(
            "no PNG, JPEG, TIFF, BMP, DICOM or NIfTI file",
            "IM0001.dcm: not directory",
            "found none")
        .doesNotContain("Exception");
  }

  @Test
  void aFailedRowNamesItsFileOnce() throws IOException {
    Path broken = Files.writeString(folder.resolve("broken.png"), "no image");

    assertThat(run("segment", broken, "--out", folder.resolve("out"))).isEqualTo(1);
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
