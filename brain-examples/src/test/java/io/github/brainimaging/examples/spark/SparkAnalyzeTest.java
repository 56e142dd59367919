package io.github.brainimaging.examples.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import io.github.brainimaging.core.io.MedicalImageReader;
import io.github.brainimaging.core.io.NiftiWriter;
import io.github.brainimaging.core.io.PngImageWriter;
import io.github.brainimaging.examples.cli.Commands;
import io.github.brainimaging.examples.cli.DicomSlices;
import io.github.brainimaging.examples.cli.file.HeadPhantom;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The job of Spark, in a Spark of its own; skipped where there is none. */
@Timeout(1800)
class SparkAnalyzeTest {

  /** A task of many has ended: of the other jobs none has so many. */
  private static final Pattern IN_THE_MIDDLE =
      Pattern.compile(".*Finished task .* \\((?:[3-9]|1\\d)/[2-9]\\d\\).*");

  private static final Pattern EXIT = Pattern.compile("(?m)^exit (\\d)$");

  private static final int IMAGES = 60;

  @TempDir Path folder;

  private @Nullable SparkHome home;

  /** Skips the test where there is none. */
  private SparkHome spark() throws IOException {
    home = new SparkHome(folder);
    return home;
  }

  @AfterEach
  void close() throws IOException {
    if (home != null) {
      home.close();
    }
  }

  private static String text(JsonObject row, String column) {
    return row.has(column) ? row.get(column).getAsString() : "";
  }

  /** Rows by the name of the file and what it is called in it. */
  private static Map<String, JsonObject> byName(List<JsonObject> rows) {
    return rows.stream()
        .collect(
            Collectors.toMap(
                row -> Path.of(text(row, "input")).getFileName() + text(row, "part"),
                Function.identity()));
  }

  private static JsonObject row(Map<String, JsonObject> rows, String name) {
    return Objects.requireNonNull(rows.get(name), name);
  }

  private static List<String> commands(String... commands) {
    return List.of(String.join(" --then ", commands).split(" "));
  }

  @Test
  void filesBecomeRowsAndWhatIsDoneIsNotDoneAgain() throws IOException {
    SparkHome spark = spark();
    Path images = Files.createDirectories(folder.resolve("images/more"));
    Commands.phantom(images.resolve("lesion.png"));
    Files.writeString(images.resolve("broken.png"), "no picture");
    Commands.phantom(images.resolve(".hidden.png"));
    NiftiWriter.withDefaults().write(Commands.ball(), images.resolveSibling("head.nii.gz"));
    Path later = Commands.phantom(folder.resolve("later.png"));
    Path list =
        Files.writeString(folder.resolve("list"), later + "\n\nnowhere.png\nno such://x\n" + later);

    String told =
        spark.run(
            "local[1]",
            commands(
                "images --out images/out --masks --force",
                "images images/*.gz --out images/out --masks --force --per-task 1",
                "--list " + list + " --out images/out --masks --force",
                "images --out images/out --method classical",
                "none* --out other",
                "json images/out/results json"));

    assertThat(told)
        .contains("3 rows: 2 analyzed, 0 refused, 1 failed; 1 executors loaded models 1 times")
        .contains("3 inputs were analyzed before, 0 are left")
        .contains("3 inputs were analyzed before, 3 are left")
        .contains("expected \"development --method=classical\", found \"development --force")
        .contains("none*: no such file or folder, and no glob that matches one");
    assertThat(EXIT.matcher(told).results().map(match -> match.group(1)))
        .containsExactly("0", "0", "0", "2", "1");
    Map<String, JsonObject> rows = byName(SparkHome.rows(folder.resolve("json")));
    assertThat(rows)
        .containsOnlyKeys(
            "lesion.png", "broken.png", "head.nii.gz", "later.png", "nowhere.png", "x");
    JsonObject lesion = row(rows, "lesion.png");
    assertThat(text(lesion, "input")).isEqualTo("file:" + images.toRealPath() + "/lesion.png");
    assertThat(text(lesion, "kind") + " " + text(lesion, "status")).isEqualTo("image analyzed");
    assertThat(text(lesion, "verdict")).isEqualTo("out-of-domain");
    assertThat(lesion.getAsJsonArray("doubts")).isNotEmpty();
    assertThat(lesion.getAsJsonObject("milliseconds").keySet())
        .containsExactlyInAnyOrder("read", "classify", "segment");
    JsonObject shares = lesion.getAsJsonObject("probabilities");
    assertThat(shares.entrySet().stream().mapToDouble(each -> each.getValue().getAsDouble()).sum())
        .isCloseTo(1, within(1e-6));
    assertThat(shares.get(text(lesion, "label"))).isEqualTo(lesion.get("probability"));
    assertThat(text(lesion, "segmenter")).isEqualTo("the embedded segmenter");
    assertThat(text(row(rows, "broken.png"), "error"))
        .startsWith("expected a file of one of the formats DICOM, PNG")
        .contains("found the first bytes 6e 6f");
    assertThat(text(row(rows, "nowhere.png"), "error"))
        .isEqualTo("expected an absolute path or a URI, found nowhere.png");
    assertThat(text(row(rows, "x"), "error")).contains("no such");
    assertThat(text(row(rows, "head.nii.gz"), "kind")).isEqualTo("volume");
    assertThat(row(rows, "later.png").get("probability")).isEqualTo(lesion.get("probability"));
    assertThat(folder.resolve("images/out/plan")).doesNotExist();
    assertThat(lesion.get("tumor_pixels").getAsInt()).isPositive();
    Path mask = Path.of(URI.create(text(lesion, "mask")));
    assertThat(MedicalImageReader.withDefaults().read(mask).width()).isEqualTo(256);
  }

