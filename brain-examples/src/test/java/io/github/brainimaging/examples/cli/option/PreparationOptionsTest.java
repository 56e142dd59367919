package io.github.brainimaging.examples.cli.option;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.brainimaging.core.bias.BiasCorrection;
import io.github.brainimaging.core.image.VolumeMask;
import io.github.brainimaging.core.inference.VolumeSegmentation;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class PreparationOptionsTest {

  @Command(name = "some")
  private static final class Some {
    @Mixin private final PreparationOptions preparation = new PreparationOptions();
  }

  private static String pipeline(String... arguments) {
    Some some = new Some();
    CommandLine line = new CommandLine(some).setCaseInsensitiveEnumValuesAllowed(true);
    assertThat(line.parseArgs(arguments).errors()).isEmpty();
    return some.preparation
        .begin()
        .segment(
            volume ->
                new VolumeSegmentation(VolumeMask.empty(volume.grid()), OptionalDouble.empty()))
        .build()
        .toString();
  }

  @Test
  void theBiasIsThatOfTheMethodAskedFor() {
    assertThat(pipeline("--bias-correct")).contains("biasCorrect: " + BiasCorrection.n4());
    assertThat(pipeline("--bias-correct=n4")).isEqualTo(pipeline("--bias-correct"));
    assertThat(pipeline("--bias-correct=n3")).contains("biasCorrect: " + BiasCorrection.n3());
    assertThat(pipeline()).doesNotContain("biasCorrect");
    assertThat(BiasCorrection.n3()).doesNotHaveToString(BiasCorrection.n4().toString());
  }
}
