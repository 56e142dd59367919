package io.github.brainimaging.core.io.internal;

import io.github.brainimaging.core.image.MedicalImage;
import java.io.IOException;
import java.util.function.Predicate;

/**
 * A format that is recognized only to say its name in the error.
 *
 * @param format the name of the format
 * @param magic whether a file starts like it
 */
public record UnsupportedFormat(String format, Predicate<byte[]> magic) implements Decoder {

  @Override
  public boolean recognizes(byte[] start) {
    return magic.test(start);
  }

  @Override
  public MedicalImage decode(byte[] file, long maximumPixels) throws IOException {
    throw new IOException("this format is not supported yet");
  }
}