  @Test
  void foldersElsewhereAreFetchedAndEachOfTheirSeriesIsARow() throws IOException {
    SparkHome spark = spark();
    Path study = folder.resolve("study/one");
    DicomSlices.write(Commands.ball(), study);
    Files.createDirectories(study.resolve("deeper"));
    Files.writeString(study.resolve("deeper/notes.txt"), "no image");
    Path scratch = Files.createDirectories(folder.resolve("temporary"));

    String told =
        spark.run(
            "local[1]",
            commands(
                "viewfs://far/there/study --series --out viewfs://far/there/out --masks --force",
                "json out/results json"));

    assertThat(told).contains("2 rows: 1 analyzed, 0 refused, 1 failed");
    Map<String, JsonObject> rows = byName(SparkHome.rows(folder.resolve("json")));
    assertThat(rows).containsOnlyKeys("oneone", "deeper");
    assertThat(text(row(rows, "oneone"), "input")).isEqualTo("viewfs://far/there/study/one");
    assertThat(text(row(rows, "oneone"), "kind")).isEqualTo("volume");
    assertThat(text(row(rows, "deeper"), "error"))
        .isEqualTo("no image or volume of a known format in this folder");
    try (Stream<Path> left = Files.list(scratch)) {
      assertThat(left.filter(each -> each.toString().contains("brain-spark-"))).isEmpty();
    }
  }

  /** The driver first, then, in the second run, one of the executors. */
  @Test
  void whereDriverAndExecutorAreKilledEveryInputIsThereOnce() throws Exception {
    SparkHome spark = spark();
    Path images = Files.createDirectory(folder.resolve("images"));
    List<String> names = new ArrayList<>();
    for (int i = 0; i < IMAGES; i++) {
      Path file = images.resolve(i + ".png");
      PngImageWriter.write(HeadPhantom.draw(160 + i % 10, 105, 18, i), file);
      names.add(file.getFileName().toString());
    }
    String analyze = "images --out out --force --per-task 2";

    Process first = spark.start("local[1]", commands(analyze));
    assertThat(reads(first, IN_THE_MIDDLE)).isTrue();
    first.descendants().forEach(ProcessHandle::destroyForcibly);
    Process unused = first.destroyForcibly();
    int killed = first.waitFor();
    assertThat(killed).isNotZero();
    assertThat(folder.resolve("out/results/_temporary")).isNotEmptyDirectory();

    Process second =
        spark.start("local-cluster[2,1,1024]", commands(analyze, "json out/results json"));
    assertThat(reads(second, IN_THE_MIDDLE)).isTrue();
    ProcessHandle executor = executors(second).findFirst().orElseThrow();
    assertThat(executor.destroyForcibly()).isTrue();
    assertThat(reads(second, Pattern.compile(".*Lost executor \\d+ .*"))).isTrue();
    assertThat(reads(second, Pattern.compile("no line is like this"))).isFalse();
    assertThat(second.waitFor()).isZero();
    List<JsonObject> rows = SparkHome.rows(folder.resolve("json"));
    assertThat(rows)
        .extracting(row -> Path.of(text(row, "input")).getFileName().toString())
        .containsExactlyInAnyOrderElementsOf(names);
    assertThat(rows).extracting(row -> text(row, "model_loads")).containsOnly("1");
    assertThat(rows).extracting(row -> text(row, "status")).containsOnly("analyzed");
    // One process each, and one of them took the place of the killed one or did its work.
    assertThat(rows.stream().map(row -> text(row, "executor")).distinct().count())
        .isBetween(2L, 3L);
  }

  /** Whether a line of the log is like this; reads no further, and else to its end. */
  private static boolean reads(Process process, Pattern line) throws IOException {
    BufferedReader log = process.errorReader();
    for (@Nullable String each = log.readLine(); each != null; each = log.readLine()) {
      if (line.matcher(each).matches()) {
        return true;
      }
    }
    return false;
  }

  private static Stream<ProcessHandle> executors(Process driver) {
    return driver
        .descendants()
        .filter(
            process ->
                process.info().commandLine().orElse("").contains("CoarseGrainedExecutorBackend"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a.png --out out --per-task 0 | for option '--per-task': must be positive, got 0",
        "--out out | expected INPUT or --list, got none",
        "a.png --list b --out out | expected INPUT or --list, got both",
        "a.png | Missing required option: '--out=DIR'",
      })
  void wrongUsageIsToldBeforeSparkIsAsked(String line, String expected) {
    StringWriter told = new StringWriter();
    CommandLine command = SparkAnalyze.commandLine().setErr(new PrintWriter(told));

    assertThat(command.execute(line.split(" "))).isEqualTo(2);
    assertThat(told.toString()).contains(expected);
  }
}
