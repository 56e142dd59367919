package io.github.brainimaging.examples.cli.file;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.io.PngImageWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.function.Supplier;

/** Pictures with text: a machine without fonts costs them, and nothing else. */
public final class Pictures {

  private Pictures() {}

  /**
   * Writes a picture, or says that it was left out. The JDK tells missing fonts by errors.
   *
   * @throws IOException if it can be drawn but not written
   */
  public static void write(Path png, PrintWriter log, Supplier<MedicalImage> drawing)
      throws IOException {
    try {
      PngImageWriter.write(drawing.get(), png);
    } catch (InternalError | LinkageError e) {
      log.printf(
          "%s is left out: texts cannot be drawn on this machine (%s); the packages fontconfig and"
              + " fonts-dejavu-core, or their like, mend that%n",
          png, reason(e));
    }
  }

  /** The JDK wraps the reason of the first failure several times. */
  private static String reason(Throwable failure) {
    Throwable innermost = failure;
    while (innermost.getCause() != null) {
      innermost = innermost.getCause();
    }
    return String.valueOf(innermost.getMessage());
  }
}
