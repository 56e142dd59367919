package io.github.brainimaging.core.testing;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/**
 * That this test passes shows that the extension is at work, as nothing else watches the stream.
 */
class SilenceTest {

  @Test
  void aTestThatPrintsFailsOnceAndSaysWhatItPrinted() {
    System.out.println("(printed to see it refused)");

    assertThatThrownBy(Silence::require)
        .isInstanceOf(AssertionError.class)
        .hasMessage("expected a test that prints nothing, found: (printed to see it refused)");
    Silence.require();
  }

  @Test
  void whatATestCapturesIsNotPrinted() {
    PrintStream before = System.out;
    System.setOut(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8));
    System.out.println("captured");
    System.setOut(before);

    Silence.require();
  }
}
