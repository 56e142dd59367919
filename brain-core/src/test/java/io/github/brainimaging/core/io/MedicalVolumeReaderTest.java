package io.github.brainimaging.core.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.brainimaging.core.image.MedicalVolume;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MedicalVolumeReaderTest {

  private static final MedicalVolumeReader READER = MedicalVolumeReader.withDefaults();

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"int16-1le.nii", "uint8-2le.nii.gz", "rgb24.nii.gz"})
  void fileStreamAndBytesGiveTheSameVolume(String name) throws IOException {
    Path file = ReferenceImages.file("nifti/" + name);
    byte[] content = Files.readAllBytes(file);

    MedicalVolume volume = READER.read(file);

    assertThat(READER.read(content, "x")).isEqualTo(volume);
    assertThat(READER.read(new ByteArrayInputStream(content), "x")).isEqualTo(volume);
  }

  @Test
  void aDicomStreamIsReadAndItsDamageIsToldByName() throws IOException {
    Path series = FileOptions.tiltedSeries(folder);
    byte[] content = Files.readAllBytes(series.resolve("0.dcm"));
    byte[] half = Arrays.copyOf(content, content.length - 4);

    assertThat(READER.read(new ByteArrayInputStream(content), "x"))
        .isEqualTo(READER.read(series.resolve("0.dcm")));
    assertThatThrownBy(() -> READER.read(half, "half of a slice"))
        .isInstanceOf(ImageFormatException.class)
        .hasMessageStartingWith("half of a slice: cannot read this DICOM file");
  }

  @Test
  void allVolumesComeFromStreamAndBytesToo() throws IOException {
    Path file = ReferenceImages.file("nifti/series.nii");
    byte[] content = Files.readAllBytes(file);

    assertThat(READER.readSeries(content, "x")).isEqualTo(READER.readSeries(file));
    assertThat(READER.readSeries(new ByteArrayInputStream(content), "x"))
        .isEqualTo(READER.readSeries(file));
    assertThatThrownBy(() -> READER.read(content, "x"))
        .isInstanceOf(ImageFormatException.class)
        .hasMessage(
            "x: expected one volume, found 3: choose one by its number, 0 to 2 (brain: --volume)");
  }

  @Test
  void halfOfAPairInMemoryIsRefused() throws IOException {
    byte[] content = Files.readAllBytes(ReferenceImages.file("nifti/pair.hdr"));

    assertThatThrownBy(() -> READER.read(content, "x"))
        .isInstanceOf(ImageFormatException.class)
        .hasMessageStartingWith("x: its voxels are in another file");
  }

  @Test
  void otherContentIsRefusedByName() {
    byte[] content = "no volume".getBytes(StandardCharsets.US_ASCII);

    assertThatThrownBy(() -> READER.read(content, "x"))
        .isInstanceOf(ImageFormatException.class)
        .hasMessageStartingWith("x: expected a NIfTI");
    assertThatThrownBy(() -> READER.read(new ByteArrayInputStream(content), "x"))
        .isInstanceOf(ImageFormatException.class)
        .hasMessageStartingWith("x: expected a NIfTI");
  }

  @Test
  void moreVoxelsThanTheLimitAreRefusedInAllVolumesTogether() throws IOException {
    Path file = ReferenceImages.file("nifti/series.nii");
    MedicalVolume first = READER.readSeries(file).volumes().get(0);
    long all = 3L * first.grid().voxels();

    assertThat(READER.withMaximumVoxels(all).readSeries(file)).isEqualTo(READER.readSeries(file));
    assertThatThrownBy(() -> READER.withMaximumVoxels(all - 1).readSeries(file))
        .isInstanceOf(ImageFormatException.class)
        .hasMessageContaining("found 3 volumes of")
        .hasMessageEndingWith("the limit is " + (all - 1) + " voxels");
    assertThatThrownBy(() -> READER.withMaximumVoxels(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("maximumVoxels must be positive, got 0");
  }

  @Test
  void aTiltedSeriesComesAsScannedWithAWarning() throws IOException {
    Path series = FileOptions.tiltedSeries(folder);

    MedicalVolume volume = READER.read(series);

    assertThat(volume.height()).isEqualTo(3);
    assertThat(volume.warnings()).containsExactly("the gantry is tilted by 45.0 degrees");
    assertThat(volume.withSamples(volume.samples()).warnings()).isEqualTo(volume.warnings());
  }

  @Test
  void aTiltedSeriesIsResampledOnRequestAndTheWarningSaysSo() throws IOException {
    Path series = FileOptions.tiltedSeries(folder);

    MedicalVolume volume = READER.withRegularGrid().withMaximumVoxels(100).read(series);

    assertThat(volume).isEqualTo(DicomFolder.scan(series).series().get(0).readRegular());
    assertThat(volume.height()).isEqualTo(6);
    assertThat(volume.warnings())
        .containsExactly(
            "the gantry is tilted by 45.0 degrees",
            "the slices were resampled on a grid at right angles, 2.00 mm apart");
  }
}
