package io.github.brainimaging.examples.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.brainimaging.core.image.Affine;
import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.io.MedicalImageReader;
import io.github.brainimaging.core.io.NiftiWriter;
import io.github.brainimaging.core.io.PngImageWriter;
import io.github.brainimaging.examples.cli.Commands;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OverlayCommandTest {

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(Object... arguments) {
    return Commands.run(out, err, arguments);
  }

  private static int outlined(MedicalImage picture) {
    int count = 0;
    for (int y = 0; y < picture.height(); y++) {
      for (int x = 0; x < picture.width(); x++) {
        count += picture.get(x, y, 0) != picture.get(x, y, 1) ? 1 : 0;
      }
    }
    return count;
  }

  @Test
  void drawsTheBorderOfAMaskOnASlice() throws IOException {
    Path image = Commands.phantom(folder.resolve("head.png"));
    boolean[] inside = new boolean[256 * 256];
    for (int y = 100; y < 110; y++) {
      for (int x = 120; x < 140; x++) {
        inside[y * 256 + x] = true;
      }
    }
    Path mask = folder.resolve("mask.png");
    PngImageWriter.write(Mask.of(256, 256, inside), mask);
    Path picture = folder.resolve("overlay.png");

    assertThat(run("overlay", image, mask, "--out", picture)).as(err.toString()).isZero();

    assertThat(outlined(MedicalImageReader.withDefaults().read(picture))).isEqualTo(56);
    assertThat(out.toString()).contains("head.png: " + picture);
  }

  private Path volume(String name, int size, int firstSlice, int row) throws IOException {
    VolumeGrid grid = VolumeGrid.ofSize(size, size, 6).withAffine(Affine.scaling(-1, -1, 4));
    float[] samples = new float[grid.voxels()];
    for (int z = firstSlice; z < 6; z++) {
      for (int i = 0; i <= z; i++) {
        samples[(z * size + row) * size + 5 + i] = 1;
      }
    }
    Path file = folder.resolve(name);
    NiftiWriter.withDefaults().write(MedicalVolume.of(grid, samples), file);
    return file;
  }

  @Test
  void showsTheSliceOfAVolumeWithMostOfTheMask() throws IOException {
    Path picture = folder.resolve("overlay.png");

    assertThat(
            run("overlay", volume("a.nii", 20, 0, 9), volume("m.nii", 20, 2, 5), "--out", picture))
        .as(err.toString())
        .isZero();

    assertThat(out.toString()).contains("a.nii, slice 5: " + picture);
    assertThat(outlined(MedicalImageReader.withDefaults().read(picture))).isEqualTo(6);
  }

  @Test
  void aMaskOfAnotherSizeIsRefused() throws IOException {
    Path picture = folder.resolve("overlay.png");

    assertThat(
            run("overlay", volume("a.nii", 20, 0, 9), volume("m.nii", 24, 0, 5), "--out", picture))
        .isEqualTo(1);

    assertThat(err.toString()).contains("m.nii: the mask does not lie on the grid of ", "a.nii");
    assertThat(picture).doesNotExist();
  }

  @Test
  void grayValuesMayBeChosen() throws IOException {
    Path image = volume("a.nii", 20, 0, 9);
    Path plain = folder.resolve("plain.png");
    Path dark = folder.resolve("dark.png");

    assertThat(run("overlay", image, volume("m.nii", 20, 5, 5), "--out", plain)).isZero();
    assertThat(
            run(
                "overlay",
                image,
                folder.resolve("m.nii"),
                "--out",
                dark,
                "--window",
                2,
                "--level",
                2))
        .isZero();

    MedicalImageReader reader = MedicalImageReader.withDefaults();
    assertThat(reader.read(dark)).isNotEqualTo(reader.read(plain));
    assertThat(run("overlay", image, image, "--out", dark, "--window", 2)).isEqualTo(2);
    assertThat(err.toString()).contains("--window and --level go together");
    assertThat(run("overlay", image, image, "--out", "a.jpg")).isEqualTo(2);
    assertThat(err.toString()).contains("--out must end with .png, got a.jpg");
  }
}
