package io.github.brainimaging.core.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails every test that prints to standard output: what a test finds belongs into an assertion, and
 * a library that prints spoils the output of its host. A test of a program may put a stream of its
 * own in the place of {@link System#out} meanwhile. Registered for all modules as a service.
 */
public final class Silence implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {

  private static final Recorder RECORDER = new Recorder(System.out);
  private static final PrintStream WATCHED =
      new PrintStream(RECORDER, true, StandardCharsets.UTF_8);

  /** Passes on what is printed, and remembers it. */
  private static final class Recorder extends OutputStream {

    private final OutputStream to;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    Recorder(OutputStream to) {
      this.to = to;
    }

    @Override
    public synchronized void write(int b) throws IOException {
      printed.write(b);
      to.write(b);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
      printed.write(bytes, offset, length);
      to.write(bytes, offset, length);
    }

    @Override
    public void flush() throws IOException {
      to.flush();
    }

    synchronized String take() {
      String text = printed.toString(StandardCharsets.UTF_8);
      printed.reset();
      return text;
    }
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    watch();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    require();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    require();
  }

  static void watch() {
    System.setOut(WATCHED);
  }

  static void require() {
    String printed = RECORDER.take();
    if (!printed.isEmpty()) {
      throw new AssertionError("expected a test that prints nothing, found: " + printed.strip());
    }
  }
}
