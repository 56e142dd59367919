package io.github.brainimaging.core.io;

import java.io.IOException;

/**
 * A file that is not what it should be: no known image format, damaged, cut off, or beyond a limit.
 * The message names the file, what was found and what was expected.
 */
public class ImageFormatException extends IOException {

  private static final long serialVersionUID = 1L;

  /**
   * An exception without a cause.
   *
   * @param message file, found, expected
   */
  public ImageFormatException(String message) {
    super(message);
  }

  /**
   * An exception with the decoder's own.
   *
   * @param message file, found, expected
   * @param cause what the decoder said
   */
  public ImageFormatException(String message, Throwable cause) {
    super(message, cause);
  }
}
