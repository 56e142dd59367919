package io.github.brainimaging.core.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.pipeline.Analysis;
import io.github.brainimaging.core.pipeline.FakeModels;
import io.github.brainimaging.core.pipeline.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stands in the folder of a report, and what does not. */
class ReportFolderTest {

  private static final ReportWriter.Facts FACTS = ReportWriter.Facts.ofModel("fake", "cpu");

  @TempDir Path temporary;
  private Path folder = Path.of("");

  @BeforeEach
  void chooseFolder() {
    folder = temporary.resolve("out");
  }

  private static Outcome<Analysis> analyzed(String name) {
    MedicalImage bright = MedicalImage.ofGray(2, 2, new float[] {255, 255, 255, 0});
    return new Outcome.Success<>(
        name, FakeModels.PIPELINE.analyze(name, bright.withNominalMaximum(255)));
  }

  private void write(Outcome<Analysis> outcome) throws IOException {
    try (ReportWriter report = ReportWriter.create(folder, FACTS, List.of())) {
      report.add(outcome.input(), outcome);
      report.finish();
    }
  }

  @Test
  void theFirstResultTakesAwayTheReportOfAnEarlierRun() throws IOException {
    write(analyzed("first"));
    ReportWriter.create(folder, FACTS, List.of()).close();
    assertThat(folder.resolve("report.json")).exists();
    assertThat(folder.resolve("index.html")).exists();

    assertThatThrownBy(
            () -> {
              try (ReportWriter report = ReportWriter.create(folder, FACTS, List.of())) {
                report.add("second", analyzed("second"));
                throw new UncheckedIOException(new IOException("interrupted"));
              }
            })
        .isInstanceOf(UncheckedIOException.class)
        .hasNoSuppressedExceptions();

    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(".report.earlier", ".report.journal", "masks", "overlays");
    }
    assertThat(ReportWriter.picturesIn(folder))
        .extracting(pictures -> pictures.getFileName().toString())
        .containsExactly("masks", "overlays", "slice-sheets", "heat-maps", "uncertainty");
  }

  @Test
  void refusesToWriteOverInputs() throws IOException {
    write(analyzed("a.png"));
    Path earlierMask = folder.resolve("masks/a.png");

    assertThatThrownBy(() -> ReportWriter.create(folder, FACTS, List.of(earlierMask)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("folder must not hold inputs where the report writes");
    Path link = Files.createSymbolicLink(temporary.resolve("link"), folder);
    assertThatThrownBy(
            () -> ReportWriter.create(link, FACTS, List.of(folder.resolve("x/../overlays/b"))))
        .isInstanceOf(IllegalArgumentException.class);

    Path beside = Files.writeString(folder.resolve("masks.png"), "");
    ReportWriter.create(folder, FACTS, List.of(beside)).close();
  }

  @Test
  void saysWhyTheFolderCannotBeMade() throws IOException {
    Path file = Files.writeString(temporary.resolve("file"), "");

    assertThatThrownBy(() -> ReportWriter.create(file, FACTS, List.of()))
        .isInstanceOf(FileSystemException.class)
        .hasMessage(file + ": this folder cannot be made: " + file + " is there and no folder");
    assertThatThrownBy(() -> ReportWriter.create(file.resolve("below"), FACTS, List.of()))
        .isInstanceOf(FileSystemException.class)
        .hasMessageMatching("(?s).*below: this folder cannot be made: \\S.*");
  }

  @Test
  void cannotBeUsedAfterItsEnd() throws IOException {
    ReportWriter report = ReportWriter.create(folder, FACTS, List.of());
    report.finish();
    report.close();
    report.close();

    assertThatThrownBy(() -> report.add("a", analyzed("a")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the report is finished or closed");
    assertThatThrownBy(report::finish).isInstanceOf(IllegalStateException.class);
  }
}
