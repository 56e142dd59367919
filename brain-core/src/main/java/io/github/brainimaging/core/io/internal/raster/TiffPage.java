package io.github.brainimaging.core.io.internal.raster;

import io.github.brainimaging.core.io.internal.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The first page (image file directory) of a TIFF file. */
final class TiffPage {

  private static final int WIDTH = 256;
  private static final int HEIGHT = 257;
  private static final int BITS_PER_SAMPLE = 258;
  private static final int COMPRESSION = 259;
  private static final int PHOTOMETRIC = 262;
  private static final int FILL_ORDER = 266;
  private static final int STRIP_OFFSETS = 273;
  private static final int ORIENTATION = 274;
  private static final int SAMPLES_PER_PIXEL = 277;
  private static final int ROWS_PER_STRIP = 278;
  private static final int STRIP_BYTE_COUNTS = 279;
  private static final int PLANAR = 284;
  private static final int GROUP_3_OPTIONS = 292;
  private static final int GROUP_4_OPTIONS = 293;
  private static final int PREDICTOR = 317;
  private static final int COLOR_MAP = 320;
  private static final int TILE_WIDTH = 322;
  private static final int TILE_HEIGHT = 323;
  private static final int TILE_OFFSETS = 324;
  private static final int TILE_BYTE_COUNTS = 325;
  private static final int EXTRA_SAMPLES = 338;
  private static final int SAMPLE_FORMAT = 339;
  private static final int JPEG_TABLES = 347;

  /** Pages are counted up to here. */
  private static final int MOST_PAGES = 10_000;

  /** The tags that the samples depend on, and the one that tells how to show them. */
  private static final Set<Integer> TAGS =
      Set.of(
          WIDTH,
          HEIGHT,
          BITS_PER_SAMPLE,
          COMPRESSION,
          PHOTOMETRIC,
          FILL_ORDER,
          STRIP_OFFSETS,
          ORIENTATION,
          SAMPLES_PER_PIXEL,
          ROWS_PER_STRIP,
          STRIP_BYTE_COUNTS,
          PLANAR,
          GROUP_3_OPTIONS,
          GROUP_4_OPTIONS,
          PREDICTOR,
          COLOR_MAP,
          TILE_WIDTH,
          TILE_HEIGHT,
          TILE_OFFSETS,
          TILE_BYTE_COUNTS,
          EXTRA_SAMPLES,
          SAMPLE_FORMAT,
          JPEG_TABLES);

