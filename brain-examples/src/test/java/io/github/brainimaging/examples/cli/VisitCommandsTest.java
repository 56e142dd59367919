package io.github.brainimaging.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.brainimaging.core.image.Affine;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.io.MedicalVolumeReader;
import io.github.brainimaging.core.io.NiftiWriter;
import io.github.brainimaging.core.io.PngImageWriter;
import io.github.brainimaging.examples.cli.file.HeadPhantom;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An earlier visit beside a volume: a drawn head whose lesion grew. */
class VisitCommandsTest {

  private static final int DEPTH = 5;

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(Object... arguments) {
    return Commands.run(out, err, arguments);
  }

  private Path head(String name, int radius) throws IOException {
    float[] samples = new float[256 * 256 * DEPTH];
    for (int z = 0; z < DEPTH; z++) {
      float[] slice = HeadPhantom.draw(165, 105, z >= 1 && z <= 3 ? radius : 0, z).samples();
      System.arraycopy(slice, 0, samples, z * slice.length, slice.length);
    }
    VolumeGrid grid =
        VolumeGrid.ofSize(256, 256, DEPTH)
            .withAffine(Affine.scaling(-0.9, -0.9, 5).then(Affine.translation(115, 110, -12)));
    Path file = folder.resolve(name);
    NiftiWriter.withDefaults().write(MedicalVolume.of(grid, samples), file);
    return file;
  }

  private int compare(Path now, Path earlier, Path to) {
    return run("segment", "--method", "classical", now, "--earlier", earlier, "--out", to);
  }

  private JsonObject result() throws IOException {
    return JsonParser.parseString(Files.readString(folder.resolve("out/volumes.json")))
        .getAsJsonObject()
        .getAsJsonArray("results")
        .get(0)
        .getAsJsonObject();
  }

  @Test
  void tellsWhatBecameOfALesionInRowDataAndPage() throws IOException {
    Path may = head("may.nii.gz", 12);
    Path june = head("june.nii.gz", 18);

    int status = compare(june, may, folder.resolve("out"));

    assertThat(status).as(err.toString()).isZero();
    JsonObject change = result().getAsJsonObject("change");
    assertThat(change.get("earlier").getAsString()).isEqualTo("may.nii.gz");
    assertThat(change.getAsJsonObject("volumeMl").get("percent").getAsDouble())
        .isCloseTo(100 * (18 * 18 / 144.0 - 1), within(35.0));
    assertThat(change.getAsJsonArray("parts").get(0).getAsJsonObject().get("state").getAsString())
        .isEqualTo("known");
    assertThat(out.toString()).contains("since may.nii.gz: ", "0 new, 0 gone");
    assertThat(Files.readString(folder.resolve("out").resolve(result().get("page").getAsString())))
        .contains("Since may.nii.gz");
  }

  @Test
  void whatIsNoEarlierVisitIsRefused() throws IOException {
    Path may = head("may.nii.gz", 12);
    Path june = head("june.nii.gz", 18);
    Path slice = folder.resolve("slice.png");
    PngImageWriter.write(HeadPhantom.draw(165, 105, 10, 0), slice);
    Path to = folder.resolve("out");

    assertThat(run("segment", "--method", "classical", may, june, "--earlier", may, "--out", to))
        .isEqualTo(2);
    assertThat(err.toString()).contains("--earlier goes with one volume, got 2 volumes");
    assertThat(compare(june, slice, to)).isEqualTo(2);
    assertThat(err.toString()).contains("--earlier must be one volume, got 0 volumes and 1 images");
    Path broken = folder.resolve("broken.nii");
    byte[] bytes = Files.readAllBytes(folder.resolve("june.nii.gz"));
    Files.write(broken, Arrays.copyOf(bytes, bytes.length / 2));
    assertThat(compare(june, broken, to)).isNotZero();
    assertThat(err.toString()).contains("broken.nii");
    Path empty = Files.write(folder.resolve("empty.nii"), new byte[0]);
    assertThat(compare(june, empty, to)).isNotZero();
    assertThat(err.toString()).contains("empty.nii: expected");
    assertThat(to.resolve("volumes.json")).doesNotExist();
  }

  /** The phantom may have a tumor for the network or not: the change, or why there is none. */
  @Test
  void analyzeComparesToo() throws IOException {
    Path may = head("may.nii.gz", 12);
    Path june = head("june.nii.gz", 18);

    int status = run("analyze", june, "--earlier", may, "--force", "--out", folder.resolve("out"));

    assertThat(status).as(err.toString()).isZero();
    assertThat(result().has("change")).isTrue();
    assertThat(out.toString()).contains("since may.nii.gz");
  }

  @Test
  void whatIsWrongWithTheEarlierScanIsTold() throws IOException {
    Path may = head("may.nii.gz", 12);
    MedicalVolume scan = MedicalVolumeReader.withDefaults().read(may);
    float[] samples = scan.samples();
    Arrays.fill(samples, 0, 300, Float.NaN);
    NiftiWriter.withDefaults().write(scan.wrapVoxels(scan.grid(), samples), may);
    Path june = head("june.nii.gz", 18);

    int status = compare(june, may, folder.resolve("out"));

    assertThat(status).as(err.toString()).isZero();
    assertThat(out.toString()).contains("may.nii.gz: 300 of ", "no numbers");
  }

  @Test
  void anAtlasTellsTheRegionAndHalfOfOneIsRefused() throws IOException {
    Path head = head("head.nii.gz", 18);
    Path template = head("template.nii.gz", 0);
    MedicalVolume drawn = MedicalVolumeReader.withDefaults().read(template);
    float[] labels = new float[drawn.samples().length];
    Arrays.fill(labels, 5);
    Path atlas = folder.resolve("lobes.nii.gz");
    NiftiWriter.withDefaults().write(drawn.wrapVoxels(drawn.grid(), labels), atlas);
    Files.writeString(folder.resolve("lobes.txt"), "# a comment\n5 Left_frontal lobe 200 10 0\n");
    Path to = folder.resolve("out");
    Object[] usual = {"segment", "--method", "classical", head, "--out", to, "--atlas", atlas};

    Object[] whole = Arrays.copyOf(usual, usual.length + 2);
    whole[usual.length] = "--atlas-template";
    whole[usual.length + 1] = template;
    assertThat(run(whole)).as(err.toString()).isZero();
    assertThat(out.toString()).contains("lesion 1 by the atlas: Left frontal lobe 100 %");
    assertThat(result().getAsJsonArray("remarks").toString()).contains("Left frontal lobe 100 %");

    assertThat(run(usual)).isEqualTo(2);
    assertThat(err.toString()).contains("--atlas and --atlas-template go together");
    Files.writeString(folder.resolve("lobes.txt"), "nothing\n");
    assertThat(run(whole)).isEqualTo(1);
    assertThat(err.toString()).contains("lobes.txt: expected lines of a number and a name");
    Files.delete(folder.resolve("lobes.txt"));
    labels[7] = 0.5f;
    NiftiWriter.withDefaults().write(drawn.wrapVoxels(drawn.grid(), labels), atlas);
    assertThat(run(whole)).isEqualTo(1);
    assertThat(err.toString()).contains("lobes.nii.gz (labels), ", "whole numbers", "got 0.5");
  }
}
