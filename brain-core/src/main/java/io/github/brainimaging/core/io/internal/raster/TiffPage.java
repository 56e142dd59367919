package io.github.brainimaging.core.io.internal.raster;

import io.github.brainimaging.core.io.internal.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The first page (image file directory) of a TIFF file, and the checks of what it claims. */
final class TiffPage {

  private static final int WIDTH = 256;
  private static final int HEIGHT = 257;
  private static final int BITS_PER_SAMPLE = 258;
  private static final int COMPRESSION = 259;
  private static final int PHOTOMETRIC = 262;
  private static final int STRIP_OFFSETS = 273;
  private static final int SAMPLES_PER_PIXEL = 277;
  private static final int ROWS_PER_STRIP = 278;
  private static final int STRIP_BYTE_COUNTS = 279;
  private static final int PLANAR = 284;
  private static final int TILE_WIDTH = 322;
  private static final int TILE_HEIGHT = 323;
  private static final int TILE_OFFSETS = 324;
  private static final int TILE_BYTE_COUNTS = 325;
  private static final int SAMPLE_FORMAT = 339;
  private static final int JPEG_TABLES = 347;

  /**
   * The tags that the samples depend on: those above, fill order, fax options, predictor, color
   * map, extra samples and YCbCr.
   */
  private static final Set<Integer> TAGS =
      Set.of(
          WIDTH,
          HEIGHT,
          BITS_PER_SAMPLE,
          COMPRESSION,
          PHOTOMETRIC,
          STRIP_OFFSETS,
          SAMPLES_PER_PIXEL,
          ROWS_PER_STRIP,
          STRIP_BYTE_COUNTS,
          PLANAR,
          TILE_WIDTH,
          TILE_HEIGHT,
          TILE_OFFSETS,
          TILE_BYTE_COUNTS,
          SAMPLE_FORMAT,
          JPEG_TABLES,
          266,
          292,
          293,
          317,
          320,
          338,
          529,
          530,
          531,
          532);

