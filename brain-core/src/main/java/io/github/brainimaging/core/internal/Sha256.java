package io.github.brainimaging.core.internal;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256. */
public final class Sha256 {

  private final MessageDigest digest;

  /** Of nothing yet. */
  public Sha256() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  /**
   * Of size and samples of an image, whatever file it is from.
   *
   * @param width columns
   * @param height rows
   * @param channels channels
   * @param samples all samples
   * @return 64 digits
   */
  public static String ofPixels(int width, int height, int channels, float[] samples) {
    ByteBuffer size = ByteBuffer.allocate(3 * Integer.BYTES);
    size.putInt(width).putInt(height).putInt(channels);
    return new Sha256().add(size.array()).add(samples).digits();
  }

  /**
   * Adds bytes.
   *
   * @param bytes what is added
   * @return this
   */
  @CanIgnoreReturnValue
  public Sha256 add(byte[] bytes) {
    digest.update(bytes);
    return this;
  }

  /**
   * Adds what is left of a buffer.
   *
   * @param bytes what is added; its position moves to its end
   * @return this
   */
  @CanIgnoreReturnValue
  public Sha256 add(ByteBuffer bytes) {
    digest.update(bytes);
    return this;
  }

  /**
   * Adds numbers, big endian.
   *
   * @param values what is added
   * @return this
   */
  @CanIgnoreReturnValue
  public Sha256 add(float[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(Float.BYTES, values.length));
    bytes.asFloatBuffer().put(values);
    return add(bytes.array());
  }

  /**
   * Adds all that is left of a stream.
   *
   * @param stream what is added; stays open
   * @return this
   * @throws IOException if it cannot be read
   */
  @CanIgnoreReturnValue
  public Sha256 add(InputStream stream) throws IOException {
    stream.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
    return this;
  }

  /**
   * Ends it.
   *
   * @return 32 bytes
   */
  public byte[] bytes() {
    return digest.digest();
  }

  /**
   * Ends it.
   *
   * @return 64 hexadecimal digits in lower case
   */
  public String digits() {
    return HexFormat.of().formatHex(bytes());
  }
}
