package io.github.brainimaging.core.io.internal.dicom.element;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** A stream with a position and a byte order. Belongs to one thread. */
final class DicomInput {

  private final InputStream in;
  private final boolean bigEndian;

  /** Above this the stream is refused: a deflated file may hold a thousand times its size. */
  private final long limit;

  private long position;

  DicomInput(InputStream in, boolean bigEndian, long position, long limit) {
    this.in = in.markSupported() ? in : new BufferedInputStream(in, 1 << 16);
    this.bigEndian = bigEndian;
    this.position = position;
    this.limit = limit;
  }

  /** The same stream in another byte order. */
  DicomInput inOrder(boolean big) {
    return new DicomInput(in, big, position, limit);
  }

  InputStream stream() {
    return in;
  }

  long position() {
    return position;
  }

  boolean isBigEndian() {
    return bigEndian;
  }

  /** The next bytes, without taking them; fewer at the end. */
  byte[] peek(int count) throws IOException {
    in.mark(count);
    byte[] bytes = in.readNBytes(count);
    in.reset();
    return bytes;
  }

  /** The next tag, without taking it; 0 at the end. */
  int peekTag() throws IOException {
    byte[] b = peek(4);
    if (b.length < 4) {
      return 0;
    }
    int swap = bigEndian ? 1 : 0;
    int group = (b[1 - swap] & 0xFF) << 8 | (b[swap] & 0xFF);
    return group << 16 | (b[3 - swap] & 0xFF) << 8 | (b[2 + swap] & 0xFF);
  }

  int uint16() throws IOException {
    byte[] b = bytes(2);
    int first = b[0] & 0xFF;
    int second = b[1] & 0xFF;
    return bigEndian ? (first << 8) | second : (second << 8) | first;
  }

  long uint32() throws IOException {
    long first = uint16();
    long second = uint16();
    return bigEndian ? first << 16 | second : second << 16 | first;
  }

  int tag() throws IOException {
    int group = uint16();
    return group << 16 | uint16();
  }

  /** Takes bytes; the array grows only as they really arrive. */
  byte[] bytes(long count) throws IOException {
    byte[] bytes = in.readNBytes((int) Math.min(count, Integer.MAX_VALUE - 8));
    advance(bytes.length);
    if (bytes.length < count) {
      throw new EOFException(
          "the file is cut off: expected "
              + count
              + " bytes at offset "
              + (position - bytes.length)
              + ", found "
              + bytes.length);
    }
    return bytes;
  }

  void skip(long count) throws IOException {
    long left = count;
    while (left > 0) {
      long skipped = in.skip(left);
      if (skipped <= 0) {
        skipped = in.read() < 0 ? 0 : 1;
      }
      if (skipped == 0) {
        throw new EOFException("the file is cut off at offset " + position);
      }
      advance(skipped);
      left -= skipped;
    }
  }

  private void advance(long count) throws IOException {
    position += count;
    if (position > limit) {
      throw new IOException("found more than " + limit + " bytes in the file");
    }
  }
}
