package io.github.brainimaging.core.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.image.VolumeMask;
import io.github.brainimaging.core.inference.VolumeSegmentation;
import io.github.brainimaging.core.pipeline.Analysis;
import io.github.brainimaging.core.pipeline.FakeModels;
import io.github.brainimaging.core.pipeline.Outcome;
import io.github.brainimaging.core.pipeline.VolumeAnalysis;
import io.github.brainimaging.core.pipeline.VolumePipeline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of the files of a report that another one replaces. */
class EarlierReportTest {

  private static final ReportWriter.Facts FACTS = ReportWriter.Facts.ofModel("fake", "cpu");

  @TempDir Path folder;

  private static Outcome<Analysis> analyzed(String name) {
    MedicalImage bright = MedicalImage.ofGray(2, 2, new float[] {255, 255, 255, 0});
    return new Outcome.Success<>(
        name, FakeModels.PIPELINE.analyze(name, bright.withNominalMaximum(255)));
  }

  private static Outcome<VolumeAnalysis> volume(String name) {
    MedicalVolume volume = MedicalVolume.of(VolumeGrid.ofSize(2, 2, 2), new float[8]);
    VolumePipeline pipeline =
        VolumePipeline.builder()
            .segment(v -> new VolumeSegmentation(VolumeMask.above(v, 5), OptionalDouble.empty()))
            .build();
    return new Outcome.Success<>(name, pipeline.analyze(volume));
  }

  private void images(String... names) throws IOException {
    try (ReportWriter report = ReportWriter.create(folder, FACTS, List.of())) {
      for (String name : names) {
        report.add(name, analyzed(name));
      }
      report.finish();
    }
  }

  private void volumes(String... names) throws IOException {
    try (VolumeReportWriter report = VolumeReportWriter.create(folder, FACTS, List.of())) {
      for (String name : names) {
        report.add(name, volume(name), null);
      }
      report.finish();
    }
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString().replace('\\', '/'))
          .sorted()
          .toList();
    }
  }

  @Test
  void itsPicturesGoWithIt() throws IOException {
    images("a.png", "b.png", "c.png");

    images("b.png");

    assertThat(files())
        .containsExactly("index.html", "masks/b.png", "overlays/b.png", "report.json");
  }

  @Test
  void aReportWithoutResultsTakesThemToo() throws IOException {
    images("a.png");

    images();

    assertThat(files()).containsExactly("index.html", "report.json");
  }

  @Test
  void whatAReportOfOthersNamesStays() throws IOException {
    Files.createDirectories(folder.resolve("masks"));
    Files.writeString(folder.resolve("masks/truth.png"), "");
    Files.writeString(
        folder.resolve("report.json"), "{\"results\": [{\"mask\": \"masks/truth.png\"}]}");

    images("b.png");

    assertThat(files()).contains("masks/truth.png");
  }

  @Test
  void whatWasCorrectedSinceStays() throws IOException {
    images("a.png", "c.png");
    FileTime later = FileTime.from(Instant.now().plusSeconds(60));
    Files.setLastModifiedTime(folder.resolve("masks/a.png"), later);

    images("b.png");

    assertThat(files()).contains("masks/a.png").doesNotContain("overlays/a.png", "masks/c.png");
  }

  @Test
  void whatLiesBehindALinkStays() throws IOException {
    images("a.png");
    Path elsewhere = Files.createTempDirectory("documents");
    Path masks = folder.resolve("masks");
    Path moved = Files.move(masks, elsewhere.resolve("mine"));
    try {
      Files.createSymbolicLink(masks, moved);
    } catch (UnsupportedOperationException | IOException e) {
      assumeThat(false).as("this system makes no links: %s", e).isTrue();
    }

    images("b.png");

    assertThat(moved.resolve("a.png")).exists();
  }

  @Test
  void aDamagedListIsNoHindrance() throws IOException {
    images("a.png");
    Files.write(folder.resolve(".report.earlier"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});

    images("b.png");

    assertThat(files()).contains("masks/b.png", "report.json").doesNotContain(".report.earlier");
  }

  @Test
  void whatNoReportNamedStays() throws IOException {
    images("a.png");
    Files.writeString(folder.resolve("masks/mine.png"), "");
    Files.writeString(folder.resolve("notes.txt"), "");
    Files.createDirectories(folder.resolve("elsewhere"));
    Files.writeString(folder.resolve("elsewhere/a.png"), "");
    // An input that is called like a file here, and a report that names what is not in our folders.
    Path json = folder.resolve("report.json");
    Files.writeString(
        json,
        Files.readString(json)
            .replace("\"a.png\"", "\"masks/mine.png\"")
            .replace("overlays/a.png", "masks/../elsewhere/a.png"));

    images("b.png");

    assertThat(files())
        .contains("masks/mine.png", "notes.txt", "elsewhere/a.png", "overlays/a.png")
        .doesNotContain("masks/a.png");
  }

  @Test
  void aDamagedReportNamesNothing() throws IOException {
    images("a.png");
    Files.writeString(folder.resolve("report.json"), "{\"mask\": \"masks/a.png\", ");

    images("b.png");

    assertThat(files()).contains("masks/a.png");
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "elsewhere both may be one file")
  void namesThatDifferInCaseOnlyStay() throws IOException {
    images("a.png");

    images("A.png");

    assertThat(files()).contains("masks/A.png", "masks/a.png");
  }

  @Test
  void whereTheOtherReportIsDamagedNothingIsRemoved() throws IOException {
    images("a.png");
    Files.writeString(folder.resolve("volumes.json"), "{\"results\": [");

    images("b.png");

    assertThat(files()).contains("masks/a.png", "masks/b.png").doesNotContain(".report.earlier");
  }

  @Test
  void theFilesOfTheOtherReportOfTheFolderStay() throws IOException {
    images("a.png", "b.png");
    volumes("v.nii", "w.nii");

    volumes("w.nii");

    assertThat(files())
        .containsExactly(
            "index.html",
            "masks/a.png",
            "masks/b.png",
            "masks/w-volume.nii.gz",
            "overlays/a.png",
            "overlays/b.png",
            "overlays/w-volume.png",
            "pages/w-volume.html",
            "report.json",
            "slice-sheets/w-volume-as-stored-1.jpg",
            "volumes.json");
  }

  @Test
  void aReportIsTakenAwayWithWhatItNamedAndNothingElse() throws IOException {
    volumes("v.nii");
    images("a.png");
    Files.writeString(folder.resolve("masks/own.png"), "mine");

    VolumeReportWriter.remove(folder);

    assertThat(files())
        .containsExactly(
            "index.html", "masks/a.png", "masks/own.png", "overlays/a.png", "report.json");
    ReportWriter.remove(folder);
    ReportWriter.remove(folder);
    assertThat(files()).containsExactly("masks/own.png");
  }

  @Test
  void aRunThatWasCutOffStillKnowsThem() throws IOException {
    images("a.png", "b.png");
    try (ReportWriter report = ReportWriter.resume(folder, FACTS, List.of(), "run", 1)) {
      report.add("b.png", analyzed("b.png"));
    }
    assertThat(files()).contains("masks/a.png").doesNotContain("report.json");

    try (ReportWriter report = ReportWriter.resume(folder, FACTS, List.of(), "run", 1)) {
      assertThat(report.size()).isEqualTo(1);
      report.finish();
    }

    assertThat(files())
        .containsExactly("index.html", "masks/b.png", "overlays/b.png", "report.json");
  }
}
