package io.github.brainimaging.core.io.internal.raster;

import java.awt.image.Raster;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Puts the strips or tiles of a TIFF page together. */
final class TiffSegments {

  private static final int SIGNED = 2;
  private static final int FLOATING_POINT = 3;

  private final TiffPage page;
  private final RasterSize size;
  private final RasterSize segment;
  private final int rowBytes;
  private final float[] values;

  private TiffSegments(TiffPage page) throws IOException {
    this.page = page;
    this.size = page.size();
    this.segment = page.segment();
    this.rowBytes =
        Math.toIntExact((segment.width() * segment.channels() * segment.bits() + 7) / 8);
    this.values = new float[Math.toIntExact(size.pixels() * size.channels())];
  }

  /** The samples of a page that {@link TiffChecks} has passed: extra ones too, not interpreted. */
  static Samples read(TiffPage page) throws IOException {
    TiffSegments segments = new TiffSegments(page);
    segments.readAll();
    return Samples.of(
        (int) segments.size.width(),
        (int) segments.size.height(),
        segments.size.channels(),
        segments.values);
  }

  private void readAll() throws IOException {
    long[] offsets = page.segmentOffsets();
    long[] lengths = page.segmentLengths();
    int across = (int) ((size.width() + segment.width() - 1) / segment.width());
    int down = (int) ((size.height() + segment.height() - 1) / segment.height());
    for (int i = 0; i < offsets.length; i++) {
      int left = (int) (i % across * segment.width());
      int top = (int) (i / across % down * segment.height());
      int plane = i / across / down;
      if (page.compression() == TiffCompression.JPEG) {
        Raster raster =
            JpegDecoder.pixels(JpegHeader.of(page.jpeg(offsets[i], lengths[i]))).getRaster();
        place(left, top, plane, raster.getWidth(), raster.getHeight(), raster::getSampleFloat);
      } else {
        place(page.bytes(offsets[i], lengths[i]), left, top, plane);
      }
    }
  }

  private void place(byte[] packed, int left, int top, int plane) throws IOException {
    int rows =
        (int) (page.isTiled() ? segment.height() : Math.min(segment.height(), size.height() - top));
    byte[] raw =
        TiffCompression.unpack(page.compression(), packed, Math.multiplyExact(rows, rowBytes));
    ByteBuffer buffer = ByteBuffer.wrap(raw).order(page.order());
    if (page.hasDifferences()) {
      sum(buffer, rows);
    }
    int format = (int) page.sampleFormats()[0];
    place(
        left,
        top,
        plane,
        (int) segment.width(),
        rows,
        (x, y, band) -> sample(buffer, y * rowBytes, x * segment.channels() + band, format));
  }

  /** A sample of a strip or tile. */
  private interface Source {
    float sample(int x, int y, int band);
  }

  private void place(int left, int top, int plane, int width, int height, Source source) {
    int imageWidth = (int) size.width();
    int imageHeight = (int) size.height();
    for (int band = 0; band < segment.channels(); band++) {
      for (int y = 0; y < Math.min(height, imageHeight - top); y++) {
        int row = ((plane + band) * imageHeight + top + y) * imageWidth + left;
        for (int x = 0; x < Math.min(width, imageWidth - left); x++) {
          values[row + x] = source.sample(x, y, band);
        }
      }
    }
  }

  private float sample(ByteBuffer raw, int rowStart, int index, int format) {
    boolean signed = format == SIGNED;
    int at = rowStart + (int) ((long) index * segment.bits() / 8);
    return switch (segment.bits()) {
      case 8 -> signed ? raw.get(at) : raw.get(at) & 0xFF;
      case 16 -> signed ? raw.getShort(at) : raw.getShort(at) & 0xFFFF;
      case 32 ->
          format == FLOATING_POINT
              ? raw.getFloat(at)
              : signed ? raw.getInt(at) : raw.getInt(at) & 0xFFFFFFFFL;
      case 64 -> (float) raw.getDouble(at);
      default -> packedBits(raw, 8L * rowStart + (long) index * segment.bits());
    };
  }

  private int packedBits(ByteBuffer raw, long offset) {
    int value = 0;
    for (long i = offset; i < offset + segment.bits(); i++) {
      value = value << 1 | (raw.get((int) (i >> 3)) >> (7 - (i & 7)) & 1);
    }
    return value;
  }

  /** Undoes horizontal differencing (TIFF 6.0 section 14) of 8 or 16 bits. */
  private void sum(ByteBuffer raw, int rows) {
    int bytes = segment.bits() / 8;
    int step = segment.channels() * bytes;
    for (int row = 0; row < rows * rowBytes; row += rowBytes) {
      for (int at = row + step; at < row + rowBytes; at += bytes) {
        if (bytes == 1) {
          raw.put(at, (byte) (raw.get(at) + raw.get(at - step)));
        } else {
          raw.putShort(at, (short) (raw.getShort(at) + raw.getShort(at - step)));
        }
      }
    }
  }
}
