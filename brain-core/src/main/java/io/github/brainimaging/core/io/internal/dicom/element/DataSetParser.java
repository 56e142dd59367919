package io.github.brainimaging.core.io.internal.dicom.element;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;

/**
 * Reads the elements of a data set in order: values of the tags that are wanted are kept, others
 * skipped, and everything stops before the pixel data. Sequences may be nested 16 deep.
 */
final class DataSetParser {

  static final long UNDEFINED = 0xFFFFFFFFL;
  private static final int MAXIMUM_DEPTH = 16;
  private static final int MAXIMUM_ITEMS = 1_000_000;
  private static final long MAXIMUM_VALUE = 4 << 20;
  private static final long MAXIMUM_TEXT = 1 << 14;
  private static final long MAXIMUM_PRIVATE = 256;
  private static final Set<String> OPAQUE = Set.of("OB", "OD", "OF", "OL", "OV", "OW");

  /** Types that a sequence may bear; none where no types are written. */
  private static final Set<String> SEQUENCE = Set.of("", "SQ", "UN");

  private static final Set<String> LONG =
      Set.of("OB", "OD", "OF", "OL", "OV", "OW", "SQ", "SV", "UC", "UN", "UR", "UT", "UV");

  /** The head of an element. */
  record Head(int tag, String type, long length) {}

  private final DicomInput in;
  private final boolean explicit;
  private final IntPredicate wanted;
  private final IntPredicate sequences;
  private int items;

  public DataSetParser(
      DicomInput in, boolean explicit, IntPredicate wanted, IntPredicate sequences) {
    this.in = in;
    this.explicit = explicit;
    this.wanted = wanted;
    this.sequences = sequences;
  }

  /**
   * Reads up to the pixel data or the end.
   *
   * @return the head of the pixel data; one of tag 0 if there is none
   */
  Head parse(DataSet target) throws IOException {
    while (in.peek(1).length > 0) {
      Head head = head(explicit);
      if (Tag.isPixelData(head.tag)) {
        return head;
      }
      if (head.tag == Tag.ITEM_END || head.tag == Tag.SEQUENCE_END) {
        continue; // a stray delimiter; its length is 0
      }
      element(head, target, explicit, Long.MAX_VALUE, 0);
    }
    return new Head(0, "", 0);
  }

  /** Reads a tag, a type and a length; what has no type is taken to be implicit. */
  Head head(boolean typed) throws IOException {
    int tag = in.tag();
    if (!typed || tag >>> 16 == 0xFFFE) {
      return new Head(tag, "", in.uint32());
    }
    byte[] next = in.peek(2);
    boolean letters =
        next.length == 2 && next[0] >= 'A' && next[0] <= 'Z' && next[1] >= 'A' && next[1] <= 'Z';
    if (!letters) {
      return new Head(tag, "", in.uint32());
    }
    in.skip(2);
    String type = "" + (char) next[0] + (char) next[1];
    if (LONG.contains(type)) {
      in.skip(2);
      return new Head(tag, type, in.uint32());
    }
    return new Head(tag, type, in.uint16());
  }

  private void element(Head head, DataSet target, boolean typed, long end, int depth)
      throws IOException {
    long length = head.length;
    if (length != UNDEFINED && length > end - in.position()) {
      throw new IOException(
          Tag.name(head.tag)
              + " at offset "
              + in.position()
              + ": a length of "
              + length
              + " bytes reaches behind the end of its sequence");
    }
    if (length == UNDEFINED && OPAQUE.contains(head.type)) {
      skipFragments(head);
      return;
    }
    boolean kept = sequences.test(head.tag) && SEQUENCE.contains(head.type);
    if (kept || length == UNDEFINED) {
      // A sequence of unknown type is written without types (PS3.5, 6.2.2, note on UN).
      List<DataSet> found = sequence(head, typed && !head.type.equals("UN"), end, depth + 1);
      if (kept) {
        target.add(head.tag, found);
      }
    } else if (wanted.test(head.tag) && !isForeign(head)) {
      if (length > (Tag.isLong(head.tag) ? MAXIMUM_VALUE : MAXIMUM_TEXT)) {
        throw new IOException(Tag.name(head.tag) + ": a length of " + length + " bytes");
      }
      target.put(head.tag, in.bytes(length));
    } else {
      in.skip(length);
    }
  }

  /** Whether it is somebody else's private element: those that are known are short. */
  private static boolean isForeign(Head head) {
    return (head.tag >>> 16 & 1) == 1 && !Tag.isLong(head.tag) && head.length > MAXIMUM_PRIVATE;
  }

  private List<DataSet> sequence(Head head, boolean typed, long outerEnd, int depth)
      throws IOException {
    if (depth > MAXIMUM_DEPTH) {
      throw new IOException(
          Tag.name(head.tag) + ": sequences are nested more than " + MAXIMUM_DEPTH + " deep");
    }
    long end = head.length == UNDEFINED ? outerEnd : in.position() + head.length;
    List<DataSet> found = new ArrayList<>();
    while (in.position() < end) {
      long at = in.position();
      if (!found.isEmpty() && endsSilently(head, depth)) {
        return found;
      }
      Head item = head(typed);
      if (item.tag == Tag.SEQUENCE_END && head.length == UNDEFINED) {
        return found;
      }
      if (item.tag != Tag.ITEM || ++items > MAXIMUM_ITEMS) {
        throw new IOException(
            Tag.name(head.tag) + ": expected an item at offset " + at + ", found something else");
      }
      found.add(item(item.length, typed, end, depth));
    }
    if (head.length == UNDEFINED && end == Long.MAX_VALUE) {
      throw new IOException(Tag.name(head.tag) + ": the sequence has no end");
    }
    return found;
  }

  /** What is written in fragments is no data set, whatever its bytes look like. */
  private void skipFragments(Head head) throws IOException {
    while (true) {
      long at = in.position();
      Head fragment = head(false);
      if (fragment.tag == Tag.SEQUENCE_END) {
        return;
      }
      if (fragment.tag != Tag.ITEM || fragment.length == UNDEFINED) {
        throw new IOException(
            Tag.name(head.tag)
                + ": expected a fragment at offset "
                + at
                + ", found something else");
      }
      in.skip(fragment.length);
    }
  }

  /** Whether a sequence of unknown length ends without its delimiter: with a later element. */
  private boolean endsSilently(Head sequence, int depth) throws IOException {
    int next = in.peekTag();
    return depth == 1
        && sequence.length == UNDEFINED
        && next >>> 16 != 0xFFFE
        && Integer.compareUnsigned(next, sequence.tag) > 0;
  }

  private DataSet item(long length, boolean typed, long outerEnd, int depth) throws IOException {
    DataSet item = new DataSet(in.isBigEndian());
    long end = length == UNDEFINED ? outerEnd : in.position() + length;
    if (end > outerEnd) {
      throw new IOException(
          "an item at offset " + in.position() + " reaches behind the end of its sequence");
    }
    while (in.position() < end) {
      Head head = head(typed);
      if (head.tag == Tag.ITEM_END) {
        return item;
      }
      if (Tag.isPixelData(head.tag) && head.length != UNDEFINED) {
        in.skip(Math.min(head.length, end - in.position())); // an icon
      } else if (Tag.isPixelData(head.tag)) {
        skipFragments(head); // a compressed icon
      } else {
        element(head, item, typed, end, depth);
      }
    }
    return item;
  }
}
