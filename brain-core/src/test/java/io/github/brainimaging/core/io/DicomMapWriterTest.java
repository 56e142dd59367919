package io.github.brainimaging.core.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.image.VolumeMask;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Maps of probabilities. {@code pmap.dcm} is what the writer gave for {@link #map} on 2026-11-28;
 * {@code dciodvfy} found no error in it, and {@code check_dicom_map.py} read what was put in.
 */
class DicomMapWriterTest {

  private static final DicomMapWriter WRITER =
      DicomMapWriter.of(DicomSegWriter.ofTumor().withAlgorithm("mine"));

  @TempDir private Path folder;

  /** Values of which most have no short decimal. */
  private static MedicalVolume map(VolumeGrid grid) {
    float[] values = new float[grid.voxels()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) i / (values.length - 1);
    }
    return MedicalVolume.wrap(grid, 1, values);
  }

  private Path target() {
    return folder.resolve("out/pmap.dcm");
  }

  @Test
  void writesTheFileThatOtherProgramsTookForRight() throws IOException {
    DicomSeries source = DicomResultsTest.series(folder);

    WRITER.write(map(source.grid()), source, target());

    try (InputStream reference = getClass().getResourceAsStream("pmap.dcm")) {
      assertThat(target()).hasBinaryContent(Objects.requireNonNull(reference).readAllBytes());
    }
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    WRITER.write(map(source.grid()), source, stream);
    assertThat(target()).hasBinaryContent(stream.toByteArray());
  }

  @Test
  void readsBackToTheBitAtItsPlace() throws IOException {
    DicomSeries source = DicomResultsTest.series(folder);
    MedicalVolume map = map(source.grid());

    WRITER.write(map, source, target());

    MedicalVolume back = MedicalVolumeReader.withDefaults().read(target());
    assertThat(back.samples()).isEqualTo(map.samples());
    assertThat(back.grid().matches(source.grid())).isTrue();
    DicomElements file = DicomElements.read(target());
    assertThat(file.text(0x00080060)).isEqualTo("MR");
    assertThat(file.text(0x00200011)).isEqualTo("5007");
    assertThat(file.text(0x00100010)).isEqualTo("Doe^Jane");
    DicomElements mapping = file.item(0x52009229).item(0x00409096);
    List<DicomElements> quantity = mapping.items(0x00409220);
    assertThat(quantity.get(0).item(0x0040A168).text(0x00080104)).isEqualTo("Probability");
    assertThat(quantity.get(1).item(0x0040A168).text(0x00080104)).isEqualTo("Neoplasm");
    for (int z = 0; z < 3; z++) {
      DicomElements frame = file.items(0x52009230).get(z);
      assertThat(frame.item(0x00089124).item(0x00082112).text(0x00081155))
          .isEqualTo("1.2.840.4711." + z);
    }
  }

  /** Of implicit types as well, since the types of what is copied are known. */
  @ParameterizedTest
  @ValueSource(strings = {DicomBytes.EXPLICIT, DicomBytes.IMPLICIT})
  void resultsNameTheRequestOfTheirSource(String syntax) throws IOException {
    Path file = Files.createDirectories(folder.resolve("one")).resolve("0.dcm");
    DicomBytes request =
        new DicomBytes(syntax)
            .text(0x00321060, "LO", "MR head")
            .text(0x00400009, "SH", "step 1")
            .text(0x00401001, "SH", "request 1");
    Files.write(
        file,
        DicomBytes.image(syntax, 2, 2, 8, false)
            .text(0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.4")
            .text(0x00080018, "UI", "1.2.3")
            .text(0x00080050, "SH", "A1")
            .text(0x00080060, "CS", "CT")
            .text(0x00180050, "DS", "3")
            .text(0x0020000D, "UI", "1.2.840.4712")
            .text(0x0020000E, "UI", "1.2.840.4714")
            .text(0x00200032, "DS", "0\\0\\0")
            .text(0x00200037, "DS", "1\\0\\0\\0\\1\\0")
            .text(0x00200052, "UI", "1.2.840.4713")
            .text(0x00280030, "DS", "1\\1")
            .sequence(0x00400275, request)
            .put(0x7FE00010, "OB", new byte[4])
            .file());
    DicomFile source = DicomFile.open(file);

    WRITER.write(map(source.grid()), source, target());
    DicomElements asked = DicomElements.read(target()).item(0x00400275);
    assertThat(asked.text(0x00401001)).isEqualTo("request 1");
    assertThat(asked.text(0x00400009)).isEqualTo("step 1");
    assertThat(asked.text(0x00321060)).isEqualTo("MR head");

    DicomReportWriter.of(DicomSegWriter.ofTumor())
        .write(VolumeMask.empty(source.grid()), source, target());
    DicomElements reported = DicomElements.read(target()).item(0x0040A370);
    assertThat(reported.text(0x00080050)).isEqualTo("A1");
    assertThat(reported.text(0x00401001)).isEqualTo("request 1");
    assertThat(reported.text(0x0020000D)).isEqualTo("1.2.840.4712");
    assertThat(Files.readString(target(), StandardCharsets.ISO_8859_1)).contains("CT Head");
  }

  @Test
  void documentsHoldTheFileAsItIs() throws IOException {
    DicomSeries source = DicomResultsTest.series(folder);
    byte[] pdf = "%PDF-1.4 odd".getBytes(StandardCharsets.US_ASCII);
    byte[] odd = Arrays.copyOf(pdf, 13);

    DicomPdfWriter.of("Report").write(odd, source, target());

    DicomElements document = DicomElements.read(target());
    assertThat(document.values().get(0x00420011)).startsWith(odd).hasSize(14);
    assertThat(document.values().get(0x00420015)).containsExactly(13, 0, 0, 0);
    assertThat(document.text(0x00420012)).isEqualTo("application/pdf");
    assertThat(document.text(0x00420010)).isEqualTo("Report");
    assertThat(document.text(0x00200011)).isEqualTo("6007");
    assertThat(document.items(0x00420013)).hasSize(3);
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    DicomPdfWriter.of("Report").write(odd, source, stream);
    assertThat(target()).hasBinaryContent(stream.toByteArray());
    assertThatThrownBy(() -> DicomPdfWriter.of("Report").write(new byte[9], source, target()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("pdf must be a PDF file, which begins with %PDF-, got 9 bytes");
  }

  @Test
  void aFolderTellsItFromWhatWasScanned() throws IOException {
    DicomSeries source = DicomResultsTest.series(folder);
    WRITER.write(map(source.grid()), source, folder.resolve("in/pmap.dcm"));

    List<DicomSeries> series = DicomFolder.scan(folder.resolve("in")).series();

    assertThat(series).extracting(DicomSeries::isParametricMap).containsExactly(false, true);
  }

  @Test
  void refusesWhatIsNoProbabilityOfTheSource() throws IOException {
    DicomSeries source = DicomResultsTest.series(folder);
    VolumeGrid grid = source.grid();
    float[] high = new float[grid.voxels()];
    high[5] = 1.5f;
    float[] unknown = new float[grid.voxels()];
    unknown[5] = Float.NaN;

    for (float[] wrong : List.of(high, unknown)) {
      assertThatThrownBy(() -> WRITER.write(MedicalVolume.wrap(grid, 1, wrong), source, target()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("probabilities must be 0 to 1, got " + wrong[5]);
    }
    assertThatThrownBy(() -> WRITER.write(map(VolumeGrid.ofSize(2, 2, 2)), source, target()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("probabilities must lie on the grid of the source");
    assertThatThrownBy(
            () ->
                WRITER.write(
                    MedicalVolume.wrap(grid, 2, new float[2 * grid.voxels()]), source, target()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("probabilities must have 1 channel, got 2");
    assertThatThrownBy(() -> WRITER.write(map(grid), source, source.files().get(0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("file must be none of the source");
    assertThat(target()).doesNotExist();
  }
}