  private static final int SHORT = 3;
  private static final int[] TYPE_LENGTHS = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4};

  private static final int WHITE_IS_ZERO = 0;
  private static final int BLACK_IS_ZERO = 1;
  private static final int PALETTE = 3;
  private static final int YCBCR = 6;

  private final byte[] file;
  private final Bytes bytes;
  private final ByteOrder order;

  /** Offset of each entry by its tag. */
  private final SortedMap<Integer, Integer> entries = new TreeMap<>();

  /** What was read of them: a tag may be long, and is asked for with every strip. */
  private final Map<Integer, long[]> known = new HashMap<>();

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
    int start = bytes.at(directory + 2, 12L * count + 4);
    for (int i = 0; i < count; i++) {
      int entry = start + 12 * i;
      int tag = bytes.uint16(entry);
      if (TAGS.contains(tag)) {
        int type = bytes.uint16(entry + 2);
        if (type < 1 || type >= TYPE_LENGTHS.length) {
          throw new IOException("tag " + tag + ": expected a type from 1 to 13, found " + type);
        }
        long length = bytes.uint32(entry + 4) * TYPE_LENGTHS[type];
        bytes.at(length > 4 ? bytes.uint32(entry + 8) : entry + 8, length);
        entries.putIfAbsent(tag, entry);
      }
    }
  }

  /** How many pages the file says it has, this one included. */
  int pages() {
    Set<Long> directories = new HashSet<>();
    try {
      long directory = bytes.uint32(4);
      // A page may name an earlier one as the next.
      while (directory != 0 && directories.size() < MOST_PAGES && directories.add(directory)) {
        directory = bytes.uint32(directory + 2 + 12L * bytes.uint16(directory));
      }
    } catch (EOFException e) {
      return directories.size(); // The last is cut off, but it is said to be there.
    }
    return directories.size();
  }

  /** How the picture is to be shown, 1 to 8 (see {@link ShownOrientation}). */
  long orientation() throws IOException {
    return value(ORIENTATION, 1);
  }

  /** Size, samples per pixel (extra ones included) and bits per sample. */
  RasterSize size() throws IOException {
    return new RasterSize(
        value(WIDTH), value(HEIGHT), samplesPerPixel(), (int) value(BITS_PER_SAMPLE, 1));
  }

  private int samplesPerPixel() throws IOException {
    long samples = value(SAMPLES_PER_PIXEL, 1);
    if (samples < 1 || samples > 16) {
      throw new IOException("expected 1 to 16 samples per pixel, found " + samples);
    }
    return (int) samples;
  }

  boolean isTiled() {
    return entries.containsKey(TILE_WIDTH);
  }

  /** Whether each channel has strips or tiles of its own. */
  boolean isPlanar() throws IOException {
    return value(PLANAR, 1) == 2 && samplesPerPixel() > 1;
  }

  /** A whole strip or tile. The last strip may have less rows. */
  RasterSize segment() throws IOException {
    RasterSize size = size();
    int channels = isPlanar() ? 1 : size.channels();
    return isTiled()
        ? new RasterSize(value(TILE_WIDTH), value(TILE_HEIGHT), channels, size.bits())
        : new RasterSize(
            size.width(),
            Math.min(value(ROWS_PER_STRIP, Integer.MAX_VALUE), size.height()),
            channels,
            size.bits());
  }

  long[] segmentOffsets() throws IOException {
    return values(isTiled() ? TILE_OFFSETS : STRIP_OFFSETS);
  }

  long[] segmentLengths() throws IOException {
    return values(isTiled() ? TILE_BYTE_COUNTS : STRIP_BYTE_COUNTS);
  }

  /** A strip or tile as it was packed, with the first pixel in the highest bit of a byte. */
  byte[] packed(long offset, long length) throws IOException {
    byte[] packed = bytes.slice(offset, length);
    boolean reversed = fillOrder() == 2;
    for (int i = 0; reversed && i < packed.length; i++) {
      packed[i] = (byte) (Integer.reverse(packed[i]) >>> 24);
    }
    return packed;
  }

  ByteOrder order() {
    return order;
  }

  /**
   * The JPEG stream of a strip or tile: told whether its colors are YCbCr, and with the tables that
   * all strips share.
   */
  byte[] jpeg(long offset, long length) throws IOException {
    bytes.at(offset, Math.max(length, 2));
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    stream.write(new byte[] {(byte) 0xFF, (byte) 0xD8});
    stream.write(JpegHeader.colorMarker(photometric() == YCBCR));
    // The tables are between the start and end markers of a stream of their own.
    long tables = count(JPEG_TABLES) - 4;
    if (tables > 0) {
      stream.write(bytes.slice(dataOffset(JPEG_TABLES) + 2, tables));
    }
    stream.write(bytes.slice(offset + 2, length - 2));
    return stream.toByteArray();
  }

  /** How many bytes all JPEG streams have that share tables. */
  long sharedTables() throws IOException {
    return count(JPEG_TABLES);
  }

  /** Checks that a part lies within the file. */
  void requireBytes(long offset, long length) throws IOException {
    bytes.at(offset, length);
  }

  int compression() throws IOException {
    return (int) value(COMPRESSION, 1);
  }

  int photometric() throws IOException {
    return (int) value(PHOTOMETRIC);
  }

  boolean isWhiteZero() throws IOException {
    return photometric() == WHITE_IS_ZERO;
  }

  boolean hasPalette() throws IOException {
    return photometric() == PALETTE;
  }

  /**
   * 0xFFRRGGBB of each index: the upper halves of the 16-bit colors in the file, or the lower ones
   * where old programs wrote 8 bits.
   */
  int[] palette() throws IOException {
    long[] map = values(COLOR_MAP);
    int entriesPerColor = 1 << size().bits();
    if (map.length != 3 * entriesPerColor) {
      throw new IOException(
          "expected a color map of " + 3 * entriesPerColor + " values, found " + map.length);
    }
    int shift = Arrays.stream(map).max().orElse(0) > 255 ? 8 : 0;
    int[] colors = new int[entriesPerColor];
    for (int i = 0; i < colors.length; i++) {
      int red = (int) map[i] >> shift;
      int green = (int) map[entriesPerColor + i] >> shift;
      int blue = (int) map[2 * entriesPerColor + i] >> shift;
      colors[i] = 0xFF000000 | red << 16 | green << 8 | blue;
    }
    return colors;
  }

  /** 1 for gray and palette, 3 for RGB and YCbCr. */
  int colorChannels() throws IOException {
    return photometric() <= BLACK_IS_ZERO || hasPalette() ? 1 : 3;
  }

  /** Whether the sample after the colors is alpha, associated or not. */
  boolean hasAlpha() throws IOException {
    long[] extra = values(EXTRA_SAMPLES);
    return samplesPerPixel() > colorChannels()
        && extra.length > 0
        && (extra[0] == 1 || extra[0] == 2);
  }

  /** Bits of each sample of a pixel. */
  long[] bitsPerSample() throws IOException {
    return values(BITS_PER_SAMPLE, 1);
  }

  /** 1 unsigned, 2 signed, 3 floating point, 4 undefined, of each sample of a pixel. */
  long[] sampleFormats() throws IOException {
    return values(SAMPLE_FORMAT, 1);
  }

  boolean isUnsigned() throws IOException {
    return sampleFormats()[0] == 1 || sampleFormats()[0] == 4;
  }

  /**
   * 1 none, 2 horizontal differences, 3 those of floating point; means something with LZW and
   * Deflate only.
   */
  int predictor() throws IOException {
    int compression = compression();
    boolean applies =
        compression == TiffCompression.LZW
            || compression == TiffCompression.DEFLATE
            || compression == TiffCompression.DEFLATE_OLD;
    return applies ? (int) value(PREDICTOR, 1) : 1;
  }

  /** 1: the first pixel is in the highest bit of a byte; 2: in the lowest. */
  int fillOrder() throws IOException {
    return (int) value(FILL_ORDER, 1);
  }

  /**
   * The file with a new directory at its end that has only the tags that matter, so that the JDK's
   * reader never sees other tags, pages or profiles. Gray is declared as black is zero, so that the
   * samples come as they are.
   */
  byte[] alone() throws IOException {
    int directory = (file.length + 1) / 2 * 2;
    ByteBuffer copy =
        ByteBuffer.wrap(Arrays.copyOf(file, directory + 2 + 12 * entries.size() + 4)).order(order);
    copy.putInt(4, directory);
    copy.position(directory);
    copy.putShort((short) entries.size());
    for (Map.Entry<Integer, Integer> entry : entries.entrySet()) {
      if (entry.getKey() == PHOTOMETRIC) {
        copy.putShort((short) PHOTOMETRIC).putShort((short) SHORT).putInt(1);
        copy.putShort((short) BLACK_IS_ZERO).putShort((short) 0);
      } else if (entry.getKey() == GROUP_3_OPTIONS) {
        copy.putShort((short) GROUP_3_OPTIONS).putShort((short) 4).putInt(1);
        copy.putInt((int) value(GROUP_3_OPTIONS) & ~TiffCompression.FAX_FILL_BITS);
      } else {
        copy.put(bytes.slice(entry.getValue(), 12));
      }
    }
    copy.putInt(0);
    if (compression() == TiffCompression.FAX_GROUP_3) {
      long[] offsets = segmentOffsets();
      long[] lengths = segmentLengths();
      for (int i = 0; i < offsets.length; i++) {
        byte[] strip = bytes.slice(offsets[i], lengths[i]);
        byte[] plain = TiffCompression.withoutFirstFill(strip, fillOrder() == 2);
        System.arraycopy(plain, 0, copy.array(), (int) offsets[i], plain.length);
      }
    }
    return copy.array();
  }

  /** The only number of a tag. */
  private long value(int tag, long... missing) throws IOException {
    long[] values = values(tag, missing);
    if (values.length == 0) {
      throw new IOException("tag " + tag + " is missing");
    }
    return values[0];
  }

  /** The whole numbers of a tag, or the default where the tag is missing. */
  private long[] values(int tag, long... missing) throws IOException {
    Integer entry = entries.get(tag);
    if (entry == null) {
      return missing;
    }
    long[] before = known.get(tag);
    if (before != null) {
      return before;
    }
    int type = bytes.uint16(entry + 2);
    long[] values = new long[(int) count(tag)];
    for (int i = 0; i < values.length; i++) {
      long at = dataOffset(tag) + (long) i * TYPE_LENGTHS[type];
      values[i] =
          switch (type) {
            case 1 -> bytes.uint8(at);
            case SHORT -> bytes.uint16(at);
            case 4 -> bytes.uint32(at);
            default ->
                throw new IOException(
                    "tag " + tag + ": expected whole numbers, found type " + type);
          };
    }
    known.put(tag, values);
    return values;
  }

  private long count(int tag) throws IOException {
    Integer entry = entries.get(tag);
    return entry == null ? 0 : bytes.uint32(entry + 4);
  }

  /** Where the values of a tag that is there start: in the entry itself if they fit. */
  private long dataOffset(int tag) throws IOException {
    int entry = entries.getOrDefault(tag, 0);
    boolean fits = count(tag) * TYPE_LENGTHS[bytes.uint16(entry + 2)] <= 4;
    return fits ? entry + 8 : bytes.uint32(entry + 8);
  }
}
