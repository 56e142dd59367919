package io.github.brainimaging.core.internal;

import java.util.Optional;

/** What a value tells of itself, the same in every run of a program. */
public final class Described {

  private Described() {}

  /**
   * The text of a value whose class has a {@code toString} of its own: a record, or whatever tells
   * its settings. A lambda has none but that of every object, which names an address.
   *
   * @param value any value
   * @return its text, or nothing
   */
  public static Optional<String> by(Object value) {
    try {
      boolean own = value.getClass().getMethod("toString").getDeclaringClass() != Object.class;
      return own ? Optional.of(value.toString()) : Optional.empty();
    } catch (NoSuchMethodException e) {
      throw new AssertionError("every object has toString", e);
    }
  }
}
