package io.github.brainimaging.core.io;

import static io.github.brainimaging.core.io.VendorFiles.slice;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.brainimaging.core.image.MedicalVolume;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Mosaics whose headers archives move, fragments, palettes. */
class DicomArchivesTest {

  private static final int[] TILES = {0, 0, 1, 1, 0, 0, 1, 1, 2, 2, 3, 3, 2, 2, 3, 3};

  @TempDir private Path folder;

  private void write(String name, DicomBytes file) throws IOException {
    Files.write(folder.resolve(name), file.file());
  }

  private static List<Float> values(MedicalVolume volume) {
    return List.of(volume.get(0, 0, 0), volume.get(0, 0, 1), volume.get(0, 0, 2));
  }

  /** A header with the number of tiles and the direction from one to the next. */
  private static byte[] csa(int version) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    if (version == 2) {
      out.writeBytes("SV10\4\3\2\1".getBytes(StandardCharsets.ISO_8859_1));
    }
    out.writeBytes(ints(2, 77));
    tag(out, "NumberOfImagesInMosaic", "3");
    tag(out, "SliceNormalVector", "0.0", "0.0", "1.0");
    return out.toByteArray();
  }

  private static void tag(ByteArrayOutputStream out, String name, String... values) {
    out.writeBytes(Arrays.copyOf(name.getBytes(StandardCharsets.US_ASCII), 64));
    out.writeBytes(ints(values.length, 0, 0, values.length, 77));
    for (String value : values) {
      out.writeBytes(ints(0, value.length(), 77, 0));
      int padded = (value.length() + 3) / 4 * 4;
      out.writeBytes(Arrays.copyOf(value.getBytes(StandardCharsets.US_ASCII), padded));
    }
  }

  private static byte[] ints(int... values) {
    ByteBuffer buffer = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    Arrays.stream(values).forEach(buffer::putInt);
    return buffer.array();
  }

  private static DicomBytes mosaic(int number, double z, int block, int version) {
    return slice(number, z, 0)
        .us(0x00280010, 4)
        .text(0x00080008, "CS", "ORIGINAL\\PRIMARY\\M\\MOSAIC")
        .text(0x00180088, "DS", "3")
        .text(0x00290000 | block, "LO", "SIEMENS CSA HEADER")
        .put(0x00290010 | block << 8, "OB", csa(version))
        .words(TILES);
  }

  @ParameterizedTest
  @CsvSource({"16, 2", "17, 2", "18, 2", "16, 1"})
  void findsTheCsaHeaderInWhateverBlockItStands(int block, int version) throws IOException {
    DicomBytes file = mosaic(1, 0, block, version);
    if (block > 16) {
      file.text(0x00290010, "LO", "ANOTHER CREATOR").put(0x00291010, "OB", new byte[4]);
    }
    write("a", file);

    MedicalVolume volume = DicomFile.open(folder.resolve("a")).volume();

    assertThat(values(volume)).containsExactly(0f, 1f, 2f);
    assertThat(volume.depth()).isEqualTo(3);
    // Half of the 2 pixels that the picture is wider than a tile, and as much down.
    assertThat(volume.affine().orElseThrow().toArray())
        .containsExactly(-2, 0, 0, -2, 0, -2, 0, -2, 0, 0, 3, 0);
  }

  @Test
  void mosaicsMovedByMotionCorrectionStayWhole() throws IOException {
    double[] moves = {0, 0.4, -0.3};
    for (int t = 0; t < 3; t++) {
      write("t" + t, mosaic(t + 1, moves[t], 16, 2));
    }

    DicomSeries series = DicomFolder.scan(folder).series().get(0);

    assertThat(series.readAll().volumes()).hasSize(3);
    for (MedicalVolume volume : series.readAll().volumes()) {
      assertThat(values(volume)).containsExactly(0f, 1f, 2f);
    }
    assertThat(series.findings().toString()).contains("moved by up to 0.40 mm");
  }

  @Test
  void framesInFragmentsEndWithTheirMarkerWhereNoTableTells() throws IOException {
    String line =
        DicomFileTest.streams().stream()
            .filter(l -> l.startsWith("jpeg-lossless-1|"))
            .findFirst()
            .get();
    String[] fields = line.split("\\|", -1);
    byte[] stream = Base64.getDecoder().decode(fields[10]);
    DicomBytes image = DicomBytes.image(fields[1], 21, 18, 16, false).text(0x00280008, "IS", "2");
    // Two frames of two fragments each; the table is emptied.
    byte[] one = image.encapsulated(stream, stream);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] item = {-2, -1, 0, -32};
    int table =
        new String(one, StandardCharsets.ISO_8859_1)
            .indexOf(new String(item, StandardCharsets.ISO_8859_1));
    out.write(one, 0, table);
    out.writeBytes(item);
    out.writeBytes(ints(0));
    out.write(one, table + 16, one.length - table - 16);
    Files.write(folder.resolve("a"), out.toByteArray());

    DicomFile file = DicomFile.open(folder.resolve("a"));

    float first = Float.parseFloat(fields[11].split(" ", -1)[0]);
    assertThat(file.frame(0).get(0, 0, 0)).isEqualTo(first);
    assertThat(file.frame(1)).isEqualTo(file.frame(0));
  }

  @Test
  void aPaletteOfSixteenBitsIsWrittenAsEight() throws IOException {
    DicomBytes palette =
        DicomBytes.image(DicomBytes.EXPLICIT, 2, 1, 8, false)
            .text(0x00280004, "CS", "PALETTE COLOR")
            .put(0x7FE00010, "OB", new byte[] {1, 2});
    for (int c = 0; c < 3; c++) {
      palette.us(0x00281101 + c, 3, 0, 16).us(0x00281201 + c, 0, 257 * (10 + c), 257 * (40 + c));
    }
    write("a", palette);
    Path target = folder.resolve("a.nii");

    NiftiWriter.withDefaults().write(DicomFile.open(folder.resolve("a")).volume(), target);

    assertThat(MedicalVolumeReader.withDefaults().read(target).samples())
        .containsExactly(10, 40, 11, 41, 12, 42);
  }
}
