package io.github.brainimaging.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A training that is told to end (SIGTERM) ends in order, and goes on when it is called again. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "no signals")
class StopTest {

  private static final int TERMINATED = 128 + 15;

  @TempDir Path folder;

  /** What was printed, in a JVM of its own that is told to end when an epoch is done. */
  private static List<String> stopped(List<String> command)
      throws IOException, InterruptedException {
    Process process = ForkedBrain.of(command).start();
    List<String> printed = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        printed.add(line);
        if (line.startsWith("epoch   1 ")) {
          process.toHandle().destroy();
        }
      }
    }
    assertThat(process.waitFor()).as("%s", printed).isEqualTo(TERMINATED);
    assertThat(printed)
        .last()
        .isEqualTo("stopped; the same command goes on after the last epoch that is done");
    assertThat(printed).noneMatch(line -> line.startsWith("epoch  10 "));
    return printed;
  }

  private void assertGoesOn(List<String> command) throws Exception {
    List<String> before = stopped(command);
    long epochs = before.stream().filter(line -> line.startsWith("epoch ")).count();
    StringWriter printed = new StringWriter();
    assertThat(Commands.run(printed, printed, command.toArray())).as("%s", printed).isZero();
    assertThat(printed.toString())
        .contains("goes on after epoch " + epochs, "epoch  10 ", "model: ")
        .doesNotContain("epoch   1 ");
  }

  @Test
  void aTrainedClassifier() throws Exception {
    for (String label : List.of("a", "b")) {
      for (int i = 0; i < 8; i++) {
        Commands.phantom(folder.resolve("data").resolve(label).resolve(i + ".png"));
      }
    }
    assertGoesOn(
        List.of(
            "train",
            "--data",
            folder.resolve("data").toString(),
            "--size",
            "32",
            "--epochs",
            "10",
            "--batch-size",
            "4",
            "--out",
            folder.resolve("out").toString()));
  }
}
