package io.github.brainimaging.core.io.internal.raster;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.io.internal.Bytes;
import io.github.brainimaging.core.io.internal.Decoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Windows and OS/2 bitmaps of 1, 4, 8, 16, 24 and 32 bits per pixel, uncompressed or RLE. */
public final class BmpDecoder implements Decoder {

  private static final int OS2_HEADER = 12;
  private static final int OS2_HEADER_2 = 64;
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
        && (start[14] == OS2_HEADER || (start[14] >= 40 && start[14] <= 124));
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
    boolean os2 = bytes.uint8(14) == OS2_HEADER;
    long width = os2 ? bytes.uint16(18) : bytes.int32(18);
    // A negative height tells that the rows run from top to bottom.
    long height = os2 ? bytes.uint16(20) : Math.abs((long) bytes.int32(22));
    int bits = bytes.uint16(os2 ? 24 : 28);
    int compression = os2 ? 0 : bytes.int32(30);
    if (compression < 0 || compression > BITFIELDS) {
      throw new IOException(
          "expected an uncompressed or run-length coded bitmap (compression 0 to 3), found "
              + compression);
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
    boolean second = bytes.uint8(14) == OS2_HEADER_2;
    if (second && compression > RLE4) {
      throw new IOException("expected no fax coding in an OS/2 bitmap, found compression 3");
    }
    byte[] known = second ? asWindows(file, dataOffset) : file;
    return Samples.toImage(JdkReader.of("bmp").read(known).image());
  }

  /** The header of OS/2 2.x begins like that of Windows; what it has more is for printers. */
  private static byte[] asWindows(byte[] file, long dataOffset) {
    int start = 14 + OS2_HEADER_2;
    byte[] known = new byte[file.length - (OS2_HEADER_2 - WINDOWS_HEADER)];
    System.arraycopy(file, 0, known, 0, 14 + WINDOWS_HEADER);
    System.arraycopy(file, start, known, 14 + WINDOWS_HEADER, file.length - start);
    ByteBuffer.wrap(known)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(10, (int) dataOffset - (OS2_HEADER_2 - WINDOWS_HEADER))
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
