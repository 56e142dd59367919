package io.github.brainimaging.core.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.Modality;
import io.github.brainimaging.core.image.VolumeSeries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("data")
class DicomSeriesTest {

  @TempDir private Path folder;

  /** An axial slice of 4 x 3 pixels of 2 mm at (0, y, z), all of one value. */
  private void slice(int number, double y, double z, int value) throws IOException {
    Files.write(
        folder.resolve(String.format("%02d.dcm", number)), bytes(number, y, z, value).file());
  }

  private static DicomBytes bytes(int number, double y, double z, int value) {
    int[] samples = new int[12];
    Arrays.fill(samples, value);
    return DicomBytes.image(DicomBytes.EXPLICIT, 4, 3, 16, false)
        .text(0x00080018, "UI", "1.2." + number)
        .text(0x00200013, "IS", "" + number)
        .text(0x00200032, "DS", String.format(Locale.ROOT, "0\\%s\\%s", y, z))
        .text(0x00200037, "DS", "1\\0\\0\\0\\1\\0")
        .text(0x00280030, "DS", "2\\2")
        .words(samples);
  }

  private DicomSeries only() throws IOException {
    DicomFolder found = DicomFolder.scan(folder);
    assertThat(found.series()).hasSize(1);
    return found.series().get(0);
  }

  @Test
  void sortsSlicesByTheirPlace() throws IOException {
    slice(1, 0, 6, 30);
    slice(2, 0, 0, 10);
    slice(3, 0, 3, 20);

    DicomSeries series = only();
    MedicalVolume volume = MedicalVolumeReader.withDefaults().read(folder);

    assertThat(series.findings()).isEmpty();
    assertThat(series.sliceSpacingMm()).isEqualTo(3);
    assertThat(volume.get(0, 0, 0)).isEqualTo(10);
    assertThat(volume.get(0, 0, 1)).isEqualTo(20);
    assertThat(volume.get(0, 0, 2)).isEqualTo(30);
    assertThat(volume.affine().orElseThrow().toArray())
        .containsExactly(-2, 0, 0, 0, 0, -2, 0, 0, 0, 0, 3, 0);
    assertThat(series.readRegular()).isEqualTo(volume);
  }

  @Test
  void tellsGapsAndFillsThemOnRequest() throws IOException {
    for (int z : new int[] {0, 1, 2, 3, 5, 6}) {
      slice(z, 0, z, 10 * z);
    }

    DicomSeries series = only();

    assertThat(series.missingSlices()).isEqualTo(1);
    assertThat(series.findings()).containsExactly("1 slices are missing");
    assertThat(series.read().depth()).isEqualTo(6);
    assertThat(series.readRegular().depth()).isEqualTo(7);
    assertThat(series.readRegular().get(1, 1, 4)).isEqualTo(40);
  }

  @Test
  void tellsDuplicatesAndLeavesThemOut() throws IOException {
    slice(1, 0, 0, 10);
    slice(2, 0, 1, 20);
    slice(3, 0, 1, 99);
    Files.write(folder.resolve("copy.dcm"), bytes(1, 0, 0, 10).file());

    DicomSeries series = only();

    assertThat(series.duplicates()).isEqualTo(2);
    assertThat(series.files()).as("the copies belong to it").hasSize(4);
    assertThat(series.times()).isEqualTo(1);
    assertThat(series.read().get(0, 0, 1)).isEqualTo(20);
  }

  @Test
  void recognizesSeveralTimePoints() throws IOException {
    for (int i = 0; i < 6; i++) {
      slice(i, 0, i % 3, 10 * i);
    }

    DicomSeries series = only();
    VolumeSeries volumes = series.readAll();

    assertThat(series.times()).isEqualTo(2);
    assertThat(volumes.volumes().get(0).get(0, 0, 2)).isEqualTo(20);
    assertThat(volumes.volumes().get(1).get(0, 0, 2)).isEqualTo(50);
    assertThatThrownBy(series::read)
        .isInstanceOf(ImageFormatException.class)
        .hasMessageContaining("expected one volume, found 2");
  }

