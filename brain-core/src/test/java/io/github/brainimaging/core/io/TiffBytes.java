package io.github.brainimaging.core.io;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** TIFF files of one strip, made by tests. */
final class TiffBytes {

  private static final int OFFSETS = 273;
  private static final int COLOR_MAP = 320;
  private static final int LENGTHS = 279;

  private TiffBytes() {}

  /** A tag of one number of 16 bits. */
  static int[] tag(int tag, int value) {
    return new int[] {tag, value};
  }

  /** Gray or colors of a width and height, one strip. */
  static byte[] file(ByteOrder order, byte[] strip, int[] colorMap, int[]... tags) {
    int entries = tags.length + 2 + (colorMap.length > 0 ? 1 : 0);
    int data = 8 + 2 + 12 * entries + 4;
    ByteBuffer file =
        ByteBuffer.allocate(data + 2 * colorMap.length + strip.length + 1).order(order);
    byte letter = (byte) (order == ByteOrder.LITTLE_ENDIAN ? 'I' : 'M');
    file.put(letter).put(letter).putShort((short) 42).putInt(8).putShort((short) entries);
    for (int[] tag : tags) {
      file.putShort((short) tag[0]).putShort((short) 3).putInt(1);
      file.putShort((short) tag[1]).putShort((short) 0);
    }
    entry(file, OFFSETS, 4, 1, data + 2 * colorMap.length);
    entry(file, LENGTHS, 4, 1, strip.length);
    if (colorMap.length > 0) {
      entry(file, COLOR_MAP, 3, colorMap.length, data);
    }
    file.putInt(0);
    for (int value : colorMap) {
      file.putShort((short) value);
    }
    return file.put(strip).array();
  }

  private static void entry(ByteBuffer file, int tag, int type, int count, int value) {
    file.putShort((short) tag).putShort((short) type).putInt(count).putInt(value);
  }
}
