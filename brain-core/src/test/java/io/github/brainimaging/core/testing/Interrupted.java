package io.github.brainimaging.core.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CancellationException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What work does in a thread that was interrupted. */
public final class Interrupted {

  private Interrupted() {}

  /** The work ends by a CancellationException, and the thread stays interrupted. */
  public static void assertEnds(ThrowingCallable work, String message) {
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(work).isInstanceOf(CancellationException.class).hasMessage(message);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }
}
