package io.github.brainimaging.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.image.VoxelSpacing;
import io.github.brainimaging.examples.cli.file.HeadPhantom;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A study as a scanner sends it: eight slices, a scout, a dose screen, a report and the like. */
class StudyFolderTest {

  private static final int DEPTH = 8;

  @TempDir Path folder;

  private Path study() throws IOException {
    Path study = folder.resolve("study");
    float[] samples = new float[256 * 256 * DEPTH];
    for (int z = 0; z < DEPTH; z++) {
      float[] slice = HeadPhantom.draw(165, 105, 18, z).samples();
      System.arraycopy(slice, 0, samples, z * slice.length, slice.length);
    }
    VolumeGrid grid = VolumeGrid.ofSize(256, 256, DEPTH).withSpacing(new VoxelSpacing(0.9, 0.9, 5));
    MedicalVolume head = MedicalVolume.of(grid, samples);
    DicomSlices.write(head, study);
    DicomSlices.writeCompanions(head.slice(4), study);
    return study;
  }

  @ParameterizedTest
  @ValueSource(strings = {"analyze", "segment"})
  void oneVolumeIsTakenAndTheRestIsPassedOverWithAReason(String command) throws IOException {
    Path study = study();
    Path out = folder.resolve("out");
    StringWriter printed = new StringWriter();

    int code =
        Commands.run(printed, printed, command, study, "--method", "classical", "--out", out);

    assertThat(code).as("%s", printed).isZero();
    JsonArray results = Commands.json(out.resolve("volumes.json")).getAsJsonArray("results");
    assertThat(results).hasSize(1);
    JsonObject result = results.get(0).getAsJsonObject();
    assertThat(result.get("status").getAsString()).isEqualTo("ok");
    assertThat(result.getAsJsonObject("volume").get("depth").getAsInt()).isEqualTo(DEPTH);
    assertThat(out.resolve("report.json")).doesNotExist();
    assertThat(printed.toString())
        .contains(
            "left out: DOSE: a picture of a screen",
            "left out: PSTATE, REPORT: no image, such as a report or how images are shown",
            "left out: SCOUT: a localizer",
            "1 volume analyzed, 0 failed");
  }

  /** What scanners send along beside pictures, and no series. */
  @Test
  void besidePicturesAReportAndAScoutAreLeftOutAndAloneTheyAreNot() throws IOException {
    Path pictures = folder.resolve("pictures");
    float[] slice = HeadPhantom.draw(165, 105, 18, 2).samples();
    VolumeGrid grid = VolumeGrid.ofSize(256, 256, 1).withSpacing(new VoxelSpacing(0.9, 0.9, 5));
    Commands.phantom(pictures.resolve("head.png"));
    DicomSlices.writeCompanions(MedicalVolume.of(grid, slice).slice(0), pictures);
    Files.delete(pictures.resolve("DOSE")); // A series of its own.
    Path out = folder.resolve("out");
    StringWriter printed = new StringWriter();

    int code =
        Commands.run(printed, printed, "segment", pictures, "--method", "classical", "--out", out);

    assertThat(printed.toString())
        .contains("left out: PSTATE, REPORT: no image, such as a report", "SCOUT: a localizer")
        .doesNotContain("FAILED");
    assertThat(code).as("%s", printed).isZero();
    Path report = pictures.resolve("REPORT");
    Path alone = Files.createDirectories(folder.resolve("alone"));
    Files.copy(report, alone.resolve("REPORT"));
    assertThat(
            Commands.run(printed, printed, "segment", alone, "--method", "classical", "--out", out))
        .isEqualTo(1);
    assertThat(printed.toString()).contains("REPORT");
  }
}
