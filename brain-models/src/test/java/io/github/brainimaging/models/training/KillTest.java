package io.github.brainimaging.models.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that trains is killed (SIGKILL) at some step, and started again, as often as the system
 * property {@code brain.kills} says.
 */
class KillTest {

  private static final int KILLS = Integer.getInteger("brain.kills", 1);

  @TempDir Path folder;

  @Test
  void aKilledTrainingEndsWithTheHistoryOfAnUndisturbedOne() throws Exception {
    Path data = folder.resolve("data");
    Stripes.draw(data, 24);
    Path undisturbed = folder.resolve("undisturbed");
    assertThat(run(data, undisturbed, Integer.MAX_VALUE)).isFalse();
    Random random = new Random(9);
    Path killed = folder.resolve("killed");

    int kills = 0;
    for (int i = 0; i < KILLS; i++) {
      kills += run(data, killed, 4 + random.nextInt(7)) ? 1 : 0;
    }
    assertThat(kills).isPositive();
    assertThat(run(data, killed, Integer.MAX_VALUE)).isFalse();

    assertThat(killed.resolve("history.csv"))
        .hasSameTextualContentAs(undisturbed.resolve("history.csv"));
    TrainingResult resumed = TrainingResult.ofFolder(killed);
    TrainingResult whole = TrainingResult.ofFolder(undisturbed);
    assertThat(resumed.history()).hasSize(6).isEqualTo(whole.history());
    assertThat(resumed.weights().tensors()).isEqualTo(whole.weights().tensors());
    try (var files = Files.list(killed)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .contains("checkpoint.safetensors", "history.csv");
    }
  }

  /** As in a host with plug-ins, whose threads do not know the library's class loader. */
  @Test
  void aThreadOfAnotherClassLoaderTrainsToo() throws Exception {
    Path data = folder.resolve("data");
    Stripes.draw(data, 24);

    assertThat(run(data, folder.resolve("out"), Integer.MAX_VALUE, KilledTraining.FOREIGN))
        .isFalse();

    assertThat(TrainingResult.ofFolder(folder.resolve("out")).history()).hasSize(6);
  }

  /** Kills the process after some steps; false if it ended before. */
  private static boolean run(Path data, Path out, int steps, String... more)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Dai.djl.pytorch.num_threads=1", KilledTraining.class.getName()));
    command.addAll(List.of(data.toString(), out.toString()));
    command.addAll(List.of(more));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    Process process = builder.start();
    int done = 0;
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        done += line.startsWith("step ") ? 1 : 0;
        if (done == steps) {
          assertThat(process.destroyForcibly().waitFor()).isNotZero();
          return true;
        }
      }
    }
    assertThat(process.waitFor()).isZero();
    return false;
  }
}
