package io.github.brainimaging.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Scanner;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Damaged models, loaded in a JVM of its own, whose end by a crash is seen. More of them, or
 * others:
 *
 * <pre>{@code
 * quick: -Dsurefire.argLine="-Xmx1g -Dfuzz=100000 -Dfuzz.seed=7" -Dtest=ModelMutationTest
 * }</pre>
 */
class ModelMutationTest {

  @TempDir Path folder;

  private final List<String> crashes = new ArrayList<>();
  private final List<String> told = new ArrayList<>();

  @Test
  void noDamagedModelEndsTheProgram() throws Exception {
    int count = Integer.getInteger("fuzz", 300);
    unpack();
    List<Path> models = MutationProgram.models(folder);
    assertThat(models).hasSizeGreaterThan(50);

    int next = 0;
    while (next < count) {
      next = run(next, count, models);
    }

    assertThat(crashes).isEmpty();
    assertThat(told).noneMatch(line -> line.startsWith("surprise") || line.startsWith("slow"));
    Scanner numbers = new Scanner(told.get(told.size() - 1)).useDelimiter("\\D+");
    assertThat(numbers.nextInt()).as("loaded").isGreaterThan(count / 20);
    assertThat(numbers.nextInt()).as("refused").isGreaterThan(count / 4);
  }

  private void unpack() throws IOException {
    try (InputStream in = ModelMutationTest.class.getResourceAsStream("operators.zip");
        ZipInputStream zip = new ZipInputStream(in)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Files.write(folder.resolve(entry.getName()), zip.readAllBytes());
      }
    }
  }

  /** The number to go on with: after the last, or after the one that ended the program. */
  private int run(int from, int to, List<Path> models) throws IOException, InterruptedException {
    Path out = folder.resolve("out");
    List<String> command = new ArrayList<>();
    // What a model asks for is bounded here, so that a wish for too much memory is seen as refused.
    command.addAll(List.of("sh", "-c", "ulimit -v 6000000; exec \"$@\"", "sh"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:-CreateCoredumpOnCrash"));
    command.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=off");
    command.add("-XX:ErrorFile=" + folder.resolve("crash.log"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(MutationProgram.class.getName());
    command.addAll(
        List.of(folder.toString(), "" + from, "" + to, System.getProperty("fuzz.seed", "1")));
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(folder.resolve("log").toFile())
            .start();
    int at = from - 1;
    while (!process.waitFor(120, TimeUnit.SECONDS)) {
      if (at() == at) {
        process.destroyForcibly().waitFor();
        crashes.add("endless " + name(at, models));
      }
      at = at();
    }
    told.addAll(Files.readAllLines(out, StandardCharsets.UTF_8));
    if (process.exitValue() == 0) {
      return to;
    }
    crashes.add("exit code " + process.exitValue() + " " + name(at(), models));
    return at() + 1;
  }

  private int at() throws IOException {
    return ByteBuffer.wrap(Files.readAllBytes(folder.resolve("at"))).getInt();
  }

  private static String name(int at, List<Path> models) {
    return models.get(at % models.size()).getFileName() + "#" + at;
  }
}
