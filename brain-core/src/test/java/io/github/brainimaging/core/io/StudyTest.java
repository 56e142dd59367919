package io.github.brainimaging.core.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.Modality;
import io.github.brainimaging.core.image.ScanFacts;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.image.VoxelSpacing;
import io.github.brainimaging.core.study.Study;
import io.github.brainimaging.core.study.StudySeries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StudyTest {

  private static final String STUDY = "1.2.3.1";

  @TempDir private Path folder;

  /** A series in a folder of its own; the folders' names give the order. */
  private void series(
      String name, int slices, double mm, String description, Consumer<DicomBytes> more)
      throws IOException {
    Path place = Files.createDirectories(folder.resolve(name));
    for (int i = 0; i < slices; i++) {
      DicomBytes slice =
          VendorFiles.slice(i, mm * i, i)
              .text(0x00080008, "CS", "ORIGINAL\\PRIMARY\\M")
              .text(0x0008103E, "LO", description)
              .text(0x0020000D, "UI", STUDY)
              .text(0x0020000E, "UI", "1.2.3." + name.hashCode());
      more.accept(slice);
      Files.write(place.resolve(i + ".dcm"), slice.file());
    }
  }

  private void series(String name, int slices, double mm, String description) throws IOException {
    series(name, slices, mm, description, slice -> {});
  }

  private void studyOfTen() throws IOException {
    series("00", 10, 1, "t1 mprage");
    series("01", 10, 5, "t1 tse post gd");
    series("02", 10, 2, "t1 mprage post gd");
    series("03", 12, 2, "t1 mprage post gd");
    series(
        "04", 20, 1, "t1 mprage post gd cor", s -> s.text(0x00080008, "CS", "DERIVED\\PRIMARY\\M"));
    series("05", 10, 1, "ep2d_diff");
    series("06", 10, 1, "t1 post gd", s -> s.text(0x00080008, "CS", "DERIVED\\PRIMARY\\MIP"));
    series("07", 10, 1, "t1 post gd", s -> s.text(0x00180015, "CS", "CSPINE"));
    series("08", 3, 1, "t1 post gd");
    series("09", 10, 1, "dose", s -> s.text(0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.7"));
    series("10", 1, 1, "scout", s -> s.text(0x00080008, "CS", "ORIGINAL\\PRIMARY\\LOCALIZER"));
    Files.write(
        folder.resolve("report.dcm"),
        new DicomBytes(DicomBytes.EXPLICIT)
            .text(0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.88.11")
            .text(0x00080060, "CS", "SR")
            .file());
  }

  @Test
  void ofAStudyOfTenOneIsChosenAndEachOtherHasItsReason() throws IOException {
    studyOfTen();

    Study.Selection selection = Study.scan(folder).select();

    assertThat(selection.chosen()).map(StudySeries::name).contains("series 3");
    assertThat(selection.leftOut())
        .containsExactly(
            entry("series 0", "T1, where T1 with contrast agent is there (series 3)"),
            entry("series 1", "5.0 mm from voxel to voxel, where there are 2.0 (series 3)"),
            entry("series 2", "10 slices, where there are 12 (series 3)"),
            entry("series 4", "made from another series, where an original is there (series 3)"),
            entry("series 5", "diffusion is not asked for"),
            entry("series 6", "computed from other images (MIP)"),
            entry("series 7", "of another part of the body (CSPINE)"),
            entry("series 8", "only 3 slices"),
            entry("series 9", "a picture of a screen or a page"),
            entry(Path.of("10", "0.dcm").toString(), "a localizer"),
            entry("report.dcm", "no image, such as a report or how images are shown"));
  }

  @Test
  void theChosenOneIsReadWhenItIsAskedFor() throws IOException {
    studyOfTen();

    StudySeries chosen = Study.scan(folder).select().chosen().orElseThrow();

    assertThat(chosen.read().grid()).isEqualTo(chosen.grid());
    assertThat(chosen.read().samples()[4 * 3 * 11]).isEqualTo(11);
    assertThat(chosen.files()).hasSize(12);
    assertThat(chosen).hasToString("series 3: T1 with contrast agent, 4 x 3 x 12");
  }

  @Test
  void anotherTaskHasAnotherOrder() throws IOException {
    studyOfTen();
    Study study = Study.scan(folder);

    assertThat(study.select(List.of(Modality.MR_T1)).chosen())
        .map(StudySeries::name)
        .contains("series 0");
    assertThat(study.select(List.of(Modality.CT)).chosen()).isEmpty();
    assertThat(study.select(List.of(Modality.CT)).leftOut())
        .containsEntry("series 0", "T1 is not asked for");
    assertThatThrownBy(() -> study.select(List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("order");
  }

  @Test
  void severalVolumesAtOnePlaceAreNoneToChoose() throws IOException {
    series("a", 16, 1, "t1", s -> {});
    Path place = folder.resolve("a");
    for (int i = 0; i < 16; i++) {
      Files.write(
          place.resolve(i + ".dcm"),
          VendorFiles.slice(i, i % 8, i).text(0x00200012, "IS", "" + i / 8).file());
    }

    assertThat(Study.scan(folder).select().leftOut())
        .containsEntry("series 0", "2 volumes at the same place");
  }

  @Test
  void niftiFilesAreSeriesToo() throws IOException {
    MedicalVolume volume =
        MedicalVolume.of(
            VolumeGrid.ofSize(4, 3, 10).withSpacing(VoxelSpacing.ofMillimeters(1)), new float[120]);
    for (String name : List.of("sub-01_T1w.nii.gz", "sub-01_FLAIR.nii.gz", "sub-01_T1w_mask.nii")) {
      NiftiWriter.withDefaults().write(volume, folder.resolve(name));
    }
    MedicalVolume unknown = MedicalVolume.of(VolumeGrid.ofSize(4, 3, 10), new float[120]);
    NiftiWriter.withDefaults().write(unknown, folder.resolve("sub-02_T1w.nii"));
    Study study = Study.scan(folder);

    assertThat(study.select().chosen()).map(StudySeries::name).contains("sub-01_T1w.nii.gz");
    assertThat(study.select().leftOut())
        .containsEntry("sub-01_FLAIR.nii.gz", "FLAIR, where T1 is there (sub-01_T1w.nii.gz)")
        .containsEntry("sub-01_T1w_mask.nii", "a mask, by its name")
        .containsEntry(
            "sub-02_T1w.nii",
            "the size of its voxels is unknown, where there are 1.0 mm (sub-01_T1w.nii.gz)");
  }

  @Test
  void whatIsNotToldIsLookedAt() throws IOException {
    series("a", 10, 1, "t2 tse");
    series("b", 10, 1, "series b");
    Study study = Study.scan(folder);
    ScanFacts contrast =
        new ScanFacts(
            List.of(
                new ScanFacts.Fact(ScanFacts.SEQUENCE, "T1 with contrast agent", "image", 0.9)));

    Study described = study.describedBy(volume -> contrast);

    assertThat(study.select().chosen()).map(StudySeries::name).contains("series 0");
    assertThat(described.select().chosen()).map(StudySeries::name).contains("series 1");
    assertThat(described.series().get(0).kind()).as("the file knows better").isEqualTo("T2");
  }

  @Test
  void whatCannotBeReadWhenLookedAtIsNotChosen() throws IOException {
    series("a", 10, 1, "series a");
    Study study = Study.scan(folder);
    Files.write(folder.resolve("a").resolve("3.dcm"), new byte[] {1, 2, 3});

    Study.Selection selection = study.describedBy(volume -> ScanFacts.none()).select();

    assertThat(selection.chosen()).isEmpty();
    assertThat(selection.leftOut().get("series 0")).contains("3.dcm");
  }

  @Test
  void patientsAreNotMixed() throws IOException {
    series("a", 10, 1, "t1");
    series("b", 10, 1, "t1", s -> s.text(0x0020000D, "UI", "1.2.3.2"));

    assertThatThrownBy(() -> Study.scan(folder))
        .isInstanceOf(ImageFormatException.class)
        .hasMessageContaining("expected one study, found series of several");
    assertThat(Study.scan(folder.resolve("b")).series()).hasSize(1);
  }

  @Test
  void aFolderWithoutImagesHasNothingToChoose() throws IOException {
    assertThat(Study.scan(folder).select())
        .isEqualTo(new Study.Selection(Optional.empty(), Map.of()));
  }
}
