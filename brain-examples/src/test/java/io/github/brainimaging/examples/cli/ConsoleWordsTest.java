package io.github.brainimaging.examples.cli;

import static io.github.brainimaging.examples.cli.Commands.json;
import static io.github.brainimaging.examples.cli.Commands.phantom;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.image.VoxelSpacing;
import io.github.brainimaging.core.inference.ConformalSets;
import io.github.brainimaging.core.io.NiftiWriter;
import io.github.brainimaging.examples.cli.file.HeadPhantom;
import io.github.brainimaging.models.card.ModelCard;
import io.github.brainimaging.models.onnx.ModelSource;
import io.github.brainimaging.models.onnx.OnnxClassifier;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the console says where there is one of something, or nothing. */
class ConsoleWordsTest {

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(Object... arguments) {
    return Commands.run(out, err, arguments);
  }

  @Test
  void anUnsureAnswerWithoutLabelsSaysSo() throws IOException {
    Path model = folder.resolve("unsure.onnx");
    Files.write(model, ModelSource.embedded().toBytes());
    try (OnnxClassifier classifier = OnnxClassifier.embedded()) {
      // Scores below all that there can be: no label fits as well as those of the known cases.
      ConformalSets none =
          new ConformalSets(
              ConformalSets.Method.SPLIT,
              0.5,
              classifier.labels().stream()
                  .collect(Collectors.toMap(Function.identity(), label -> List.of(-1.0))));
      ModelCard card = classifier.card().toBuilder().sets(none).build();
      Files.writeString(folder.resolve("unsure.json"), card.toJson());
    }
    Path image = phantom(folder.resolve("a.png"));

    assertThat(run("analyze", image, "--force", "--model", model, "--out", folder.resolve("o")))
        .isZero();

    assertThat(out.toString()).contains("unsure: fits no label well");
    assertThat(folder.resolve("o/index.html")).content().contains("fits no label well");
  }

  @Test
  void theReportTellsWhatIsTakenForATumorWhereNamesDoNot() throws IOException {
    Path model = folder.resolve("names.onnx");
    Files.write(model, ModelSource.embedded().toBytes());
    try (OnnxClassifier classifier = OnnxClassifier.embedded()) {
      String card =
          classifier.card().toJson().replace("meningioma", "MCI").replace("notumor", "CN");
      Files.writeString(folder.resolve("names.json"), card);
    }
    Path image = phantom(folder.resolve("a.png"));

    assertThat(run("analyze", image, "--model", model, "--out", folder.resolve("o"))).isZero();

    assertThat(folder.resolve("o/index.html")).content().contains("taken for one: glioma, MCI");
  }

  @Test
  void aFileIsCalledByItsNameAndByItsFoldersWhereTwoAreCalledSo() throws IOException {
    Path one = phantom(folder.resolve("x/a.png"));
    Path other = phantom(folder.resolve("y/a.png"));
    Path third = phantom(folder.resolve("y/b.png"));
    Object[] segment = {"segment", "--method", "published", "--no-screen", "--out"};

    assertThat(
            run(
                Stream.of(segment, new Object[] {folder.resolve("o"), one.toAbsolutePath()})
                    .flatMap(Stream::of)
                    .toArray()))
        .isZero();
    assertThat(folder.resolve("o/masks/a.png")).exists();
    assertThat(json(folder.resolve("o/report.json")).toString()).contains("\"input\":\"a.png\"");

    assertThat(
            run(
                Stream.of(segment, new Object[] {folder.resolve("o"), one, other, third})
                    .flatMap(Stream::of)
                    .toArray()))
        .isZero();
    assertThat(json(folder.resolve("o/report.json")).toString())
        .contains("\"x/a.png\"", "\"y/a.png\"", "\"b.png\"");
    assertThat(folder.resolve("o/masks/a.png")).doesNotExist();
    assertThat(out.toString()).doesNotContain(one.toString());
  }

  @Test
  void infoNamesTheTransferSyntax() throws IOException {
    VolumeGrid grid = VolumeGrid.ofSize(4, 3, 2).withSpacing(VoxelSpacing.ofMillimeters(1));
    DicomSlices.write(MedicalVolume.of(grid, new float[24]), folder);

    assertThat(run("info", folder)).isZero();

    assertThat(out.toString())
        .containsPattern(
            "transferSyntax +1[.]2[.]840[.]10008[.]1[.]2[.]1 \\(Explicit VR Little Endian\\)");
  }

  @Test
  void oneIsCountedInTheSingular() throws IOException {
    VolumeGrid grid = VolumeGrid.ofSize(256, 256, 2).withSpacing(VoxelSpacing.ofMillimeters(1));
    float[] samples = new float[2 * 256 * 256];
    for (int z = 0; z < 2; z++) {
      System.arraycopy(
          HeadPhantom.draw(165, 105, 18, z).samples(), 0, samples, z * 256 * 256, 256 * 256);
    }
    Path volume = folder.resolve("one.nii");
    NiftiWriter.withDefaults().write(MedicalVolume.of(grid, samples), volume);

    assertThat(
            run(
                "segment",
                volume,
                "--method",
                "published",
                "--no-screen",
                "--out",
                folder.resolve("o")))
        .isZero();

    assertThat(out.toString()).contains("1 volume analyzed, 0 failed").doesNotContain("1 volumes");
  }
}
