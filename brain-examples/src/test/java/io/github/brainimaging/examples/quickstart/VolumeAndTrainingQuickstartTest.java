package io.github.brainimaging.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.github.brainimaging.core.image.Affine;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.io.MedicalVolumeReader;
import io.github.brainimaging.core.io.NiftiWriter;
import io.github.brainimaging.core.io.PngImageWriter;
import io.github.brainimaging.core.testing.Printed;
import io.github.brainimaging.examples.cli.DicomSlices;
import io.github.brainimaging.examples.cli.file.HeadPhantom;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The other programs that the README tells people to copy run, and say how they are used. */
class VolumeAndTrainingQuickstartTest {

  @TempDir Path folder;

  static Stream<Class<?>> programs() {
    return new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(FullPipeline.class.getPackageName())
            .stream()
            .filter(type -> type.tryGetMethod("main", String[].class).isPresent())
            .map(JavaClass::reflect);
  }

  @ParameterizedTest
  @MethodSource("programs")
  void withoutArgumentsItSaysWhatItNeeds(Class<?> program) throws ReflectiveOperationException {
    PrintStream before = System.err;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      Object unused =
          program.getMethod("main", String[].class).invoke(null, (Object) new String[0]);
    } finally {
      System.setErr(before);
    }

    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .startsWith("usage: " + program.getSimpleName() + " ");
  }

  /** A ball with one inside it. */
  private static MedicalVolume head(double shiftMm) {
    float[] samples = new float[32 * 32 * 24];
    for (int i = 0; i < samples.length; i++) {
      int x = i % 32 - 16;
      int y = i / 32 % 32 - 16;
      int z = i / 1024 - 12;
      samples[i] =
          (x * x + y * y + 1.5f * z * z < 130 ? 100 : 0)
              + ((x - 5) * (x - 5) + (y + 3) * (y + 3) + z * z < 16 ? 90 : 0);
    }
    Affine place = Affine.scaling(5, 5, 5).then(Affine.translation(-80 + shiftMm, -80, -60));
    return MedicalVolume.of(VolumeGrid.ofSize(32, 32, 24).withAffine(place), samples);
  }

  private String volume(String name, double shiftMm) throws IOException {
    Path file = folder.resolve(name);
    NiftiWriter.withDefaults().write(head(shiftMm), file);
    return file.toString();
  }

  @Test
  void analyzesAVolume() throws IOException {
    String mask = folder.resolve("mask.nii.gz").toString();

    String output =
        Printed.by(() -> AnalyzeVolume.main(new String[] {volume("head.nii", 0), mask}));

    assertThat(output).contains("VolumeGrid[32x32x24", "out-of-domain: ", "SlicePrediction[");
  }

  @Test
  void readsADicomSeries() throws IOException {
    DicomSlices.write(head(0), folder.resolve("dicom"));
    Files.writeString(folder.resolve("dicom/notes.txt"), "no image");

    String output =
        Printed.by(
            () ->
                ReadDicomSeries.main(
                    new String[] {folder.resolve("dicom").toString(), folder.toString()}));

    assertThat(output)
        .contains("DicomSeries[MR 32 x 32 x 24, 24 files", "series-0.nii.gz: MedicalVolume[");
    assertThat(MedicalVolumeReader.withDefaults().read(folder.resolve("series-0.nii.gz")).samples())
        .containsExactly(head(0).samples());
  }

  private String picture(String name, int seed) throws IOException {
    Path file = folder.resolve(name);
    PngImageWriter.write(HeadPhantom.draw(165, 105, 18, seed), file);
    return file.toString();
  }

  @Test
  void tellsHowSureItIs() throws IOException {
    String image = picture("image.png", 1);

    assertThat(Printed.by(() -> HowSure.main(new String[] {image})))
        .containsPattern("\\w+ [01]\\.\\d+, nine tenths of \\d+ answers between")
        .containsPattern("\\d+ pixels, nine tenths of the masks between");
  }

  @Test
  void evaluatesAClassifier() throws IOException {
    for (String label : List.of("glioma", "meningioma", "notumor", "pituitary")) {
      String unused = picture("images/" + label + "/a.png", label.length());
    }

    assertThat(
            Printed.by(
                () -> EvaluateClassifier.main(new String[] {folder.resolve("images").toString()})))
        .contains("accuracy 0.", "95 % interval", "meningioma");
  }

  @Test
  void fusesMriAndCt() throws IOException {
    String fused = folder.resolve("fused.nii.gz").toString();

    String output =
        Printed.by(
            () ->
                FuseMriAndCt.main(new String[] {volume("mri.nii", 0), volume("ct.nii", 7), fused}));

    assertThat(output).containsPattern("laid on the MRI: .*shifted by [67]\\.\\d");
    assertThat(MedicalVolumeReader.withDefaults().read(Path.of(fused)).depth()).isEqualTo(24);
  }

  @Test
  void registersVolumes() throws IOException {
    String out = folder.resolve("moved.nii.gz").toString();
    String[] arguments = {volume("fixed.nii", 0), volume("moving.nii", 7), out};

    assertThat(Printed.by(() -> RegisterVolumes.main(arguments)))
        .containsPattern("RigidTransform\\[.*shiftX=[67]\\.\\d")
        .containsPattern("(?m)^converged$");
    assertThat(MedicalVolumeReader.withDefaults().read(Path.of(out)).width()).isEqualTo(32);
  }

  @Test
  void segmentsAnImage() throws IOException {
    String image = picture("image.png", 1);
    String mask = folder.resolve("mask.png").toString();

    String output = Printed.by(() -> SegmentImage.main(new String[] {image, mask}));
    String compared = Printed.by(() -> SegmentImage.main(new String[] {image, mask, mask}));

    assertThat(output).containsPattern("[1-9]\\d* pixels, box .*BoundingBox\\[");
    assertThat(compared).startsWith(output).containsIgnoringCase("dice");
  }

  @Test
  void trainsAClassifier() throws IOException {
    for (String label : List.of("no", "yes")) {
      for (int i = 0; i < 5; i++) {
        String unused = picture("images/" + label + "/" + i + ".png", i);
      }
    }
    Path out = folder.resolve("trained");

    String output =
        Printed.by(
            () ->
                TrainClassifier.main(
                    new String[] {folder.resolve("images").toString(), out.toString(), "1"}));

    assertThat(output).contains("epoch=1");
    assertThat(out.resolve("model.onnx")).exists();
    assertThat(Files.readString(out.resolve("model.json"))).contains("\"no\"", "\"yes\"");
  }

  @Test
  void fineTunesTheEmbeddedClassifier() throws IOException {
    for (String label : List.of("glioma", "meningioma", "notumor", "pituitary")) {
      for (int i = 0; i < 5; i++) {
        String unused = picture("images/" + label + "/" + i + ".png", i);
      }
    }
    Path out = folder.resolve("model");

    String output =
        Printed.by(
            () ->
                FineTune.main(
                    new String[] {folder.resolve("images").toString(), out.toString(), "1"}));

    assertThat(output).contains("epoch=1");
    assertThat(out.resolve("model.onnx")).exists();
    assertThat(Files.readString(out.resolve("model.json"))).contains("fine-tuned", "pituitary");
  }
}
