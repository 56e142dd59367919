package io.github.brainimaging.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.image.VoxelSpacing;
import io.github.brainimaging.core.io.NiftiWriter;
import io.github.brainimaging.examples.cli.file.HeadPhantom;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A study of two sequences of a drawn head as NIfTI, a DICOM series beside them, and a scout. */
class StudyCommandsTest {

  private static final int DEPTH = 9;

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Path study = Path.of("");

  private int run(Object... arguments) {
    return Commands.run(out, err, arguments);
  }

  @BeforeEach
  void draw() throws IOException {
    study = Files.createDirectories(folder.resolve("study"));
    float[] samples = new float[256 * 256 * DEPTH];
    for (int z = 0; z < DEPTH; z++) {
      float[] slice = HeadPhantom.draw(165, 105, 18, z).samples();
      System.arraycopy(slice, 0, samples, z * slice.length, slice.length);
    }
    MedicalVolume head =
        MedicalVolume.of(
            VolumeGrid.ofSize(256, 256, DEPTH).withSpacing(new VoxelSpacing(0.9, 0.9, 5)), samples);
    NiftiWriter.withDefaults().write(head, study.resolve("sub-01_FLAIR.nii.gz"));
    NiftiWriter.withDefaults().write(head, study.resolve("sub-01_T1ce.nii.gz"));
    DicomSlices.write(head, study.resolve("b"));
  }

  private JsonArray results(Object... arguments) throws IOException {
    assertThat(run(arguments)).as("%s %s", out, err).isZero();
    return Commands.json(folder.resolve("out/volumes.json")).getAsJsonArray("results");
  }

  @Test
  void infoSaysWhichSeriesServesBestAndWhyNoOther() throws IOException {
    Path json = folder.resolve("info.json");

    assertThat(run("info", study, "--json", json)).isZero();

    JsonObject table = Commands.json(json).getAsJsonArray("studies").get(0).getAsJsonObject();
    assertThat(table.getAsJsonArray("series")).hasSize(3);
    JsonObject chosen = table.getAsJsonArray("series").get(2).getAsJsonObject();
    assertThat(chosen.get("series").getAsString()).isEqualTo("sub-01_T1ce.nii.gz");
    assertThat(chosen.get("choice").getAsString()).isEqualTo("chosen");
    assertThat(out.toString())
        .containsPattern(
            "sub-01_FLAIR.nii.gz +FLAIR .* FLAIR, where T1 with contrast agent is there");
  }

  @Test
  void theBestSeriesAloneIsTakenAndTheOthersAreTold() throws IOException {
    JsonArray results =
        results(
            "segment",
            study,
            "--series",
            "best",
            "--method",
            "classical",
            "--out",
            folder.resolve("out"));

    assertThat(results).hasSize(1);
    assertThat(results.get(0).getAsJsonObject().get("input").getAsString())
        .isEqualTo("sub-01_T1ce.nii.gz");
    assertThat(out.toString())
        .contains("chosen: sub-01_T1ce.nii.gz", "left out: series 0: ", "left out: sub-01_FLAIR");
  }

  @Test
  void aSeriesIsTakenByItsNumber() throws IOException {
    JsonArray results =
        results(
            "segment",
            study,
            "--series",
            0,
            "--method",
            "classical",
            "--out",
            folder.resolve("out"));

    assertThat(results).hasSize(1);
    assertThat(results.get(0).getAsJsonObject().get("input").getAsString()).startsWith("b");
  }

  @Test
  void aNumberThatIsNoneIsRefused() {
    assertThat(run("segment", study, "--series", 4, "--out", folder.resolve("out"))).isEqualTo(2);

    assertThat(err.toString()).contains("--series must be all, best or the number of a series");
    assertThat(folder.resolve("out")).doesNotExist();
  }
}
