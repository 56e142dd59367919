package io.github.brainimaging.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.brainimaging.core.image.Affine;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.image.VolumeSeries;
import io.github.brainimaging.core.io.MedicalImageReader;
import io.github.brainimaging.core.io.MedicalVolumeReader;
import io.github.brainimaging.core.io.NiftiWriter;
import io.github.brainimaging.core.io.PngImageWriter;
import io.github.brainimaging.examples.cli.file.HeadPhantom;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Volumes among the inputs, with a drawn head that has a lesion in three of its slices. */
class VolumeCommandsTest {

  private static final int RADIUS = 18;
  private static final int DEPTH = 5;

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private MedicalVolume head = MedicalVolume.of(VolumeGrid.ofSize(1, 1, 1), new float[1]);

  private int run(Object... arguments) {
    return Commands.run(out, err, arguments);
  }

  @BeforeEach
  void draw() throws IOException {
    float[] samples = new float[256 * 256 * DEPTH];
    for (int z = 0; z < DEPTH; z++) {
      boolean lesion = z >= 1 && z <= 3;
      float[] slice = HeadPhantom.draw(165, 105, lesion ? RADIUS : 0, z).samples();
      System.arraycopy(slice, 0, samples, z * slice.length, slice.length);
    }
    VolumeGrid grid =
        VolumeGrid.ofSize(256, 256, DEPTH)
            .withAffine(Affine.scaling(-0.9, -0.9, 5).then(Affine.translation(115, 110, -12)));
    head = MedicalVolume.of(grid, samples);
    Files.createDirectories(folder.resolve("in/patient"));
    NiftiWriter.withDefaults().write(head, folder.resolve("in/patient/head.nii.gz"));
  }

  private JsonArray results() throws IOException {
    String text = Files.readString(folder.resolve("out/volumes.json"));
    return JsonParser.parseString(text).getAsJsonObject().getAsJsonArray("results");
  }

  @Test
  void segmentWritesTheMaskInTheGeometryOfTheVolume() throws IOException {
    assertThat(
            run(
                "segment",
                "--method",
                "classical",
                folder.resolve("in"),
                "--out",
                folder.resolve("out")))
        .isZero();

    JsonObject result = results().get(0).getAsJsonObject();
    assertThat(result.get("input").getAsString()).isEqualTo("patient/head.nii.gz");
    assertThat(result.get("status").getAsString()).isEqualTo("ok");
    double truth = 3 * Math.PI * RADIUS * RADIUS * 0.9 * 0.9 * 5 / 1000;
    assertThat(result.get("volumeMl").getAsDouble()).isCloseTo(truth, within(0.2 * truth));
    MedicalVolume mask =
        MedicalVolumeReader.withDefaults()
            .read(folder.resolve("out").resolve(result.get("mask").getAsString()));
    assertThat(mask.grid().matches(head.grid())).isTrue();
    assertThat(mask.get(165, 105, 2)).isEqualTo(1);
    assertThat(mask.get(165, 105, 0)).isZero();
    Path overlay = folder.resolve("out").resolve(result.get("overlay").getAsString());
    assertThat(MedicalImageReader.withDefaults().read(overlay).width()).isEqualTo(256);
    assertThat(out.toString()).contains(" ml", "1 volume analyzed, 0 failed");
  }

  @Test
  void aSeriesIsCalledByItsFolderAndACopyOfItElsewhereIsToldNotTakenForSlices() throws IOException {
    DicomSlices.write(head, folder.resolve("study/a"));
    DicomSlices.write(head, folder.resolve("study/b"));

    int status =
        run(
            "segment",
            "--method",
            "classical",
            folder.resolve("study"),
            "--out",
            folder.resolve("out"));

    assertThat(status).isZero();
    assertThat(results()).hasSize(1);
    assertThat(results().get(0).getAsJsonObject().get("input").getAsString()).isEqualTo("a");
    assertThat(folder.resolve("out/report.json")).doesNotExist();
    assertThat(out.toString())
        .contains(DEPTH + " frames lie where another one lies and are left out");
  }

  @Test
  void masksAreSegmentationsForSlicerIfAsked() throws IOException {
    Path nrrd = folder.resolve("in/patient/head.nrrd");
    NiftiWriter.withDefaults().write(new VolumeSeries(List.of(head, head), Double.NaN), nrrd);

    int status =
        run(
            "segment",
            "--method",
            "classical",
            nrrd,
            "--volume",
            1,
            "--mask-format",
            "nrrd",
            "--out",
            folder.resolve("out"));

    assertThat(status).isZero();
    Path mask =
        folder.resolve("out").resolve(results().get(0).getAsJsonObject().get("mask").getAsString());
    assertThat(mask.toString()).endsWith("head-volume.seg.nrrd");
    assertThat(MedicalVolumeReader.withDefaults().read(mask).get(165, 105, 2)).isEqualTo(1);
  }

