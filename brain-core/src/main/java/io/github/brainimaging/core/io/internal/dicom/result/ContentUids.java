package io.github.brainimaging.core.io.internal.dicom.result;

import io.github.brainimaging.core.internal.Sha256;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * UIDs that follow from a content: equal contents have equal ones, others do not. Each is a UUID
 * (version 8, RFC 9562) made of a SHA-256 digest, behind 2.25 (PS3.5, B.2). Immutable.
 */
public final class ContentUids {

  private final byte[] digest;

  /**
   * UIDs of a content.
   *
   * @param content anything
   */
  public ContentUids(byte[] content) {
    this.digest = new Sha256().add(content).bytes();
  }

  /**
   * The UID of one thing that is made of the content.
   *
   * @param purpose which one, in ASCII
   * @return the UID
   */
  public String of(String purpose) {
    byte[] name = purpose.getBytes(StandardCharsets.US_ASCII);
    byte[] uuid = Arrays.copyOf(new Sha256().add(digest).add(name).bytes(), 16);
    uuid[6] = (byte) ((uuid[6] & 0x0F) | 0x80);
    uuid[8] = (byte) ((uuid[8] & 0x3F) | 0x80);
    return "2.25." + new BigInteger(1, uuid);
  }
}
