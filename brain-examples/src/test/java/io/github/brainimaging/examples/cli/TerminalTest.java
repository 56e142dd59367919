package io.github.brainimaging.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.image.VoxelSpacing;
import io.github.brainimaging.core.io.NiftiWriter;
import io.github.brainimaging.core.io.PngImageWriter;
import io.github.brainimaging.examples.cli.file.HeadPhantom;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the bar does, a terminal shows every line of results at the end, and no bar. */
class TerminalTest {

  @TempDir static Path folder;

  /**
   * A command, and the results that it must leave on the screen.
   *
   * @param arguments command and options
   * @param results regular expressions, one for each line, in their order
   */
  record Run(List<String> arguments, List<String> results) {

    static Run of(List<String> results, Object... arguments) {
      return new Run(Stream.of(arguments).map(Object::toString).toList(), results);
    }

    @Override
    public String toString() {
      return arguments.get(0);
    }
  }

  @BeforeAll
  static void draw() throws IOException {
    PngImageWriter.write(HeadPhantom.draw(165, 105, 18, 1), folder.resolve("one.png"));
    float[] samples = new float[256 * 256 * 3];
    for (int z = 0; z < 3; z++) {
      float[] slice = HeadPhantom.draw(165, 105, 18, z).samples();
      System.arraycopy(slice, 0, samples, z * slice.length, slice.length);
    }
    VolumeGrid grid = VolumeGrid.ofSize(256, 256, 3).withSpacing(VoxelSpacing.ofMillimeters(1));
    Files.createDirectories(folder.resolve("volumes"));
    for (String name : List.of("first.nii", "second.nii")) {
      NiftiWriter.withDefaults()
          .write(MedicalVolume.of(grid, samples), folder.resolve("volumes").resolve(name));
    }
  }

  static Stream<Run> runs() {
    return Stream.of(
        Run.of(
            List.of(
                "\\S+ .* ms.*",
                "\\S+ .* ms.*",
                "\\S+ .* ms.*",
                "3 analyzed .*, 0 failed; report:.*"),
            "demo",
            "--out",
            folder.resolve("demo")),
        Run.of(
            List.of(".*one.png.*", "1 analyzed .*, 0 failed; report:.*"),
            "analyze",
            folder.resolve("one.png"),
            "--out",
            folder.resolve("slices")),
        Run.of(
            List.of("first.nii .*", "second.nii .*", "2 volumes analyzed, 0 failed.*"),
            "segment",
            folder.resolve("volumes"),
            "--method",
            "published",
            "--out",
            folder.resolve("masks")),
        Run.of(
            List.of("\\d+ iterations; corrected image:.*"),
            "bias-correct",
            folder.resolve("one.png"),
            "--out",
            folder.resolve("corrected.png")),
        Run.of(
            List.of("CT turned by .*", "entropy .*", "fused image:.*"),
            "fuse",
            "--register",
            "--mri",
            folder.resolve("one.png"),
            "--ct",
            folder.resolve("one.png"),
            "--out",
            folder.resolve("fused.png")),
        Run.of(
            List.of("second.nii turned by .*", "registered volume:.*"),
            "register",
            folder.resolve("volumes/first.nii"),
            folder.resolve("volumes/second.nii"),
            "--out",
            folder.resolve("registered.nii")));
  }

  /** All results in a terminal where they fit into a line, and in one where they do not. */
  private static void assertShows(String output, Run run) {
    List<String> wide = AnsiScreen.show(output, 1000);
    List<String> results = new ArrayList<>();
    for (String line : wide) {
      int next = results.size();
      if (next < run.results().size() && line.matches(run.results().get(next))) {
        results.add(line);
      }
    }
    String screen = String.join("\n", wide);
    assertThat(results).as(screen).hasSameSizeAs(run.results());
    assertThat(results.stream().filter(line -> line.startsWith("synthetic")))
        .as("rows go on below, between words")
        .allMatch(line -> line.length() <= 80);
    assertThat(screen).doesNotContain("[=").doesNotContain("% [");
    String narrow = String.join("", AnsiScreen.show(output, 80));
    assertThat(withoutBlanks(narrow))
        .contains(results.stream().map(TerminalTest::withoutBlanks).toList());
  }

  /** A line that wraps loses blanks at the edge of the screen. */
  private static String withoutBlanks(String line) {
    return line.replace(" ", "");
  }

  /** The bar is told that this is a terminal; what both streams print comes in one. */
  @ParameterizedTest
  @MethodSource("runs")
  void aTerminalShowsAllResults(Run run) {
    ByteArrayOutputStream screen = new ByteArrayOutputStream();
    // A terminal begins a new line at the left.
    PrintStream both =
        new PrintStream(screen, true, StandardCharsets.UTF_8) {
          @Override
          public void write(byte[] bytes, int offset, int length) {
            String text = new String(bytes, offset, length, StandardCharsets.UTF_8);
            byte[] raw = text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
            super.write(raw, 0, raw.length);
          }
        };
    PrintStream err = System.err;
    System.setErr(both);
    System.setProperty("brain.terminal", "true");
    try {
      Writer writer = new OutputStreamWriter(both, StandardCharsets.UTF_8);
      assertThat(Commands.run(writer, writer, run.arguments().toArray())).isZero();
    } finally {
      System.clearProperty("brain.terminal");
      System.setErr(err);
    }
    String output = screen.toString(StandardCharsets.UTF_8);

    assertThat(output).as("the bar was there").contains("\r\u001b[K");
    assertShows(output, run);
  }

