package io.github.brainimaging.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The start script of the distribution, with a small program in the place of the real one. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "it is a script of sh, which asks ls for times")
class StartScriptTest {

  private static final Path SCRIPT = Path.of("src/main/dist/bin/brain");

  @TempDir Path folder;
  private String home = "home";

  /** What a start gave. */
  private record Run(int status, String output) {}

  /** Says what it was given, and whether its class came from an archive. */
  static final class Program {

    private Program() {}

    public static void main(String[] args) {
      System.out.println("given " + Arrays.toString(args) + " " + System.getProperty("mark"));
      if (args.length > 0 && args[args.length - 1].equals("fail")) {
        System.exit(3);
      }
    }
  }

  @BeforeEach
  void lay() throws IOException {
    Files.createDirectories(folder.resolve(home).resolve("bin"));
    Files.copy(SCRIPT, folder.resolve(home).resolve("bin/brain"));
    jar();
  }

  @CanIgnoreReturnValue
  private Path jar() throws IOException {
    Path jar = folder.resolve(home).resolve("brain.jar");
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Program.class.getName());
    String name = Program.class.getName().replace('.', '/') + ".class";
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out, manifest);
        InputStream content = Program.class.getResourceAsStream("/" + name)) {
      entries.putNextEntry(new JarEntry(name));
      content.transferTo(entries);
    }
    return jar;
  }

  private Run start(Map<String, String> environment, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("sh", folder + "/" + home + "/bin/brain"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("XDG_CACHE_HOME", folder.resolve("cache").toString());
    builder.environment().putAll(environment);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Run(process.waitFor(), output);
  }

  private List<Path> archives() throws IOException {
    Path cache = folder.resolve("cache/brain-imaging");
    if (!Files.exists(cache)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(cache)) {
      return files.toList();
    }
  }

  private boolean takesItsClassFromAnArchive() throws Exception {
    Map<String, String> told = Map.of("BRAIN_OPTS", "-Xlog:class+load");
    return start(told, "analyze")
        .output()
        .lines()
        .anyMatch(line -> line.contains("StartScriptTest$Program source: shared objects file"));
  }

  @Test
  void theFirstAnalysisLeavesAnArchiveThatTheNextUses() throws Exception {
    assertThat(start(Map.of(), "help")).isEqualTo(new Run(0, String.format("given [help] null%n")));
    assertThat(archives()).isEmpty();

    Run first = start(Map.of("BRAIN_OPTS", "-Dmark=x"), "analyze", "a b", "*");

    assertThat(first).isEqualTo(new Run(0, String.format("given [analyze, a b, *] x%n")));
    assumeTrue(!archives().isEmpty(), "this Java makes no archives of classes");
    assertThat(archives()).hasSize(1);
    assertThat(start(Map.of(), "analyze", "a b"))
        .isEqualTo(new Run(0, String.format("given [analyze, a b] null%n")));
    assertThat(takesItsClassFromAnArchive()).isTrue();
  }

  @Test
  void changedJarsGetAnArchiveOfTheirOwn() throws Exception {
    assertThat(start(Map.of(), "analyze").status()).isZero();
    assumeTrue(!archives().isEmpty(), "this Java makes no archives of classes");

    Files.setLastModifiedTime(jar(), FileTime.fromMillis(1_500_000_000_000L));
    Run changed = start(Map.of(), "analyze");

    assertThat(changed).isEqualTo(new Run(0, String.format("given [analyze] null%n")));
    assertThat(archives()).hasSize(2);
    assertThat(takesItsClassFromAnArchive()).isTrue();
  }

  /** The JVM takes no class of such jars from an archive, but starts. */
  @Test
  void startsFromAFolderWithSpaces() throws Exception {
    home = "home of it";
    lay();

    for (int time = 0; time < 2; time++) {
      assertThat(start(Map.of(), "analyze"))
          .isEqualTo(new Run(0, String.format("given [analyze] null%n")));
    }
  }

  @Test
  void tellsTheStatusOfTheProgramFirstAndLater() throws Exception {
    assertThat(start(Map.of(), "analyze", "fail").status()).isEqualTo(3);
    assertThat(start(Map.of(), "analyze", "fail").status()).isEqualTo(3);
  }

  @Test
  void usesNoArchiveWhereNoneIsWantedOrCanBeWritten() throws Exception {
    Run unwanted = start(Map.of("BRAIN_ARCHIVE", ""), "analyze");
    Files.writeString(folder.resolve("file"), "no folder");
    Run impossible = start(Map.of("XDG_CACHE_HOME", folder + "/file"), "analyze");

    assertThat(List.of(unwanted, impossible))
        .containsOnly(new Run(0, String.format("given [analyze] null%n")));
    assertThat(archives()).isEmpty();
  }
}
