package io.github.brainimaging.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** How the library behaves in a JVM that it does not have for itself; each test starts one. */
class HostTest {

  private static final String PREDICTED =
      "predicted [none (a 0.2500, b 0.5000, c 0.1250), none (a 0.2500, b 0.5000, c 0.1250)]";

  @TempDir Path folder;

  private List<String> run(String... arguments) throws IOException, InterruptedException {
    return run(Path.of(System.getProperty("java.io.tmpdir")), arguments);
  }

  private List<String> run(Path temporary, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Djava.io.tmpdir=" + temporary,
            "-Xlog:class+load:stdout",
            "-Xshare:auto",
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=info",
            "-cp",
            System.getProperty("java.class.path"),
            HostProgram.class.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("XDG_CACHE_HOME", folder.resolve("cache").toString());
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output.lines().toList();
  }

  private static long count(List<String> lines, String part) {
    return lines.stream().filter(line -> line.contains(part)).count();
  }

  @Test
  void worksWhereTheHostHasItsOwnEnvironment() throws Exception {
    List<String> lines = run("own-environment");
    assertThat(lines).anyMatch(line -> line.startsWith("environment OrtEnvironment(name=host"));
    assertThat(count(lines, PREDICTED)).isEqualTo(2);
    assertThat(count(lines, "DJL cannot start here")).isEqualTo(1);
  }

  /** As a plug-in host does, whose own class loader is that of the threads. */
  @Test
  void worksInAClassLoaderThatTheThreadsDoNotKnow() throws Exception {
    List<String> lines = run("own-loader");
    assertThat(count(lines, PREDICTED)).isEqualTo(4);
    assertThat(count(lines, "DJL cannot start here")).isEqualTo(1);
  }

  @Test
  void aCardThatDeniesTheSoftmaxOfItsModelIsWarnedOf() throws Exception {
    List<String> warnings =
        run("softmax").stream()
            .filter(line -> line.contains("the card should say SOFTMAX"))
            .toList();

    assertThat(warnings).hasSize(3);
    for (String denied : List.of("LOGITS", "SIGMOID", "SIGMOID_LOGITS")) {
      assertThat(warnings)
          .anyMatch(
              line ->
                  line.contains("model soft-" + denied + " gives [0.33")
                      && line.contains("its card says " + denied + ", "));
    }
  }

  @Test
  void namesTheFolderWhereTheLibraryCannotBeUnpacked() throws Exception {
    List<String> lines = run(Path.of("/nonexistent"));
    assertThat(lines)
        .anyMatch(
            line ->
                line.startsWith("refused ModelException")
                    && line.contains("java.io.tmpdir = /nonexistent")
                    && line.contains("NoSuchFileException"));
  }

  @Test
  void runsThroughDjlAndNeitherReportsNorStartsPyTorch() throws Exception {
    List<String> lines = run();
    assertThat(count(lines, PREDICTED)).isEqualTo(2);
    assertThat(count(lines, " ai.djl.onnxruntime.engine.OrtSymbolBlock ")).isEqualTo(1);
    // On the test class path, and listed by DJL, but never started.
    assertThat(count(lines, " ai.djl.pytorch.engine.PtEngineProvider ")).isEqualTo(1);
    assertThat(count(lines, " ai.djl.pytorch.engine.PtEngine ")).isZero();
    // DJL's report, and its look for a cloud host before it, would go through this class.
    assertThat(count(lines, " sun.net.www.protocol.http.HttpURLConnection ")).isZero();
    assertThat(lines).contains("tracking null");
    assertThat(count(lines, "runs on the CPU: this is ONNX Runtime's CPU artifact")).isEqualTo(2);
    assertThat(count(lines, "CUDA is not supported")).isZero();
    assertThat(count(lines, "these labels are taken for tumors: [a, b, c]")).isEqualTo(2);
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "XDG_CACHE_HOME is Linux'")
  void leavesNothingInTheTemporaryFolderAndUnpacksOnce() throws Exception {
    Path temporary = Files.createDirectory(folder.resolve("temporary"));

    assertThat(count(run(temporary), PREDICTED)).isEqualTo(2);

    assertThat(temporary).isEmptyDirectory();
    try (Stream<Path> files = Files.walk(folder.resolve("cache"))) {
      assertThat(files.filter(Files::isRegularFile)).hasSize(2);
    }
  }
}
