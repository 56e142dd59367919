package io.github.brainimaging.examples.cli.file;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Checksums. */
public final class Digests {

  private Digests() {}

  /** A new SHA-256. */
  public static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}
