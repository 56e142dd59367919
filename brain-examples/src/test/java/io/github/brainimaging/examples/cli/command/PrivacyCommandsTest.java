package io.github.brainimaging.examples.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.io.DicomFolder;
import io.github.brainimaging.core.io.MedicalVolumeReader;
import io.github.brainimaging.core.io.NiftiWriter;
import io.github.brainimaging.examples.cli.Commands;
import io.github.brainimaging.examples.cli.DicomSlices;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code deidentify} and {@code deface} as a user runs them. */
class PrivacyCommandsTest {

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(Object... arguments) {
    return Commands.run(out, err, arguments);
  }

  /** With a value that nothing else has, the least. */
  private static MedicalVolume head() {
    MedicalVolume head = Ellipsoids.head(1);
    float[] samples = head.samples();
    samples[0] = 1;
    return head.withSamples(samples);
  }

  @Test
  void aSeriesIsCopiedWithoutItsPatient() throws IOException {
    DicomSlices.write(head(), folder.resolve("in/DOE"));
    Path secret = Files.writeString(folder.resolve("key"), "sixteen bytes or more");
    Path copies = folder.resolve("copies");

    assertThat(
            run(
                "deidentify",
                folder.resolve("in"),
                "--out",
                copies,
                "--pseudonym",
                "case-7",
                "--key-file",
                secret))
        .as(err.toString())
        .isZero();

    assertThat(out.toString()).contains(Ellipsoids.SIDE + " files without identity: ");
    assertThat(DicomFolder.scan(copies).series().get(0).grid().depth()).isEqualTo(Ellipsoids.SIDE);
    String file =
        Files.readString(copies.resolve("series-0/0001.dcm"), StandardCharsets.ISO_8859_1);
    assertThat(file).contains("case-7").doesNotContain("JANE").doesNotContain("1.2.840.4711");
  }

  @Test
  void aPseudonymThatIsNoneAndAFolderWithoutImagesAreTold() throws IOException {
    Files.createDirectories(folder.resolve("in"));
    Files.writeString(folder.resolve("in/a.txt"), "Jane");
    Path copies = folder.resolve("copies");

    assertThat(run("deidentify", folder, "--out", copies, "--pseudonym", "Jane Doe")).isEqualTo(2);
    assertThat(run("deidentify", folder.resolve("in"), "--out", copies)).isOne();

    assertThat(err.toString()).contains("pseudonym must be 1 to 64 letters");
    assertThat(out.toString()).contains("left out: ", "a.txt: neither an image of DICOM nor NIfTI");
  }

  @Test
  void theFaceIsOverwrittenAndTheBrainStays() throws IOException {
    Path head = folder.resolve("head.nii");
    NiftiWriter.withDefaults().write(head(), head);
    Path defaced = folder.resolve("defaced.nii.gz");

    assertThat(run("deface", head, "--out", defaced, "--method", "threshold"))
        .as(err.toString())
        .isZero();

    MedicalVolume found = MedicalVolumeReader.withDefaults().read(defaced);
    assertThat(found.get(24, 24, 24)).isEqualTo(head().get(24, 24, 24));
    assertThat(found.get(24, 48, 2)).as("before and below").isOne();
    assertThat(found.get(24, 2, 2)).as("behind and below").isEqualTo(2);
    assertThat(out.toString()).contains("head without its face: ");
    assertThat(run("deface", head, "--out", defaced, "--margin", 60)).isEqualTo(2);
    assertThat(err.toString()).contains("--margin must be 0 to 50 mm, got");
  }
}
