package io.github.brainimaging.core.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.brainimaging.core.image.Affine;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.image.VolumeLabels;
import io.github.brainimaging.core.image.VolumeMask;
import io.github.brainimaging.core.image.VolumeSeries;
import io.github.brainimaging.core.image.VoxelSpacing;
import io.github.brainimaging.core.image.VoxelType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** check_nifti.py, beside the reference images, lets nibabel read what is written here. */
class NiftiWriterTest {

  private static final VolumeGrid GRID =
      VolumeGrid.ofSize(5, 4, 3)
          .withAffine(Affine.of(-1.5, 0.25, 0, 20, 0.25, 2, -0.5, -31.25, 0, 0.5, 3, 7));

  @TempDir private Path folder;

  /** As many samples as the type can hold, the ends of its range among them. */
  private static MedicalVolume volume(VoxelType type, long seed) {
    Random random = new Random(seed);
    float[] samples = new float[GRID.voxels() * type.channels()];
    for (int i = 0; i < samples.length; i++) {
      samples[i] =
          switch (type) {
            case UINT8, RGB24 -> random.nextInt(256);
            case INT8 -> random.nextInt(256) - 128;
            case UINT16 -> random.nextInt(65536);
            case INT16 -> random.nextInt(65536) - 32768;
            case UINT32 -> (random.nextInt() & 0xFFFFFF00L);
            case INT32 -> random.nextInt() & 0xFFFFFF00;
            case UINT64 -> random.nextInt(1 << 24) * 0x1p40f;
            case INT64 -> (random.nextInt(1 << 24) - (1 << 23)) * 0x1p40f;
            case FLOAT32, FLOAT64 -> Float.intBitsToFloat(random.nextInt() & 0xBFFFFFFF);
          };
    }
    return MedicalVolume.wrap(GRID, type.channels(), samples);
  }

  @ParameterizedTest
  @EnumSource
  void everyTypeComesBackAsItWas(VoxelType type) throws IOException {
    MedicalVolume volume = volume(type, 1);
    NiftiWriter writer = NiftiWriter.withDefaults().withType(type);
    for (String name : List.of("a.nii", "a.nii.gz", "b.hdr", "c.img")) {
      for (int version = 1; version <= 2; version++) {
        writer.withVersion(version).write(volume, folder.resolve(name));

        NiftiFile file = NiftiFile.open(folder.resolve(name.replace("img", "hdr")));
        assertThat(file.version()).isEqualTo(version);
        assertThat(file.type()).isEqualTo(type);
        assertThat(file.volume(0)).isEqualTo(volume);
      }
    }
  }

