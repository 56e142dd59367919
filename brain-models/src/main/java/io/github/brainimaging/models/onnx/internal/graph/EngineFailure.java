package io.github.brainimaging.models.onnx.internal.graph;

import ai.onnxruntime.OrtException;
import com.google.errorprone.annotations.FormatMethod;
import java.nio.file.FileSystemException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Something the engine could not do. */
public final class EngineFailure extends Exception {

  private static final long serialVersionUID = 1L;

  /** How ONNX Runtime, CUDA, cuDNN and cuBLAS say that memory ran out; there is no error code. */
  private static final Pattern OUT_OF_MEMORY =
      Pattern.compile(
          "out of memory|failed to allocate memory|bad_alloc|STATUS_ALLOC_FAILED",
          Pattern.CASE_INSENSITIVE);

  /**
   * A failure.
   *
   * @param cause the engine's exception or error
   */
  public EngineFailure(Throwable cause) {
    super(rootMessage(cause), cause);
  }

  /**
   * A failure that needs more words.
   *
   * @param message what failed and what to do, before the engine's own words
   * @param cause the engine's exception or error
   */
  public EngineFailure(String message, Throwable cause) {
    super(message + ": " + rootMessage(cause), cause);
  }

  /**
   * A failure that is not the engine's own.
   *
   * @param message what was found and what was expected
   */
  public EngineFailure(String message) {
    super(message);
  }

  /**
   * Throws if a condition does not hold.
   *
   * @param condition what must hold
   * @param message what is wrong, a format
   * @param values what is in it
   * @throws EngineFailure if it does not
   */
  @FormatMethod
  public static void require(boolean condition, String message, @Nullable Object... values)
      throws EngineFailure {
    if (!condition) {
      throw new EngineFailure(String.format(message, values));
    }
  }

  private static String rootMessage(Throwable cause) {
    Throwable root = cause;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String message = root.getMessage();
    // The message of a file that is not there is nothing but its name.
    return message == null || message.isBlank() || root instanceof FileSystemException
        ? root.toString()
        : root instanceof OrtException ? EngineWords.told(message) : message.strip();
  }

  /**
   * Whether memory ran out, on the GPU or the host.
   *
   * @return true if a smaller batch may help
   */
  public boolean isOutOfMemory() {
    return OUT_OF_MEMORY.matcher(String.valueOf(getMessage())).find();
  }
}
