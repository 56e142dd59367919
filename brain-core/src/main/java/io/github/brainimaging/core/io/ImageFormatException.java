package io.github.brainimaging.core.io;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A file that is not what it should be: no known image format, damaged, cut off, or beyond a limit.
 * The message names the file, what was found and what was expected.
 *
 * @since 0.1.0
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

  /**
   * Why a file could not be read, for lists in which the file stands beside: messages name it
   * first.
   *
   * @param failure what was thrown
   * @param file the file
   * @return the message without the file; the kind of the exception if it has no message
   */
  public static String reason(Exception failure, Path file) {
    String message = failure.getMessage();
    if (message == null) {
      return failure.getClass().getSimpleName();
    }
    String named = file + ": ";
    return message.startsWith(named) ? message.substring(named.length()) : message;
  }
}
