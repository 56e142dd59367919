package io.github.brainimaging.examples.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.io.MedicalImageReader;
import io.github.brainimaging.core.io.NiftiWriter;
import io.github.brainimaging.core.io.PngImageWriter;
import io.github.brainimaging.core.transform.spatial.Interpolation;
import io.github.brainimaging.core.transform.spatial.Resize;
import io.github.brainimaging.examples.cli.Commands;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExplainCommandTest {

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Path image = Path.of("");
  private Path result = Path.of("");

  @BeforeEach
  void draw() throws IOException {
    image = Commands.phantom(folder.resolve("head.png"));
    result = folder.resolve("out");
  }

  private int run(Object... arguments) {
    return Commands.run(out, err, arguments);
  }

  private JsonObject only() throws IOException {
    return Commands.json(result.resolve("explanations.json"))
        .getAsJsonArray("results")
        .get(0)
        .getAsJsonObject();
  }

  @Test
  void writesAHeatMapAndBoxes() throws IOException {
    assertThat(run("explain", image, "--out", result)).isZero();

    JsonObject only = only();
    assertThat(only.get("label")).isEqualTo(only.get("predicted"));
    assertThat(only.getAsJsonArray("boxes")).isNotEmpty();
    assertThat(only.get("strength").getAsDouble()).isPositive();
    Path picture = result.resolve(only.get("heatMap").getAsString());
    assertThat(MedicalImageReader.withDefaults().read(picture).channels()).isEqualTo(3);
    assertThat(out.toString()).contains("1 explained, 0 failed");
  }

  @Test
  void explainsTheClassThatIsAskedFor() throws IOException {
    assertThat(run("explain", image, "--out", result, "--class", "pituitary")).isZero();
    assertThat(only().get("label").getAsString()).isEqualTo("pituitary");

    assertThat(run("explain", image, "--out", result, "--class", "tumor")).isZero();
    assertThat(only().get("label").getAsString()).isNotEqualTo("notumor");

    assertThat(run("explain", image, "--out", result, "--class", "cyst")).isEqualTo(2);
    assertThat(err.toString()).contains("--class must be one of [glioma", "got cyst");
  }

  /** The classifier has learned that FLAIR has none; see docs/domain.md. */
  @Test
  @Tag("data")
  void explainsTheAnswerOfBothOpinions() throws IOException {
    Path data = Path.of(System.getProperty("brain.data", "../../shared/data"));
    Path patient = data.resolve("lgg/TCGA_CS_4941_19960909");
    assumeTrue(Files.exists(patient), () -> "no such folder: " + patient);
    List<Path> flair = new ArrayList<>();
    for (int slice = 11; slice <= 18; slice++) {
      flair.add(patient.resolve(slice + "_flair.png"));
    }

    List<JsonObject> both = explained(flair, "cam");
    List<JsonObject> alone = explained(flair, "cam", "--no-second-opinion");

    assertThat(both.stream().filter(ExplainCommandTest::healthy).count())
        .isLessThan(alone.stream().filter(ExplainCommandTest::healthy).count());
    assertThat(IntStream.range(0, flair.size()))
        .as("another map of the same class")
        .anyMatch(
            i ->
                both.get(i).get("label").equals(alone.get(i).get("label"))
                    && !both.get(i).get("peak").equals(alone.get(i).get("peak")));
  }

  private static boolean healthy(JsonObject result) {
    return result.get("label").getAsString().equals("notumor");
  }

  /** What is explained is what the report says. */
  private List<JsonObject> explained(List<Path> inputs, String... method) throws IOException {
    List<Object> arguments = new ArrayList<>(List.of("explain", "--out", result));
    arguments.addAll(inputs);
    arguments.add("--method");
    arguments.addAll(List.of(method));
    assertThat(run(arguments.toArray())).isZero();
    List<JsonObject> results = new ArrayList<>();
    for (JsonElement one :
        Commands.json(result.resolve("explanations.json")).getAsJsonArray("results")) {
      assertThat(one.getAsJsonObject().get("label"))
          .isEqualTo(one.getAsJsonObject().get("predicted"));
      results.add(one.getAsJsonObject());
    }
    assertThat(results).hasSameSizeAs(inputs);
    return results;
  }

  @Test
  void bothOpinionsAreShownWhereThereAreTwo() throws IOException {
    assertThat(run("explain", image, "--out", result, "--method", "both")).isZero();
    JsonObject both = only();
    assertThat(run("explain", image, "--out", result, "--method", "cam", "--no-second-opinion"))
        .isZero();
    assertThat(both.get("strength")).isNotEqualTo(only().get("strength"));

    assertThat(run("explain", image, "--out", result, "--method", "both", "--no-second-opinion"))
        .isEqualTo(2);
    assertThat(err.toString()).contains("--method both needs a second opinion");
    assertThat(run("explain", image, "--out", result, "--method", "gradient", "--second-opinion"))
        .isEqualTo(2);
    assertThat(err.toString()).contains("--second-opinion does not go with --method gradient");
  }

  @ParameterizedTest
  @ValueSource(strings = {"cam", "occlusion", "gradient", "rise", "learned"})
  void everyMethodFindsSomething(String method) throws IOException {
    Path head = List.of("rise", "learned").contains(method) ? small() : image;
    assertThat(run("explain", head, "--out", result, "--method", method)).isZero();

    assertThat(only().getAsJsonArray("boxes")).isNotEmpty();
    assertThat(Commands.json(result.resolve("explanations.json")).get("method").getAsString())
        .isEqualTo(method);
  }

  @Test
  void aLayerIsShownAsASheetOfItsMaps() throws IOException {
    assertThat(run("explain", image, "--out", result, "--method", "cam", "--layer", "relu27"))
        .isZero();

    assertThat(only().get("features").getAsString()).isEqualTo("features/head.png");
    MedicalImage sheet =
        MedicalImageReader.withDefaults().read(result.resolve("features/head.png"));
    assertThat(sheet.channels()).isEqualTo(3);
    assertThat(sheet.width()).isGreaterThan(480);
  }

  @Test
  void aLayerThatDoesNotExistOrHasNoMapsIsRefused() {
    assertThat(run("explain", image, "--out", result, "--layer", "nowhere")).isNotZero();
    assertThat(err.toString()).contains("got nowhere; among others, there are [");

    assertThat(run("explain", image, "--out", result, "--layer", "domain_features")).isNotZero();
    assertThat(err.toString())
        .contains("--layer must be one that gives maps [channels, height, width]");
  }

  @Test
  void scoresMapsAgainstTheTruthAndTheClassifier() throws IOException {
    Path masks = Files.createDirectories(folder.resolve("masks"));
    boolean[] lesion = new boolean[256 * 256];
    for (int i = 0; i < lesion.length; i++) {
      lesion[i] = Math.hypot(i % 256 - 165, i / 256 - 105) < 18;
    }
    PngImageWriter.write(Mask.of(256, 256, lesion), masks.resolve("head.png"));

    assertThat(
            run(
                "explain",
                image,
                "--out",
                result,
                "--method",
                "cam",
                "--truth",
                masks,
                "--faithfulness"))
        .isZero();

    JsonObject scores =
        Commands.json(result.resolve("explanations.json")).getAsJsonObject("scores");
    assertThat(scores.keySet())
        .contains(
            "map.pointing",
            "map.energyInside",
            "map.dice",
            "random.pointing",
            "center.pointing",
            "map.insertion",
            "map.deletion",
            "map.rankCorrelationShuffled");
    assertThat(scores.getAsJsonObject("map.insertion").get("mean").getAsDouble())
        .isBetween(0.0, 1.0);
    assertThat(only().get("hit").isJsonPrimitive()).isTrue();
    assertThat(out.toString()).contains("center.pointing");
  }

  @Test
  void aFileThatCannotBeReadIsToldAndTheOthersAreExplained() throws IOException {
    Path broken = Files.writeString(folder.resolve("broken.png"), "no picture");

    assertThat(run("explain", broken, image, "--out", result)).isEqualTo(1);
    assertThat(only().get("error").getAsString()).contains("broken.png");
    assertThat(out.toString()).contains("FAILED", "1 explained, 1 failed");
  }

  @Test
  void aVolumeIsRefused() throws IOException {
    Path volume = folder.resolve("head.nii");
    NiftiWriter.withDefaults()
        .write(MedicalVolume.of(VolumeGrid.ofSize(8, 8, 8), new float[512]), volume);

    assertThat(run("explain", volume, "--out", result)).isEqualTo(2);
    assertThat(err.toString()).contains("explain takes slices, got the volume");
  }

  @Test
  void theReportShowsTheMapBesideTheImage() throws IOException {
    assertThat(run("analyze", image, "--out", result, "--force", "--explain", "occlusion"))
        .isZero();

    JsonObject first =
        Commands.json(result.resolve("report.json"))
            .getAsJsonArray("results")
            .get(0)
            .getAsJsonObject();
    JsonObject explanation = first.getAsJsonObject("explanation");
    assertThat(explanation.get("label")).isEqualTo(first.get("predicted"));
    assertThat(result.resolve(explanation.get("heatMap").getAsString())).exists();
    assertThat(Files.readString(result.resolve("index.html"))).contains("where occlusion sees");

    assertThat(run("analyze", image, "--out", result, "--force")).isZero();
    assertThat(Files.readString(result.resolve("index.html"))).doesNotContain("where occlusion");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gradient", "learned"})
  void theReportShowsMapsOfOtherMethods(String method) throws IOException {
    assertThat(
            run(
                "analyze",
                small(),
                "--out",
                result,
                "--force",
                "--explain",
                method,
                "--no-second-opinion"))
        .isZero();

    JsonObject first =
        Commands.json(result.resolve("report.json"))
            .getAsJsonArray("results")
            .get(0)
            .getAsJsonObject();
    assertThat(result.resolve(first.getAsJsonObject("explanation").get("heatMap").getAsString()))
        .exists();
    assertThat(Files.readString(result.resolve("index.html")))
        .contains("where " + method + " sees");
  }

  /** The head in few pixels, for methods that classify hundreds of images. */
  private Path small() throws IOException {
    Path small = folder.resolve("small.png");
    MedicalImage head = MedicalImageReader.withDefaults().read(image);
    PngImageWriter.write(
        Resize.to(64, 64).withInterpolation(Interpolation.NEAREST).apply(head), small);
    return small;
  }
}
