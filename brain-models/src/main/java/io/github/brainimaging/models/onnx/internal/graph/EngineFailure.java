package io.github.brainimaging.models.onnx.internal.graph;

import ai.onnxruntime.OrtException;
import com.google.errorprone.annotations.FormatMethod;
import java.nio.file.FileSystemException;
import org.jspecify.annotations.Nullable;

/** Something the engine could not do. */
public final class EngineFailure extends Exception {

  private static final long serialVersionUID = 1L;

  private final boolean outOfMemory;

  /**
   * A failure.
   *
   * @param cause the engine's exception or error
   */
  public EngineFailure(Throwable cause) {
    super(told(cause), cause);
    this.outOfMemory = saysOutOfMemory(rawMessage(cause));
  }

  /**
   * A failure that needs more words.
   *
   * @param message what failed and what to do, before the engine's own words
   * @param cause the engine's exception or error
   */
  public EngineFailure(String message, Throwable cause) {
    super(message + ": " + told(cause), cause);
    this.outOfMemory = saysOutOfMemory(rawMessage(cause));
  }

  /**
   * A failure that is not the engine's own.
   *
   * @param message what was found and what was expected
   */
  public EngineFailure(String message) {
    super(message);
    this.outOfMemory = saysOutOfMemory(message);
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

  private static Throwable root(Throwable cause) {
    Throwable root = cause;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  private static String rawMessage(Throwable cause) {
    Throwable root = root(cause);
    String message = root.getMessage();
    // The message of a file that is not there is nothing but its name.
    return message == null || message.isBlank() || root instanceof FileSystemException
        ? root.toString()
        : message.strip();
  }

  private static String told(Throwable cause) {
    String message = rawMessage(cause);
    return root(cause) instanceof OrtException ? EngineWords.told(message) : message;
  }

  /** Asked of the engine's own words, whatever becomes of them when they are told. */
  private static boolean saysOutOfMemory(String message) {
    return EngineWords.OUT_OF_MEMORY.matcher(message).find();
  }

  /**
   * Whether memory ran out, on the GPU or the host.
   *
   * @return true if a smaller batch may help
   */
  public boolean isOutOfMemory() {
    return outOfMemory;
  }
}
