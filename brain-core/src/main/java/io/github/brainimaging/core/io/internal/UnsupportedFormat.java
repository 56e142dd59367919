package io.github.brainimaging.core.io.internal;

import io.github.brainimaging.core.image.MedicalImage;
import java.io.IOException;
import java.util.function.Predicate;

/**
 * A format that is recognized only to say in the error what it is.
 *
 * @param format the name of the format
 * @param reason why it is not read, and what to do about it
 * @param magic whether a file starts like it
 */
public record UnsupportedFormat(String format, String reason, Predicate<byte[]> magic)
    implements Decoder {

  /**
   * A format that is not read by this library.
   *
   * @param format the name of the format
   * @param magic whether a file starts like it
   */
  public UnsupportedFormat(String format, Predicate<byte[]> magic) {
    this(format, "this format is not supported yet", magic);
  }

  @Override
  public boolean recognizes(byte[] start) {
    return magic.test(start);
  }

  @Override
  public MedicalImage decode(byte[] file, long maximumPixels) throws IOException {
    throw new IOException(reason);
  }
}
