package io.github.brainimaging.examples.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.brainimaging.core.report.ReportWriter;
import io.github.brainimaging.examples.cli.file.VolumeInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** What a run over volumes reads beside them. */
class RunIdentityTest {

  @Command(name = "any", version = "1")
  private static final class Any {
    @Parameters private List<String> unused = List.of();
  }

  @TempDir private Path folder;

  private Path file(String name, String content) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(folder.resolve("earlier"));
    return Files.writeString(file, content);
  }

  private String identity(List<Path> others) {
    CommandLine line = new CommandLine(new Any());
    line.parseArgs("segment");
    VolumeInput input =
        new VolumeInput(
            "t1",
            "t1",
            List.of(folder.resolve("t1.nii")),
            -1,
            () -> {
              throw new IOException("not read here");
            },
            null);
    return RunIdentity.ofVolumes(
        line.getCommandSpec(),
        folder.resolve("out"),
        ReportWriter.Facts.ofModel("net", "CPU"),
        List.of(input),
        others);
  }

  @Test
  void aSequenceThatChangedMakesAnotherRun() throws IOException {
    Path unused = file("t1.nii", "t1");
    Path flair = file("flair.nii", "flair");
    String before = identity(List.of(flair));

    assertThat(identity(List.of(flair))).isEqualTo(before);
    assertThat(identity(List.of())).isNotEqualTo(before);
    Path longer = file("flair.nii", "another flair");
    assertThat(identity(List.of(longer))).isNotEqualTo(before);
  }

  @Test
  void aFileOfASeriesThatChangedMakesAnotherRun() throws IOException {
    Path unused = file("t1.nii", "t1");
    Path first = file("earlier/1.dcm", "one");
    Path series = folder.resolve("earlier");
    assertThat(first).exists();
    String before = identity(List.of(series));

    Path more = file("earlier/2.dcm", "two");
    assertThat(identity(List.of(series))).isNotEqualTo(before);
    Files.delete(more);
    assertThat(identity(List.of(series))).isEqualTo(before);
  }

  @Test
  void theVoxelsBesideAHeaderBelongToIt() throws IOException {
    Path unused = file("t1.nii", "t1");
    Path header = file("flair.mhd", "header");
    Path voxels = file("flair.raw", "voxels");
    String before = identity(List.of(header));

    Files.writeString(voxels, "other voxels");
    assertThat(identity(List.of(header))).isNotEqualTo(before);
  }
}
