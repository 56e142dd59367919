package io.github.brainimaging.examples.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.io.MedicalVolumeReader;
import io.github.brainimaging.core.io.NiftiWriter;
import io.github.brainimaging.examples.cli.Commands;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code strip} as a user runs it, on heads of ellipsoids. */
class StripCommandTest {

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(Object... arguments) {
    return Commands.run(out, err, arguments);
  }

  private Path head(String name, double scale) throws IOException {
    Path file = folder.resolve(name);
    NiftiWriter.withDefaults().write(Ellipsoids.head(scale), file);
    return file;
  }

  @ParameterizedTest
  @ValueSource(strings = {"learned", "surface", "threshold"})
  void writesTheBrainAndItsMaskAndTellsTheVolume(String method) throws IOException {
    Path brain = folder.resolve("brain.nii.gz");
    Path mask = folder.resolve("mask.nii.gz");

    assertThat(run("strip", head("a.nii", 1), "--out", brain, "--mask", mask, "--method", method))
        .as(err.toString())
        .isZero();

    MedicalVolume stripped = MedicalVolumeReader.withDefaults().read(brain);
    assertThat(stripped.get(24, 24, 24)).isGreaterThanOrEqualTo(100);
    assertThat(stripped.get(24, 24, 45)).isEqualTo(2);
    assertThat(MedicalVolumeReader.withDefaults().read(mask).get(24, 24, 24)).isOne();
    // 4/3 pi x 68 x 80 x 64 mm
    assertThat(out.toString()).containsPattern("brain of 1,[3-7]\\d\\d ml: ");
  }

  @Test
  void refusesWhatNoPersonCanHaveAndWritesNothing() throws IOException {
    Path brain = folder.resolve("brain.nii");
    Path mouse = head("mouse.nii", 0.1);

    assertThat(run("strip", mouse, "--out", brain, "--method", "threshold")).isOne();

    assertThat(err.toString())
        .contains("mouse.nii: what was taken for the brain has 1 ml, and a brain 300 to 2,200 ml");
    assertThat(brain).doesNotExist();
  }

  @Test
  void otherSpeciesAreStrippedWhereTheirVolumeIsGiven() throws IOException {
    Path brain = folder.resolve("brain.nii");
    Path mouse = head("mouse.nii", 0.1);

    assertThat(
            run(
                "strip",
                mouse,
                "--out",
                brain,
                "--method",
                "threshold",
                "--minimum-ml",
                "0.3",
                "--maximum-ml",
                "3"))
        .as(err.toString())
        .isZero();
    assertThat(Files.exists(brain)).isTrue();
  }

  @Test
  void colorsAreRefusedWithoutAdviceOnOtherSpecies() throws IOException {
    Path colors = folder.resolve("rgb.nii");
    NiftiWriter.withDefaults()
        .write(MedicalVolume.wrap(VolumeGrid.ofSize(8, 8, 8), 3, new float[3 * 512]), colors);

    assertThat(run("strip", colors, "--out", folder.resolve("brain.nii"))).isOne();

    assertThat(err.toString()).contains("rgb.nii: ", "1 channel, got 3").doesNotContain("species");
    assertThat(folder.resolve("brain.nii")).doesNotExist();
  }
}
