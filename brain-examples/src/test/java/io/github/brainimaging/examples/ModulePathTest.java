package io.github.brainimaging.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.function.Predicate.not;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.lang.module.FindException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Exports;
import java.lang.module.ModuleDescriptor.Requires;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * brain-core and brain-models on the module path: compiled as the modules that their jars are, with
 * the sample application of docs/samples, which runs in a Java of its own.
 */
class ModulePathTest {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Path SAMPLE = ROOT.resolve("docs/samples/module-path/src/main/java");

  /** What libraries that are automatic modules need and cannot name. */
  private static final List<String> BEHIND_AUTOMATIC =
      List.of("com.sun.jna", "org.apache.commons.compress", "org.apache.commons.io");

  @TempDir static Path built;

  @BeforeAll
  static void compileTheModules() throws IOException {
    Map<String, Path> libraries = new HashMap<>();
    Pattern.compile(File.pathSeparator)
        .splitAsStream(System.getProperty("java.class.path"))
        .filter(entry -> entry.endsWith(".jar"))
        .map(Path::of)
        .forEach(jar -> namesOf(jar).forEach(name -> libraries.put(name, jar)));
    Set<String> path = new TreeSet<>();
    for (String module : List.of("core", "models")) {
      Path sources = ROOT.resolve("brain-" + module + "/src/main");
      String text = Files.readString(sources.resolve("module/module-info.java"));
      libraries.forEach(
          (name, jar) -> {
            if (text.contains(" " + name + ";") || BEHIND_AUTOMATIC.contains(name)) {
              path.add(jar.toString());
            }
          });
      compile(module, path, sources.resolve("module"), sources.resolve("java"));
      copy(sources.resolve("resources"), built.resolve(module));
      path.add(built.resolve(module).toString());
    }
    compile("sample", path, SAMPLE);
    Files.writeString(built.resolve("path"), String.join(File.pathSeparator, path));
  }

  /** None of a jar that no module path may hold. */
  private static List<String> namesOf(Path jar) {
    try {
      return ModuleFinder.of(jar).findAll().stream()
          .map(ModuleReference::descriptor)
          .map(ModuleDescriptor::name)
          .toList();
    } catch (FindException e) {
      return List.of();
    }
  }

  private static void compile(String module, Set<String> modulePath, Path... sources)
      throws IOException {
    List<Path> files = new ArrayList<>();
    for (Path folder : sources) {
      try (Stream<Path> found = Files.walk(folder)) {
        found.filter(file -> file.toString().endsWith(".java")).forEach(files::add);
      }
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      List<String> options =
          List.of(
              "-p",
              String.join(File.pathSeparator, modulePath),
              "-proc:none",
              "--release",
              "17",
              "-d",
              built.resolve(module).toString());
      boolean compiled =
          compiler
              .getTask(
                  messages,
                  manager,
                  null,
                  options,
                  null,
                  manager.getJavaFileObjectsFromPaths(files))
              .call();
      assertThat(compiled).as(messages.toString()).isTrue();
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> found = Files.walk(from)) {
      for (Path file : found.filter(Files::isRegularFile).toList()) {
        Path copy = to.resolve(from.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
  }

  private static ModuleDescriptor descriptor(String module) throws IOException {
    try (InputStream in = Files.newInputStream(built.resolve(module + "/module-info.class"))) {
      return ModuleDescriptor.read(in);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"core", "models"})
  void exportsThePackagesOfTheApiAndNoOthers(String module) throws IOException {
    Set<String> exported =
        descriptor(module).exports().stream()
            .filter(not(Exports::isQualified))
            .map(Exports::source)
            .collect(Collectors.toSet());

    assertThat(exported)
        .hasSizeGreaterThan(5)
        .isEqualTo(
            ApiListing.types(module).stream()
                .map(Class::getPackageName)
                .collect(Collectors.toSet()));
  }

  @Test
  void anApplicationNamesOneModule() throws IOException {
    assertThat(descriptor("sample").requires())
        .extracting(Requires::name)
        .containsExactlyInAnyOrder("java.base", "io.github.brainimaging.models");
  }

  @Test
  void theSampleRuns() throws Exception {
    assertThat(run("sample", "sample.Main")).contains("\"verdict\":\"out-of-domain\"");
  }

  /** Gson may look into what a report keeps of its results, although it is no API. */
  @Test
  void aReportIsWritten(@TempDir Path folder) throws Exception {
    Path sources = Files.createDirectory(folder.resolve("sources"));
    Files.writeString(
        sources.resolve("module-info.java"),
        "module reporting { requires io.github.brainimaging.models; }");
    Files.writeString(
        sources.resolve("Main.java"),
        """
        package reporting;

        import io.github.brainimaging.core.pipeline.Outcome;
        import io.github.brainimaging.core.report.ReportWriter;
        import java.io.IOException;
        import java.nio.file.Path;
        import java.util.List;

        class Main {
          public static void main(String[] arguments) throws IOException {
            ReportWriter.Facts facts = ReportWriter.Facts.ofModel("none", "cpu");
            try (ReportWriter report =
                ReportWriter.create(Path.of(arguments[0]), facts, List.of())) {
              report.add("a.png", new Outcome.Failure<>("a.png", new IOException("damaged")));
              report.finish();
            }
          }
        }
        """);
    compile("reporting", Set.of(path()), sources);

    String said = run("reporting", "reporting.Main", folder.resolve("report").toString());

    assertThat(said).doesNotContain("Exception");
    assertThat(folder.resolve("report/report.json")).content().contains("damaged");
  }

  private static String path() throws IOException {
    return Files.readString(built.resolve("path"));
  }

  private static String run(String module, String main, String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Djava.awt.headless=true");
    command.add("-p");
    command.add(path() + File.pathSeparator + built.resolve(module));
    command.add("-m");
    command.add(module + "/" + main);
    command.addAll(List.of(arguments));
    Process java = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(java.getInputStream().readAllBytes(), UTF_8);
    assertThat(java.waitFor()).as(said).isZero();
    return said;
  }
}
