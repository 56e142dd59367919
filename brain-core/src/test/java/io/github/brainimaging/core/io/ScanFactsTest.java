package io.github.brainimaging.core.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.Modality;
import io.github.brainimaging.core.image.ScanFacts;
import io.github.brainimaging.core.image.ScanFacts.Fact;
import io.github.brainimaging.core.image.VolumeGrid;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScanFactsTest {

  private static DicomBytes mr() {
    return DicomBytes.image(DicomBytes.EXPLICIT, 2, 2, 8, false)
        .put(0x7FE00010, "OB", new byte[] {1, 2, 3, 4});
  }

  private static ScanFacts read(DicomBytes dicom) throws IOException {
    MedicalImage image = MedicalImageReader.withDefaults().read(dicom.file(), "a.dcm");
    assertThat(MedicalVolumeReader.withDefaults().read(dicom.file(), "a.dcm").facts())
        .isEqualTo(image.facts());
    return image.facts();
  }

  private static String sequence(ScanFacts facts) {
    return facts.find(ScanFacts.SEQUENCE).map(Fact::value).orElse("none");
  }

  @ParameterizedTest
  @CsvSource({
    "t1_mprage_sag_p2_iso, '', T1",
    "t1_se_tra_post KM, '', T1 with contrast agent",
    "AX T1 FSE, GADOVIST, T1 with contrast agent",
    "AX T1 pre, GADOVIST, T1",
    "AX T1 POST GAD, '', T1 with contrast agent",
    "Sag T1 FLAIR, '', T1",
    "t2_tirm_tra_dark-fluid, '', FLAIR",
    "3D T2 FLAIR, '', FLAIR",
    "t2_tse_tra, NONE, T2",
    "t2*_fl2d, '', T2*",
    "ep2d_diff_b1000_ADC, '', diffusion",
    "PD axial, '', PD",
    "Doe Jane follow-up, '', none"
  })
  void aDescriptionNamesTheSequence(String description, String agent, String expected)
      throws IOException {
    ScanFacts facts = read(mr().text(0x0008103E, "LO", description).text(0x00180010, "LO", agent));

    assertThat(sequence(facts)).isEqualTo(expected);
    assertThat(facts.toString()).doesNotContain("Doe").doesNotContain("GADOVIST");
  }

  @ParameterizedTest
  @CsvSource({
    "SE, 500, 14, '', T1",
    "SE, 5000, 100, '', T2",
    "SE, 3000, 15, '', PD",
    "SE\\IR, 9000, 120, 2500, FLAIR",
    "GR, 8, 3, '', none"
  })
  void whereNoTextNamesItTheTimesDo(
      String codes, String repetition, String echo, String inversion, String expected)
      throws IOException {
    ScanFacts facts =
        read(
            mr().text(0x00180020, "CS", codes)
                .text(0x00180080, "DS", repetition)
                .text(0x00180081, "DS", echo)
                .text(0x00180082, "DS", inversion));

    assertThat(sequence(facts)).isEqualTo(expected);
    assertThat(facts.find("echoTimeMs").orElseThrow().value()).isEqualTo(echo);
  }

  @Test
  void codesAndPlaneAreKeptAndFreeTextIsNot() throws IOException {
    ScanFacts facts =
        read(
            mr().text(0x00080008, "CS", "ORIGINAL\\PRIMARY\\M\\jane doe")
                .text(0x00180015, "CS", "BRAIN")
                .text(0x00181030, "LO", "head t2w for Mrs Doe")
                .text(0x00200037, "DS", "0\\1\\0\\0\\0\\-1"));

    assertThat(facts.facts())
        .containsExactly(
            new Fact("modality", "MR", "Modality", 1),
            new Fact("sequence", "T2", "ProtocolName", 1),
            new Fact("plane", "sagittal", "ImageOrientationPatient", 1),
            new Fact("bodyPart", "BRAIN", "BodyPartExamined", 1),
            new Fact("imageType", "ORIGINAL, PRIMARY, M", "ImageType", 1));
    assertThat(facts.modality()).isEqualTo(Modality.MR_T2);
  }

  @ParameterizedTest
  @CsvSource({
    "sub-01_T1w.nii.gz, T1",
    "BraTS19_t1ce.nii, T1 with contrast agent",
    "rano_T1C.nii.gz, T1 with contrast agent",
    "case-T1Gd.nii, T1 with contrast agent",
    "brainix_FLAIR.nii.gz, FLAIR",
    "ms12_s1_T2W.nii, T2",
    "t1t2.nii, none",
    "scan12.nii, none"
  })
  void theNameOfANiftiFileIsToldToBeOne(String name, String expected, @TempDir Path folder)
      throws IOException {
    Path file = folder.resolve(name);
    NiftiWriter.withDefaults()
        .write(MedicalVolume.of(VolumeGrid.ofSize(2, 2, 2), new float[8]), file);

    MedicalVolume volume = MedicalVolumeReader.withDefaults().read(file);

    assertThat(sequence(volume.facts())).isEqualTo(expected);
    assertThat(volume.facts().facts()).allMatch(fact -> fact.source().equals("file name"));
    assertThat(volume.slice(0).facts()).isEqualTo(volume.facts());
    assertThat(NiftiFile.open(file).slice(0, 0).facts()).isEqualTo(volume.facts());
  }

  @ParameterizedTest
  @CsvSource({
    "patient/10_flair.png, FLAIR",
    "T1_10.jpg, T1",
    "scan-t1ce.png, T1 with contrast agent",
    "axial t2w.png, T2",
    "flair/10.png,",
    "3d_t2flair_10.png, FLAIR",
    "no_flair.png,",
    "nonflair_3.png,",
    "flairtools-logo.png,",
    "rest.png,",
    "tof_3.png,"
  })
  void theNameOfAPictureMayTellItsSequence(String name, String sequence) throws IOException {
    MedicalImage image = MedicalImage.ofGray(4, 4, new float[16]).withNominalMaximum(255);
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    PngImageWriter.write(image, png);

    MedicalImage read = MedicalImageReader.withDefaults().read(png.toByteArray(), name);

    assertThat(read.facts().facts())
        .isEqualTo(
            sequence == null
                ? List.of()
                : List.of(new Fact(ScanFacts.SEQUENCE, sequence, "file name", 1)));
  }

  @Test
  void whatIsMissingIsTakenFromOthers() {
    Fact told = new Fact(ScanFacts.SEQUENCE, "T1", "header", 1);
    Fact seen = new Fact(ScanFacts.SEQUENCE, "T2", "image", 0.9);
    Fact plane = new Fact(ScanFacts.PLANE, "axial", "image", 0.8);

    ScanFacts both = new ScanFacts(List.of(told)).and(new ScanFacts(List.of(seen, plane)));

    assertThat(both.facts()).containsExactly(told, plane);
    assertThat(both.modality()).isEqualTo(Modality.MR_T1);
    assertThat(ScanFacts.none().modality()).isEqualTo(Modality.UNKNOWN);
    assertThatThrownBy(() -> new ScanFacts(List.of(told, seen)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("each name once");
    assertThatThrownBy(() -> new Fact("plane", "axial", "image", 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
