package io.github.brainimaging.core.io;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.brainimaging.core.image.Affine;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeGrid;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Legal but unusual files that programs in the field write. */
class FieldImagesTest {

  private static MedicalImage read(byte[] file) throws IOException {
    return MedicalImageReader.withDefaults().read(file, "a");
  }

  private static byte[] resource(String name) throws IOException {
    return Files.readAllBytes(ReferenceImages.file(name));
  }

  /** A color JPEG whose APP0 segment, which tells that it is YCbCr, is taken out. */
  private static byte[] withoutJfif(byte[] jpeg) {
    byte[] bare = new byte[jpeg.length - 18];
    System.arraycopy(jpeg, 0, bare, 0, 2);
    System.arraycopy(jpeg, 20, bare, 2, jpeg.length - 20);
    return bare;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 34})
  void aColorJpegWithoutMarkersIsYcbcrWhateverItsComponentsAreCalled(int first) throws IOException {
    byte[] jpeg = resource("rgb-444.jpg");
    byte[] bare = withoutJfif(jpeg);
    for (int i = 2;
        i + 3 < bare.length;
        i += 2 + (bare[i + 2] & 0xFF) * 256 + (bare[i + 3] & 0xFF)) {
      boolean scan = bare[i + 1] == (byte) 0xDA;
      if (scan || bare[i + 1] == (byte) 0xC0) {
        int at = i + (scan ? 5 : 10);
        for (int c = 0; c < 3; c++) {
          bare[at + c * (scan ? 2 : 3)] = (byte) (first + c);
        }
      }
      if (scan) {
        break;
      }
    }

    assertThat(read(bare)).isEqualTo(read(jpeg));
  }

  @Test
  void anUnknownRevisionOfJfifAndWhatHangsBehindTheImageDoNotMatter() throws IOException {
    byte[] jpeg = resource("rgb-444.jpg");
    byte[] revised = jpeg.clone();
    revised[11] = 2;
    byte[] film = Arrays.copyOf(jpeg, jpeg.length + 400);
    for (int i = jpeg.length; i < film.length; i += 2) {
      film[i] = (byte) 0xFF;
      film[i + 1] = (byte) 0xDA;
    }

    assertThat(read(revised)).isEqualTo(read(jpeg));
    assertThat(read(film)).isEqualTo(read(jpeg));
  }

  /** Adobe's marker, 16 bytes: what it tells of the colors counts where JFIF tells nothing. */
  private static byte[] withAdobe(byte[] jpeg, int at, int transform) {
    byte[] marked = new byte[jpeg.length + 16];
    System.arraycopy(jpeg, 0, marked, 0, at);
    byte[] marker = {(byte) 0xFF, (byte) 0xEE, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0};
    System.arraycopy(marker, 0, marked, at, marker.length);
    marked[at + 15] = (byte) transform;
    System.arraycopy(jpeg, at, marked, at + 16, jpeg.length - at);
    return marked;
  }

  /** As libjpeg decides, with the samples of Pillow. */
  @Test
  void theColorsAreWhatJfifSaysAndElseAdobe() throws IOException {
    byte[] jpeg = resource("rgb-444.jpg");
    byte[] bare = withoutJfif(jpeg);

    assertThat(read(withAdobe(jpeg, 20, 0))).isEqualTo(read(jpeg));
    assertThat(read(withAdobe(bare, 2, 1))).isEqualTo(read(jpeg));
    assertThat(read(withAdobe(bare, 2, 2))).isEqualTo(read(jpeg));
    assertThat(read(withAdobe(bare, 2, 0))).isNotEqualTo(read(jpeg));
  }

  /** Two by two pixels of 32 bits, of which the last one is the lowest byte of the first row. */
  private static byte[] bitmap(int mask, int alphaMask, int... pixels) {
    ByteBuffer file = ByteBuffer.allocate(138 + 16).order(ByteOrder.LITTLE_ENDIAN);
    file.put((byte) 'B').put((byte) 'M').putInt(154).putInt(0).putInt(138);
    file.putInt(124).putInt(2).putInt(2).putShort((short) 1).putShort((short) 32).putInt(3);
    int bits = Integer.bitCount(mask);
    file.position(54);
    file.putInt(mask << (2 * bits)).putInt(mask << bits).putInt(mask).putInt(alphaMask);
    file.position(138);
    for (int pixel : pixels) {
      file.putInt(pixel);
    }
    return file.array();
  }

  @Test
  void anAlphaThatIsZeroEverywhereWasNotMeant() throws IOException {
    MedicalImage image = read(bitmap(0xFF, 0xFF000000, 0x010203, 0x040506, 0x070809, 0x0A0B0C));

    assertThat(image.samples()).containsExactly(7, 10, 1, 4, 8, 11, 2, 5, 9, 12, 3, 6);
  }

  @Test
  void aBlackImageWithAlphaIsItsAlpha() throws IOException {
    MedicalImage image = read(bitmap(0xFF, 0xFF000000, 0, 0xFF000000, 0x80000000, 0));

    assertThat(image.channels()).isEqualTo(1);
    assertThat(image.samples()).containsExactly(128, 0, 0, 255);
  }

  @Test
  void masksOfTenBitsTellTheirMaximum() throws IOException {
    MedicalImage image = read(bitmap(0x3FF, 0, 1, 2, 3, 1023));

    assertThat(image.nominalMaximum()).isEqualTo(1023);
    assertThat(image.samples()).endsWith(3, 1023, 1, 2);
  }

  @Test
  void bitmapsOfTheSecondOs2AreRead() throws IOException {
    ByteBuffer file = ByteBuffer.allocate(78 + 8).order(ByteOrder.LITTLE_ENDIAN);
    file.put((byte) 'B').put((byte) 'M').putInt(86).putInt(0).putInt(78);
    file.putInt(64).putInt(2).putInt(1).putShort((short) 1).putShort((short) 24).putInt(0);
    file.position(78);
    file.put(new byte[] {3, 2, 1, 6, 5, 4});

    assertThat(read(file.array()).samples()).containsExactly(1, 4, 2, 5, 3, 6);
  }

  private static void chunk(ByteArrayOutputStream png, String type, byte... data) {
    byte[] body = Arrays.copyOf(type.getBytes(StandardCharsets.US_ASCII), 4 + data.length);
    System.arraycopy(data, 0, body, 4, data.length);
    CRC32 crc = new CRC32();
    crc.update(body);
    png.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
    png.writeBytes(body);
    png.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
  }

  @Test
  void aTransparentGrayOfTwoBitsBecomesZero() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (DeflaterOutputStream deflate = new DeflaterOutputStream(packed)) {
      deflate.write(new byte[] {0, (byte) 0b00_01_10_11});
    }
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    png.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
    chunk(
        png, "IHDR", (byte) 0, (byte) 0, (byte) 0, (byte) 4, (byte) 0, (byte) 0, (byte) 0, (byte) 1,
        (byte) 2, (byte) 0, (byte) 0, (byte) 0, (byte) 0);
    chunk(png, "tRNS", (byte) 0, (byte) 2);
    chunk(png, "IDAT", packed.toByteArray());
    chunk(png, "IEND");

    assertThat(read(png.toByteArray()).samples()).containsExactly(0, 85, 0, 255);
  }

  @Test
  void paletteOfUnsignedPixelsMayBeginAbove32767() throws IOException {
    DicomBytes file = DicomBytes.image(DicomBytes.EXPLICIT, 2, 1, 16, false);
    file.text(0x00280004, "CS", "PALETTE COLOR");
    for (int tag : new int[] {0x00281101, 0x00281102, 0x00281103}) {
      file.us(tag, 2, 40000, 16);
    }
    for (int tag : new int[] {0x00281201, 0x00281202, 0x00281203}) {
      file.put(tag, "OW", new byte[] {1, 0, 2, 0});
    }

    assertThat(read(file.words(40000, 40001).file()).samples()).containsExactly(1, 2, 1, 2, 1, 2);
  }

  @Test
  void modalityTablesOfEightBitsMayBePacked() throws IOException {
    DicomBytes table =
        new DicomBytes(DicomBytes.EXPLICIT)
            .us(0x00283002, 4, 0, 8)
            .put(0x00283006, "OW", new byte[] {9, 8, 7, (byte) 200});
    byte[] file =
        DicomBytes.image(DicomBytes.EXPLICIT, 4, 1, 16, false)
            .sequence(0x00283000, table)
            .words(0, 1, 2, 3)
            .file();

    assertThat(read(file).samples()).containsExactly(9, 8, 7, 200);
  }

  @Test
  void tablesOfEightBitsForTheScreenMayBePacked(@TempDir Path folder) throws IOException {
    DicomBytes table =
        new DicomBytes(DicomBytes.EXPLICIT)
            .us(0x00283002, 4, 0, 8)
            .put(0x00283006, "OW", new byte[] {0, 51, 102, (byte) 255});
    byte[] file =
        DicomBytes.image(DicomBytes.EXPLICIT, 4, 1, 16, false)
            .sequence(0x00283010, table)
            .words(3, 2, 1, 0)
            .file();
    DicomFile dicom = DicomFile.open(Files.write(folder.resolve("a.dcm"), file));

    assertThat(dicom.displays(0).get(0).apply(dicom.frame(0)).samples())
        .containsExactly(1, 0.4f, 0.2f, 0);
  }

  @Test
  void placesInAGridFrameOffsetVectorAreNoDistances() throws IOException {
    byte[] file =
        DicomBytes.image(DicomBytes.EXPLICIT, 1, 1, 16, false)
            .text(0x00080060, "CS", "RTDOSE")
            .text(0x00200032, "DS", "-20\\-15\\7")
            .text(0x00200037, "DS", "1\\0\\0\\0\\1\\0")
            .text(0x00280008, "IS", "3")
            .text(0x00280030, "DS", "1.5\\1.25")
            .text(0x3004000C, "DS", "7\\10\\13")
            .words(1, 2, 3)
            .file();

    assertThat(MedicalVolumeReader.withDefaults().read(file, "a").affine().orElseThrow().toArray())
        .containsExactly(-1.25, 0, 0, 20, 0, -1.5, 0, 15, 0, 0, 3, 7);
  }

  @Test
  void aZeroBehindTheAxesOfANiftiFileCountsAsOne() throws IOException {
    ByteArrayOutputStream nifti = new ByteArrayOutputStream();
    MedicalVolume volume = MedicalVolume.of(VolumeGrid.ofSize(2, 1, 2), new float[] {1, 2, 3, 4});
    NiftiWriter.withDefaults().write(volume, nifti);
    byte[] file = nifti.toByteArray();
    ByteBuffer.wrap(file)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putShort(40, (short) 4)
        .putShort(48, (short) 0);

    assertThat(MedicalVolumeReader.withDefaults().read(file, "a").samples())
        .containsExactly(1, 2, 3, 4);
  }

  @Test
  void anAffineThatOverflowsWhenItIsInvertedIsNone() {
    assertThat(Affine.isInvertible(1e-159, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0)).isFalse();
    assertThat(Affine.isInvertible(1, 0, 0, 1e280, 0, 1, 0, 0, 0, 0, 1, 0)).isFalse();
    assertThat(Affine.isInvertible(1e-9, 0, 0, 1e9, 0, 1, 0, 0, 0, 0, 1, 0)).isTrue();
  }
}
