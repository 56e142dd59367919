package io.github.brainimaging.core.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class Sha256Test {

  /** The example of FIPS 180-2, and by Python's hashlib and struct. */
  @Test
  void agreesWithTheStandardAndWithPython() {
    assertThat(
            new Sha256()
                .add("a".getBytes(StandardCharsets.UTF_8))
                .add(new byte[] {98, 99})
                .digits())
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assertThat(Sha256.ofPixels(2, 1, 1, new float[] {0.5f, -3}))
        .isEqualTo("b3fd7d72b623364146d5688ba712f544c9c355bdb105dc7e1dda0fb53728e647");
  }
}
