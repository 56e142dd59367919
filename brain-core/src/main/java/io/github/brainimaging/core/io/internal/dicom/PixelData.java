package io.github.brainimaging.core.io.internal.dicom;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The value of the pixel data element: plain bytes, or fragments (PS3.5, annex A.4).
 *
 * @param fragments the fragments; for native data one, the whole value
 * @param offsets where frames begin, counted from the first fragment's item; may be empty
 * @param encapsulated whether it was written in fragments
 * @param words whether its type is OW, so that 8-bit samples of a big-endian file are swapped
 */
record PixelData(List<byte[]> fragments, long[] offsets, boolean encapsulated, boolean words) {

  static final PixelData NONE = new PixelData(List.of(), new long[0], false, false);

  static PixelData read(DicomInput in, DataSetParser.Head head) throws IOException {
    boolean encapsulated = head.length() == DataSetParser.UNDEFINED;
    if (!encapsulated) {
      return new PixelData(
          List.of(in.bytes(head.length())), new long[0], false, head.type().equals("OW"));
    }
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

  /** The codestream of one of so many frames. */
  byte[] frame(int index, int frames) throws IOException {
    if (frames == 1) {
      return join(0, fragments.size());
    }
    if (fragments.size() == frames) {
      return fragments.get(index);
    }
    int[] starts = offsets.length == frames ? told(index) : marked(index, frames);
    return join(starts[0], starts[1]);
  }

  /** The first fragment of a frame and that of the next, by the offset table. */
  private int[] told(int index) throws IOException {
    int from = -1;
    int to = index + 1 < offsets.length ? -1 : fragments.size();
    long at = 0;
    for (int i = 0; i < fragments.size(); i++) {
      from = at == offsets[index] ? i : from;
      to = index + 1 < offsets.length && at == offsets[index + 1] ? i : to;
      at += fragments.get(i).length + 8L;
    }
    if (from < 0 || to < 0) {
      throw new IOException("the offset table points to where no fragment begins");
    }
    return new int[] {from, to};
  }

  /** The same without a table: a frame ends with the end marker of its codestream. */
  private int[] marked(int index, int frames) throws IOException {
    int[] starts = new int[frames + 1];
    int found = 0;
    for (int i = 0; i < fragments.size(); i++) {
      if (endsCodestream(fragments.get(i)) && ++found <= frames) {
        starts[found] = i + 1;
      }
    }
    if (found != frames || starts[frames] != fragments.size()) {
      throw new IOException(
          "expected an offset table of " + frames + " frames, found " + offsets.length);
    }
    return Arrays.copyOfRange(starts, index, index + 2);
  }

  /** Whether it ends with FFD9, the end of JPEG, JPEG-LS and JPEG 2000 alike, and padding. */
  private static boolean endsCodestream(byte[] fragment) {
    int end = fragment.length;
    while (end > 0 && fragment[end - 1] == 0) {
      end--;
    }
    return end >= 2 && fragment[end - 2] == (byte) 0xFF && fragment[end - 1] == (byte) 0xD9;
  }

  private byte[] join(int from, int to) throws IOException {
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
