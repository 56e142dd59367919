package io.github.brainimaging.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.brainimaging.core.io.PngImageWriter;
import io.github.brainimaging.examples.cli.file.HeadPhantom;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run over a folder that is killed, and the same command again. */
class ResumeTest {

  private static final int IMAGES = 60;

  @TempDir Path folder;

  private Path images() throws IOException {
    Path images = Files.createDirectories(folder.resolve("in"));
    for (int i = 0; i < IMAGES; i++) {
      PngImageWriter.write(
          HeadPhantom.draw(150 + i % 20, 90 + i % 30, 8 + i % 12, 2), images.resolve(i + ".png"));
    }
    Files.writeString(images.resolve("5.png"), "damaged");
    return images;
  }

  private List<String> command(Path images, Path out, int jobs) {
    return List.of(
        "analyze",
        "" + images,
        "--method",
        "published",
        "--force",
        "--jobs",
        "" + jobs,
        "--out",
        "" + out);
  }

  private String run(Path images, Path out, int jobs) {
    StringWriter printed = new StringWriter();
    int unused = Commands.run(printed, printed, command(images, out, jobs).toArray());
    return printed.toString();
  }

  /** Runs the command in a JVM of its own and kills it after some rows. */
  private void kill(Path images, Path out, int rows) throws IOException, InterruptedException {
    Process process = ForkedBrain.of(command(images, out, 2)).start();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      int done = 0;
      for (String line = lines.readLine(); done < rows; line = lines.readLine()) {
        assertThat(line).as("the run ended before it was killed").isNotNull();
        done += line.contains(".png ") ? 1 : 0;
      }
      assertThat(process.destroyForcibly().waitFor()).isNotZero();
    }
    assertThat(out.resolve("report.json")).doesNotExist();
  }

  /** Without times. */
  private static String text(Path file) throws IOException {
    return Files.readString(file)
        .replaceAll("\"created\": \"[^\"]*\"", "")
        .replaceAll("\"(read|classify|segment)\": [0-9.E-]+", "")
        .replaceAll("data-time=\"[^\"]*\"", "")
        .replaceAll("[0-9.]+ ms", "");
  }

  private static List<String> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.map(file -> folder.relativize(file).toString()).sorted().toList();
    }
  }

  @Test
  void killedTwiceAndTakenUpItGivesTheReportOfOneRun() throws Exception {
    Path images = images();
    Path whole = folder.resolve("whole");
    Path killed = folder.resolve("killed");
    String once = run(images, whole, 1);
    assertThat(once).containsPattern("59 analyzed [(][0-9]+ out of domain[)], 1 failed");

    kill(images, killed, 10);
    kill(images, killed, 15);
    String printed = run(images, killed, 1);

    assertThat(printed)
        .containsPattern("(1[5-9]|[2-5][0-9]) of 60 were analyzed before")
        .endsWith(once.substring(once.indexOf("59 analyzed")).replace("whole", "killed"));
    for (String file : List.of("report.json", "index.html")) {
      assertThat(text(killed.resolve(file))).isEqualTo(text(whole.resolve(file)));
    }
    assertThat(files(killed)).isEqualTo(files(whole));
    for (String mask : files(whole.resolve("masks"))) {
      assertThat(killed.resolve("masks").resolve(mask).toFile().length())
          .isEqualTo(whole.resolve("masks").resolve(mask).toFile().length());
    }
  }

  @Test
  void aChangedInputBeginsTheRunAnew() throws Exception {
    Path images = images();
    Path out = folder.resolve("out");
    kill(images, out, 10);
    Files.writeString(images.resolve("7.png"), "damaged too");

    assertThat(run(images, out, 2)).doesNotContain("analyzed before").contains("2 failed");
  }
}
