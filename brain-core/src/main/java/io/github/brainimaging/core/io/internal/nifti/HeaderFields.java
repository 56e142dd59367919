package io.github.brainimaging.core.io.internal.nifti;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The fields of a header of either version by one set of names. Version 1 (nifti1.h) has 348 bytes
 * with numbers of 16 and 32 bits, version 2 (nifti2.h) 540 bytes with 64 bits.
 */
final class HeaderFields {

  static final int LENGTH_1 = 348;
  static final int LENGTH_2 = 540;

  private final ByteBuffer bytes;
  private final int version;

  private HeaderFields(ByteBuffer bytes, int version) {
    this.bytes = bytes;
    this.version = version;
  }

  /** Finds version and byte order by the length that the header tells of itself. */
  static HeaderFields of(byte[] start) throws IOException {
    if (start.length < LENGTH_1) {
      throw cutOff(LENGTH_1, start.length);
    }
    ByteBuffer bytes = ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN);
    int length = bytes.getInt(0);
    if (length != LENGTH_1 && length != LENGTH_2) {
      bytes.order(ByteOrder.BIG_ENDIAN);
      length = bytes.getInt(0);
    }
    if (length != LENGTH_1 && length != LENGTH_2) {
      throw new IOException(
          "field sizeof_hdr at offset 0: expected 348 or 540 in either byte order, found "
              + length);
    }
    if (start.length < length) {
      throw cutOff(length, start.length);
    }
    return new HeaderFields(bytes, length == LENGTH_1 ? 1 : 2);
  }

  private static EOFException cutOff(int expected, int found) {
    return new EOFException(
        "the header is cut off: expected " + expected + " bytes, found " + found);
  }

  int version() {
    return version;
  }

  int length() {
    return version == 1 ? LENGTH_1 : LENGTH_2;
  }

  ByteOrder order() {
    return bytes.order();
  }

  /** The third letter of the magic is + in a file with its voxels, i in a pair of files. */
  boolean isPair() {
    return bytes.get((version == 1 ? 344 : 4) + 1) == 'i';
  }

  long dim(int i) {
    return version == 1 ? bytes.getShort(40 + 2 * i) : bytes.getLong(16 + 8 * i);
  }

  int dimOffset(int i) {
    return version == 1 ? 40 + 2 * i : 16 + 8 * i;
  }

  int datatype() {
    return bytes.getShort(datatypeOffset());
  }

  int datatypeOffset() {
    return version == 1 ? 70 : 12;
  }

  double pixdim(int i) {
    return number(76 + 4 * i, 104 + 8 * i);
  }

  /** The place of the first voxel; a float in version 1. */
  double voxOffset() {
    return version == 1 ? bytes.getFloat(108) : bytes.getLong(168);
  }

  int voxOffsetOffset() {
    return version == 1 ? 108 : 168;
  }

  double slope() {
    return number(112, 176);
  }

  double intercept() {
    return number(116, 184);
  }

  int interceptOffset() {
    return version == 1 ? 116 : 184;
  }

  int units() {
    return version == 1 ? bytes.get(123) : bytes.getInt(500);
  }

  int qformCode() {
    return version == 1 ? bytes.getShort(252) : bytes.getInt(344);
  }

  int sformCode() {
    return version == 1 ? bytes.getShort(254) : bytes.getInt(348);
  }

  /** Quaternion b, c, d, then the translation x, y, z. */
  double qform(int i) {
    return number(256 + 4 * i, 352 + 8 * i);
  }

  /** Three rows of four. */
  double sform(int i) {
    return number(280 + 4 * i, 400 + 8 * i);
  }

  /** The description and the name of what the data mean, in one text. */
  String texts() {
    return text(version == 1 ? 148 : 240, 80) + " " + text(version == 1 ? 328 : 508, 16);
  }

  private String text(int at, int length) {
    StringBuilder text = new StringBuilder();
    for (int i = at; i < at + length && bytes.get(i) != 0; i++) {
      text.append((char) (bytes.get(i) & 0x7F));
    }
    return text.toString();
  }

  private double number(int at1, int at2) {
    return version == 1 ? bytes.getFloat(at1) : bytes.getDouble(at2);
  }
}
