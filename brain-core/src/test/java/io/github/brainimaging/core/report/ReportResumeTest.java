package io.github.brainimaging.core.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.pipeline.Analysis;
import io.github.brainimaging.core.pipeline.FakeModels;
import io.github.brainimaging.core.pipeline.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A report that was begun and not finished. */
class ReportResumeTest {

  private static final ReportWriter.Facts FACTS = ReportWriter.Facts.ofModel("fake", "cpu");

  @TempDir Path temporary;

  /** A tumor, none, a failure, and two of one name. */
  private static List<Outcome<Analysis>> outcomes() {
    List<Outcome<Analysis>> all = new ArrayList<>();
    for (int value : new int[] {204, 10, 220, 230}) {
      MedicalImage image = FakeModels.constant(5, 6, value);
      String name = value == 220 ? "230.jpg" : value + ".png";
      all.add(new Outcome.Success<>(name, FakeModels.PIPELINE.analyze(name, image)));
    }
    all.add(2, new Outcome.Failure<>("bad", new IOException("damaged")));
    return all;
  }

  private static void add(ReportWriter report, List<Outcome<Analysis>> outcomes)
      throws IOException {
    for (Outcome<Analysis> outcome : outcomes) {
      report.add(outcome.input(), outcome);
    }
  }

  private static ReportWriter open(Path folder, String run, int threads) throws IOException {
    return ReportWriter.resume(folder, FACTS, List.of(), run, threads);
  }

  /** Without what the clock says. */
  private static String text(Path file) throws IOException {
    return Files.readString(file).replaceAll("\"created\": \"[^\"]*\"", "");
  }

  @Test
  void aRunThatIsTakenUpTwiceGivesTheReportOfOne() throws IOException {
    List<Outcome<Analysis>> all = outcomes();
    Path whole = temporary.resolve("whole");
    try (ReportWriter report = open(whole, "run", 1)) {
      add(report, all);
      report.finish();
    }
    Path killed = temporary.resolve("killed");
    try (ReportWriter report = open(killed, "run", 1)) {
      add(report, all.subList(0, 1));
    }
    Path journal = killed.resolve(".report.journal");
    Files.writeString(journal, "{\"input\": \"half a li", StandardOpenOption.APPEND);
    try (ReportWriter report = open(killed, "run", 3)) {
      assertThat(report.size()).isEqualTo(1);
      add(report, all.subList(1, 4)); // of which some may still be drawn when it is closed
    }
    try (ReportWriter report = open(killed, "run", 1)) {
      add(report, all.subList(report.size(), all.size()));
      report.finish();
      assertThat(report.failed()).isEqualTo(1);
      assertThat(report.size()).isEqualTo(5);
    }

    for (String file : List.of("report.json", "index.html")) {
      assertThat(text(killed.resolve(file))).isEqualTo(text(whole.resolve(file)));
    }
    assertThat(names(killed)).isEqualTo(names(whole));
    assertThat(names(killed.resolve("masks"))).containsExactly("204.png", "230-2.png", "230.png");
    assertThat(names(killed)).doesNotContain(".report.journal");
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void anotherRunBeginsAnew() throws IOException {
    for (String run : List.of("other", "")) {
      try (ReportWriter report = open(temporary, "run", 1)) {
        add(report, outcomes().subList(0, 2));
      }
      try (ReportWriter report = open(temporary, run, 1)) {
        assertThat(report.size()).isZero();
      }
    }
  }

  @Test
  void drawsTheSameInSeveralThreads() throws IOException {
    List<String> reports = new ArrayList<>();
    List<Outcome<Analysis>> all = outcomes();
    for (int threads : List.of(1, 4)) {
      Path folder = temporary.resolve("threads" + threads);
      try (ReportWriter report = open(folder, "", threads)) {
        for (int i = 0; i < 10; i++) {
          add(report, all);
        }
        report.finish();
      }
      reports.add(text(folder.resolve("report.json")) + text(folder.resolve("index.html")));
      reports.add(names(folder.resolve("masks")).toString());
    }

    assertThat(reports.subList(2, 4)).isEqualTo(reports.subList(0, 2));
  }

  @Test
  void twoRunsDoNotWriteIntoOneFolder() throws IOException {
    try (ReportWriter first = open(temporary, "run", 1)) {
      assertThat(first.size()).isZero();
      assertThatThrownBy(() -> open(temporary, "run", 1))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("another run is writing its report there");
    }
  }

  @Test
  void takesAwayWhatAKilledRunLeftHalfWritten() throws IOException {
    Path masks = Files.createDirectories(temporary.resolve("masks"));
    Path left = Files.writeString(masks.resolve("." + UUID.randomUUID() + ".tmp"), "half");
    Path mine = Files.writeString(masks.resolve(".notes.tmp"), "a user's");

    open(temporary, "", 1).close();

    assertThat(left).doesNotExist();
    assertThat(mine).exists();
  }
}
