package io.github.brainimaging.examples.cli;

import static io.github.brainimaging.examples.cli.Commands.json;
import static io.github.brainimaging.examples.cli.Commands.phantom;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.io.PngImageWriter;
import io.github.brainimaging.models.onnx.ModelSource;
import io.github.brainimaging.models.onnx.OnnxClassifier;
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
  void analyzeWritesATableAsWell() throws IOException {
    phantom(folder.resolve("in/a.png"));
    Files.writeString(folder.resolve("in/broken.png"), "\u0089PNG no more");
    Path csv = folder.resolve("table.csv");

    assertThat(run("analyze", folder.resolve("in"), "--out", folder, "--force", "--csv", csv))
        .isEqualTo(1);

    List<String> lines = Files.readAllLines(csv);
    assertThat(lines.get(0))
        .startsWith("input,status,result,probability,areaPixels,areaMm2,volumeMl,confidence,")
        .endsWith("p(glioma),p(meningioma),p(notumor),p(pituitary)");
    JsonObject first =
        json(folder.resolve("report.json")).getAsJsonArray("results").get(0).getAsJsonObject();
    String label = first.get("predicted").getAsString();
    assertThat(lines.get(1))
        .startsWith("a.png,ok," + label + "," + first.getAsJsonObject("probabilities").get(label))
        .contains(",out-of-domain,\"it looks unlike");
    assertThat(lines.get(2)).startsWith("broken.png,failed,,,").contains("broken.png: ");
    assertThat(lines).hasSize(3);
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

    assertThat(err.toString()).containsPattern("out: this folder cannot be made: \\S");
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
    assertThat(out.toString())
        .contains("device", "CPU", "glioma")
        .containsPattern("ONNX Runtime  [0-9]+[.][0-9]+")
        .containsPattern("DJL           [0-9]+[.][0-9]+")
        .containsPattern("PyTorch       [0-9]+[.][0-9]+");
  }

  /** A card is of others: an escape sequence in it would act on the terminal. */
  @Test
  void printsNoControlCharactersOfACard() throws IOException {
    Path model = folder.resolve("evil.onnx");
    Files.write(model, ModelSource.embedded().toBytes());
    JsonObject card;
    try (OnnxClassifier classifier = OnnxClassifier.embedded()) {
      card = JsonParser.parseString(classifier.card().toJson()).getAsJsonObject();
    }
    card.addProperty("name", "evil\u001b[2J\u0007");
    String text = card.toString().replace("meningioma", "m\\u001b[1A");
    Files.writeString(folder.resolve("evil.json"), text);

    assertThat(run("doctor", "--device", "cpu", "--model", model)).isZero();
    assertThat(out.toString()).contains("evil?[2J?").doesNotContain("\u001b", "\u0007");
    phantom(folder.resolve("in/a.png"));
    String in = folder.resolve("in").toString();
    assertThat(run("analyze", in, "--force", "--model", model, "--out", folder.resolve("o")))
        .isZero();
    assertThat(out.toString()).contains("m?[1A").doesNotContain("\u001b");
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
            "--epochs must be positive, got 0",
            "--minimum-score must be from 0 to 1, got -1.0",
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
    assertThat(out.toString())
        .containsOnlyOnce("broken.png")
        .contains("FAILED: expected a file of one of the formats");
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
