package io.github.brainimaging.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.brainimaging.core.testing.Printed;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The program behind a row of docs/measured.md. */
class MemoryCheckTest {

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "it reads /proc")
  void tellsTheMemoryTenTimes() throws IOException {
    String printed = Printed.by(() -> MemoryCheck.main(new String[] {"20", "10"}));

    assertThat(printed.lines().filter(line -> line.contains(" predictions: VmRSS"))).hasSize(11);
    assertThat(printed.lines().filter(line -> line.contains(" cycles: VmRSS"))).hasSize(10);
    assertThat(printed).containsPattern("    20 predictions: VmRSS:\\s+\\d{5,} kB");
  }
}
