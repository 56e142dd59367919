package io.github.brainimaging.models.card;

/**
 * A model that cannot be used: unreadable, not what its card says, or failing when it runs. The
 * message names the model, what was found and what was expected.
 *
 * @since 0.1.0
 */
public class ModelException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * An exception without a cause.
   *
   * @param message model, found, expected
   */
  public ModelException(String message) {
    super(message);
  }

  /**
   * An exception with the engine's own.
   *
   * @param message model, found, expected
   * @param cause what the engine or the file system said
   */
  public ModelException(String message, Throwable cause) {
    super(message, cause);
  }
}
