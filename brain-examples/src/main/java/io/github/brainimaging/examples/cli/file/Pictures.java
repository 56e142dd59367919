package io.github.brainimaging.examples.cli.file;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.io.PngImageWriter;
import io.github.brainimaging.core.work.AtomicFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
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
    attempt(png, log, () -> PngImageWriter.write(drawing.get(), png));
  }

  /**
   * The same of a drawing.
   *
   * @throws IOException if it can be drawn but not written
   */
  public static void writeSvg(Path file, PrintWriter log, Supplier<String> drawing)
      throws IOException {
    attempt(
        file,
        log,
        () -> {
          byte[] text = drawing.get().getBytes(StandardCharsets.UTF_8);
          AtomicFiles.write(file, out -> out.write(text));
        });
  }

  /** Draws and writes. */
  @FunctionalInterface
  private interface Writing {
    void run() throws IOException;
  }

  private static void attempt(Path file, PrintWriter log, Writing writing) throws IOException {
    try {
      writing.run();
    } catch (InternalError | LinkageError e) {
      log.printf(
          "%s is left out: texts cannot be drawn on this machine (%s); the packages fontconfig and"
              + " fonts-dejavu-core, or their like, mend that%n",
          file, reason(e));
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
