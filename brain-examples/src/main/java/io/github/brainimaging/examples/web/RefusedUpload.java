package io.github.brainimaging.examples.web;

import java.io.Serial;

/** An upload that gets no analysis, with the status and the words of the answer. */
final class RefusedUpload extends Exception {

  static final int BAD_REQUEST = 400;
  static final int NO_LENGTH = 411;
  static final int TOO_LARGE = 413;
  static final int UNKNOWN_TYPE = 415;
  static final int UNREADABLE = 422;
  static final int BUSY = 503;

  @Serial private static final long serialVersionUID = 1;

  private final int status;

  RefusedUpload(int status, String message) {
    super(message);
    this.status = status;
  }

  int status() {
    return status;
  }

  /** The message, for people. */
  String words() {
    return String.valueOf(getMessage());
  }
}
