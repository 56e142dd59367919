package io.github.brainimaging.core.io.internal.raster;

import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The compressions that pack the bytes of a strip or tile. The JDK's TIFF reader fills what is
 * missing of damaged data with zeros and says nothing; here it is an error.
 */
final class TiffCompression {

  static final int NONE = 1;
  static final int FAX_MODIFIED_HUFFMAN = 2;
  static final int FAX_GROUP_3 = 3;
  static final int FAX_GROUP_4 = 4;
  static final int LZW = 5;
  static final int JPEG = 7;
  static final int DEFLATE = 8;
  static final int PACK_BITS = 32773;
  static final int DEFLATE_OLD = 32946;

  private static final int LZW_CLEAR = 256;
  private static final int LZW_END = 257;
  private static final int LZW_CODES = 4096;

  /** Of the options of group 3: zeros come before an end of line, so that it ends a byte. */
  static final int FAX_FILL_BITS = 4;

  private static final int EOL_ZEROS = 11;

  private TiffCompression() {}

  /** What a compression that is not read is called (tiff.h of libtiff). */
  static String name(int compression) {
    String name =
        switch (compression) {
          case 6 -> "old JPEG";
          case 9, 10 -> "JBIG";
          case 32766 -> "NeXT";
          case 32809 -> "ThunderScan";
          case 33003, 33005, 34712 -> "JPEG 2000";
          case 34661 -> "JBIG";
          case 34676, 34677 -> "SGI LogLuv";
          case 34887 -> "LERC";
          case 34892, 33007 -> "JPEG";
          case 34925 -> "LZMA";
          case 34933 -> "PNG";
          case 34934, 22610 -> "JPEG XR";
          case 50000 -> "ZSTD";
          case 50001 -> "WebP";
          case 50002, 52546 -> "JPEG XL";
          default -> "";
        };
    return name.isEmpty() ? "compression " + compression : name + " (" + compression + ")";
  }

  /**
   * Group 3 data without fill bits before the first line, which the JDK's reader does not take
   * there. It does before the others.
   *
   * @param reversed whether the first bit of a byte is the lowest
   * @return as many bytes, with zeros at the end
   */
  static byte[] withoutFirstFill(byte[] packed, boolean reversed) {
    int bits = 8 * packed.length;
    int zeros = 0;
    while (zeros < bits && !isSet(packed, zeros, reversed)) {
      zeros++;
    }
    byte[] plain = new byte[packed.length];
    int fill = Math.max(0, zeros - EOL_ZEROS);
    for (int i = fill; i < bits; i++) {
      if (isSet(packed, i, reversed)) {
        int at = i - fill;
        plain[at / 8] |= (byte) (1 << (reversed ? at % 8 : 7 - at % 8));
      }
    }
    return plain;
  }

  private static boolean isSet(byte[] bytes, int bit, boolean reversed) {
    return (bytes[bit / 8] >> (reversed ? bit % 8 : 7 - bit % 8) & 1) != 0;
  }

  static boolean isFax(int compression) {
    return compression >= FAX_MODIFIED_HUFFMAN && compression <= FAX_GROUP_4;
  }

  /**
   * Unpacks a strip or tile.
   *
   * @param length number of bytes that must come out; more are ignored
   */
  static byte[] unpack(int compression, byte[] packed, int length) throws IOException {
    return switch (compression) {
      case NONE -> packed;
      case LZW -> lzw(packed, length);
      case DEFLATE, DEFLATE_OLD -> inflate(packed, length);
      case PACK_BITS -> packBits(packed, length);
      default -> throw new IOException("unknown compression " + compression);
    };
  }

  private static byte[] inflate(byte[] packed, int length) throws IOException {
    // One byte more than needed makes the inflater read on to the checksum.
    byte[] out = new byte[length + 1];
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(packed);
      int end = 0;
      int count;
      do {
        count = inflater.inflate(out, end, out.length - end);
        end += count;
      } while (count > 0 && end < out.length);
      return requireLength(out, end, length);
    } catch (DataFormatException e) {
      throw new IOException("damaged deflate data: " + e.getMessage(), e);
    } finally {
      inflater.end();
    }
  }

  private static byte[] packBits(byte[] packed, int length) throws IOException {
    byte[] out = new byte[length];
    int end = 0;
    int at = 0;
    while (end < length && at < packed.length) {
      int header = packed[at++];
      if (header >= 0) {
        int count = Math.min(Math.min(header + 1, length - end), packed.length - at);
        System.arraycopy(packed, at, out, end, count);
        at += header + 1;
        end += count;
      } else if (header > -128 && at < packed.length) {
        int count = Math.min(1 - header, length - end);
        Arrays.fill(out, end, end + count, packed[at++]);
        end += count;
      }
    }
    return requireLength(out, end, length);
  }

  /**
   * TIFF 6.0 section 13. The string of a code is the string of the code before it and one byte
   * more, so it is a place in what has been written already.
   */
  private static byte[] lzw(byte[] packed, int length) throws IOException {
    if (packed.length > 1 && packed[0] == 0 && (packed[1] & 1) == 1) {
      throw new IOException(
          "expected LZW as of TIFF 5.0 on, found the older one, whose codes begin with the lowest bit");
    }
    byte[] out = new byte[length];
    int[] starts = new int[LZW_CODES];
    int[] lengths = new int[LZW_CODES];
    int next = LZW_END + 1;
    int width = 9;
    int end = 0;
    int previousStart = 0;
    int previousLength = 0;
    long bits = 8L * packed.length;
    long at = 0;
    while (end < length && at + width <= bits) {
      int code = bits(packed, at, width);
      at += width;
      if (code == LZW_END) {
        break;
      }
      if (code == LZW_CLEAR) {
        next = LZW_END + 1;
        width = 9;
        previousLength = 0;
        continue;
      }
      if (code > next || (code == next && previousLength == 0)) {
        throw new IOException("damaged LZW data: code " + code + " comes before it is defined");
      }
      if (previousLength > 0 && next < LZW_CODES) {
        starts[next] = previousStart;
        lengths[next] = previousLength + 1;
        next++;
      }
      int start = end;
      int count = code < LZW_CLEAR ? 1 : Math.min(lengths[code], length - end);
      for (int i = 0; i < count; i++) {
        // Byte after byte: the string may reach into itself.
        out[end++] = code < LZW_CLEAR ? (byte) code : out[starts[code] + i];
      }
      previousStart = start;
      previousLength = count;
      // Codes get wider one code early.
      width = next >= 2047 ? 12 : next >= 1023 ? 11 : next >= 511 ? 10 : 9;
    }
    return requireLength(out, end, length);
  }

  private static int bits(byte[] data, long offset, int count) {
    int value = 0;
    for (long i = offset; i < offset + count; i++) {
      value = value << 1 | (data[(int) (i >> 3)] >> (7 - (i & 7)) & 1);
    }
    return value;
  }

  private static byte[] requireLength(byte[] out, int found, int expected) throws EOFException {
    if (found >= expected) {
      return out;
    }
    throw new EOFException(
        "a strip or tile is cut off: expected " + expected + " bytes, found " + found);
  }
}
