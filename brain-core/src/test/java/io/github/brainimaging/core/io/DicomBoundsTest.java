package io.github.brainimaging.core.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Small files that promise much work: each is read or refused within two seconds of a processor.
 */
class DicomBoundsTest {

  private static final int FRAMES = 65_536;

  @TempDir private Path folder;
  private final long before = cpuTime();

  private static long cpuTime() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private void assertWithinBound() {
    assertThat(cpuTime() - before).isLessThan(2_000_000_000L);
  }

  private DicomFile open(byte[] file) throws IOException {
    return DicomFile.open(Files.write(folder.resolve("a.dcm"), file));
  }

  /** An image of so many pixels of 8 bits, all zero. */
  private static DicomBytes pixels(int columns, int frames) {
    return DicomBytes.image(DicomBytes.DEFLATED, columns, 1, 8, false)
        .text(0x00080018, "UI", "1.2.3")
        .text(0x00280008, "IS", "" + frames)
        .text(0x00280030, "DS", "1\\1")
        .put(0x7FE00010, "OB", new byte[columns * frames]);
  }

  private static DicomBytes item() {
    return new DicomBytes(DicomBytes.DEFLATED);
  }

  @Test
  void manyFramesEachWithItsPlace() throws IOException {
    DicomBytes[] groups = new DicomBytes[FRAMES];
    for (int i = 0; i < FRAMES; i++) {
      groups[i] = item().sequence(0x00209113, item().text(0x00200032, "DS", "0\\0\\" + i));
    }
    byte[] file =
        pixels(1, FRAMES)
            .text(0x00200037, "DS", VendorFiles.AXIAL)
            .sequence(0x52009230, groups)
            .file();
    // The code is compiled on the way: the first time says nothing of the work.
    assertThat(open(file).volume().depth()).isEqualTo(FRAMES);
    long start = cpuTime();

    assertThat(open(file).volume().depth()).isEqualTo(FRAMES);

    assertThat(cpuTime() - start).isLessThan(2_000_000_000L);
  }

  @Test
  void sharedGroupsAreNotGoneThroughForEachFrame() throws IOException {
    DicomBytes[] measures = new DicomBytes[60_000];
    Arrays.setAll(measures, i -> item());
    byte[] file =
        pixels(1, FRAMES).sequence(0x52009229, item().sequence(0x00289110, measures)).file();

    assertThat(open(file).summary().frames()).isEqualTo(FRAMES);

    assertWithinBound();
  }

  @Test
  void offsetsOfADoseGridAreReadOnce() throws IOException {
    int frames = 16_000;
    byte[] file =
        pixels(1, frames)
            .text(0x00200032, "DS", "0\\0\\0")
            .text(0x00200037, "DS", VendorFiles.AXIAL)
            .text(0x3004000C, "DS", "0\\1" + "\\0\\1".repeat(frames / 2 - 1))
            .file();

    assertThat(open(file).summary().frames()).isEqualTo(frames);

    assertWithinBound();
  }

  @Test
  void aPaletteOfSegmentsThatRepeatEachOtherIsRefused() throws IOException {
    DicomBytes image = pixels(4, 1).text(0x00280004, "CS", "PALETTE COLOR");
    int[] repeated = new int[400_000];
    for (int i = 0; i < repeated.length; i += 4) {
      repeated[i] = 2; // an indirect segment of so many segments
      repeated[i + 1] = 60_000;
    }
    for (int c = 0; c < 3; c++) {
      image.us(0x00281101 + c, 256, 0, 16).us(0x00281221 + c, c == 0 ? repeated : new int[4]);
    }
    byte[] file = image.file();

    assertThatThrownBy(() -> open(file).frame(0))
        .isInstanceOf(ImageFormatException.class)
        .hasMessageContaining("palette");

    assertWithinBound();
  }

  /** A codestream of one gray tile without wavelet levels. */
  private static byte[] codestream(int size, int precinct, int layers, byte[] packets) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {-1, 0x4F, -1, 0x51});
    ByteBuffer header = ByteBuffer.allocate(41);
    header.putShort((short) 41).putShort((short) 0).putInt(size).putInt(size).putInt(0).putInt(0);
    header.putInt(size).putInt(size).putInt(0).putInt(0).putShort((short) 1);
    header.put(new byte[] {7, 1, 1});
    out.writeBytes(header.array());
    out.writeBytes(new byte[] {-1, 0x52, 0, 13, 1, 0, (byte) (layers >> 8), (byte) layers, 0});
    out.writeBytes(new byte[] {0, 4, 4, 0, 1, (byte) precinct});
    out.writeBytes(new byte[] {-1, 0x5C, 0, 4, 0x40, 9 << 3});
    out.writeBytes(new byte[] {-1, (byte) 0x90, 0, 10, 0, 0, 0, 0, 0, 0, 0, 1, -1, (byte) 0x93});
    out.writeBytes(packets);
    out.writeBytes(new byte[] {-1, (byte) 0xD9});
    return out.toByteArray();
  }

  private DicomFile jpeg2000(int size, byte[] stream) throws IOException {
    return open(
        DicomBytes.image("1.2.840.10008.1.2.4.90", size, size, 8, false).encapsulated(stream));
  }

  @Test
  void precinctsOfASampleAreRefused() throws IOException {
    DicomFile file = jpeg2000(1000, codestream(1000, 0, 1, new byte[1_000_001]));

    assertThatThrownBy(() -> file.frame(0))
        .isInstanceOf(ImageFormatException.class)
        .hasMessageContaining("found JPEG 2000 precincts of a few samples each");

    assertWithinBound();
  }

  @Test
  void passesWithoutDataAreRefused() throws IOException {
    int layers = 1000;
    String passes = "1".repeat(16) + "0" + "0".repeat(10); // 164 of them, no byte
    ByteArrayOutputStream packets = new ByteArrayOutputStream();
    for (int layer = 0; layer < layers; layer++) {
      // Not empty and included; the first time also that no bit plane is.
      packets.writeBytes(packet((layer == 0 ? "111" : "11") + passes));
    }
    DicomFile file = jpeg2000(64, codestream(64, 0xFF, layers, packets.toByteArray()));

    assertThatThrownBy(() -> file.frame(0))
        .isInstanceOf(ImageFormatException.class)
        .hasMessageContaining("found more JPEG 2000 passes than the data can tell of");

    assertWithinBound();
  }

  /** The bytes of a packet header: after a byte of 0xFF the next one has seven bits. */
  private static byte[] packet(String bits) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int last = 0;
    for (int at = 0; at < bits.length() || last == 0xFF; ) {
      int width = last == 0xFF ? 7 : 8;
      String part =
          bits.substring(Math.min(at, bits.length()), Math.min(at + width, bits.length()));
      last = Integer.parseInt(part + "0".repeat(width - part.length()), 2);
      out.write(last);
      at += width;
    }
    return out.toByteArray();
  }

  @Test
  void theHeadersOfThoseStreamsAreSound() throws IOException {
    // One packet that is empty: an image of middle gray.
    DicomFile file =
        jpeg2000(64, codestream(64, 0xFF, 1, "\0".getBytes(StandardCharsets.US_ASCII)));

    assertThat(file.frame(0).get(5, 5, 0)).isEqualTo(128);
  }
}
