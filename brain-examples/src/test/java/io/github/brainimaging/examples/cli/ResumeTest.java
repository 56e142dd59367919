package io.github.brainimaging.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.brainimaging.core.image.Affine;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.io.NiftiWriter;
import io.github.brainimaging.core.io.PngImageWriter;
import io.github.brainimaging.examples.cli.file.HeadPhantom;
import io.github.brainimaging.models.onnx.ModelSource;
import io.github.brainimaging.models.onnx.OnnxSegmenter;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run over a folder that is killed, and the same command again. */
class ResumeTest {

  private static final int IMAGES = 60;
  private static final int VOLUMES = 20;

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
    return run(command(images, out, jobs));
  }

  private static String run(List<String> command) {
    StringWriter printed = new StringWriter();
    int unused = Commands.run(printed, printed, command.toArray());
    return printed.toString();
  }

  private void kill(Path images, Path out, int rows) throws IOException, InterruptedException {
    kill(command(images, out, 2), ".png ", rows);
    assertThat(out.resolve("report.json")).doesNotExist();
  }

  /** Runs a command in a JVM of its own and kills it after some rows. */
  private static void kill(List<String> command, String row, int rows)
      throws IOException, InterruptedException {
    Process process = ForkedBrain.of(command).start();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      int done = 0;
      for (String line = lines.readLine(); done < rows; line = lines.readLine()) {
        assertThat(line).as("the run ended before it was killed").isNotNull();
        done += line.contains(row) ? 1 : 0;
      }
      assertThat(process.destroyForcibly().waitFor()).isNotZero();
    }
  }

  /** Without times. */
  private static String text(Path file) throws IOException {
    return Files.readString(file)
        .replaceAll("\"created\": \"[^\"]*\"", "")
        .replaceAll("\"milliseconds\": [{][^}]*[}]", "")
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

  /** The system holds the claim, also after the second run has read the journal. */
  @Test
  void twoRunsDoNotWriteIntoOneFolder() throws Exception {
    Path images = images();
    Path out = folder.resolve("out");
    Process process = ForkedBrain.of(command(images, out, 1)).start();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      assertThat(lines.lines().anyMatch(line -> line.contains(".png "))).isTrue();
      for (int i = 0; i < 2; i++) {
        assertThat(run(images, out, 1)).contains("another run is writing its report there");
      }
    } finally {
      assertThat(process.destroyForcibly().waitFor()).isNotZero();
    }
  }

  private Path heads() throws IOException {
    Path heads = Files.createDirectories(folder.resolve("heads"));
    for (int i = 0; i < VOLUMES; i++) {
      MedicalImage slice = HeadPhantom.draw(150 + i, 90 + i, 12, 2);
      float[] samples = new float[3 * slice.samples().length];
      for (int z = 0; z < 3; z++) {
        System.arraycopy(
            slice.samples(), 0, samples, z * slice.samples().length, slice.samples().length);
      }
      VolumeGrid grid = VolumeGrid.ofSize(slice.width(), slice.height(), 3);
      NiftiWriter.withDefaults()
          .write(
              MedicalVolume.of(grid.withAffine(Affine.scaling(1, 1, 5)), samples),
              heads.resolve(i + ".nii.gz"));
    }
    return heads;
  }

  @Test
  void volumesAreTakenUpToo() throws Exception {
    Path heads = heads();
    byte[] file = Files.readAllBytes(heads.resolve("1.nii.gz"));
    Files.write(heads.resolve("1.nii.gz"), Arrays.copyOf(file, file.length / 2));
    Path whole = folder.resolve("whole");
    Path killed = folder.resolve("killed");
    String once = run(volumes(heads, whole));
    assertThat(once).contains(VOLUMES - 1 + " volumes analyzed, 1 failed");

    kill(volumes(heads, killed), ".nii.gz ", 3);
    assertThat(killed.resolve("volumes.json")).doesNotExist();
    String printed = run(volumes(heads, killed));

    assertThat(printed)
        .containsPattern("([3-9]|1[0-9]) of " + VOLUMES + " volumes were analyzed before")
        .contains(VOLUMES - 1 + " volumes analyzed, 1 failed");
    assertThat(text(killed.resolve("volumes.json"))).isEqualTo(text(whole.resolve("volumes.json")));
    assertThat(files(killed)).isEqualTo(files(whole));
  }

  /** A model, its card, and the voxels beside a header. */
  @Test
  void whatResultsDependOnBeginsTheRunAnewWhereItChanges() throws Exception {
    Path heads = Files.createDirectories(folder.resolve("in"));
    for (String name : List.of("a", "b", "c")) {
      Files.writeString(
          heads.resolve(name + ".mhd"),
          "ObjectType = Image\nNDims = 3\nDimSize = 2 2 2\nElementType = MET_UCHAR\n"
              + "ElementDataFile = voxels-of-"
              + name
              + "\n");
      Files.write(heads.resolve("voxels-of-" + name), new byte[8]);
    }
    Path model = Files.createDirectories(folder.resolve("model")).resolve("m.onnx");
    Files.write(model, ModelSource.embeddedSegmenter().toBytes());
    Path card = model.resolveSibling("m.json");
    try (OnnxSegmenter embedded = OnnxSegmenter.embedded()) {
      Files.writeString(card, embedded.card().toJson());
    }
    Path out = folder.resolve("out");
    List<String> command =
        List.of("segment", "" + heads, "--segmenter", "" + model, "--no-screen", "--out", "" + out);
    for (Path changed : List.of(heads.resolve("voxels-of-a"), card, model)) {
      kill(command, ".mhd ", 1);
      Files.setLastModifiedTime(changed, FileTime.fromMillis(1_000_000));
      assertThat(run(command)).as(changed.toString()).doesNotContain("analyzed before");
    }
    kill(command, ".mhd ", 1);
    assertThat(run(command)).contains("of 3 volumes were analyzed before");
  }

  private static List<String> volumes(Path heads, Path out) {
    return List.of(
        "segment", "" + heads, "--method", "classical", "--no-screen", "--out", "" + out);
  }
}
