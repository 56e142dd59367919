package io.github.brainimaging.core.io.internal.dicom.element;

import io.github.brainimaging.core.internal.Heap;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/**
 * One DICOM file: its technical elements and, if it was asked for, the pixel data. With or without
 * preamble and file meta information; without, the syntax is guessed from the first element. Filled
 * by one thread, then only read.
 */
public final class DicomObject {

  private static final int PREAMBLE = 128;
  private static final Set<String> TYPES =
      Set.of(
          "AE", "AS", "AT", "CS", "DA", "DS", "DT", "FD", "FL", "IS", "LO", "LT", "OB", "OD", "OF",
          "OL", "OV", "OW", "PN", "SH", "SL", "SQ", "SS", "ST", "SV", "TM", "UC", "UI", "UL", "UN",
          "UR", "US", "UT", "UV");

  public final DataSet data;
  public final TransferSyntax syntax;

  /** Which pixel data element there is; 0 if none. */
  public final int pixelTag;

  /** Bytes of plain pixel data; 0 if it is compressed. */
  public final long pixelLength;

  public final PixelData pixels;

  private DicomObject(
      DataSet data,
      TransferSyntax syntax,
      DataSetParser.Head pixelHead,
      boolean fragments,
      PixelData pixels) {
    this.data = data;
    this.syntax = syntax;
    this.pixelTag = pixelHead.tag();
    boolean plain =
        syntax.codec() == TransferSyntax.Codec.NATIVE
            && !fragments
            && pixelHead.length() != DataSetParser.UNDEFINED;
    this.pixelLength = plain ? pixelHead.length() : 0;
    this.pixels = pixels;
  }

  /**
   * Whether a file starts like DICOM: with preamble and magic, or with an element of group 2 or 8
   * that is written as PS3.5 says.
   *
   * @param start the first bytes
   */
  public static boolean recognizes(byte[] start) {
    if (hasMagic(start, PREAMBLE)) {
      return true;
    }
    if (start.length < 8) {
      return false;
    }
    int group = (start[0] & 0xFF) + (start[1] & 0xFF);
    boolean low = (group == 2 || group == 8) && (start[0] == 0 || start[1] == 0);
    int swap = start[0] == 0 ? 1 : 0;
    boolean small = low && start[2 + (swap ^ 1)] == 0;
    boolean implicit = swap == 0 && start[5] == 0 && start[6] == 0 && start[7] == 0;
    return small && (isTyped(start) || (implicit && start[4] % 2 == 0 && start[4] > 0));
  }

  private static boolean hasMagic(byte[] start, int at) {
    return start.length >= at + 4
        && new String(start, at, 4, StandardCharsets.ISO_8859_1).equals("DICM");
  }

  private static boolean isTyped(byte[] element) {
    return element.length >= 6
        && TYPES.contains(new String(element, 4, 2, StandardCharsets.ISO_8859_1));
  }

  /**
   * Reads a file.
   *
   * @param stream the content
   * @param withPixels whether to read the pixel data too
   */
  public static DicomObject read(InputStream stream, boolean withPixels) throws IOException {
    return read(stream, withPixels, Tag::isValue, Tag::isSequence);
  }

  /**
   * Reads the elements of a file that are asked for, without its pixels.
   *
   * @param stream the content; not closed
   * @param wanted whether the value of a tag is wanted
   * @return the elements
   * @throws IOException if the file is damaged or no DICOM
   */
  public static DataSet elements(InputStream stream, IntPredicate wanted) throws IOException {
    return read(stream, false, wanted, Tag::isSequence).data;
  }

  /**
   * Reads a file, of its elements those that are asked for.
   *
   * @param stream the content
   * @param withPixels whether to read the pixel data too
   * @param wanted whether the value of a tag is wanted
   * @param sequences whether the items of a tag are wanted
   */
  public static DicomObject read(
      InputStream stream, boolean withPixels, IntPredicate wanted, IntPredicate sequences)
      throws IOException {
    long limit = Math.max(64L << 20, Heap.half() / 2);
    DicomInput in = new DicomInput(stream, false, 0, limit);
    if (hasMagic(in.peek(PREAMBLE + 4), PREAMBLE)) {
      in.skip(PREAMBLE + 4);
    }
    String uid = metaInformation(in);
    TransferSyntax syntax =
        uid.isEmpty() ? guess(in.peek(8)) : seen(TransferSyntax.of(uid), in.peek(8));
    if (syntax != TransferSyntax.DEFLATED) {
      DicomInput ordered = in.inOrder(syntax == TransferSyntax.BIG_ENDIAN);
      return body(ordered, syntax, withPixels, wanted, sequences);
    }
    Inflater inflater = new Inflater(true);
    try {
      InputStream inflated = new InflaterInputStream(in.stream(), inflater, 1 << 15);
      DicomInput whole = new DicomInput(inflated, false, 0, limit);
      return body(whole, syntax, withPixels, wanted, sequences);
    } finally {
      inflater.end();
    }
  }

  private static DicomObject body(
      DicomInput in,
      TransferSyntax syntax,
      boolean withPixels,
      IntPredicate wanted,
      IntPredicate sequences)
      throws IOException {
    // Some writers announce the other of the two; the first element tells.
    boolean typed = isTyped(in.peek(8));
    DataSet data = new DataSet(in.isBigEndian());
    DataSetParser.Head head = new DataSetParser(in, typed, wanted, sequences).parse(data);
    boolean fragments = PixelData.startsWithItem(in.peek(4));
    PixelData pixels = withPixels && head.tag() != 0 ? PixelData.read(in, head) : PixelData.NONE;
    return new DicomObject(data, syntax, head, fragments, pixels);
  }

  /** Reads group 2, which is always little endian with types, and gives the transfer syntax. */
  private static String metaInformation(DicomInput in) throws IOException {
    DataSet meta = new DataSet(false);
    DataSetParser parser = new DataSetParser(in, true, Tag::isValue, Tag::isSequence);
    while (true) {
      byte[] next = in.peek(2);
      if (next.length < 2 || next[0] != 2 || next[1] != 0) {
        return meta.text(Tag.TRANSFER_SYNTAX);
      }
      DataSetParser.Head head = parser.head(true);
      if (head.tag() == Tag.TRANSFER_SYNTAX && head.length() <= 64) {
        meta.put(head.tag(), in.bytes(head.length()));
      } else {
        in.skip(head.length());
      }
    }
  }

  /**
   * What is told, unless the first element shows that it is not deflated, or of the other order.
   */
  private static TransferSyntax seen(TransferSyntax told, byte[] first) {
    boolean plain = told.codec() == TransferSyntax.Codec.NATIVE;
    boolean low = first.length >= 6 && (first[0] == 0 || first[1] == 0) && first[0] != first[1];
    if (!plain || !low || !isTyped(first)) {
      return told;
    }
    boolean order = isBigEndian(first) == (told == TransferSyntax.BIG_ENDIAN);
    return order && told != TransferSyntax.DEFLATED ? told : guess(first);
  }

  private static boolean isBigEndian(byte[] first) {
    return first.length >= 2 && first[0] == 0 && first[1] != 0;
  }

  private static TransferSyntax guess(byte[] first) {
    if (isBigEndian(first)) {
      return TransferSyntax.BIG_ENDIAN;
    }
    return isTyped(first) ? TransferSyntax.EXPLICIT : TransferSyntax.IMPLICIT;
  }
}
