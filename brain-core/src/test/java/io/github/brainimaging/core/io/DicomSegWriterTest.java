package io.github.brainimaging.core.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.image.VolumeMask;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * {@code seg.dcm} is what the writer gave for {@link #tilted} on 2026-11-26. {@code dciodvfy}
 * (dicom3tools 1.00~20220618093127) and {@code check_dicom_seg.py} beside it (pydicom 3.0.2) found
 * nothing wrong with it; if it has to change, run both again.
 */
class DicomSegWriterTest {

  private static final int WIDTH = 5;
  private static final int HEIGHT = 3;

  @TempDir private Path folder;

  /** A slice of 5 x 3 pixels of 1.5 x 2 mm. */
  private static DicomBytes slice(int number, double y, double z) {
    return DicomBytes.image(DicomBytes.EXPLICIT, WIDTH, HEIGHT, 16, false)
        .text(0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.4")
        .text(0x00080018, "UI", "1.2.840.4711." + number)
        .text(0x00080020, "DA", "20200304")
        .text(0x00080030, "TM", "101112")
        .text(0x00100040, "CS", "O")
        .text(0x00180050, "DS", "3")
        .text(0x0020000D, "UI", "1.2.840.4712")
        .text(0x00200013, "IS", "" + number)
        .text(0x00200032, "DS", String.format(Locale.ROOT, "-12.5\\%s\\%s", y, z))
        .text(0x00200037, "DS", "1\\0\\0\\0\\1\\0")
        .text(0x00200052, "UI", "1.2.840.4713")
        .text(0x00280030, "DS", "2\\1.5")
        .words(new int[WIDTH * HEIGHT]);
  }

  private DicomSeries series(DicomBytes... slices) throws IOException {
    Path in = Files.createDirectories(folder.resolve("in"));
    for (int i = 0; i < slices.length; i++) {
      Files.write(in.resolve(i + ".dcm"), slices[i].file());
    }
    return DicomFolder.scan(in).series().get(0);
  }

  /** Four slices, each 0.25 mm further back, at uneven distances. */
  private DicomSeries tilted() throws IOException {
    return series(slice(1, 0, 0), slice(2, 0.25, 3), slice(3, 0.5, 6), slice(4, 0.75, 10));
  }

  /** Something in the middle two slices; the bits of a frame do not fill whole bytes. */
  private static VolumeMask mask(VolumeGrid grid) {
    boolean[] inside = new boolean[grid.voxels()];
    for (int i : new int[] {0, 3, 7, 14, 15, 16, 29}) {
      inside[WIDTH * HEIGHT + i] = true;
    }
    return VolumeMask.of(grid, inside);
  }

  private Path target() {
    return folder.resolve("out/seg.dcm");
  }

  private static String text(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.ISO_8859_1);
  }

  @Test
  void readsBackAsTheMask() throws IOException {
    DicomSeries source = tilted();
    VolumeMask mask = mask(source.grid());

    DicomSegWriter.ofTumor().write(mask, source, target());

    MedicalVolume found = DicomFile.open(target()).volume();
    assertThat(DicomFile.open(target()).summary().modality()).isEqualTo("SEG");
    assertThat(found.depth()).isEqualTo(2);
    for (int z = 0; z < 2; z++) {
      assertThat(Mask.above(found.slice(z), 0)).isEqualTo(mask.slice(z + 1));
    }
    // The slices lie where those of the source do, not where its affine has them.
    assertThat(found.grid().requireAffine().toArray())
        .containsExactly(
            new double[] {-1.5, 0, 0, 12.5, 0, -2, -0.25, -0.25, 0, 0, 3, 3}, within(1e-9));
  }

  @ParameterizedTest
  @CsvSource({"YES, , YES, not stated by the source", "YES, by hand, YES, by hand", "NO, , '', ''"})
  void keepsThatTheIdentityWasRemoved(
      String removed, @Nullable String how, String expected, String expectedHow)
      throws IOException {
    DicomBytes first = slice(1, 0, 0).text(0x00120062, "CS", removed);
    DicomBytes second = slice(2, 0, 3).text(0x00120062, "CS", removed);
    String method = how == null ? "" : how;
    DicomSeries source =
        series(first.text(0x00120063, "LO", method), second.text(0x00120063, "LO", method));
    boolean[] inside = new boolean[source.grid().voxels()];
    inside[7] = true;

    DicomSegWriter.ofTumor().write(VolumeMask.of(source.grid(), inside), source, target());

    DicomElements written = DicomElements.read(target());
    assertThat(written.text(0x00120062)).isEqualTo(expected);
    assertThat(written.text(0x00120063)).isEqualTo(expectedHow);
  }

  @Test
  void writesTheFileThatOtherProgramsTookForRight() throws IOException {
    DicomSeries source = tilted();

    DicomSegWriter.ofTumor().write(mask(source.grid()), source, target());

    try (InputStream reference = getClass().getResourceAsStream("seg.dcm")) {
      assertThat(target()).hasBinaryContent(Objects.requireNonNull(reference).readAllBytes());
    }
    try (Stream<Path> files = Files.list(target().getParent())) {
      assertThat(files).containsExactly(target());
    }
  }

  @Test
  void aStreamGetsWhatAFileGets() throws IOException {
    DicomSeries series = tilted();
    VolumeMask mask = mask(series.grid());
    DicomFile one = DicomFile.open(series.files().get(0));
    VolumeMask volume = VolumeMask.of(one.volume().grid(), mask.slice(1).toArray());
    DicomSegWriter writer = DicomSegWriter.ofTumor();
    ByteArrayOutputStream ofSeries = new ByteArrayOutputStream();
    ByteArrayOutputStream ofVolume = new ByteArrayOutputStream();
    ByteArrayOutputStream ofSlice = new ByteArrayOutputStream();

    writer.write(mask, series, ofSeries);
    writer.write(volume, one, ofVolume);
    writer.write(mask.slice(1), one, ofSlice);

    writer.write(mask, series, target());
    assertThat(target()).hasBinaryContent(ofSeries.toByteArray());
    writer.write(volume, one, target());
    assertThat(target()).hasBinaryContent(ofVolume.toByteArray());
    assertThat(ofSlice.toByteArray()).isEqualTo(ofVolume.toByteArray());
  }

  @Test
  void givesEqualFilesForEqualInputOnly() throws IOException {
    DicomSeries source = tilted();
    VolumeMask mask = mask(source.grid());
    boolean[] more = mask.toArray();
    more[0] = true;
    Path other = folder.resolve("out/other.dcm");

    DicomSegWriter.ofTumor().write(mask, source, target());
    DicomSegWriter.ofTumor().write(mask, source, other);
    assertThat(other).hasSameBinaryContentAs(target());

    DicomSegWriter.ofTumor().write(VolumeMask.of(mask.grid(), more), source, other);
    assertThat(uid(other)).startsWith("2.25.").isNotEqualTo(uid(target()));
    DicomSegWriter.ofTumor().withAlgorithm("another").write(mask, source, other);
    assertThat(uid(other)).isNotEqualTo(uid(target()));
  }

  /** The SOP instance UID, which is the first UID of its kind in the file. */
  private static String uid(Path file) throws IOException {
    String text = text(file);
    int at = text.indexOf("2.25.");
    return text.substring(at, at + 30);
  }

  @Test
  void tellsWhoTheSourceTellsByteByByte() throws IOException {
    byte[] name = "M\u00dcLLER^J\u00d6RG".getBytes(StandardCharsets.ISO_8859_1);
    DicomSeries source = series(slice(1, 0, 0).put(0x00100010, "PN", name), slice(2, 0, 3));

    DicomSegWriter.ofBrain().write(VolumeMask.empty(source.grid()), source, target());

    assertThat(text(target()))
        .contains("M\u00dcLLER^J\u00d6RG", "ISO_IR 100", "PATIENT-4711", "19700102", "DR^WHO")
        .contains("1.2.840.4711.1", "1.2.840.4711.2", "1.2.840.4712", "1.2.840.4713", "1.2.3.4711")
        .contains("20200304", "101112", "AUTOMATIC", "12738006");
  }

  @Test
  void copiesNumbersOfOtherByteOrdersAndSyntaxesAsWell() throws IOException {
    DicomBytes big = new DicomBytes(DicomBytes.BIG_ENDIAN);
    Path in = Files.createDirectories(folder.resolve("in")).resolve("0.dcm");
    Files.write(
        in,
        big.text(0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.4")
            .text(0x00080018, "UI", "1.2.840.4711.9")
            .text(0x00080060, "CS", "MR")
            .text(0x0020000D, "UI", "1.2.840.4712")
            .text(0x0020000E, "UI", "1.2.840.4714")
            .text(0x00200032, "DS", "1\\2\\3")
            .text(0x00200037, "DS", "0\\1\\0\\0\\0\\-1")
            .text(0x00180050, "DS", "2.5")
            .text(0x00200052, "UI", "1.2.840.4713")
            .us(0x00280002, 1)
            .text(0x00280004, "CS", "MONOCHROME2")
            .us(0x00280010, 1)
            .us(0x00280011, 2)
            .text(0x00280030, "DS", "0.1234567890123456789\\1")
            .us(0x00280100, 16)
            .us(0x00280101, 16)
            .us(0x00280102, 15)
            .us(0x00280103, 0)
            .words(1, 2)
            .file());
    Mask mask = Mask.of(2, 1, new boolean[] {false, true});

    DicomSegWriter.ofTumor().write(mask, DicomFile.open(in), target());

    DicomFile written = DicomFile.open(target());
    assertThat(Mask.above(written.frame(0), 0)).isEqualTo(mask);
    assertThat(written.summary().spacing().y()).isCloseTo(0.12345678901234, within(1e-13));
    assertThat(text(target()))
        .contains("0\\1.0\\0.0", "19000101")
        .doesNotContain("0.123456789012345");
  }

  @Test
  void writesAFrameForEverySliceOfAnEmptyMask() throws IOException {
    DicomSeries source = tilted();

    DicomSegWriter.ofTumor().write(VolumeMask.empty(source.grid()), source, target());

    MedicalVolume found = DicomFile.open(target()).volume();
    assertThat(found.depth()).isEqualTo(4);
    assertThat(found.range()).containsExactly(0, 0);
  }

  /** A segmentation is a file of several frames with places. */
  @Test
  void takesAFileOfSeveralFramesForASource() throws IOException {
    DicomSeries series = tilted();
    DicomSegWriter.ofTumor().write(mask(series.grid()), series, target());
    DicomFile source = DicomFile.open(target());
    VolumeMask mask = VolumeMask.above(source.volume(), 0);
    Path second = folder.resolve("out/second.dcm");

    DicomSegWriter.ofTumor().withManualCorrection().write(mask, source, second);

    assertThat(VolumeMask.above(DicomFile.open(second).volume(), 0)).isEqualTo(mask);
    assertThat(text(second)).contains(uid(target()), "SEMIAUTOMATIC");
    assertThatThrownBy(() -> DicomSegWriter.ofTumor().write(mask, source, target()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("file must be none of the source");
  }

  @Test
  void theReaderRefusesAVolumeOfSeveralSegments() throws IOException {
    DicomBytes segment = new DicomBytes(DicomBytes.EXPLICIT).us(0x00620004, 1);
    Path file = folder.resolve("several.dcm");
    Files.write(file, slice(1, 0, 0).sequence(0x00620002, segment, segment).file());

    assertThatThrownBy(() -> DicomFile.open(file).volume())
        .isInstanceOf(ImageFormatException.class)
        .hasMessageContaining("expected one segment, found 2: read it frame by frame");
    assertThat(DicomFile.open(file).frame(0).width()).isEqualTo(WIDTH);
  }

  @Test
  void refusesAMaskOfAnotherGrid() throws IOException {
    DicomSeries source = tilted();
    VolumeMask other = VolumeMask.empty(VolumeGrid.ofSize(WIDTH, HEIGHT, 3));
    Path one = source.files().get(0);

    assertThatThrownBy(() -> DicomSegWriter.ofTumor().write(other, source, target()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("mask must lie on the grid of the source");
    assertThatThrownBy(
            () -> DicomSegWriter.ofTumor().write(Mask.empty(3, 3), DicomFile.open(one), target()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("mask must be that of a file of one frame, 3 x 3");
    assertThat(target()).doesNotExist();
  }

  @Test
  void neverWritesOverItsSource() throws IOException {
    DicomSeries source = tilted();
    VolumeMask mask = mask(source.grid());
    Path input = source.files().get(2);

    assertThatThrownBy(() -> DicomSegWriter.ofTumor().write(mask, source, input))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("file must be none of the source");
    assertThat(Files.readAllBytes(input)).isEqualTo(slice(3, 0.5, 6).file());
  }

  @Test
  void refusesSourcesThatCannotBeReferredTo() throws IOException {
    DicomSeries source = series(slice(1, 0, 0).text(0x00200052, "UI", ""), slice(2, 0, 3));
    VolumeMask mask = VolumeMask.empty(source.grid());

    assertThatThrownBy(() -> DicomSegWriter.ofTumor().write(mask, source, target()))
        .isInstanceOf(ImageFormatException.class)
        .hasMessageContaining("expected a value of (0020,0052), found none");

    Files.write(source.files().get(1), slice(7, 0, 3).file());
    assertThatThrownBy(() -> DicomSegWriter.ofTumor().write(mask, source, target()))
        .isInstanceOf(ImageFormatException.class)
        .hasMessageContaining("a file of the series has changed since it was found");
    assertThat(target()).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({
    "0020000D, 1.2.840.11111111111111111111111111111111111111111111111111111111111, found one of 67",
    "0020000E, 1.2.840.A, 'found one of 9 characters, not all of which are such'",
    "00200052, 1.2..840, not all of which are such",
    "00080018, 1.2.840., not all of which are such"
  })
  void refusesUidsThatNoFileMayBear(String tag, String uid, String found) throws IOException {
    DicomBytes slice = slice(1, 0, 0).text(Integer.parseInt(tag, 16), "UI", uid);
    DicomSeries source = series(slice);
    String name = "(" + tag.substring(0, 4) + "," + tag.substring(4) + ")";

    assertThatThrownBy(
            () -> DicomSegWriter.ofTumor().write(VolumeMask.empty(source.grid()), source, target()))
        .isInstanceOf(ImageFormatException.class)
        .hasMessageContaining("expected a UID of at most 64 digits and dots in " + name)
        .hasMessageContaining(found);
    assertThat(target()).doesNotExist();
  }

  @Test
  void refusesSlicesWithoutAPlace() throws IOException {
    DicomSeries source =
        series(
            slice(1, 0, 0).text(0x00200032, "DS", ""), slice(2, 0, 0).text(0x00200032, "DS", ""));

    assertThatThrownBy(
            () -> DicomSegWriter.ofTumor().write(VolumeMask.empty(source.grid()), source, target()))
        .isInstanceOf(ImageFormatException.class)
        .hasMessageContaining("expected slices with place and pixel spacing, found none");
  }

  @Test
  void refusesASliceWithoutThickness() throws IOException {
    DicomSeries source = series(slice(1, 0, 0).text(0x00180050, "DS", ""));
    DicomFile file = DicomFile.open(source.files().get(0));

    assertThatThrownBy(
            () -> DicomSegWriter.ofTumor().write(Mask.empty(WIDTH, HEIGHT), file, target()))
        .isInstanceOf(ImageFormatException.class)
        .hasMessageContaining("expected the thickness of the slice, found none");
  }

  @Test
  void refusesTextsThatAFileCannotHold() {
    assertThatThrownBy(() -> new DicomSegWriter.Code("12345678901234567", "SCT", "x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("value must be 1 to 16 printable ASCII characters");
    assertThatThrownBy(() -> DicomSegWriter.ofTumor().withAlgorithm("a\\b"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("algorithm must be");
    assertThatThrownBy(() -> DicomSegWriter.ofTumor().withAlgorithm(" "))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
