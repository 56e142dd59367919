package io.github.brainimaging.core.io;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Locale;

/** Files as vendors write them, for tests. A slice at place z of volume t holds 10 z + t. */
final class VendorFiles {

  static final String AXIAL = "1\\0\\0\\0\\1\\0";

  private VendorFiles() {}

  static DicomBytes slice(int number, double z, int value) {
    int[] samples = new int[12];
    Arrays.fill(samples, value);
    return DicomBytes.image(DicomBytes.EXPLICIT, 4, 3, 16, false)
        .text(0x00080018, "UI", "1.2." + number)
        .text(0x00200013, "IS", "" + number)
        .text(0x00200032, "DS", String.format(Locale.ROOT, "0\\0\\%.6f", z))
        .text(0x00200037, "DS", AXIAL)
        .text(0x00280030, "DS", "2\\2")
        .words(samples);
  }

  static byte[] doubles(double... values) {
    ByteBuffer buffer = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    Arrays.stream(values).forEach(buffer::putDouble);
    return buffer.array();
  }

  /** A frame of an enhanced object: its place, direction, stack and index. */
  static DicomBytes frame(String place, String direction, String stack, int... index) {
    ByteBuffer values = ByteBuffer.allocate(4 * index.length).order(ByteOrder.LITTLE_ENDIAN);
    Arrays.stream(index).forEach(values::putInt);
    return new DicomBytes(DicomBytes.EXPLICIT)
        .sequence(
            0x00209111,
            new DicomBytes(DicomBytes.EXPLICIT)
                .text(0x00209056, "SH", stack)
                .put(0x00209157, "UL", values.array()))
        .sequence(0x00209113, new DicomBytes(DicomBytes.EXPLICIT).text(0x00200032, "DS", place))
        .sequence(
            0x00209116, new DicomBytes(DicomBytes.EXPLICIT).text(0x00200037, "DS", direction));
  }

  static DicomBytes enhanced(int[] values, DicomBytes... frames) {
    int[] samples = new int[12 * values.length];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = values[i / 12];
    }
    return DicomBytes.image(DicomBytes.EXPLICIT, 4, 3, 16, false)
        .text(0x00080018, "UI", "1.2.3")
        .text(0x00280008, "IS", "" + frames.length)
        .text(0x00280030, "DS", "2\\2")
        .sequence(0x52009230, frames)
        .words(samples);
  }
}
