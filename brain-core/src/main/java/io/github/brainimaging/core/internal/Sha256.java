package io.github.brainimaging.core.internal;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 in lower-case hexadecimal digits. */
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
   * Ends it.
   *
   * @return 64 digits
   */
  public String digits() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