  private static final int[] TYPE_LENGTHS = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4};

  private static final int YCBCR = 6;

  private final byte[] file;
  private final Bytes bytes;
  private final ByteOrder order;

  /** Offset of each entry by its tag. */
  private final SortedMap<Integer, Integer> entries = new TreeMap<>();

  private TiffPage(byte[] file, ByteOrder order) {
    this.file = file;
    this.order = order;
    this.bytes = Bytes.of(file, order);
  }

  static TiffPage of(byte[] file) throws IOException {
    TiffPage page =
        new TiffPage(file, file[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    page.readEntries();
    return page;
  }

  private void readEntries() throws IOException {
    long directory = bytes.uint32(4);
    int count = bytes.uint16(directory);
    int start = bytes.at(directory + 2, 12L * count);
    for (int i = 0; i < count; i++) {
      int entry = start + 12 * i;
      int tag = bytes.uint16(entry);
      if (TAGS.contains(tag)) {
        int type = bytes.uint16(entry + 2);
        if (type < 1 || type >= TYPE_LENGTHS.length) {
          throw new IOException("tag " + tag + ": expected a type from 1 to 13, found " + type);
        }
        long length = bytes.uint32(entry + 4) * TYPE_LENGTHS[type];
        if (length > 4) {
          bytes.at(bytes.uint32(entry + 8), length);
        }
        entries.putIfAbsent(tag, entry);
      }
    }
  }

  /** The whole numbers of a tag, or the default where the tag is missing. */
  private long[] values(int tag, long... missing) throws IOException {
    Integer entry = entries.get(tag);
    if (entry == null) {
      return missing;
    }
    int type = bytes.uint16(entry + 2);
    int length = TYPE_LENGTHS[type];
    int count = (int) bytes.uint32(entry + 4);
    long offset = (long) count * length <= 4 ? entry + 8 : bytes.uint32(entry + 8);
    long[] values = new long[count];
    for (int i = 0; i < count; i++) {
      long at = offset + (long) i * length;
      values[i] =
          switch (type) {
            case 1, 7 -> bytes.uint8(at);
            case 3 -> bytes.uint16(at);
            case 4, 13 -> bytes.uint32(at);
            default ->
                throw new IOException(
                    "tag " + tag + ": expected whole numbers, found type " + type);
          };
    }
    return values;
  }

  /** The only number of a tag. */
  private long value(int tag, long... missing) throws IOException {
    long[] values = values(tag, missing);
    if (values.length == 0) {
      throw new IOException("tag " + tag + " is missing");
    }
    return values[0];
  }

  /** Checks kind and size, and that the file holds the data of each strip or tile. */
  void requireSupported(long maximumPixels) throws IOException {
    long photometric = value(PHOTOMETRIC);
    if (photometric > 3 && photometric != YCBCR) {
      throw new IOException(
          "expected gray, palette or RGB (photometric interpretation 0 to 3, or 6), found "
              + photometric);
    }
    int bits = requireBits();
    int channels = (int) Math.min(value(SAMPLES_PER_PIXEL, 1), Short.MAX_VALUE);
    RasterSize size =
        new RasterSize(
            value(WIDTH),
            value(HEIGHT),
            photometric == 3 ? 3 : channels,
            photometric == 3 ? 8 : bits);
    size.requireWithin(maximumPixels);
    requireSegments(size, maximumPixels);
  }

  private int requireBits() throws IOException {
    long[] bits = values(BITS_PER_SAMPLE, 1);
    long[] formats = values(SAMPLE_FORMAT, 1);
    boolean equal =
        Arrays.stream(bits).allMatch(b -> b == bits[0])
            && Arrays.stream(formats).allMatch(f -> f == formats[0]);
    boolean known = bits[0] >= 1 && (bits[0] <= 16 || bits[0] == 32 || bits[0] == 64);
    if (equal && known) {
      return (int) bits[0];
    }
    throw new IOException(
        "expected samples of 1 to 16, 32 or 64 bits, all of the same kind, found "
            + Arrays.toString(bits)
            + " bits of formats "
            + Arrays.toString(formats));
  }

  private void requireSegments(RasterSize size, long maximumPixels) throws IOException {
    boolean tiled = entries.containsKey(TILE_WIDTH);
    long width = tiled ? value(TILE_WIDTH) : size.width();
    long height =
        tiled ? value(TILE_HEIGHT) : Math.min(value(ROWS_PER_STRIP, 0xFFFFFFFFL), size.height());
    boolean planar = value(PLANAR, 1) == 2;
    int bits = values(BITS_PER_SAMPLE, 1).length == 0 ? 1 : (int) value(BITS_PER_SAMPLE, 1);
    int channels = planar ? 1 : (int) value(SAMPLES_PER_PIXEL, 1);
    RasterSize segment = new RasterSize(width, height, channels, bits);
    segment.requireWithin(maximumPixels);

    long[] offsets = values(tiled ? TILE_OFFSETS : STRIP_OFFSETS);
    long[] lengths = values(tiled ? TILE_BYTE_COUNTS : STRIP_BYTE_COUNTS);
    long down = (size.height() + height - 1) / height;
    long expected =
        (size.width() + width - 1) / width * down * (planar ? value(SAMPLES_PER_PIXEL, 1) : 1);
    if (offsets.length != expected || lengths.length != expected) {
      throw new IOException(
          String.format(
              "expected offsets and lengths of %d strips or tiles, found %d and %d",
              expected, offsets.length, lengths.length));
    }
    long total = Arrays.stream(lengths).sum();
    if (total > file.length) {
      throw new IOException(
          "expected at most " + file.length + " bytes in strips or tiles, found " + total);
    }
    for (int i = 0; i < offsets.length; i++) {
      bytes.at(offsets[i], lengths[i]);
      boolean shortened = !tiled && i % down == down - 1;
      requireData(
          shortened
              ? new RasterSize(width, size.height() - (down - 1) * height, channels, bits)
              : segment,
          offsets[i],
          lengths[i]);
    }
  }

  private void requireData(RasterSize segment, long offset, long length) throws IOException {
    long raw = (segment.width() * segment.channels() * segment.bits() + 7) / 8 * segment.height();
    int compression = (int) value(COMPRESSION, 1);
    long needed =
        switch (compression) {
          case 1 -> raw;
          case 2, 3, 4 -> segment.height() / 8; // fax: at least a bit per row
          case 5 -> raw / 2800; // LZW: 12 bits stand for at most 4096 bytes
          case 7 -> requireJpeg(segment, offset, length);
          case 8, 32946 -> raw / RasterSize.DEFLATE_RATIO;
          case 32773 -> raw / 64; // PackBits: 2 bytes for at most 128
          default ->
              throw new IOException(
                  "expected compression none, fax, LZW, JPEG, Deflate or PackBits, found "
                      + compression);
        };
    segment.requireData(needed, length);
  }

  /** The JPEG stream in a strip or tile has a size of its own, which may lie. */
  private long requireJpeg(RasterSize segment, long offset, long length) throws IOException {
    byte[] jpeg = bytes.slice(offset, length);
    byte[] whole = jpeg;
    Integer entry = entries.get(JPEG_TABLES);
    if (entry != null) {
      // Tables are a JPEG stream of their own: put the strip's segments in the place of its end.
      int tablesLength = (int) bytes.uint32(entry + 4);
      byte[] tables = bytes.slice(bytes.uint32(entry + 8), tablesLength);
      int kept = Math.max(0, tablesLength - 2);
      whole = Arrays.copyOf(tables, kept + Math.max(0, jpeg.length - 2));
      System.arraycopy(jpeg, Math.min(2, jpeg.length), whole, kept, whole.length - kept);
    }
    JpegHeader header = JpegHeader.of(whole);
    header.requireSupported();
    RasterSize found = header.size();
    if (found.width() > segment.width() + 15 || found.height() > segment.height() + 15) {
      throw new IOException("expected JPEG data of " + segment + ", found " + found);
    }
    return segment.pixels() / 512;
  }

  /**
   * The file with a new directory at its end that has only the tags that matter: the JDK's reader
   * never sees other tags, pages or profiles.
   */
  byte[] alone() throws IOException {
    int directory = (file.length + 1) / 2 * 2;
    ByteBuffer copy =
        ByteBuffer.wrap(Arrays.copyOf(file, directory + 2 + 12 * entries.size() + 4)).order(order);
    copy.putInt(4, directory);
    copy.position(directory);
    copy.putShort((short) entries.size());
    for (int entry : entries.values()) {
      copy.put(bytes.slice(entry, 12));
    }
    copy.putInt(0);
    return copy.array();
  }
}
