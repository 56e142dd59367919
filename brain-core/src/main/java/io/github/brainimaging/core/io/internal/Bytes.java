package io.github.brainimaging.core.io.internal;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.EOFException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Numbers at given places of a file. Reading behind the end of the file is an {@link EOFException}
 * that tells where.
 */
public final class Bytes {

  private final byte[] file;
  private final ByteBuffer buffer;

  private Bytes(byte[] file, ByteOrder order) {
    this.file = file;
    this.buffer = ByteBuffer.wrap(file).order(order);
  }

  /**
   * The numbers of a file.
   *
   * @param file the content, not copied
   * @param order byte order
   * @return the numbers
   */
  public static Bytes of(byte[] file, ByteOrder order) {
    return new Bytes(file, order);
  }

  /**
   * Whether the file has certain bytes at a place.
   *
   * @param file the content
   * @param offset the place
   * @param expected 0 to 255 each
   * @return false too if the file is too short
   */
  public static boolean match(byte[] file, int offset, int... expected) {
    if (file.length < offset + expected.length) {
      return false;
    }
    for (int i = 0; i < expected.length; i++) {
      if ((file[offset + i] & 0xFF) != expected[i]) {
        return false;
      }
    }
    return true;
  }

  /**
   * Size of the file.
   *
   * @return bytes
   */
  public int length() {
    return file.length;
  }

  /**
   * One byte.
   *
   * @param offset the place
   * @return 0 to 255
   * @throws EOFException if it is behind the end
   */
  public int uint8(long offset) throws EOFException {
    return file[at(offset, 1)] & 0xFF;
  }

  /**
   * Two bytes.
   *
   * @param offset the place
   * @return 0 to 65535
   * @throws EOFException if they reach behind the end
   */
  public int uint16(long offset) throws EOFException {
    return buffer.getShort(at(offset, 2)) & 0xFFFF;
  }

  /**
   * Four bytes, signed.
   *
   * @param offset the place
   * @return the number
   * @throws EOFException if they reach behind the end
   */
  public int int32(long offset) throws EOFException {
    return buffer.getInt(at(offset, 4));
  }

  /**
   * Four bytes, not signed.
   *
   * @param offset the place
   * @return 0 to 2^32 - 1
   * @throws EOFException if they reach behind the end
   */
  public long uint32(long offset) throws EOFException {
    return int32(offset) & 0xFFFFFFFFL;
  }

  /**
   * A copy of a part.
   *
   * @param offset the place
   * @param length number of bytes
   * @return a new array
   * @throws EOFException if the part reaches behind the end
   */
  public byte[] slice(long offset, long length) throws EOFException {
    int start = at(offset, length);
    return Arrays.copyOfRange(file, start, start + (int) length);
  }

  /**
   * Checks that a part lies within the file.
   *
   * @param offset the place
   * @param length number of bytes
   * @return the offset
   * @throws EOFException if the part reaches behind the end
   */
  @CanIgnoreReturnValue
  public int at(long offset, long length) throws EOFException {
    if (offset >= 0 && length >= 0 && offset + length <= file.length) {
      return (int) offset;
    }
    throw new EOFException(
        "the file is cut off: expected "
            + length
            + " bytes at offset "
            + offset
            + ", the file has "
            + file.length);
  }
}