  @Test
  void straightensATiltedStack() throws IOException {
    // Each slice lies 2 mm, which is one row, further back; the middle row is bright on a line
    // along z.
    for (int z = 0; z < 4; z++) {
      int[] samples = new int[12];
      int row = 2 - z;
      for (int x = 0; x < 4 && row >= 0; x++) {
        samples[4 * row + x] = 100;
      }
      Files.write(folder.resolve(z + ".dcm"), bytes(z, 2 * z, 2 * z, 0).words(samples).file());
    }

    DicomSeries series = only();
    MedicalVolume straight = series.readRegular();

    assertThat(series.tiltDegrees()).isCloseTo(45, Offset.offset(1e-9));
    assertThat(series.findings()).containsExactly("the gantry is tilted by 45.0 degrees");
    assertThat(straight.height()).isEqualTo(6);
    for (int z = 0; z < 3; z++) {
      for (int y = 0; y < 6; y++) {
        assertThat(straight.get(1, y, z)).isEqualTo(y == 2 ? 100 : 0);
      }
    }
    assertThat(straight.affine().orElseThrow().toArray())
        .containsExactly(-2, 0, 0, 0, 0, -2, 0, 0, 0, 0, 2, 0);
  }

  @Test
  void leavesOutLocalizersAndOtherFiles() throws IOException {
    slice(1, 0, 0, 10);
    Files.write(
        folder.resolve("localizer.dcm"),
        bytes(2, 0, 50, 1).text(0x00080008, "CS", "ORIGINAL\\PRIMARY\\LOCALIZER").file());
    Files.writeString(folder.resolve("notes.txt"), "no image");

    DicomFolder found = DicomFolder.scan(folder);

    assertThat(found.series()).hasSize(1);
    assertThat(found.localizers()).containsExactly(folder.resolve("localizer.dcm"));
    assertThat(found.others()).containsExactly(folder.resolve("notes.txt"));
    assertThat(found.refused()).isEmpty();
  }

  @Test
  void readsTheHeadCt() throws IOException {
    Path ct = data("head-ct");

    DicomSeries series = DicomFolder.scan(ct).series().get(0);
    MedicalVolume volume = MedicalVolumeReader.withDefaults().read(ct);

    assertThat(volume.depth()).isEqualTo(28);
    assertThat(volume.modality()).isEqualTo(Modality.CT);
    assertThat(volume.range()[0]).isEqualTo(-1500);
    assertThat(series.summary().padding()).hasValue(-1500);
    assertThat(series.tiltDegrees()).isCloseTo(18.5, Offset.offset(0.01));
    assertThat(series.findings())
        .containsExactly(
            "the distances between the slices differ", "the gantry is tilted by 18.5 degrees");
    assertThat(series.readRegular().affine().orElseThrow().spacing().z())
        .isCloseTo(series.sliceSpacingMm(), Offset.offset(1e-6));
  }

  /** The references are by dcm2niix, which turns the rows round. */
  @ParameterizedTest
  @ValueSource(strings = {"ax_asc_36", "cor_int_35"})
  void unpacksMosaicsAsDcm2niixDoes(String name) throws IOException {
    Path folder = data("head-mr-mosaic");
    VolumeSeries reference =
        MedicalVolumeReader.withDefaults().readSeries(folder.resolve(name + ".nii"));

    VolumeSeries found = MedicalVolumeReader.withDefaults().readSeries(folder.resolve(name));

    assertThat(found.intervalSeconds()).isEqualTo(3);
    assertThat(found.volumes()).hasSameSizeAs(reference.volumes());
    for (int t = 0; t < reference.volumes().size(); t++) {
      MedicalVolume expected = reference.volumes().get(t);
      MedicalVolume volume = found.volumes().get(t);
      for (int z = 0; z < expected.depth(); z++) {
        for (int y = 0; y < expected.height(); y++) {
          for (int x = 0; x < expected.width(); x++) {
            if (expected.get(x, y, z) != volume.get(x, expected.height() - 1 - y, z)) {
              throw new AssertionError("voxel " + x + " " + y + " " + z + " differs");
            }
          }
        }
      }
      for (double[] corner : new double[][] {{0, 0, 0}, {63, 0, 0}, {0, 63, 0}, {0, 0, 30}}) {
        double[] place = expected.grid().requireAffine().apply(corner[0], corner[1], corner[2]);
        assertThat(volume.grid().requireAffine().apply(corner[0], 63 - corner[1], corner[2]))
            .containsExactly(place, Offset.offset(1e-3));
      }
    }
  }

  private static Path data(String name) {
    Path data = Path.of(System.getProperty("brain.data", "../../shared/data"));
    Path folder = data.resolve("formats/dicom").resolve(name);
    assumeTrue(Files.isDirectory(folder), "no data in " + folder);
    return folder;
  }
}
