package io.github.brainimaging.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.brainimaging.core.fusion.ImageFusion;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.image.VoxelSpacing;
import io.github.brainimaging.core.io.MedicalImageReader;
import io.github.brainimaging.core.io.MedicalVolumeReader;
import io.github.brainimaging.core.io.NiftiWriter;
import io.github.brainimaging.core.io.PngImageWriter;
import io.github.brainimaging.core.pipeline.CtFusion;
import io.github.brainimaging.core.transform.intensity.DisplayWindow;
import io.github.brainimaging.examples.cli.file.HeadPhantom;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code bias-correct} and {@code fuse} as a user runs them, on drawn heads. */
class BiasAndFusionCommandTest {

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(Object... arguments) {
    return Commands.run(out, err, arguments);
  }

  private Path slice(String name, int noise) throws IOException {
    Path file = folder.resolve(name);
    PngImageWriter.write(HeadPhantom.draw(165, 105, 18, noise), file);
    return file;
  }

  private Path volume(String name, float scale) throws IOException {
    VolumeGrid grid = VolumeGrid.ofSize(16, 16, 8).withSpacing(VoxelSpacing.ofMillimeters(2));
    float[] samples = new float[grid.voxels()];
    for (int i = 0; i < samples.length; i++) {
      double x = i % 16 - 7.5;
      double y = i / 16 % 16 - 7.5;
      samples[i] = x * x + y * y < 36 ? scale * (100 + i % 7) : 0;
    }
    Path file = folder.resolve(name);
    NiftiWriter.withDefaults().write(MedicalVolume.of(grid, samples), file);
    return file;
  }

  @Test
  void biasCorrectWritesImageAndField() throws IOException {
    Path corrected = folder.resolve("corrected.png");
    Path field = folder.resolve("field.nii.gz");

    assertThat(run("bias-correct", slice("a.png", 2), "--out", corrected, "--field", field))
        .as(err.toString())
        .isZero();

    MedicalImage image = MedicalImageReader.withDefaults().read(corrected);
    assertThat(image.width()).isEqualTo(256);
    assertThat(image.nominalMaximum()).isEqualTo(255);
    float[] range = MedicalVolumeReader.withDefaults().read(field).range();
    assertThat(range[0]).isBetween(0.3f, 1f);
    assertThat(range[1]).isBetween(1f, 3f);
    assertThat(out.toString()).contains(" iterations; corrected image: " + corrected);
  }

  @Test
  void biasCorrectTakesVolumesWithAMask() throws IOException {
    Path head = volume("head.nii.gz", 1);
    Path corrected = folder.resolve("corrected.nii");

    assertThat(run("bias-correct", head, "--mask", head, "--out", corrected, "--method", "n3"))
        .as(err.toString())
        .isZero();

    assertThat(MedicalVolumeReader.withDefaults().read(corrected).spacing())
        .isEqualTo(VoxelSpacing.ofMillimeters(2));
  }

  @Test
  void biasCorrectRefusesCt() throws IOException {
    VolumeGrid grid = VolumeGrid.ofSize(16, 16, 8).withSpacing(VoxelSpacing.ofMillimeters(2));
    float[] units = new float[grid.voxels()];
    for (int i = 0; i < units.length; i++) {
      units[i] = i % 16 < 4 ? -1000 : i % 60;
    }
    Path ct = folder.resolve("ct.nii");
    NiftiWriter.withDefaults().write(MedicalVolume.of(grid, units), ct);
    Path corrected = folder.resolve("corrected.nii");

    assertThat(run("bias-correct", ct, "--out", corrected)).isEqualTo(1);
    assertThat(err.toString()).contains("ct.nii: expected MR, found out-of-domain", "Hounsfield");
    assertThat(corrected).doesNotExist();

    assertThat(run("bias-correct", ct, "--out", corrected, "--force")).isZero();
    assertThat(corrected).exists();
  }

  @Test
  void aNameThatTellsNoFormatIsWrongUsage() throws IOException {
    Path head = volume("head.nii", 1);

    assertThat(run("bias-correct", head, "--out", folder.resolve("out.png"))).isEqualTo(2);
    assertThat(err.toString())
        .contains("--out must end with .nii, .nii.gz or .nrrd for a volume, got ");
    assertThat(run("fuse", "--mri", head, "--ct", slice("a.png", 2), "--out", "f.nii"))
        .isEqualTo(2);
    assertThat(err.toString()).contains("--mri and --ct must both be volumes");
  }

