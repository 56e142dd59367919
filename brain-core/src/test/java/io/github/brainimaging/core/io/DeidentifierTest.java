package io.github.brainimaging.core.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.ScanFacts;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.privacy.Deidentifier;
import io.github.brainimaging.core.work.Progress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeidentifierTest {

  private static final String MR = "1.2.840.10008.5.1.4.1.1.4";

  /** Where a file may tell whose it is: tag and type. */
  private static final Object[][] PLACES = {
    {0x00080012, "DA"}, {0x00080050, "SH"}, {0x00080080, "LO"}, {0x00080081, "ST"},
    {0x00080092, "ST"}, {0x00081010, "SH"}, {0x00081030, "LO"}, {0x0008103E, "LO"},
    {0x00081040, "LO"}, {0x00081050, "PN"}, {0x00081070, "PN"}, {0x00081080, "LO"},
    {0x00081090, "LO"}, {0x00091001, "LO"}, {0x00100010, "PN"}, {0x00100020, "LO"},
    {0x00101000, "LO"}, {0x00101001, "PN"}, {0x00101040, "LO"}, {0x00102154, "SH"},
    {0x001021B0, "LT"}, {0x00104000, "LT"}, {0x00180015, "CS"}, {0x00181000, "LO"},
    {0x00181030, "LO"}, {0x00184000, "LT"}, {0x00189424, "LT"}, {0x00200010, "SH"},
    {0x00204000, "LT"}, {0x00280030, "DS"}, {0x00291010, "OB"}, {0x00321060, "LO"},
    {0x00400253, "SH"}, {0x60000022, "LO"}, {0xFFFCFFFC, "OB"},
  };

  @TempDir private Path folder;

  private static DicomBytes slice(String syntax, int number) {
    int[] samples = new int[12];
    Arrays.setAll(samples, i -> 100 * number + i);
    return DicomBytes.image(syntax, 4, 3, 16, false)
        .text(0x00080008, "CS", "ORIGINAL\\PRIMARY\\M")
        .text(0x00080016, "UI", MR)
        .text(0x00080018, "UI", "1.2.3.4.77." + number)
        .text(0x0008103E, "LO", "t1 mprage post gd")
        .text(0x0020000D, "UI", "1.2.3.4.66")
        .text(0x00200032, "DS", "-10\\5\\" + 2 * number)
        .text(0x00200037, "DS", VendorFiles.AXIAL)
        .text(0x00200052, "UI", "1.2.3.4.55")
        .text(0x00280030, "DS", "2\\2")
        .words(samples);
  }

  @CanIgnoreReturnValue
  private Path write(String name, DicomBytes content) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.write(file, content.file());
  }

  private Path clean(Path file) throws IOException {
    Path copy = folder.resolve("copy of " + file.getFileName());
    Deidentifier.withDefaults().write(file, copy);
    return copy;
  }

  private static String text(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.ISO_8859_1);
  }

  @ParameterizedTest
  @ValueSource(strings = {DicomBytes.EXPLICIT, DicomBytes.IMPLICIT, DicomBytes.DEFLATED})
  void noneOfThirtyFiveTokensIsLeftAndTheImageIsTheSame(String syntax) throws IOException {
    DicomBytes slice = slice(syntax, 1);
    DicomBytes nested = new DicomBytes(syntax);
    List<String> tokens = new ArrayList<>();
    for (Object[] place : PLACES) {
      String token = String.format("Tok%02dJane", tokens.size());
      tokens.add(token);
      slice.text((int) place[0], (String) place[1], token);
      nested.text((int) place[0], (String) place[1], token);
    }
    // One of the sequences that are kept, and one that is not.
    slice.sequence(0x00189125, nested).sequence(0x00081140, nested).text(0x00280030, "DS", "2\\2");
    Path file = write("a.dcm", slice);

    Path copy = clean(file);

    assertThat(tokens).hasSize(35);
    assertThat(text(copy)).doesNotContain("Tok").doesNotContain("1.2.3.4");
    assertThat(text(copy)).doesNotContain(DicomBytes.SECRETS);
    MedicalVolume found = DicomFile.open(copy).volume();
    assertThat(found.samples()).isEqualTo(DicomFile.open(file).volume().samples());
    assertThat(found.grid()).isEqualTo(DicomFile.open(file).volume().grid());
  }

  @Test
  void theSequenceIsSaidAndThePatientHasAPseudonym() throws IOException {
    Path file = write("a.dcm", slice(DicomBytes.EXPLICIT, 1));
    Path copy = folder.resolve("b.dcm");

    Deidentifier.withDefaults().withPseudonym("case-7").write(file, copy);

    DicomElements elements = DicomElements.read(copy);
    assertThat(elements.text(0x00100010)).isEqualTo("case-7");
    assertThat(elements.text(0x00100020)).isEqualTo("case-7");
    assertThat(elements.text(0x0008103E)).isEqualTo("T1 with contrast agent");
    assertThat(elements.text(0x00120062)).isEqualTo("YES");
    assertThat(elements.item(0x00120064).text(0x00080100)).isEqualTo("113100");
    assertThat(elements.values()).containsKeys(0x00080020, 0x00080050, 0x00100030, 0x00200010);
    assertThat(DicomFile.open(copy).volume().facts().find(ScanFacts.SEQUENCE)).isPresent();
  }

  @Test
  void valuesOfSignedPixelsStaySigned() throws IOException {
    Path file =
        write("a.dcm", slice(DicomBytes.IMPLICIT, 1).us(0x00280103, 1).us(0x00280120, 0xFA24));

    Path copy = clean(file);

    assertThat(text(copy)).contains("(\0 \1SS\2\0$\u00fa");
    assertThat(DicomFile.open(copy).summary().padding())
        .isEqualTo(DicomFile.open(file).summary().padding());
  }

  @Test
  void bigEndianBecomesLittleEndianWithTheSameValues() throws IOException {
    Path file =
        write("a.dcm", slice(DicomBytes.BIG_ENDIAN, 1).us(0x00280106, 100).us(0x00280107, 111));

    Path copy = clean(file);

    assertThat(DicomFile.open(copy).summary().transferSyntax()).isEqualTo(DicomBytes.EXPLICIT);
    assertThat(DicomFile.open(copy).volume().samples())
        .isEqualTo(DicomFile.open(file).volume().samples());
    assertThat(DicomElements.read(copy).values().get(0x00280107)).containsExactly(111, 0);
  }

  @Test
  void aSeriesStaysASeriesAndNamesOfFilesAreNotCopied() throws IOException {
    for (int i = 0; i < 3; i++) {
      write("in/DOE JANE/" + i + ".dcm", slice(DicomBytes.EXPLICIT, i));
    }
    write("in/scout.dcm", slice(DicomBytes.EXPLICIT, 7).text(0x00080008, "CS", "LOCALIZER"));
    Files.writeString(folder.resolve("in/notes.txt"), "Jane");
    NiftiWriter.withDefaults()
        .write(
            MedicalVolume.of(VolumeGrid.ofSize(2, 2, 2), new float[8]),
            folder.resolve("in/jane.nii.gz"));
    Path out = folder.resolve("out");

    Deidentifier.Result result =
        Deidentifier.withDefaults().writeAll(folder.resolve("in"), out, Progress.none());

    assertThat(result.written())
        .containsExactly(
            out.resolve("series-0/0001.dcm"),
            out.resolve("series-0/0002.dcm"),
            out.resolve("series-0/0003.dcm"),
            out.resolve("volume-0.nii.gz"));
    assertThat(result.leftOut())
        .containsOnlyKeys(folder.resolve("in/scout.dcm"), folder.resolve("in/notes.txt"));
    DicomFolder copies = DicomFolder.scan(out);
    assertThat(copies.series()).hasSize(1);
    assertThat(copies.series().get(0).grid().depth()).isEqualTo(3);
  }

  @Test
  void aKeyMakesUidsThatCanBeMadeAgain() throws IOException {
    Path file = write("a.dcm", slice(DicomBytes.EXPLICIT, 1));
    Deidentifier kept =
        Deidentifier.withDefaults().withKey("a key of many bytes".getBytes(StandardCharsets.UTF_8));
    kept.write(file, folder.resolve("1.dcm"));
    kept.write(file, folder.resolve("2.dcm"));
    Deidentifier.withDefaults().write(file, folder.resolve("3.dcm"));

    assertThat(folder.resolve("1.dcm")).hasSameBinaryContentAs(folder.resolve("2.dcm"));
    assertThat(DicomElements.read(folder.resolve("1.dcm")).text(0x0020000D))
        .startsWith("2.25.")
        .isNotEqualTo(DicomElements.read(folder.resolve("3.dcm")).text(0x0020000D));
    assertThat(kept).hasToString("Deidentifier[anonymous]");
    assertThatThrownBy(() -> kept.withKey(new byte[15]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("key must have 16 bytes");
    assertThatThrownBy(() -> kept.withPseudonym("Jane Doe"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("pseudonym");
  }

  @Test
  void whatMayShowANameOrIsNoImageIsRefused() throws IOException {
    Path burned = write("a.dcm", slice(DicomBytes.EXPLICIT, 1).text(0x00280301, "CS", "YES"));
    Path capture =
        write(
            "b.dcm",
            slice(DicomBytes.EXPLICIT, 1).text(0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.7"));
    Path other = Files.writeString(folder.resolve("c.txt"), "Jane");

    for (Path file : List.of(burned, capture, other)) {
      assertThatThrownBy(() -> clean(file))
          .isInstanceOf(ImageFormatException.class)
          .hasMessageContaining(file.toString());
    }
    assertThat(folder.toFile().list()).containsExactlyInAnyOrder("a.dcm", "b.dcm", "c.txt");
    assertThatThrownBy(() -> Deidentifier.withDefaults().write(other, other))
        .isInstanceOf(FileAlreadyExistsException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void niftiLosesItsTextsAndExtensionsAndKeepsItsVoxels(int version) throws IOException {
    float[] samples = new float[24];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = i;
    }
    ByteArrayOutputStream plain = new ByteArrayOutputStream();
    NiftiWriter.withDefaults()
        .withVersion(version)
        .write(MedicalVolume.of(VolumeGrid.ofSize(4, 3, 2), samples), plain);
    int header = version == 1 ? 348 : 540;
    ByteBuffer told = ByteBuffer.allocate(plain.size() + 32).order(ByteOrder.LITTLE_ENDIAN);
    told.put(plain.toByteArray(), 0, header);
    told.position(version == 1 ? 148 : 240);
    told.put("JaneDoe".getBytes(StandardCharsets.US_ASCII));
    if (version == 1) {
      told.putFloat(108, header + 36);
    } else {
      told.putLong(168, header + 36);
    }
    told.position(header).put(new byte[] {1, 0, 0, 0});
    told.putInt(32).putInt(6).put("JaneDoe, born 1970-01-02".getBytes(StandardCharsets.US_ASCII));
    told.put(plain.toByteArray(), header + 4, plain.size() - header - 4);
    Path file = Files.write(folder.resolve("a.nii"), told.array());
    assertThat(NiftiFile.open(file).volume(0).samples()).isEqualTo(samples);

    Path copy = clean(file);

    assertThat(text(copy)).doesNotContain("Jane");
    assertThat(Files.size(copy)).isEqualTo(plain.size());
    assertThat(NiftiFile.open(copy).volume(0)).isEqualTo(NiftiFile.open(file).volume(0));
  }

  @Test
  void voxelsThatAreCutOffAreTheFilesFault() throws IOException {
    Path file = folder.resolve("a.nii.gz");
    NiftiWriter.withDefaults()
        .write(MedicalVolume.of(VolumeGrid.ofSize(9, 9, 9), new float[729]), file);
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), (int) Files.size(file) - 12));

    assertThatThrownBy(() -> clean(file))
        .isInstanceOf(ImageFormatException.class)
        .hasMessageContaining(file + ": cannot be de-identified");
    assertThat(folder.toFile().list()).containsExactly("a.nii.gz");
  }

  @Test
  void aHeaderWithoutItsVoxelsIsRefused() throws IOException {
    byte[] header = new byte[348];
    ByteBuffer fields = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN).putInt(348);
    fields.putShort(40, (short) 1).putShort(42, (short) 1).putShort(70, (short) 2); // one byte
    System.arraycopy("ni1".getBytes(StandardCharsets.US_ASCII), 0, header, 344, 3);
    Path file = Files.write(folder.resolve("a.hdr"), header);

    assertThatThrownBy(() -> clean(file))
        .isInstanceOf(ImageFormatException.class)
        .hasMessageContaining("found a header alone");
  }
}
