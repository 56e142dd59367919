package io.github.brainimaging.examples.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.io.NiftiWriter;
import io.github.brainimaging.core.io.PngImageWriter;
import io.github.brainimaging.examples.cli.Commands;
import io.github.brainimaging.examples.cli.file.HeadPhantom;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code analyze --ct} on drawn heads. */
class AnalyzeCtTest {

  private static final int SIZE = 256;

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(Object... arguments) {
    return Commands.run(out, err, arguments);
  }

  private Path mri() throws IOException {
    Path file = folder.resolve("mri.png");
    PngImageWriter.write(HeadPhantom.draw(165, 105, 18, 2), file);
    return file;
  }

  /** The same head without the lesion, bright where the MRI is dark, moved to the right. */
  private Path ct(int right) throws IOException {
    MedicalImage head = HeadPhantom.draw(165, 105, 0, 2);
    float[] from = head.samples();
    float[] moved = new float[from.length];
    for (int i = 0; i < from.length; i++) {
      boolean inside = i % SIZE >= right;
      float value = inside ? from[i - right] : 0;
      moved[i] = value > 20 ? Math.round(255 - 0.8f * value) : 0;
    }
    Path file = folder.resolve("ct" + right + ".png");
    PngImageWriter.write(head.withSamples(moved), file);
    return file;
  }

  private JsonObject analyze(Object... options) throws IOException {
    Path report = folder.resolve("report");
    List<Object> arguments = new ArrayList<>(List.of("analyze", "--force", "--out", report));
    arguments.addAll(Arrays.asList(options));
    assertThat(run(arguments.toArray())).as(err.toString()).isZero();
    return Commands.json(report.resolve("report.json"))
        .getAsJsonArray("results")
        .get(0)
        .getAsJsonObject();
  }

  private static List<Double> probabilities(JsonObject result) {
    return result.getAsJsonObject("probabilities").asMap().values().stream()
        .map(JsonElement::getAsDouble)
        .toList();
  }

  @Test
  void classifiesTheImageThatFuseMakes() throws IOException {
    Path mri = mri();
    Path ct = ct(0);
    Path fused = folder.resolve("fused.png");
    assertThat(run("fuse", "--mri", mri, "--ct", ct, "--out", fused)).as(err.toString()).isZero();

    List<Double> said = probabilities(analyze(mri, "--ct", ct, "--ct-in-place"));

    List<Double> wanted = probabilities(analyze(fused));
    for (int i = 0; i < said.size(); i++) {
      assertThat(said.get(i)).isCloseTo(wanted.get(i), within(0.03)); // fused.png has 8 bits
    }
    assertThat(said).isNotEqualTo(probabilities(analyze(mri)));
    assertThat(said)
        .isNotEqualTo(
            probabilities(analyze(mri, "--ct", ct, "--ct-in-place", "--ct-method", "maximum")))
        .isNotEqualTo(
            probabilities(
                analyze(mri, "--ct", ct, "--ct-in-place", "--ct-window", 40, "--ct-level", 200)));
  }

  @Test
  void laysTheCtOnTheMriAndTellsTheMove() throws IOException {
    JsonObject result = analyze(mri(), "--ct", ct(7));

    assertThat(result.getAsJsonObject("image").getAsJsonArray("warnings").get(0).getAsString())
        .matches(
            "the CT was laid on the MRI: turned by .*, shifted by (6\\.[5-9]|7\\.[0-5])\\d, .* pixels");
    assertThat(out.toString()).contains("mri.png", "the CT was laid on the MRI");
  }

  @Test
  void takesVolumesAndWritesTheMaskOnTheGridOfTheMri() throws IOException {
    Path mri = folder.resolve("mri.nii.gz");
    Path ct = folder.resolve("ct.nii.gz");
    MedicalVolume head = Ellipsoids.head(1);
    NiftiWriter.withDefaults().write(head, mri);
    float[] units = head.samples();
    VolumeGrid grid = head.grid();
    for (int i = 0; i < units.length; i++) {
      units[i] = units[i] == 2 ? -1000 : 100 - units[i] / 2;
    }
    NiftiWriter.withDefaults().write(MedicalVolume.of(grid, units), ct);

    int status =
        run("analyze", mri, "--ct", ct, "--slices", 3, "--force", "--out", folder.resolve("v"));

    assertThat(status).as(err.toString()).isZero();
    JsonObject result =
        Commands.json(folder.resolve("v/volumes.json"))
            .getAsJsonArray("results")
            .get(0)
            .getAsJsonObject();
    assertThat(result.toString()).contains("the CT was laid on the MRI", "\"mri.nii.gz\"");
    assertThat(out.toString()).contains("1 volume analyzed, 0 failed");
  }

  @Test
  void whatDoesNotGoTogetherIsRefused() throws IOException {
    Path mri = mri();
    Path ct = ct(0);
    Path report = folder.resolve("none");
    assertThat(run("analyze", mri, ct, "--ct", ct, "--out", report)).isEqualTo(2);
    assertThat(err.toString()).contains("--ct goes with one image or one volume, got 2 images");
    Path volume = folder.resolve("ct.nii");
    NiftiWriter.withDefaults().write(Ellipsoids.head(1), volume);
    assertThat(run("analyze", mri, "--ct", volume, "--out", report)).isEqualTo(2);
    assertThat(err.toString()).contains("--ct must be one image as INPUT is, got 0 images and 1");
    assertThat(run("analyze", mri, "--ct-in-place", "--out", report)).isEqualTo(2);
    assertThat(err.toString()).contains("--ct-level need --ct");
    assertThat(run("analyze", mri, "--ct", ct, "--ct-window", 80, "--out", report)).isEqualTo(2);
    assertThat(err.toString()).contains("--ct-window and --ct-level go together");
    assertThat(run("analyze", volume, "--ct", volume, "--strip", "--out", report)).isEqualTo(2);
    assertThat(err.toString()).contains("--ct does not go with --table, --earlier, --bias-correct");
    assertThat(report).doesNotExist();
  }
}