  @Test
  void fuseWritesTheFusedSliceAndTellsItsMeasures() throws IOException {
    Path fused = folder.resolve("fused.png");

    assertThat(
            run(
                "fuse",
                "--mri",
                slice("a.png", 2),
                "--ct",
                slice("b.png", 9),
                "--method",
                "laplacian",
                "--register",
                "--out",
                fused))
        .as(err.toString())
        .isZero();

    assertThat(MedicalImageReader.withDefaults().read(fused).range()[1]).isGreaterThan(100);
    assertThat(out.toString())
        .contains("CT turned by 0.00, 0.00, ", "QAB/F", "fused image: " + fused);
  }

  @Test
  void fuseTakesVolumes() throws IOException {
    Path fused = folder.resolve("fused.nii.gz");

    assertThat(run("fuse", "--mri", volume("a.nii", 1), "--ct", volume("b.nii", 3), "--out", fused))
        .as(err.toString())
        .isZero();

    assertThat(MedicalVolumeReader.withDefaults().read(fused).depth()).isEqualTo(8);
  }

  @Test
  void anotherGridIsToldInWordsWithTheWayOut() throws IOException {
    Path small = folder.resolve("small.nii");
    VolumeGrid grid = VolumeGrid.ofSize(4, 5, 6);
    NiftiWriter.withDefaults().write(MedicalVolume.of(grid, new float[grid.voxels()]), small);

    assertThat(run("fuse", "--mri", volume("a.nii", 1), "--ct", small, "--out", "f.nii"))
        .isEqualTo(1);

    assertThat(err.toString())
        .contains(
            "small.nii: expected the grid of the MRI, 16 x 16 x 8 voxels of 2.00 x 2.00 x 2.00 mm",
            ", found 4 x 5 x 6 voxels",
            "--register lays the CT on it first")
        .doesNotContain("VolumeGrid");
  }

  /** Details that differ, so that the methods do. */
  private Path noise(String name, long seed) throws IOException {
    VolumeGrid grid = VolumeGrid.ofSize(16, 16, 8);
    float[] samples = new float[grid.voxels()];
    Random random = new Random(seed);
    for (int i = 0; i < samples.length; i++) {
      samples[i] = random.nextInt(200);
    }
    Path file = folder.resolve(name);
    NiftiWriter.withDefaults().write(MedicalVolume.of(grid, samples), file);
    return file;
  }

  static Stream<Arguments> methods() {
    return Stream.of(
        Arguments.of("average", ImageFusion.average()),
        Arguments.of("maximum", ImageFusion.maximum()),
        Arguments.of("laplacian", ImageFusion.laplacianPyramid()),
        Arguments.of("wavelet", ImageFusion.wavelet()),
        Arguments.of("guided", ImageFusion.guidedFilter()));
  }

  @ParameterizedTest
  @MethodSource("methods")
  void fuseUsesTheMethodOfThatName(String name, ImageFusion method) throws IOException {
    Path mri = noise("a.nii", 1);
    Path ct = noise("b.nii", 2);
    Path fused = folder.resolve("fused.nii");

    assertThat(run("fuse", "--mri", mri, "--ct", ct, "--method", name, "--out", fused))
        .as(err.toString())
        .isZero();

    MedicalVolumeReader reader = MedicalVolumeReader.withDefaults();
    assertThat(reader.read(fused).samples())
        .containsExactly(method.fuse(reader.read(mri), reader.read(ct)).samples(), within(1e-3f));
  }

  @Test
  void fuseCutsHounsfieldUnitsToAWindow() throws IOException {
    Path mri = noise("a.nii", 1);
    MedicalVolumeReader reader = MedicalVolumeReader.withDefaults();
    MedicalVolume values = reader.read(noise("b.nii", 2));
    float[] units = values.samples();
    for (int i = 0; i < units.length; i++) {
      units[i] = 20 * units[i] - 1000;
    }
    Path ct = folder.resolve("ct.nii");
    NiftiWriter.withDefaults().write(values.withSamples(units), ct);
    Path fused = folder.resolve("fused.nii");
    CtFusion average =
        CtFusion.withDefaults().withoutRegistration().withMethod(ImageFusion.average());

    assertThat(run("fuse", "--mri", mri, "--ct", ct, "--method", "average", "--out", fused))
        .as(err.toString())
        .isZero();

    MedicalVolume brain = average.fuse(reader.read(mri), reader.read(ct));
    assertThat(reader.read(fused).samples()).containsExactly(brain.samples(), within(1e-3f));

    assertThat(
            run(
                "fuse",
                "--mri",
                mri,
                "--ct",
                ct,
                "--method",
                "average",
                "--ct-window",
                4000,
                "--ct-level",
                1000,
                "--out",
                fused))
        .as(err.toString())
        .isZero();
    assertThat(reader.read(fused).samples())
        .containsExactly(
            average
                .withWindow(DisplayWindow.linearExact(1000, 4000))
                .fuse(reader.read(mri), reader.read(ct))
                .samples(),
            within(1e-3f))
        .isNotEqualTo(brain.samples());
  }
}