  @Test
  void realAndReferenceFilesComeBackAsTheyWere() throws IOException {
    try (Stream<Path> files = Files.list(ReferenceImages.file("nifti"))) {
      for (Path file : files.filter(f -> f.toString().matches(".*(nii|gz|hdr)")).toList()) {
        NiftiFile original = NiftiFile.open(file);
        Path copy = folder.resolve("copy.nii");
        NiftiWriter.withDefaults().withVersion(2).write(original.readAll(), copy);
        assertThat(NiftiFile.open(copy).readAll()).isEqualTo(original.readAll());
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, 255, UINT8",
    "0, 256, INT16",
    "-1, 0, INT16",
    "0, 32768, UINT16",
    "-1, 32768, FLOAT32",
    "0, 0.5, FLOAT32",
    "0, NaN, FLOAT32"
  })
  void choosesTheSmallestTypeThatHoldsAll(float low, float high, VoxelType type)
      throws IOException {
    VolumeGrid grid = VolumeGrid.ofSize(2, 1, 1);
    MedicalVolume volume = MedicalVolume.of(grid, new float[] {low, high});

    NiftiWriter.withDefaults().write(volume, folder.resolve("a.nii"));

    NiftiFile file = NiftiFile.open(folder.resolve("a.nii"));
    assertThat(file.type()).isEqualTo(type);
    assertThat(file.volume(0)).isEqualTo(volume);
  }

  @Test
  void keepsWhatIsUnknownUnknown() throws IOException {
    for (VolumeGrid grid :
        List.of(
            VolumeGrid.ofSize(5, 4, 3),
            VolumeGrid.ofSize(5, 4, 3).withSpacing(new VoxelSpacing(1, 2.5, 3)))) {
      VolumeMask mask = VolumeMask.empty(grid);

      NiftiWriter.withDefaults().write(mask, folder.resolve("a.nii.gz"));

      assertThat(MedicalVolumeReader.withDefaults().read(folder.resolve("a.nii.gz")))
          .isEqualTo(mask.toVolume());
    }
  }

  @Test
  void aStreamGetsWhatAPlainFileGets() throws IOException {
    MedicalVolume volume = volume(VoxelType.INT16, 1);
    VolumeMask mask = VolumeMask.above(volume, 0);
    NiftiWriter writer = NiftiWriter.withDefaults().withVersion(2);
    ByteArrayOutputStream ofVolume = new ByteArrayOutputStream();
    ByteArrayOutputStream ofMask = new ByteArrayOutputStream();

    writer.write(volume, ofVolume);
    writer.write(mask, ofMask);

    writer.write(volume, folder.resolve("a.nii"));
    assertThat(folder.resolve("a.nii")).hasBinaryContent(ofVolume.toByteArray());
    assertThat(MedicalVolumeReader.withDefaults().read(ofMask.toByteArray(), "mask"))
        .isEqualTo(mask.toVolume());
    assertThatThrownBy(() -> writer.withType(VoxelType.RGB24).write(volume, ofVolume))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("channels must be 3 for RGB24");
  }

  @Test
  void aStreamGetsLabelsWithTheirNamesAsAFileDoes() throws IOException {
    VolumeMask mask = VolumeMask.above(volume(VoxelType.INT16, 1), 0);
    VolumeLabels labels = VolumeLabels.of(Map.of("edema", mask));
    ByteArrayOutputStream stream = new ByteArrayOutputStream();

    NiftiWriter.withDefaults().write(labels, stream);

    NiftiWriter.withDefaults().write(labels, folder.resolve("a.nii"));
    assertThat(folder.resolve("a.nii")).hasBinaryContent(stream.toByteArray());
    assertThat(stream.toString(StandardCharsets.ISO_8859_1)).contains("edema");
  }

  @Test
  void keepsSeriesAndTheirInterval() throws IOException {
    VolumeSeries series =
        new VolumeSeries(List.of(volume(VoxelType.INT16, 1), volume(VoxelType.INT16, 2)), 1.5);

    NiftiWriter.withDefaults().write(series, folder.resolve("a.nii.gz"));

    assertThat(MedicalVolumeReader.withDefaults().readSeries(folder.resolve("a.nii.gz")))
        .isEqualTo(series);
  }

  @Test
  void sizesThatVersionOneCannotTellMakeVersionTwo() throws IOException {
    MedicalVolume volume = MedicalVolume.of(VolumeGrid.ofSize(40_000, 1, 1), new float[40_000]);

    NiftiWriter.withDefaults().write(volume, folder.resolve("a.nii"));

    assertThat(NiftiFile.open(folder.resolve("a.nii")).version()).isEqualTo(2);
    assertThat(MedicalVolumeReader.withDefaults().read(folder.resolve("a.nii"))).isEqualTo(volume);
  }

  @Test
  void theQformTellsTheSameRotation() throws IOException {
    // About every axis by more than a right angle in turn: each branch of the quaternion.
    for (double[] turn : new double[][] {{3, 0.1, 0.2}, {0.1, 3, 0.2}, {0.1, 0.2, 3}, {1, 1, 0}}) {
      for (int flip : new int[] {1, -1}) {
        Affine affine = rotation(turn).then(Affine.translation(4, -5, 6));
        VolumeGrid grid =
            VolumeGrid.ofSize(2, 2, 2).withAffine(Affine.scaling(1, 2, 3 * flip).then(affine));
        Path file = folder.resolve("a.nii");
        NiftiWriter.withDefaults().withVersion(2).write(VolumeMask.empty(grid), file);
        byte[] bytes = Files.readAllBytes(file);
        bytes[348] = 0; // the code of the sform
        Files.write(file, bytes);

        double[] found = NiftiFile.open(file).grid().requireAffine().toArray();

        double[] expected = grid.requireAffine().toArray();
        assertThat(found).usingComparatorWithPrecision(1e-12).containsExactly(expected);
      }
    }
  }

  private static Affine rotation(double[] turn) {
    double[] c = {Math.cos(turn[0]), Math.cos(turn[1]), Math.cos(turn[2])};
    double[] s = {Math.sin(turn[0]), Math.sin(turn[1]), Math.sin(turn[2])};
    return Affine.of(1, 0, 0, 0, 0, c[0], -s[0], 0, 0, s[0], c[0], 0)
        .then(Affine.of(c[1], 0, s[1], 0, 0, 1, 0, 0, -s[1], 0, c[1], 0))
        .then(Affine.of(c[2], -s[2], 0, 0, s[2], c[2], 0, 0, 0, 0, 1, 0));
  }

  @Test
  void rejectsWhatTheTypeDoesNotHold() {
    MedicalVolume half = MedicalVolume.of(VolumeGrid.ofSize(1, 1, 1), new float[] {0.5f});
    NiftiWriter writer = NiftiWriter.withDefaults().withType(VoxelType.INT16);

    assertThatThrownBy(() -> writer.write(half, folder.resolve("a.nii")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("samples must be whole numbers that INT16 holds, got 0.5");
    assertThatThrownBy(() -> writer.withType(VoxelType.RGB24).write(half, folder.resolve("a.nii")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("channels must be 3 for RGB24, got 1");
    assertThatThrownBy(() -> writer.write(half, folder.resolve("a.png")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("file must end with .nii");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void theSameVolumeGivesTheSameBytes() throws IOException {
    MedicalVolume volume = volume(VoxelType.INT16, 3);
    NiftiWriter.withDefaults().write(volume, folder.resolve("a.nii.gz"));
    NiftiWriter.withDefaults().write(volume, folder.resolve("b.nii.gz"));

    assertThat(folder.resolve("a.nii.gz")).hasSameBinaryContentAs(folder.resolve("b.nii.gz"));
  }

  /** With -Dnifti.out=FOLDER the files stay there, for check_nifti.py. */
  @Test
  void everyTypeNameAndVersionIsReadBack() throws IOException {
    Path out = Path.of(System.getProperty("nifti.out", folder.toString()));
    for (VoxelType type : VoxelType.values()) {
      MedicalVolume volume = volume(type, 1);
      for (int version = 1; version <= 2; version++) {
        for (String end : List.of("nii", "nii.gz", "hdr")) {
          Path file = out.resolve(type + "-" + version + "." + end);
          NiftiWriter.withDefaults().withType(type).withVersion(version).write(volume, file);
          assertThat(MedicalVolumeReader.withDefaults().read(file)).isEqualTo(volume);
          assertThat(NiftiFile.open(file).version()).isEqualTo(version);
          StringBuilder values = new StringBuilder();
          for (double v : GRID.requireAffine().toArray()) {
            values.append(v).append(' ');
          }
          for (float v : volume.samples()) {
            values.append(v).append(' ');
          }
          Files.writeString(Path.of(file + ".txt"), values);
        }
      }
    }
  }
}
