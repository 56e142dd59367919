package io.github.brainimaging.core.io.internal.dicom.element;

import java.io.IOException;

/** A file that is sound, for all that was read, but no DICOM image: a report, a picture's state. */
public final class NoImageException extends IOException {

  private static final long serialVersionUID = 1L;

  /**
   * What it is instead, or what it lacks.
   *
   * @param message without patient data
   */
  public NoImageException(String message) {
    super(message);
  }
}
