package io.github.brainimaging.core.io.internal.dicom.pixel;

import io.github.brainimaging.core.io.internal.dicom.element.DataSet;
import io.github.brainimaging.core.io.internal.dicom.element.Tag;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The color tables of a palette image (PS3.3, C.7.6.3.1.5), plain or in segments (C.7.9.2). */
public final class Palette {

  /** Segments that are worked through for each color: more give no more entries. */
  private static final int MAXIMUM_SEGMENTS = 1 << 17;

  private final int[][] tables = new int[3][];
  private final int[] first = new int[3];
  private int bits;
  private int segments;

  private Palette() {}

  public static Palette of(DataSet data) throws IOException {
    Palette palette = new Palette();
    boolean signed = data.uint16(Tag.REPRESENTATION).orElse(0) == 1;
    int[] descriptors = {Tag.RED_DESCRIPTOR, Tag.GREEN_DESCRIPTOR, Tag.BLUE_DESCRIPTOR};
    int[] plain = {Tag.RED, Tag.GREEN, Tag.BLUE};
    int[] segmented = {Tag.RED_SEGMENTED, Tag.GREEN_SEGMENTED, Tag.BLUE_SEGMENTED};
    for (int c = 0; c < 3; c++) {
      int[] descriptor = data.uint16s(descriptors[c]);
      if (descriptor.length < 3 || (descriptor[2] != 8 && descriptor[2] != 16)) {
        throw new IOException(Tag.name(descriptors[c]) + ": expected a palette of 8 or 16 bits");
      }
      int entries = descriptor[0] == 0 ? 65536 : descriptor[0];
      palette.first[c] = signed ? (short) descriptor[1] : descriptor[1];
      palette.bits = descriptor[2];
      palette.tables[c] =
          data.has(segmented[c])
              ? palette.segments(data.buffer(segmented[c]), descriptor[2] / 8, entries)
              : entries(data.buffer(plain[c]), descriptor[2], entries);
    }
    // Some writers put entries of 8 bits where they tell 16.
    int largest = Arrays.stream(palette.tables).flatMapToInt(Arrays::stream).max().orElse(0);
    palette.bits = largest < 256 ? 8 : palette.bits;
    return palette;
  }

  /** The entries of a table, of 8 bits packed or in two bytes each. */
  public static int[] entries(ByteBuffer value, int bits, int entries) throws IOException {
    int size = value.remaining() >= 2 * entries ? 2 : 1;
    if (value.remaining() < size * entries || (bits > 8 && size == 1)) {
      throw new IOException("the table is cut off");
    }
    int[] table = new int[entries];
    // Entries of 8 bits, each in the upper half of a word.
    boolean upper = bits == 8 && size == 2 && areUpper(value, entries);
    for (int i = 0; i < entries; i++) {
      int wide = size == 2 ? value.getShort(2 * i) & 0xFFFF : 0;
      // Packed bytes are words of the file's order.
      int swap = value.order() == ByteOrder.BIG_ENDIAN && (entries & 1) == 0 ? i ^ 1 : i;
      wide = upper ? wide >> 8 : wide;
      table[i] = size == 2 ? wide & ((1 << bits) - 1) : value.get(swap) & 0xFF;
    }
    return table;
  }

  private static boolean areUpper(ByteBuffer value, int entries) {
    int all = 0;
    for (int i = 0; i < entries; i++) {
      all |= value.getShort(2 * i);
    }
    return (all & 0xFF) == 0;
  }

  private int[] segments(ByteBuffer value, int size, int entries) throws IOException {
    List<Integer> table = new ArrayList<>();
    segments = 0;
    expand(value, size, table, entries, Integer.MAX_VALUE, 0);
    if (table.size() != entries) {
      throw new IOException("expected a palette of " + entries + " entries, found " + table.size());
    }
    return table.stream().mapToInt(Integer::intValue).toArray();
  }

  private void expand(
      ByteBuffer value, int size, List<Integer> table, int entries, int count, int depth)
      throws IOException {
    for (int s = 0; s < count && value.remaining() > size && table.size() < entries; s++) {
      if (++segments > MAXIMUM_SEGMENTS) {
        throw new IOException("the palette has too many segments");
      }
      int kind = next(value, size);
      int length = next(value, size);
      switch (kind) {
        case 0 -> {
          for (int i = 0; i < length && table.size() < entries; i++) {
            table.add(next(value, size));
          }
        }
        case 1 -> {
          int from = table.isEmpty() ? 0 : table.get(table.size() - 1);
          int to = next(value, size);
          for (int i = 1; i <= length && table.size() < entries; i++) {
            table.add((int) Math.round(from + (double) (to - from) * i / length));
          }
        }
        case 2 -> {
          long offset = next(value, size);
          offset |= size == 2 ? (long) next(value, size) << 16 : (long) next(value, size) << 8;
          if (size == 1) {
            offset |= (long) next(value, size) << 16 | (long) next(value, size) << 24;
          }
          if (depth > 0 || offset >= value.limit()) {
            throw new IOException("a palette segment points to where none is");
          }
          ByteBuffer there = value.duplicate().order(value.order());
          there.position((int) offset);
          expand(there, size, table, entries, length, depth + 1);
        }
        default -> throw new IOException("found a palette segment of an unknown kind");
      }
    }
  }

  private static int next(ByteBuffer value, int size) throws IOException {
    if (value.remaining() < size) {
      throw new IOException("the palette is cut off");
    }
    return size == 1 ? value.get() & 0xFF : value.getShort() & 0xFFFF;
  }

  public float nominalMaximum() {
    return (1 << bits) - 1;
  }

  /** Looks up indexes; those outside take the nearest entry. */
  public float[] lookUp(int[] indexes) {
    float[] colors = new float[3 * indexes.length];
    for (int c = 0; c < 3; c++) {
      int[] table = tables[c];
      for (int i = 0; i < indexes.length; i++) {
        int at = Math.max(0, Math.min(table.length - 1, indexes[i] - first[c]));
        colors[c * indexes.length + i] = table[at];
      }
    }
    return colors;
  }
}
