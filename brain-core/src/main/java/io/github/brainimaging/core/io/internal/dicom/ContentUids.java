package io.github.brainimaging.core.io.internal.dicom;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * UIDs that follow from a content: equal contents have equal ones, others do not. Each is a UUID
 * (version 8, RFC 9562) made of a SHA-256 digest, behind 2.25 (PS3.5, B.2). Immutable.
 */
final class ContentUids {

  private final byte[] digest;

  ContentUids(byte[] content) {
    this.digest = sha256(content);
  }

  /** The UID of one thing that is made of the content. */
  String of(String purpose) {
    byte[] name = purpose.getBytes(StandardCharsets.US_ASCII);
    byte[] all = Arrays.copyOf(digest, digest.length + name.length);
    System.arraycopy(name, 0, all, digest.length, name.length);
    byte[] uuid = Arrays.copyOf(sha256(all), 16);
    uuid[6] = (byte) ((uuid[6] & 0x0F) | 0x80);
    uuid[8] = (byte) ((uuid[8] & 0x3F) | 0x80);
    return "2.25." + new BigInteger(1, uuid);
  }

  private static byte[] sha256(byte[] content) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(content);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
