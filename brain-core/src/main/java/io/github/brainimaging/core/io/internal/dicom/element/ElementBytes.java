package io.github.brainimaging.core.io.internal.dicom.element;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/** How an element is written: little endian, with its type, of a length that is told. */
public final class ElementBytes {

  private static final int LONGEST_VALUE = 65_534;

  /** Types whose length has four bytes. */
  private static final Set<String> WIDE = Set.of("SQ", "OB", "OW", "OF", "OD", "UT");

  /** This library, as the maker of files and the observer of reports. */
  public static final String IMPLEMENTATION = "2.25.197113107846932392400397115973424599857";

  private ElementBytes() {}

  /**
   * The beginning of a part-10 file: preamble and file meta information.
   *
   * @param sopClass of the object
   * @param instance its SOP instance UID
   * @param syntax the UID of its transfer syntax
   * @return the bytes
   */
  public static byte[] head(String sopClass, String instance, String syntax) {
    ByteArrayOutputStream meta = new ByteArrayOutputStream();
    write(0x00020001, "OB", new byte[] {0, 1}, meta);
    write(0x00020002, "UI", ascii(sopClass), meta);
    write(0x00020003, "UI", ascii(instance), meta);
    write(Tag.TRANSFER_SYNTAX, "UI", ascii(syntax), meta);
    write(0x00020012, "UI", ascii(IMPLEMENTATION), meta);
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    head.writeBytes(new byte[128]);
    head.writeBytes(ascii("DICM"));
    write(0x00020000, "UL", little(meta.size(), 4), head);
    head.writeBytes(meta.toByteArray());
    return head.toByteArray();
  }

  /** A text as it is written. */
  public static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Writes an element, padded to an even length.
   *
   * @param tag group and element
   * @param type its VR
   * @param value its value in little endian
   * @param out where it goes
   * @throws IllegalArgumentException if the value is longer than its type allows
   */
  public static void write(int tag, String type, byte[] value, ByteArrayOutputStream out) {
    int padding = value.length % 2;
    int length = value.length + padding;
    boolean wide = WIDE.contains(type);
    if (!wide && length > LONGEST_VALUE) {
      throw new IllegalArgumentException(
          Tag.name(tag) + ": a value of " + length + " bytes is longer than 65,534");
    }
    out.writeBytes(tag(tag));
    out.writeBytes(ascii(type));
    if (wide) {
      out.writeBytes(new byte[2]);
    }
    out.writeBytes(little(length, wide ? 4 : 2));
    out.writeBytes(value);
    if (padding > 0) {
      boolean zero = type.equals("UI") || type.startsWith("O");
      out.write(zero ? 0 : ' ');
    }
  }

  /**
   * The value of a sequence.
   *
   * @param items the content of each item
   * @return all items, each with its length
   */
  public static byte[] items(List<byte[]> items) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] content : items) {
      out.writeBytes(tag(Tag.ITEM));
      out.writeBytes(little(content.length, 4));
      out.writeBytes(content);
    }
    return out.toByteArray();
  }

  /**
   * A tag as it is written.
   *
   * @param tag group and element
   * @return four bytes
   */
  public static byte[] tag(int tag) {
    return little((tag >>> 16) | (tag << 16), 4);
  }

  /**
   * A number as it is written.
   *
   * @param number the number
   * @param size 2 or 4 bytes
   * @return the bytes, the lowest first
   */
  public static byte[] little(int number, int size) {
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) (number >>> (8 * i));
    }
    return bytes;
  }
}