  static Stream<List<String>> wordy() {
    return Stream.of(
        List.of("info", folder.resolve("a folder of many words, as people name them").toString()),
        List.of("evaluate", "--data", folder.resolve("classes").toString()),
        List.of("card", "embedded"));
  }

  @ParameterizedTest
  @MethodSource("wordy")
  void inATerminalLinesGoOnBelowBetweenWords(List<String> arguments) throws IOException {
    for (String label : List.of("glioma", "notumor")) {
      PngImageWriter.write(
          HeadPhantom.draw(165, 105, 18, 1), folder.resolve("classes/" + label + "/one.png"));
    }
    PngImageWriter.write(
        HeadPhantom.draw(165, 105, 18, 1),
        folder.resolve("a folder of many words, as people name them/and a picture.png"));
    StringWriter plain = new StringWriter();
    StringWriter shown = new StringWriter();

    assertThat(Commands.run(plain, plain, arguments.toArray())).isZero();
    System.setProperty("brain.terminal", "true");
    try {
      assertThat(Commands.run(shown, shown, arguments.toArray())).isZero();
    } finally {
      System.clearProperty("brain.terminal");
    }

    assertThat(plain.toString().lines()).anyMatch(line -> line.length() > 80);
    assertThat(shown.toString().lines().filter(line -> line.strip().contains(" ")))
        .isNotEmpty()
        .allMatch(line -> line.length() <= 80);
    assertThat(shown.toString().split("\\s+")).isEqualTo(plain.toString().split("\\s+"));
  }

  /** Colors are longer than what is seen of them. */
  @Test
  void helpInColorsIsLaidOutAsWithout() {
    StringWriter plain = new StringWriter();
    StringWriter shown = new StringWriter();

    assertThat(Commands.run(plain, plain, "train", "--help")).isZero();
    System.setProperty("brain.terminal", "true");
    System.setProperty("picocli.ansi", "true");
    try {
      assertThat(Commands.run(shown, shown, "train", "--help")).isZero();
    } finally {
      System.clearProperty("brain.terminal");
      System.clearProperty("picocli.ansi");
    }

    assertThat(shown.toString()).contains("\u001b[");
    assertThat(AnsiScreen.show(shown.toString().replace("\n", "\r\n"), 80))
        .startsWith(plain.toString().lines().map(String::stripTrailing).toArray(String[]::new));
  }

  @Test
  void errorsGoOnBelowAsWell() {
    StringWriter shown = new StringWriter();
    System.setProperty("brain.terminal", "true");
    try {
      assertThat(Commands.run(shown, shown, "convert", folder, "--out", folder.resolve("x.nii")))
          .isEqualTo(1);
      assertThat(Commands.run(shown, shown, "convert", folder, "--out", "x.jpg")).isEqualTo(2);
    } finally {
      System.clearProperty("brain.terminal");
    }

    assertThat(shown.toString()).contains("are not stacked", "brain convert --help");
    assertThat(shown.toString().lines())
        .hasSizeGreaterThan(4)
        .allMatch(line -> line.length() <= 80 || !line.strip().contains(" "));
  }

  /** The command in a JVM of its own, whose streams are a pseudo-terminal. */
  @ParameterizedTest
  @MethodSource("runs")
  void aPseudoTerminalShowsAllResults(Run run) throws Exception {
    assumeThat(hasScript()).as("needs the program script of util-linux").isTrue();
    List<String> java =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Dai.djl.offline=true",
            "-cp",
            System.getProperty("java.class.path"),
            Brain.class.getName());
    String command =
        Stream.concat(java.stream(), run.arguments().stream())
            .map(argument -> "'" + argument + "'")
            .collect(Collectors.joining(" ", "stty cols 80 && exec ", ""));
    Process process =
        new ProcessBuilder("script", "--quiet", "--return", "--command", command, "/dev/null")
            .redirectErrorStream(true)
            .start();

    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(output).isZero();
    assertThat(output).as("what a GPU lacks is for doctor to tell").doesNotContain("CUDA");
    assertThat(output).as("the bar was there").contains("\r\u001b[K");
    assertShows(output, run);
  }

  private static boolean hasScript() throws IOException, InterruptedException {
    try {
      Process process = new ProcessBuilder("script", "--version").redirectErrorStream(true).start();
      String version = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor() == 0 && version.contains("util-linux");
    } catch (IOException e) {
      return false; // there is no such program
    }
  }
}
