package io.github.brainimaging.core.internal;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.Locale;

/** Checks of arguments. */
public final class Arguments {

  private Arguments() {}

  /**
   * Throws unless a condition holds. Write the condition so that NaN fails it: {@code x > 0}, not
   * {@code !(x <= 0)}.
   *
   * @param condition what must be true
   * @param message {@link String#format} pattern, by convention {@code "<parameter> must be
   *     <range>, got %s"}
   * @param values what the pattern asks for
   * @throws IllegalArgumentException if the condition is false
   */
  public static void require(boolean condition, String message, Object... values) {
    if (condition) {
      return;
    }
    throw new IllegalArgumentException(String.format(Locale.ROOT, message, values));
  }

  /**
   * Returns a value that is finite and above zero.
   *
   * @param name the parameter's name, for the message
   * @param value the value
   * @return the value
   * @throws IllegalArgumentException if it is NaN, infinite, zero or negative
   */
  @CanIgnoreReturnValue
  public static double requirePositive(String name, double value) {
    require(
        value > 0 && value < Double.POSITIVE_INFINITY,
        "%s must be positive and finite, got %s",
        name,
        value);
    return value;
  }

  /**
   * Returns a whole number that is above zero.
   *
   * @param name the parameter's name, for the message
   * @param value the value
   * @return the value
   * @throws IllegalArgumentException if it is zero or negative
   */
  @CanIgnoreReturnValue
  public static int requirePositive(String name, int value) {
    require(value > 0, "%s must be positive, got %s", name, value);
    return value;
  }

  /**
   * Returns a probability, or any other share of a whole.
   *
   * @param name the parameter's name, for the message
   * @param value the value
   * @return the value
   * @throws IllegalArgumentException if it is not 0 to 1
   */
  @CanIgnoreReturnValue
  public static double requireShare(String name, double value) {
    require(value >= 0 && value <= 1, "%s must be 0 to 1, got %s", name, value);
    return value;
  }

  /**
   * Returns a finite value.
   *
   * @param name the parameter's name, for the message
   * @param value the value
   * @return the value
   * @throws IllegalArgumentException if it is NaN or infinite
   */
  @CanIgnoreReturnValue
  public static double requireFinite(String name, double value) {
    require(Double.isFinite(value), "%s must be finite, got %s", name, value);
    return value;
  }
}