  @Test
  void aFileOfSeveralVolumesIsRefusedWithTheOptionThatChooses() throws IOException {
    Path two = folder.resolve("two.nii");
    NiftiWriter.withDefaults().write(new VolumeSeries(List.of(head, head), Double.NaN), two);

    assertThat(run("segment", two, "--out", folder.resolve("out"))).isEqualTo(1);
    assertThat(out.toString()).contains("expected one volume, found 2", "--volume");
    assertThat(run("segment", two, "--volume", 2, "--out", folder.resolve("out"))).isEqualTo(1);
    assertThat(out.toString()).contains("expected a volume from 0 to 1, got 2");
  }

  @Test
  void analyzeTakesVolumesAndImagesTogether() throws IOException {
    PngImageWriter.write(HeadPhantom.draw(165, 105, RADIUS, 2), folder.resolve("in/slice.png"));
    Path target = folder.resolve("out");

    int status =
        run(
            "analyze",
            folder.resolve("in"),
            "--out",
            target,
            "--slices",
            "all",
            "--rule",
            "top3",
            "--force");

    assertThat(status).isZero();
    JsonObject result = results().get(0).getAsJsonObject();
    assertThat(result.getAsJsonObject("probabilities").keySet())
        .contains(result.get("predicted").getAsString())
        .hasSize(4);
    assertThat(result.getAsJsonObject("milliseconds").has("classify")).isTrue();
    assertThat(results()).hasSize(1);
    assertThat(Files.readString(target.resolve("report.json"))).contains("slice.png");
  }

  @Test
  void volumesAreAskedSeveralTimesToo() throws IOException {
    Path file = folder.resolve("in/patient/head.nii.gz");
    Path target = folder.resolve("out");

    assertThat(run("segment", file, "--out", target, "--no-screen", "--uncertainty")).isZero();
    JsonObject doubt = results().get(0).getAsJsonObject().getAsJsonObject("regionUncertainty");
    assertThat(doubt.get("runs").getAsInt()).isEqualTo(8);
    assertThat(doubt.get("lowMl").getAsDouble())
        .isLessThanOrEqualTo(doubt.get("highMl").getAsDouble());
    String map = results().get(0).getAsJsonObject().get("uncertaintyMap").getAsString();
    assertThat(
            MedicalVolumeReader.withDefaults()
                .read(target.resolve(map))
                .grid()
                .matches(head.grid()))
        .isTrue();

    assertThat(run("analyze", file, "--out", target, "--force", "--uncertainty", "tta")).isZero();
    JsonObject of = results().get(0).getAsJsonObject().getAsJsonObject("uncertainty");
    assertThat(of.get("runs").getAsInt()).isEqualTo(8);
    assertThat(of.get("mutualInformation").getAsDouble()).isPositive();

    assertThat(run("analyze", file, "--out", target, "--uncertainty", "dropout")).isEqualTo(2);
    assertThat(err.toString()).contains("of volumes, --uncertainty tta asks a network of slices");
  }

  @Test
  void aVolumeThatCannotBeReadIsAResult() throws IOException {
    byte[] whole = Files.readAllBytes(folder.resolve("in/patient/head.nii.gz"));
    Path cut = folder.resolve("in/cut.nii.gz");
    var unused = Files.write(cut, Arrays.copyOf(whole, whole.length / 2));

    assertThat(
            run(
                "segment",
                "--method",
                "classical",
                folder.resolve("in"),
                "--out",
                folder.resolve("out")))
        .isEqualTo(1);

    JsonObject failed = results().get(0).getAsJsonObject();
    assertThat(failed.get("input").getAsString()).isEqualTo("cut.nii.gz");
    assertThat(failed.get("status").getAsString()).isEqualTo("failed");
    assertThat(failed.get("error").getAsString()).contains("cut.nii.gz");
    assertThat(out.toString()).contains("cut.nii.gz  FAILED: ").doesNotContain("Exception");
    assertThat(results().get(1).getAsJsonObject().get("status").getAsString()).isEqualTo("ok");
  }

  @Test
  void rejectsOptionsThatMakeNoSense() {
    Path head = folder.resolve("in/patient/head.nii.gz");
    Path target = folder.resolve("out");

    assertThat(run("analyze", head, "--out", target, "--slices", "0")).isEqualTo(2);
    assertThat(err.toString()).contains("--slices must be brain, a positive number or all, got 0");
    assertThat(run("analyze", head, "--out", target, "--rule", "max", "--sequence-model", "x.onnx"))
        .isEqualTo(2);
    assertThat(err.toString()).contains("--rule does not go with --sequence-model");
  }
}
