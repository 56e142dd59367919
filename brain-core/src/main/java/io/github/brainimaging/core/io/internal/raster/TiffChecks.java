package io.github.brainimaging.core.io.internal.raster;

import java.io.IOException;
import java.util.Arrays;

/**
 * What a TIFF page must fulfil before it is decoded: a kind of image that is supported, a size
 * within the limits, and strips or tiles that can hold it.
 */
final class TiffChecks {

  private static final int YCBCR = 6;

  /** A hundred thousand strips with common tables, of about 600 bytes. */
  private static final long MOST_TABLES = 64_000_000;

  private TiffChecks() {}

  static void requireSupported(TiffPage page, long maximumPixels) throws IOException {
    requireColors(page);
    requireSampleKind(page);
    requireByteLayout(page);
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
    boolean jpegColors =
        photometric == YCBCR && page.compression() == TiffCompression.JPEG && !page.isPlanar();
    if (photometric < 0 || (photometric > 3 && !jpegColors)) {
      String name =
          switch (photometric) {
            case 4 -> "transparency mask";
            case 5 -> "CMYK";
            case 6 -> page.isPlanar() ? "YCbCr by planes" : "YCbCr";
            case 8, 9, 10 -> "CIELab";
            case 32803 -> "color filter array";
            case 32844, 32845 -> "LogLuv";
            case 34892 -> "linear raw";
            default -> "photometric interpretation";
          };
      throw new IOException(
          "expected gray, palette or RGB (photometric interpretation 0 to 3, or 6 with JPEG"
              + " compression, not by planes), found "
              + name
              + " ("
              + photometric
              + ")");
    }
    int samples = page.size().channels();
    if (page.colorChannels() == 1 && samples > (page.hasPalette() ? 1 : 2)) {
      throw new IOException(
          "expected one sample per pixel of a palette, one or two (with alpha) of gray, found "
              + samples
              + (page.hasPalette() ? "" : ": if they are colors, photometric interpretation 2"));
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
          "expected samples of 1, 2, 4, 8 to 16, 32 or 64 bits (signed: 8, 16, 32, 64; floating"
              + " point: 16, 32, 64; palette: up to 8), all alike, found "
              + Arrays.toString(bits)
              + " bits of formats "
              + Arrays.toString(formats));
    }
  }

  private static void requireByteLayout(TiffPage page) throws IOException {
    int order = page.fillOrder();
    if (order != 1 && (order != 2 || page.compression() == TiffCompression.JPEG)) {
      throw new IOException("expected fill order 1, or 2 unless JPEG-compressed, found " + order);
    }
    int bits = page.size().bits();
    boolean fits =
        switch (page.predictor()) {
          case 1 -> true;
          case 2 -> bits == 8 || bits == 16 || bits == 32 || bits == 64;
          case 3 -> page.sampleFormats()[0] == 3;
          default -> false;
        };
    if (!fits) {
      throw new IOException(
          "expected no predictor (1), differences (2) of 8, 16, 32 or 64 bits, or those of floating"
              + " point (3), found predictor "
              + page.predictor()
              + " of "
              + bits
              + " bits");
    }
  }

  private static boolean isKnown(TiffPage page, int bits, int format) throws IOException {
    return switch (format) {
      case 1, 4 ->
          page.hasPalette()
              ? bits == 1 || bits == 2 || bits == 4 || bits == 8
              : bits == 1 || bits == 2 || bits == 4 || (bits >= 8 && bits <= 16) || isWide(bits);
      case 2 -> !page.isWhiteZero() && (bits == 8 || bits == 16 || isWide(bits));
      case 3 -> !page.isWhiteZero() && (bits == 16 || isWide(bits));
      default -> false;
    };
  }

  private static boolean isWide(int bits) {
    return bits == 32 || bits == 64;
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
    requireTables(page, expected);
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

  /** The tables are read with every strip or tile. */
  private static void requireTables(TiffPage page, long segments) throws IOException {
    if (page.compression() == TiffCompression.JPEG
        && page.sharedTables() * segments > MOST_TABLES) {
      throw new IOException(
          String.format(
              "expected JPEG tables of at most %d bytes in all strips or tiles together, found %d"
                  + " strips or tiles with tables of %d bytes",
              MOST_TABLES, segments, page.sharedTables()));
    }
  }

  private static void requireData(TiffPage page, RasterSize segment, long offset, long length)
      throws IOException {
    long raw = (segment.width() * segment.channels() * segment.bits() + 7) / 8 * segment.height();
    long needed =
        switch (page.compression()) {
          case TiffCompression.NONE -> raw;
          case 2, 3, 4 -> requireBilevel(segment).height() / 8; // fax: at least a bit per row
          case TiffCompression.LZW -> raw / 2800; // 12 bits stand for at most 4096 bytes
          case TiffCompression.DEFLATE, TiffCompression.DEFLATE_OLD ->
              raw / RasterSize.DEFLATE_RATIO;
          case TiffCompression.PACK_BITS -> raw / 64; // 2 bytes for at most 128
          case TiffCompression.JPEG -> {
            requireJpegSize(JpegHeader.of(page.jpeg(offset, length)), segment);
            yield segment.pixels() / 512;
          }
          default ->
              throw new IOException(
                  "expected no compression, fax, LZW, JPEG, Deflate or PackBits, found "
                      + TiffCompression.name(page.compression()));
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
    if (!header.size().equals(segment)) {
      throw new IOException("expected a JPEG stream of " + segment + ", found " + header.size());
    }
  }
}
