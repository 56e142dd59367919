package io.github.brainimaging.core.io.internal.raster;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.io.internal.Bytes;
import io.github.brainimaging.core.io.internal.Decoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** Windows and OS/2 bitmaps of 1, 4, 8, 16, 24 and 32 bits per pixel, uncompressed or RLE. */
public final class BmpDecoder implements Decoder {

  private static final int OS2_HEADER = 12;
  private static final int OS2_HEADER_2 = 64;

  /** The same, of which all that is zero at the end was left out. */
  private static final int OS2_HEADER_SHORT = 16;

  private static final int WINDOWS_HEADER = 40;
  private static final int RLE8 = 1;
  private static final int RLE4 = 2;
  private static final int BITFIELDS = 3;

  @Override
  public String format() {
    return "BMP";
  }

  /** "BM" alone could start a text: the size of the second header must be a known one too. */
  @Override
  public boolean recognizes(byte[] start) {
    return Bytes.match(start, 0, 'B', 'M')
        && start.length > 18
        && Bytes.match(start, 15, 0, 0, 0)
        && (start[14] == OS2_HEADER
            || start[14] == OS2_HEADER_SHORT
            || (start[14] >= WINDOWS_HEADER && start[14] <= 124));
  }

  @Override
  public MedicalImage decode(byte[] file, long maximumPixels) throws IOException {
    Bytes bytes = Bytes.of(file, ByteOrder.LITTLE_ENDIAN);
    long dataOffset = bytes.uint32(10);
    bytes.at(dataOffset, 1);
    bytes.at(14, bytes.uint8(14));
    if (dataOffset < 14 + bytes.uint8(14)) {
      throw new IOException("expected the pixels behind the header, found them at " + dataOffset);
    }
    int header = bytes.uint8(14);
    if (header == OS2_HEADER_SHORT || header == OS2_HEADER_2) {
      if (header == OS2_HEADER_2 && bytes.int32(30) > RLE4) {
        throw unknownCompression(bytes.int32(30), true);
      }
      return decode(asWindows(file, header, dataOffset), maximumPixels);
    }
    boolean os2 = header == OS2_HEADER;
    long width = os2 ? bytes.uint16(18) : bytes.int32(18);
    // A negative height tells that the rows run from top to bottom.
    long height = os2 ? bytes.uint16(20) : Math.abs((long) bytes.int32(22));
    int bits = bytes.uint16(os2 ? 24 : 28);
    int compression = os2 ? 0 : bytes.int32(30);
    if (compression < 0 || compression > BITFIELDS) {
      throw unknownCompression(compression, false);
    }
    if (!List.of(1, 4, 8, 16, 24, 32).contains(bits)) {
      throw new IOException("expected 1, 4, 8, 16, 24 or 32 bits per pixel, found " + bits);
    }
    if (!os2) {
      requirePalette(bytes, bits);
    }
    RasterSize size = new RasterSize(width, height, 3, 8);
    size.requireWithin(maximumPixels);
    boolean runs = compression == RLE8 || compression == RLE4;
    // Two bytes make a run of at most 255 pixels.
    long needed = runs ? width * height / 128 : (width * bits + 31) / 32 * 4 * height;
    size.requireData(needed, file.length - dataOffset);
    return Samples.toImage(JdkReader.of("bmp").read(file).image());
  }

  private static IOException unknownCompression(int compression, boolean os2) {
    String name =
        switch (compression) {
          case 3 -> "fax coding";
          case 4 -> os2 ? "24-bit run-length coding" : "JPEG";
          case 5 -> "PNG";
          case 6 -> "bit fields with alpha in a header that has none";
          case 11, 12, 13 -> "CMYK";
          default -> "compression";
        };
    return new IOException(
        String.format(
            "expected an uncompressed or run-length coded bitmap (compression 0 to %d), found %s (%d)",
            os2 ? RLE4 : BITFIELDS, name, compression));
  }

  /** The header of OS/2 2.x begins like that of Windows; what it has more is for printers. */
  private static byte[] asWindows(byte[] file, int header, long dataOffset) {
    int more = WINDOWS_HEADER - header;
    byte[] known = new byte[file.length + more];
    System.arraycopy(file, 0, known, 0, 14 + Math.min(header, WINDOWS_HEADER));
    System.arraycopy(file, 14 + header, known, 14 + WINDOWS_HEADER, file.length - 14 - header);
    ByteBuffer.wrap(known)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(2, known.length)
        .putInt(10, (int) dataOffset + more)
        .putInt(14, WINDOWS_HEADER);
    return known;
  }

  private static void requirePalette(Bytes bytes, int bits) throws IOException {
    long entries = bytes.uint32(46);
    if (entries > 256 || (bits <= 8 && entries > 1L << bits)) {
      throw new IOException(
          "expected at most as many palette entries as values of "
              + bits
              + " bits, found "
              + entries);
    }
  }
}
