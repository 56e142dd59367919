package io.github.brainimaging.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.brainimaging.core.geometry.Reorient;
import io.github.brainimaging.core.image.Affine;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.image.VolumeSeries;
import io.github.brainimaging.core.io.MedicalImageReader;
import io.github.brainimaging.core.io.MedicalVolumeReader;
import io.github.brainimaging.core.io.NiftiWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code info} and {@code convert} as a user runs them. */
@Tag("data")
class ConvertTest {

  /** 4 x 3 x 2 voxels; columns to the right, rows to the front: upside down for a radiologist. */
  private static final VolumeGrid GRID =
      VolumeGrid.ofSize(4, 3, 2).withAffine(Affine.scaling(1, 2, 3));

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Path one = Path.of("");
  private Path two = Path.of("");

  @BeforeEach
  void write() throws IOException {
    one = folder.resolve("one.nii.gz");
    two = folder.resolve("two.nii");
    NiftiWriter.withDefaults().write(volume(0), one);
    NiftiWriter.withDefaults().write(new VolumeSeries(List.of(volume(0), volume(100)), 1.5), two);
  }

  private static MedicalVolume volume(int first) {
    float[] samples = new float[GRID.voxels()];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = first + i;
    }
    return MedicalVolume.of(GRID, samples);
  }

  private int run(Object... arguments) {
    return Commands.run(out, err, arguments);
  }

  @Test
  void infoTellsTheFactsOfAVolume() throws IOException {
    Path json = folder.resolve("facts.json");

    assertThat(run("info", one, "--json", json)).isZero();

    assertThat(out.toString())
        .contains("NIfTI-1, gzip", "[4, 3, 2]", "[1, 2, 3]", "RAS", "UINT8", "[0, 23]")
        .containsPattern(
            "affineRasMm +1 +0 +0 +\\S+\\n +0 +2 +0 +\\S+\\n +0 +0 +3 +\\S+\\n +0 +0 +0 +1\\n");
    JsonObject facts =
        JsonParser.parseString(Files.readString(json))
            .getAsJsonObject()
            .getAsJsonArray("images")
            .get(0)
            .getAsJsonObject();
    assertThat(facts.get("orientation").getAsString()).isEqualTo("RAS");
    assertThat(facts.getAsJsonArray("affineRasMm")).hasSize(12);
  }

  @ParameterizedTest
  @CsvSource({"a.nrrd", "a.seg.nrrd"})
  void convertWritesNrrdWhichInfoAndConvertRead(String name) throws IOException {
    Path nrrd = folder.resolve(name);
    Path back = folder.resolve("back.nii");

    assertThat(run("convert", two, "--out", nrrd)).isZero();
    assertThat(run("info", nrrd)).isZero();
    assertThat(run("convert", nrrd, "--volume", "1", "--out", back)).isZero();

    assertThat(out.toString()).contains("NRRD", "[4, 3, 2]", "[1, 2, 3]", "RAS", "[0, 123]");
    assertThat(MedicalVolumeReader.withDefaults().read(back)).isEqualTo(volume(100));
  }

  @Test
  void infoTellsWhatTheNameSaysAndThatTheImageIsNoBrain() throws IOException {
    Path named = folder.resolve("sub-01_T2w.nii");
    assertThat(run("convert", one, "--out", named)).isZero();

    assertThat(run("info", named)).isZero();

    assertThat(out.toString())
        .containsPattern("sequence +T2 \\(file name\\)")
        .containsPattern("recognized +no MR of a brain");
  }

  @Test
  void infoTellsWhatIsDoubtfulOfANiftiFile() throws IOException {
    Path placeless = folder.resolve("placeless.nii");
    NiftiWriter.withDefaults()
        .write(MedicalVolume.of(VolumeGrid.ofSize(2, 2, 2), new float[8]), placeless);

    assertThat(run("info", placeless)).isZero();

    assertThat(out.toString()).contains("does not tell how the patient lies");
  }

  @Test
  void infoListsTheImagesOfAFolder() throws IOException {
    Files.writeString(folder.resolve("notes.txt"), "no image");
    Files.write(folder.resolve("broken.nii"), new byte[] {'?'});

    assertThat(run("info", folder)).isZero();

    assertThat(out.toString())
        .contains(
            "one.nii.gz",
            "two.nii",
            "intervalSeconds  1.5",
            "left out: broken.nii, notes.txt: in no format of images that is read");
  }

  @Test
  void infoFailsForAFileThatIsNoImage() throws IOException {
    Path text = Files.writeString(folder.resolve("notes.txt"), "no image");

    assertThat(run("info", text)).isEqualTo(1);
    assertThat(out.toString()).contains("notes.txt FAILED: expected a file of one of the formats");
    assertThat(run("info", folder.resolve("none"))).isEqualTo(1);
    assertThat(err.toString()).contains("no such file or folder");
  }

  @Test
  void convertsBetweenKindsOfNifti() throws IOException {
    for (String name : List.of("a.nii", "b.nii.gz", "c.hdr")) {
      assertThat(run("convert", two, "--out", folder.resolve(name))).isZero();
      assertThat(MedicalVolumeReader.withDefaults().readSeries(folder.resolve(name)))
          .isEqualTo(MedicalVolumeReader.withDefaults().readSeries(two));
    }
    assertThat(run("convert", two, "--out", folder.resolve("d.nii"), "--volume", 1)).isZero();
    assertThat(MedicalVolumeReader.withDefaults().read(folder.resolve("d.nii")))
        .isEqualTo(volume(100));
  }

  @Test
  void slicesAreSeenAsARadiologistSeesThem() throws IOException {
    Path slices = folder.resolve("slices");

    assertThat(run("convert", one, "--out", slices, "--window", 255, "--level", 127.5)).isZero();

    MedicalImage second = MedicalImageReader.withDefaults().read(slices.resolve("0001.png"));
    // Front at the top, the patient's right at the left.
    assertThat(second.samples()).containsExactly(23, 22, 21, 20, 19, 18, 17, 16, 15, 14, 13, 12);
    assertThat(run("convert", one, "--out", slices, "--plane", "coronal")).isZero();
    assertThat(slices.resolve("0002.png")).exists();
  }

  @Test
  void aSeriesGivesTheSlicesOfEveryVolume() {
    Path slices = folder.resolve("slices");

    assertThat(run("convert", two, "--out", slices)).isZero();

    assertThat(out.toString()).contains("wrote 4 slices");
    assertThat(slices.resolve("0001-0001.png")).exists();
  }

  /** The reference was made by dcm2niix from the same files. */
  @ParameterizedTest
  @CsvSource({"ax_asc_36", "cor_int_35"})
  void aDicomFolderBecomesAFourDimensionalFile(String name) throws IOException {
    Path data =
        Path.of(
            System.getProperty("brain.data", "../../shared/data"), "formats/dicom/head-mr-mosaic");
    assumeTrue(Files.exists(data), () -> "no such folder: " + data);
    Path file = folder.resolve("a.nii.gz");

    assertThat(run("convert", data.resolve(name), "--out", file)).isZero();

    VolumeSeries found = MedicalVolumeReader.withDefaults().readSeries(file);
    VolumeSeries expected =
        MedicalVolumeReader.withDefaults().readSeries(data.resolve(name + ".nii"));
    assertThat(found.intervalSeconds()).isEqualTo(expected.intervalSeconds());
    assertThat(found.volumes()).hasSameSizeAs(expected.volumes());
    for (int t = 0; t < expected.volumes().size(); t++) {
      MedicalVolume reference = expected.volumes().get(t);
      MedicalVolume turned =
          Reorient.to(reference.grid().requireAffine().orientation()).apply(found.volumes().get(t));
      assertThat(turned.grid().matches(reference.grid())).isTrue();
      assertThat(turned.samples()).isEqualTo(reference.samples());
    }
    // Both series are in the folder above.
    assertThat(run("convert", data, "--out", file)).isEqualTo(2);
    assertThat(err.toString()).contains("--series must be 0 to");
  }

  @Test
  void wrongUseIsExplained() {
    assertThat(run("convert", one, "--out", folder.resolve("x"), "--window", 80)).isEqualTo(2);
    assertThat(err.toString()).contains("--window and --level go together");
    assertThat(run("convert", two, "--out", folder.resolve("x"), "--volume", 2)).isEqualTo(2);
    assertThat(err.toString()).contains("--volume must be 0 to 1, got 2");
  }

  /** A limit of the shell stands for a full disk: the system's words name no file either. */
  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aFileThatDoesNotFitIsNamed() throws Exception {
    Path input = folder.resolve("input.nii");
    NiftiWriter.withDefaults()
        .write(MedicalVolume.of(VolumeGrid.ofSize(64, 64, 40), new float[64 * 64 * 40]), input);
    Path output = folder.resolve("output.nii");
    List<String> command = ForkedBrain.of(List.of("convert")).command();
    String line =
        "ulimit -f 200 && exec '%s' -XX:-UsePerfData '%s' convert '%s' --out '%s'"
            .formatted(command.get(0), command.get(1), input, output);
    ProcessBuilder builder = new ProcessBuilder("sh", "-c", line).redirectErrorStream(true);
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    Process process = builder.start();

    String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(told).isEqualTo(1);
    assertThat(told).containsPattern("output.nii: .*, after \\d+ bytes");
    assertThat(output).doesNotExist();
  }
}
