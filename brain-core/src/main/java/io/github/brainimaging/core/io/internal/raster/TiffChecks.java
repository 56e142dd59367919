package io.github.brainimaging.core.io.internal.raster;

import java.io.IOException;
import java.util.Arrays;

/**
 * What a TIFF page must fulfil before the JDK's reader sees it: a kind of image that is supported,
 * a size within the limits, and strips or tiles that can hold it.
 */
final class TiffChecks {

  private static final int YCBCR = 6;
  private static final int JPEG = 7;

  private TiffChecks() {}

  static void requireSupported(TiffPage page, long maximumPixels) throws IOException {
    requireColors(page);
    requireSampleKind(page);
    RasterSize size = page.size();
    if (size.channels() < page.colorChannels()) {
      throw new IOException(
          "expected " + page.colorChannels() + " samples per pixel, found " + size.channels());
    }
    size.requireWithin(maximumPixels);
    if (page.hasPalette()) {
      new RasterSize(size.width(), size.height(), 3, 8).requireWithin(maximumPixels);
    }
    page.segment().requireWithin(maximumPixels);
    requireSegments(page);
  }

  private static void requireColors(TiffPage page) throws IOException {
    int photometric = page.photometric();
    boolean jpegColors = photometric == YCBCR && page.compression() == JPEG;
    if (photometric < 0 || (photometric > 3 && !jpegColors)) {
      throw new IOException(
          "expected gray, palette or RGB (photometric interpretation 0 to 3, or 6 with JPEG"
              + " compression), found "
              + photometric);
    }
  }

  private static void requireSampleKind(TiffPage page) throws IOException {
    long[] bits = page.bitsPerSample();
    long[] formats = page.sampleFormats();
    boolean equal =
        bits.length > 0
            && formats.length > 0
            && Arrays.stream(bits).allMatch(b -> b == bits[0])
            && Arrays.stream(formats).allMatch(f -> f == formats[0]);
    if (!equal || !isKnown(page, (int) bits[0], (int) formats[0])) {
      throw new IOException(
          "expected samples of 1, 2, 4, 8 to 16 or 32 bits (signed: 8, 16, 32; floating point: 32,"
              + " 64; palette: up to 8), all alike, found "
              + Arrays.toString(bits)
              + " bits of formats "
              + Arrays.toString(formats));
    }
  }

  private static boolean isKnown(TiffPage page, int bits, int format) throws IOException {
    return switch (format) {
      case 1, 4 ->
          page.hasPalette()
              ? bits == 1 || bits == 2 || bits == 4 || bits == 8
              : bits == 1 || bits == 2 || bits == 4 || (bits >= 8 && bits <= 16) || bits == 32;
      case 2 -> !page.isWhiteZero() && (bits == 8 || bits == 16 || bits == 32);
      case 3 -> !page.isWhiteZero() && (bits == 32 || bits == 64);
      default -> false;
    };
  }

  private static void requireSegments(TiffPage page) throws IOException {
    RasterSize size = page.size();
    RasterSize segment = page.segment();
    long[] offsets = page.segmentOffsets();
    long[] lengths = page.segmentLengths();
    long across = (size.width() + segment.width() - 1) / segment.width();
    long down = (size.height() + segment.height() - 1) / segment.height();
    long expected = across * down * (page.isPlanar() ? size.channels() : 1);
    if (offsets.length != expected || lengths.length != expected) {
      throw new IOException(
          String.format(
              "expected the offsets and lengths of %d strips or tiles, found %d and %d",
              expected, offsets.length, lengths.length));
    }
    long total = Arrays.stream(lengths).sum();
    page.requireBytes(0, total); // strips that share their bytes could multiply a small file
    for (int i = 0; i < offsets.length; i++) {
      page.requireBytes(offsets[i], lengths[i]);
      boolean last = !page.isTiled() && i % down == down - 1;
      long height = last ? size.height() - (down - 1) * segment.height() : segment.height();
      requireData(
          page,
          new RasterSize(segment.width(), height, segment.channels(), segment.bits()),
          offsets[i],
          lengths[i]);
    }
  }

  private static void requireData(TiffPage page, RasterSize segment, long offset, long length)
      throws IOException {
    long raw = (segment.width() * segment.channels() * segment.bits() + 7) / 8 * segment.height();
    long needed =
        switch (page.compression()) {
          case 1 -> raw;
          case 2, 3, 4 -> requireBilevel(segment).height() / 8; // fax: at least a bit per row
          case 5 -> raw / 2800; // LZW: 12 bits stand for at most 4096 bytes
          case JPEG -> {
            requireJpegSize(JpegHeader.of(page.jpeg(offset, length)), segment);
            yield segment.pixels() / 512;
          }
          case 8, 32946 -> raw / RasterSize.DEFLATE_RATIO;
          case 32773 -> raw / 64; // PackBits: 2 bytes for at most 128
          default ->
              throw new IOException(
                  "expected no compression, fax, LZW, JPEG, Deflate or PackBits (1 to 5, 7, 8,"
                      + " 32773, 32946), found "
                      + page.compression());
        };
    segment.requireData(needed, length);
  }

  private static RasterSize requireBilevel(RasterSize segment) throws IOException {
    if (segment.bits() == 1 && segment.channels() == 1) {
      return segment;
    }
    throw new IOException("expected 1 x 1 bit per pixel with fax compression, found " + segment);
  }

  /** A JPEG stream in a strip or tile has a size of its own, which may lie. */
  private static void requireJpegSize(JpegHeader header, RasterSize segment) throws IOException {
    header.requireSupported();
    RasterSize found = header.size();
    boolean fits =
        found.width() <= segment.width()
            && found.height() <= segment.height()
            && found.channels() == segment.channels()
            && segment.bits() == 8;
    if (!fits) {
      throw new IOException("expected a JPEG stream of " + segment + ", found " + found);
    }
  }
}
