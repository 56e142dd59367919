package io.github.brainimaging.core.io.internal.dicom;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * The value of the pixel data element: plain bytes, or fragments (PS3.5, annex A.4).
 *
 * @param fragments the fragments; for native data one, the whole value
 * @param offsets where frames begin, counted from the first fragment's item; may be empty
 * @param encapsulated whether it was written in fragments
 * @param words whether its type is OW, so that 8-bit samples of a big-endian file are swapped
 */
record PixelData(List<byte[]> fragments, List<Long> offsets, boolean encapsulated, boolean words) {

  static final PixelData NONE = new PixelData(List.of(), List.of(), false, false);

  static PixelData read(DicomInput in, DataSetParser.Head head, TransferSyntax syntax)
      throws IOException {
    boolean encapsulated = head.length() == DataSetParser.UNDEFINED;
    if (!encapsulated) {
      if (syntax.codec() != TransferSyntax.Codec.NATIVE) {
        throw new IOException("expected compressed pixel data in fragments, found plain data");
      }
      return new PixelData(
          List.of(in.bytes(head.length())), List.of(), false, head.type().equals("OW"));
    }
    if (syntax.codec() == TransferSyntax.Codec.NATIVE) {
      throw new IOException("expected plain pixel data, found fragments");
    }
    List<byte[]> items = new ArrayList<>();
    while (true) {
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
    List<Long> offsets = new ArrayList<>();
    ByteBuffer table = ByteBuffer.wrap(items.get(0)).order(ByteOrder.LITTLE_ENDIAN);
    while (table.remaining() >= 4) {
      offsets.add(table.getInt() & 0xFFFFFFFFL);
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
    if (offsets.size() != frames) {
      throw new IOException(
          "expected an offset table of " + frames + " frames, found " + offsets.size());
    }
    int from = fragmentAt(offsets.get(index));
    int to = index + 1 < frames ? fragmentAt(offsets.get(index + 1)) : fragments.size();
    return join(from, to);
  }

  private int fragmentAt(long offset) throws IOException {
    long at = 0;
    for (int i = 0; i < fragments.size(); i++) {
      if (at == offset) {
        return i;
      }
      at += fragments.get(i).length + 8L;
    }
    throw new IOException("the offset table points to where no fragment begins");
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
