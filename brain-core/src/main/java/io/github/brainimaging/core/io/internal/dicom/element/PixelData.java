package io.github.brainimaging.core.io.internal.dicom.element;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The value of the pixel data element: plain bytes, or fragments (PS3.5, annex A.4).
 *
 * @param fragments the fragments; for native data one, the whole value
 * @param offsets where frames begin, counted from the first fragment's item; may be empty
 * @param encapsulated whether it was written in fragments
 * @param words whether its type is OW, so that 8-bit samples of a big-endian file are swapped
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and not API
public record PixelData(
    List<byte[]> fragments, long[] offsets, boolean encapsulated, boolean words) {

  /** A tag that no plain pixels start with: 65534 and 57344. */
  private static final byte[] ITEM = {-2, -1, 0, -32};

  static final PixelData NONE = new PixelData(List.of(), new long[0], false, false);

  static PixelData read(DicomInput in, DataSetParser.Head head) throws IOException {
    if (head.length() != DataSetParser.UNDEFINED) {
      byte[] value = in.bytes(head.length());
      return isChain(value)
          ? fragments(new DicomInput(new ByteArrayInputStream(value), false, 0, value.length))
          : new PixelData(List.of(value), new long[0], false, head.type().equals("OW"));
    }
    return fragments(in);
  }

  /** Whether a plain value begins as fragments do, as some archives write them. */
  static boolean startsWithItem(byte[] value) {
    return Arrays.equals(value, 0, Math.min(4, value.length), ITEM, 0, 4);
  }

  /** Whether it is made of fragments to its end. */
  private static boolean isChain(byte[] value) {
    ByteBuffer buffer = ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN);
    long at = 0;
    while (at + 8 <= value.length
        && startsWithItem(Arrays.copyOfRange(value, (int) at, (int) at + 4))) {
      at += 8 + (buffer.getInt((int) at + 4) & 0xFFFFFFFFL);
    }
    boolean delimited =
        at + 8 == value.length
            && Integer.rotateLeft(buffer.getInt((int) at), 16) == Tag.SEQUENCE_END;
    return value.length > 0 && at > 0 && (at == value.length || delimited);
  }

  private static PixelData fragments(DicomInput in) throws IOException {
    List<byte[]> items = new ArrayList<>();
    while (items.size() < 2 || in.peek(1).length > 0) { // the delimiter at the end may be missing
      int tag = in.tag();
      long length = in.uint32();
      if (tag == Tag.SEQUENCE_END) {
        break;
      }
      if (tag != Tag.ITEM || length == DataSetParser.UNDEFINED) {
        throw new IOException(
            "expected a fragment of the pixel data at offset " + (in.position() - 8));
      }
      items.add(in.bytes(length));
    }
    if (items.isEmpty()) {
      throw new IOException("the pixel data has no fragments");
    }
    ByteBuffer table = ByteBuffer.wrap(items.get(0)).order(ByteOrder.LITTLE_ENDIAN);
    long[] offsets = new long[table.remaining() / 4];
    for (int i = 0; i < offsets.length; i++) {
      offsets[i] = table.getInt(4 * i) & 0xFFFFFFFFL;
    }
    return new PixelData(List.copyOf(items.subList(1, items.size())), offsets, true, false);
  }

  /**
   * Where frames begin.
   *
   * @param frames how many there are
   * @param extended the offsets of the extended table, if there is one
   * @return the first fragment of each, and the number of fragments
   */
  public int[] starts(int frames, long[] extended) throws IOException {
    int[] marked = marked();
    if (frames == 1) {
      if (marked.length > 2) {
        throw new IOException(
            "the header tells one frame, the pixel data has " + (marked.length - 1));
      }
      return new int[] {0, fragments.size()};
    }
    if (fragments.size() == frames) {
      return IntStream.rangeClosed(0, frames).toArray();
    }
    if (marked.length == frames + 1) {
      return marked;
    }
    long[] table = offsets.length == frames ? offsets : extended;
    if (table.length != frames) {
      throw new IOException(
          String.format(
              "expected an offset table of %d frames, found one of %d and %d fragments",
              frames, offsets.length, fragments.size()));
    }
    return told(table);
  }

  /** By the offset table. */
  private int[] told(long[] table) throws IOException {
    int[] starts = new int[table.length + 1];
    int frame = 0;
    long at = 0;
    for (int i = 0; i < fragments.size(); i++) {
      if (frame < table.length && at == table[frame]) {
        starts[frame++] = i;
      }
      at += fragments.get(i).length + 8L;
    }
    if (frame < table.length) {
      throw new IOException("the offset table points to where no fragment begins");
    }
    starts[frame] = fragments.size();
    return starts;
  }

  /** By the markers at which codestreams begin and end; a single 0 where there are none. */
  private int[] marked() {
    int[] starts = new int[fragments.size() + 1];
    int found = 0;
    for (int i = 0; i < fragments.size(); i++) {
      if (starts[found] == i && !startsCodestream(fragments.get(i))) {
        return new int[1];
      }
      if (endsCodestream(fragments.get(i))) {
        starts[++found] = i + 1;
      }
    }
    return starts[found] == fragments.size() ? Arrays.copyOf(starts, found + 1) : new int[1];
  }

  /** Whether it begins with FFD8 (JPEG, JPEG-LS) or FF4F (JPEG 2000). */
  private static boolean startsCodestream(byte[] fragment) {
    return fragment.length >= 2
        && fragment[0] == (byte) 0xFF
        && (fragment[1] == (byte) 0xD8 || fragment[1] == 0x4F);
  }

  /** Whether it ends with FFD9, the end of JPEG, JPEG-LS and JPEG 2000 alike, and padding. */
  private static boolean endsCodestream(byte[] fragment) {
    int end = fragment.length;
    while (end > 0 && fragment[end - 1] == 0) {
      end--;
    }
    return end >= 2 && fragment[end - 2] == (byte) 0xFF && fragment[end - 1] == (byte) 0xD9;
  }

  /** The codestream in some fragments. */
  public byte[] join(int from, int to) throws IOException {
    if (to <= from) {
      throw new IOException("the pixel data lacks fragments");
    }
    if (to == from + 1) {
      return fragments.get(from);
    }
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] fragment : fragments.subList(from, to)) {
      all.writeBytes(fragment);
    }
    return all.toByteArray();
  }
}
