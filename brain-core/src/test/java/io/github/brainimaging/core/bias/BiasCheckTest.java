package io.github.brainimaging.core.bias;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.brainimaging.core.io.NiftiWriter;
import io.github.brainimaging.core.testing.Printed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program behind a row of docs/measured.md, given a drawn head. */
class BiasCheckTest {

  @TempDir Path folder;

  @Test
  void printsWhatN4Removes() throws IOException {
    String head = folder.resolve("head.nii.gz").toString();
    NiftiWriter.withDefaults().write(new Phantom(96, 108, 84).volume(), Path.of(head));

    String printed = Printed.by(() -> BiasCheck.main(new String[] {head, head}));

    double clean = variation(printed, "uncorrupted, N4");
    for (KnownField field : KnownField.values()) {
      assertThat(variation(printed, field + " field, N4")).isCloseTo(clean, within(0.005));
    }
    assertThat(variation(printed, "WAVE field")).isGreaterThan(2 * clean);
  }

  private static double variation(String printed, String name) {
    return Pattern.compile("^" + Pattern.quote(name) + " +CV ([0-9.]+) ", Pattern.MULTILINE)
        .matcher(printed)
        .results()
        .mapToDouble(found -> Double.parseDouble(found.group(1)))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no line of " + name + " in " + printed));
  }
}
