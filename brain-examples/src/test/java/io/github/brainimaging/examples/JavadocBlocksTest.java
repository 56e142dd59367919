package io.github.brainimaging.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What javadoc shows as Java compiles: docs/contributing.md says why it is no {@code @snippet}. */
class JavadocBlocksTest {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern BLOCK =
      Pattern.compile("<pre>\\{@code\\R(.*?)\\}</pre>", Pattern.DOTALL);

  /** What a block takes as given, by the file that it stands in, beside what docs do. */
  private static final Map<String, String> GIVEN =
      Map.ofEntries(
          Map.entry(
              "DicomWeb.java", "import java.net.URI;\nString token = \"\"; Path report = file;"),
          Map.entry("Bootstrap.java", "record Slice(String patient) {} List<Slice> slices = null;"),
          Map.entry(
              "ClassificationEvaluation.java",
              "List<String> truth = null; List<Prediction> predictions = null;"),
          Map.entry(
              "BrainPipeline.java", "Classifier classifier = null; Segmenter segmenter = null;"),
          Map.entry(
              "Baseline.java",
              "List<String> labels = null; List<Tensor> features = null;"
                  + " List<Integer> truth = null; Tensor other = null;"),
          Map.entry(
              "CtFusion.java",
              "Classifier classifier = null; MedicalImage mri = null, ct = null;"
                  + " Path mriFile = null, ctFile = null;"),
          Map.entry(
              "VolumePipeline.java",
              "Classifier classifier = null; Segmenter segmenter = null; OnnxSkullStripper stripper = null;"),
          Map.entry("Plot.java", "RocCurve curve = null;"),
          Map.entry(
              "ReportWriter.java",
              "import java.util.stream.Stream;\nReportWriter.Facts facts = null; List<Path> files = null;"
                  + " BrainPipeline pipeline = null;"),
          Map.entry(
              "Workers.java",
              "import java.util.stream.Stream;\nList<Path> files = null;"
                  + " record Sheet() { static Sheet of(Path file) { return null; } }"
                  + " List<Sheet> book = null;"),
          Map.entry(
              "Calibrator.java",
              "Path onnx = file; ModelCard card = null; MedicalImage other = null, another = null;"),
          Map.entry(
              "OnnxVolumeSegmenter.java",
              "MedicalVolume t1 = null, t1ce = null, t2 = null, flair = null;"),
          Map.entry("OnnxSkullStripper.java", "MedicalVolume head = null;"));

  @TempDir Path temporary;

  private static List<Path> sources() throws IOException {
    List<Path> all = new ArrayList<>(List.of(ROOT.resolve("docs/site/overview.html")));
    for (String module : List.of("core", "segmentation", "models")) {
      try (Stream<Path> files = Files.walk(ROOT.resolve("brain-" + module + "/src/main/java"))) {
        all.addAll(files.filter(file -> file.toString().endsWith(".java")).sorted().toList());
      }
    }
    return all;
  }

  private static String given(Path source) {
    return GIVEN.getOrDefault(source.getFileName().toString(), "") + "\n";
  }

  /** Without what stands before each line of a comment. */
  private static String plain(String block) {
    return block
        .lines()
        .map(line -> line.replaceFirst("^ *\\* ?", ""))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  @Test
  void everyBlockCompiles() throws IOException {
    List<JavaFileObject> blocks = new ArrayList<>();
    List<Path> where = new ArrayList<>();
    for (Path source : sources()) {
      for (MatchResult block : BLOCK.matcher(Files.readString(source)).results().toList()) {
        String text = plain(block.group(1));
        if (!text.startsWith("{")) { // That is JSON.
          blocks.add(DocumentationTest.source("Block" + blocks.size(), given(source) + text));
          where.add(source);
        }
      }
    }
    assertThat(blocks).hasSizeGreaterThan(20);

    DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
    List<String> options =
        List.of("-cp", System.getProperty("java.class.path"), "-proc:none", "-d", "" + temporary);
    boolean compiled =
        ToolProvider.getSystemJavaCompiler()
            .getTask(new StringWriter(), null, found, options, null, blocks)
            .call();

    assertThat(errors(found, where)).isEmpty();
    assertThat(compiled).isTrue();
  }

  private static List<String> errors(DiagnosticCollector<JavaFileObject> found, List<Path> where) {
    return found.getDiagnostics().stream()
        .filter(each -> each.getKind() == Diagnostic.Kind.ERROR)
        .map(
            each -> {
              String block = each.getSource().getName().replaceAll("\\D", "");
              Path source = ROOT.relativize(where.get(Integer.parseInt(block)));
              return source + ": " + each.getMessage(Locale.ROOT);
            })
        .toList();
  }
}
