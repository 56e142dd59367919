package io.github.brainimaging.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the README and docs show is true: their Java compiles, and their links lead somewhere. */
class DocumentationTest {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("^#+ (.*)$", Pattern.MULTILINE);

  /** What blocks of docs take as given; a block may declare its own of the same name. */
  private static final String GIVEN =
      """
      static Path folder;
      static Path file;
      static MedicalImage image;
      static MedicalVolume volume;
      static VolumeSegmenter segmenter;
      static Network network;
      static DataSet training;
      static DataSet validation;
      static Analysis analysis;
      static InputStream upload;
      static OutputStream response;
      static org.slf4j.Logger log;
      static double macroF1(List<?> some) { return 0; }
      """;

  @TempDir Path temporary;

  static List<Path> pages() throws IOException {
    try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
      return Stream.concat(
              Stream.of(ROOT.resolve("README.md")),
              docs.filter(page -> page.toString().endsWith(".md")).sorted())
          .toList();
    }
  }

  @Test
  void everyTestThatNeedsDataIsOnThePageOfData() throws IOException {
    String page = Files.readString(ROOT.resolve("docs/data.md"));
    List<String> needing = new ArrayList<>();
    for (String module : List.of("core", "segmentation", "models", "examples")) {
      try (Stream<Path> files = Files.walk(ROOT.resolve("brain-" + module + "/src/test/java"))) {
        for (Path file : files.filter(each -> each.toString().endsWith("Test.java")).toList()) {
          String text = Files.readString(file);
          if (text.contains("\"brain.data\"") && text.contains("assumeTrue(")) {
            assertThat(text).as("%s, for the profile conformance", file).contains("@Tag(\"data\")");
          }
          if (text.contains("@Tag(\"data\")")) {
            needing.add(file.getFileName().toString().replace(".java", ""));
          }
        }
      }
    }
    assertThat(needing).hasSizeGreaterThan(8).allMatch(page::contains);
  }

  /** Three places tell one number. */
  @Test
  void allTellAlikeHowManyTestsAreSkippedWithoutData() throws IOException {
    String page = Files.readString(ROOT.resolve("docs/data.md"));
    int sum =
        Pattern.compile("`\\w+Test` \\((\\d+)\\)")
            .matcher(page)
            .results()
            .mapToInt(test -> Integer.parseInt(test.group(1)))
            .sum();

    assertThat(page).contains("without data " + sum + " tests are skipped");
    assertThat(Files.readString(ROOT.resolve("README.md"))).contains("All tests; " + sum + " need");
  }

  /** Rows of tables are as long as they are, and a link is one word. */
  @Test
  void theReadmeCanBeReadAsText() throws IOException {
    List<String> lines = Files.readAllLines(ROOT.resolve("README.md"));

    assertThat(lines)
        .filteredOn(line -> !line.startsWith("|"))
        .allMatch(line -> line.length() <= 120);
    assertThat(lines).filteredOn(line -> line.startsWith("|")).hasSizeLessThan(60);
    List<String> papers = lines.stream().filter(line -> line.matches(".*\\bP[1-5]\\b.*")).toList();
    assertThat(lines)
        .as("they are explained before")
        .containsSubsequence("## The papers", papers.get(0));
  }

  @Test
  void thePagesHaveJava() throws IOException {
    long blocks = 0;
    for (Path page : pages()) {
      blocks += JAVA.matcher(Files.readString(page)).results().count();
    }
    assertThat(blocks).isGreaterThan(6);
  }

  @ParameterizedTest
  @MethodSource("pages")
  void itsJavaCompiles(Path page) throws IOException {
    List<JavaFileObject> sources = new ArrayList<>();
    for (MatchResult block : JAVA.matcher(Files.readString(page)).results().toList()) {
      sources.add(source("Block" + sources.size(), block.group(1)));
    }
    if (sources.isEmpty()) {
      return; // Most pages have none; that some have is asked above.
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    List<String> options =
        List.of("-cp", System.getProperty("java.class.path"), "-proc:none", "-d", "" + temporary);

    boolean compiled = compiler.getTask(messages, null, null, options, null, sources).call();

    assertThat(compiled).as(messages.toString()).isTrue();
  }

  /** The published javadoc of a module has no text for what another module describes. */
  @ParameterizedTest
  @ValueSource(strings = {"segmentation", "models"})
  void whatImplementsTheCoreIsDescribedInItsOwnModule(String module) throws IOException {
    List<String> undescribed = new ArrayList<>();
    for (Class<?> type : ApiListing.types(module)) {
      String source = source(module, type);
      for (Method method : type.getDeclaredMethods()) {
        boolean shown = Modifier.isPublic(method.getModifiers()) && !method.isSynthetic();
        if (shown && ofCore(type, method)) {
          // A comment that ends right before the annotations and the method's head.
          String head = "(?s).*\\*/\\s+@Override\\s+[^;{}]*\\b" + method.getName() + "\\(.*";
          if (!source.matches(head)) {
            undescribed.add(type.getSimpleName() + "." + method.getName());
          }
        }
      }
    }
    assertThat(undescribed).isEmpty();
  }

  /** Nested types are as old as what they stand in, unless they say otherwise. */
  @ParameterizedTest
  @ValueSource(strings = {"core", "segmentation", "models"})
  void everyPublicTypeTellsSinceWhen(String module) throws IOException {
    List<String> silent = new ArrayList<>();
    for (Class<?> type : ApiListing.types(module)) {
      // A comment that ends right before the annotations and the type's head.
      String told =
          "(?s).*\\n \\* @since \\d+\\.\\d+\\.\\d+\\n \\*/\\n((@|//)[^\\n]*\\n)*public [^\\n{(]*\\b"
              + type.getSimpleName()
              + "\\b.*";
      if (type.getEnclosingClass() == null && !source(module, type).matches(told)) {
        silent.add(type.getName());
      }
    }
    assertThat(silent).isEmpty();
  }

  private static String source(String module, Class<?> type) throws IOException {
    Class<?> outer = type;
    while (outer.getEnclosingClass() != null) {
      outer = outer.getEnclosingClass();
    }
    String path = "/src/main/java/" + outer.getName().replace('.', '/') + ".java";
    return Files.readString(ROOT.resolve("brain-" + module + path));
  }

  /** Whether a type of the core that it extends or implements declares the method as well. */
  private static boolean ofCore(Class<?> type, Method method) {
    List<Class<?>> above = new ArrayList<>(List.of(type.getInterfaces()));
    if (type.getSuperclass() != null) {
      above.add(type.getSuperclass());
    }
    return above.stream()
        .anyMatch(
            each ->
                (each.getPackageName().startsWith("io.github.brainimaging.core")
                        && Stream.of(each.getDeclaredMethods())
                            .anyMatch(
                                other ->
                                    other.getName().equals(method.getName())
                                        && other.getParameterCount() == method.getParameterCount()))
                    || ofCore(each, method));
  }

  @Test
  void samplesCallWhatThereIs() throws IOException {
    List<Path> samples;
    try (Stream<Path> files = Files.walk(ROOT.resolve("docs/samples"))) {
      samples =
          files
              .filter(file -> file.toString().matches(".*/src/main/.*\\.(java|kt)"))
              .filter(file -> !file.endsWith("module-info.java"))
              .toList();
    }
    assertThat(samples).hasSizeGreaterThan(3);
    for (Path sample : samples) {
      String text = Files.readString(sample);
      assertThat(sample).as("calls of our types").satisfies(each -> assertCallsExist(text));
    }
  }

  /**
   * Kotlin is not compiled here, nor is what needs Spring: calls of imported types are looked up.
   */
  private static void assertCallsExist(String text) throws ClassNotFoundException {
    Matcher imports =
        Pattern.compile("^import (io\\.github\\.brainimaging\\.[\\w.]+)", Pattern.MULTILINE)
            .matcher(text);
    assertThat(imports.results()).isNotEmpty();
    imports.reset();
    while (imports.find()) {
      Class<?> type = Class.forName(imports.group(1));
      Pattern call = Pattern.compile("\\b" + type.getSimpleName() + "\\.([a-z]\\w*)\\(");
      List<String> methods = Stream.of(type.getMethods()).map(Method::getName).toList();
      assertThat(methods).containsAll(call.matcher(text).results().map(m -> m.group(1)).toList());
    }
  }

  /** Everything public may be used without an import, and an import of the block stays one. */
  static JavaFileObject source(String name, String block) {
    Set<String> packages = new TreeSet<>(List.of("java.io", "java.nio.file", "java.util"));
    for (String module : List.of("core", "segmentation", "models")) {
      ApiListing.types(module).forEach(type -> packages.add(type.getPackageName()));
    }
    Matcher own = Pattern.compile("^import .*;\n", Pattern.MULTILINE).matcher(block);
    String text =
        packages.stream().map(p -> "import " + p + ".*;\n").collect(Collectors.joining())
            + own.results().map(MatchResult::group).collect(Collectors.joining())
            + "class "
            + name
            + " {\n"
            + GIVEN
            + "static void run() throws Exception {\n"
            + own.replaceAll("")
            + "}\n}\n";
    return new SimpleJavaFileObject(
        URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return text;
      }
    };
  }

  @ParameterizedTest
  @MethodSource("pages")
  void itsLinksLeadSomewhere(Path page) throws IOException {
    for (String link : links(page)) {
      String[] parts = link.split("#", 2);
      Path target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
      assertThat(target).as("%s in %s", link, page).exists();
      if (parts.length == 2) {
        assertThat(anchors(target)).as("%s in %s", link, page).contains(parts[1]);
      }
    }
  }

  /** Those inside the repository. */
  private static List<String> links(Path page) throws IOException {
    return LINK.matcher(Files.readString(page))
        .results()
        .map(link -> link.group(1))
        .filter(link -> !link.matches("[a-z]+:.*"))
        .toList();
  }

  /** As GitHub makes them of headings. */
  private static List<String> anchors(Path page) throws IOException {
    return HEADING
        .matcher(Files.readString(page))
        .results()
        .map(
            heading ->
                heading
                    .group(1)
                    .replaceAll("\\]\\([^)]*\\)", "")
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("[^\\p{L}\\p{N} _-]", "")
                    .replace(' ', '-'))
        .toList();
  }

  @Test
  void everyPageIsReachedFromTheReadme() throws IOException {
    Set<Path> reached = new HashSet<>();
    Deque<Path> open = new ArrayDeque<>(List.of(ROOT.resolve("README.md")));
    while (!open.isEmpty()) {
      Path page = open.remove();
      if (reached.add(page)) {
        for (String link : links(page)) {
          String file = link.split("#", 2)[0];
          if (file.endsWith(".md")) {
            open.add(page.resolveSibling(file).normalize());
          }
        }
      }
    }
    assertThat(reached).containsAll(pages());
  }

  @Test
  void ciRunsTheReadmesTestCommand() throws IOException {
    Matcher command =
        Pattern.compile("All tests[^:]*:\n\n```sh\n(.*?)\n```")
            .matcher(Files.readString(ROOT.resolve("README.md")));

    assertThat(command.find()).isTrue();
    assertThat(Files.readString(ROOT.resolve(".ci/run"))).endsWith(command.group(1) + "\n");
  }
}
