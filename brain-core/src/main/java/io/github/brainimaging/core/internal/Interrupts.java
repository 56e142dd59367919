package io.github.brainimaging.core.internal;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import java.util.Locale;
import java.util.concurrent.CancellationException;

/** How long work ends where its thread is interrupted. */
public final class Interrupts {

  private Interrupts() {}

  /**
   * Ends the work of a thread that was interrupted, which it stays.
   *
   * @param place where the work is, such as "slice %s of %s"
   * @param arguments what is in it
   * @throws CancellationException if the thread is interrupted
   */
  @FormatMethod
  public static void heed(@FormatString String place, Object... arguments) {
    if (Thread.currentThread().isInterrupted()) {
      throw new CancellationException(
          "interrupted at " + String.format(Locale.ROOT, place, arguments));
    }
  }
}
