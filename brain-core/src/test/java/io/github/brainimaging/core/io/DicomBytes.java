package io.github.brainimaging.core.io;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/** Writes small DICOM files for tests, in any of the syntaxes. The patient has a name. */
final class DicomBytes {

  static final String IMPLICIT = "1.2.840.10008.1.2";
  static final String EXPLICIT = "1.2.840.10008.1.2.1";
  static final String DEFLATED = "1.2.840.10008.1.2.1.99";
  static final String BIG_ENDIAN = "1.2.840.10008.1.2.2";

  /** Values that identify the patient in every file; they must not show up anywhere. */
  static final List<String> SECRETS =
      List.of("DOE^JANE", "PATIENT-4711", "19700102", "DR^WHO", "1.2.3.4711");

  private static final Set<String> LONG = Set.of("OB", "OW", "OF", "OD", "SQ", "UN");

  private static final class Element {
    private final String type;
    private final byte[] value;
    private final List<DicomBytes> items;

    Element(String type, byte[] value, List<DicomBytes> items) {
      this.type = type;
      this.value = value;
      this.items = items;
    }
  }

  private final String syntax;
  private final ByteOrder order;
  private final Map<Integer, Element> elements = new TreeMap<>(Integer::compareUnsigned);

  DicomBytes(String syntax) {
    this.syntax = syntax;
    this.order = syntax.equals(BIG_ENDIAN) ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
  }

  /** A gray image without its pixel data. */
  static DicomBytes image(String syntax, int columns, int rows, int allocated, boolean signed) {
    return new DicomBytes(syntax)
        .text(0x00080005, "CS", "ISO_IR 100")
        .text(0x00080060, "CS", "MR")
        .text(0x00080090, "PN", "DR^WHO")
        .text(0x00100010, "PN", "DOE^JANE")
        .text(0x00100020, "LO", "PATIENT-4711")
        .text(0x00100030, "DA", "19700102")
        .text(0x0020000E, "UI", "1.2.3.4711")
        .us(0x00280002, 1)
        .text(0x00280004, "CS", "MONOCHROME2")
        .us(0x00280010, rows)
        .us(0x00280011, columns)
        .us(0x00280100, allocated)
        .us(0x00280101, allocated)
        .us(0x00280102, allocated - 1)
        .us(0x00280103, signed ? 1 : 0);
  }

  @CanIgnoreReturnValue
  DicomBytes put(int tag, String type, byte[] value) {
    elements.put(tag, new Element(type, value, List.of()));
    return this;
  }

  @CanIgnoreReturnValue
  DicomBytes text(int tag, String type, String value) {
    String even = value.length() % 2 == 0 ? value : value + (type.equals("UI") ? "\0" : " ");
    return put(tag, type, even.getBytes(StandardCharsets.ISO_8859_1));
  }

  @CanIgnoreReturnValue
  DicomBytes us(int tag, int... values) {
    return put(tag, "US", shorts(values));
  }

  private byte[] shorts(int... values) {
    ByteBuffer buffer = ByteBuffer.allocate(2 * values.length).order(order);
    for (int value : values) {
      buffer.putShort((short) value);
    }
    return buffer.array();
  }

  @CanIgnoreReturnValue
  DicomBytes sequence(int tag, DicomBytes... items) {
    elements.put(tag, new Element("SQ", new byte[0], List.of(items)));
    return this;
  }

  /** Native pixel data of 16 bits (OW). */
  @CanIgnoreReturnValue
  DicomBytes words(int... samples) {
    return put(0x7FE00010, "OW", shorts(samples));
  }

  private void write(ByteArrayOutputStream out, boolean typed) {
    elements.forEach(
        (tag, element) -> {
          boolean sequence = element.type.equals("SQ");
          head(out, typed, tag, element.type, sequence ? -1 : element.value.length);
          out.writeBytes(element.value);
          for (DicomBytes item : element.items) {
            head(out, false, 0xFFFEE000, "", -1);
            item.write(out, typed);
            head(out, false, 0xFFFEE00D, "", 0);
          }
          if (sequence) {
            head(out, false, 0xFFFEE0DD, "", 0);
          }
        });
  }

  private void head(ByteArrayOutputStream out, boolean typed, int tag, String type, int length) {
    ByteBuffer buffer = ByteBuffer.allocate(12).order(order);
    buffer.putShort((short) (tag >>> 16)).putShort((short) tag);
    if (typed) {
      buffer.put(type.getBytes(StandardCharsets.US_ASCII));
      if (LONG.contains(type)) {
        buffer.putShort((short) 0).putInt(length);
      } else {
        buffer.putShort((short) length);
      }
    } else {
      buffer.putInt(length);
    }
    out.write(buffer.array(), 0, buffer.position());
  }

  /** The data set alone. */
  byte[] bare() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    write(out, !syntax.equals(IMPLICIT));
    return out.toByteArray();
  }

  /** A part-10 file. */
  byte[] file() {
    return file(bare());
  }

  private byte[] file(byte[] body) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[128]);
    out.writeBytes("DICM".getBytes(StandardCharsets.US_ASCII));
    DicomBytes meta = new DicomBytes(EXPLICIT).text(0x00020010, "UI", syntax);
    meta.write(out, true);
    if (syntax.equals(DEFLATED)) {
      ByteArrayOutputStream deflated = new ByteArrayOutputStream();
      try (DeflaterOutputStream deflater =
          new DeflaterOutputStream(deflated, new Deflater(9, true))) {
        deflater.write(body);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      body = deflated.toByteArray();
    }
    out.writeBytes(body);
    return out.toByteArray();
  }

  /** A part-10 file with encapsulated frames, one fragment each but the first, which has two. */
  byte[] encapsulated(byte[]... frames) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    write(out, true);
    head(out, true, 0x7FE00010, "OB", -1);
    head(out, false, 0xFFFEE000, "", 4 * frames.length);
    ByteBuffer table = ByteBuffer.allocate(4 * frames.length).order(ByteOrder.LITTLE_ENDIAN);
    int at = 0;
    for (int i = 0; i < frames.length; i++) {
      table.putInt(at);
      at += 8 + frames[i].length + frames[i].length % 2 + (i == 0 ? 8 : 0);
    }
    out.writeBytes(table.array());
    for (int i = 0; i < frames.length; i++) {
      byte[] even = Arrays.copyOf(frames[i], frames[i].length + frames[i].length % 2);
      int cut = i == 0 ? 20 : even.length;
      head(out, false, 0xFFFEE000, "", cut);
      out.write(even, 0, cut);
      if (cut < even.length) {
        head(out, false, 0xFFFEE000, "", even.length - cut);
        out.write(even, cut, even.length - cut);
      }
    }
    head(out, false, 0xFFFEE0DD, "", 0);
    return file(out.toByteArray());
  }
}
