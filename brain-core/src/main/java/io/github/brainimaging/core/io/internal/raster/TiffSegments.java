package io.github.brainimaging.core.io.internal.raster;

import io.github.brainimaging.core.internal.HalfFloat;
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
        place(page.packed(offsets[i], lengths[i]), left, top, plane);
      }
    }
  }

  private void place(byte[] packed, int left, int top, int plane) throws IOException {
    int rows =
        (int) (page.isTiled() ? segment.height() : Math.min(segment.height(), size.height() - top));
    byte[] raw =
        TiffCompression.unpack(page.compression(), packed, Math.multiplyExact(rows, rowBytes));
    ByteBuffer buffer = ByteBuffer.wrap(raw).order(page.order());
    int predictor = page.predictor();
    for (int row = 0; row < rows && predictor > 1; row++) {
      ByteBuffer bytes = buffer.slice(row * rowBytes, rowBytes).order(page.order());
      TiffPredictor.undo(predictor, bytes, segment);
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
      case 16 ->
          format == FLOATING_POINT
              ? HalfFloat.toFloat(raw.getShort(at))
              : signed ? raw.getShort(at) : raw.getShort(at) & 0xFFFF;
      case 32 ->
          format == FLOATING_POINT
              ? raw.getFloat(at)
              : signed ? raw.getInt(at) : raw.getInt(at) & 0xFFFFFFFFL;
      case 64 ->
          format == FLOATING_POINT
              ? (float) raw.getDouble(at)
              : signed ? raw.getLong(at) : unsigned(raw.getLong(at));
      default -> packedBits(raw, 8L * rowStart + (long) index * segment.bits());
    };
  }

  /** Halved with the lost bit kept, so that the conversion rounds as it would the whole. */
  private static float unsigned(long value) {
    return value >= 0 ? value : 2f * ((value >>> 1) | (value & 1));
  }

  private int packedBits(ByteBuffer raw, long offset) {
    int value = 0;
    for (long i = offset; i < offset + segment.bits(); i++) {
      value = value << 1 | (raw.get((int) (i >> 3)) >> (7 - (i & 7)) & 1);
    }
    return value;
  }
}
