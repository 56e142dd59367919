package io.github.brainimaging.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.brainimaging.core.image.Affine;
import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.image.VolumeMask;
import io.github.brainimaging.core.io.DicomFile;
import io.github.brainimaging.core.io.MedicalImageReader;
import io.github.brainimaging.core.io.MedicalVolumeReader;
import io.github.brainimaging.core.io.NiftiWriter;
import io.github.brainimaging.core.io.PngImageWriter;
import io.github.brainimaging.examples.cli.file.HeadPhantom;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A DICOM series and its true mask: a drawn head with a round lesion in three of five slices. */
class VolumeTruthTest {

  private static final int RADIUS = 18;
  private static final int DEPTH = 5;
  private static final int SIZE = 256;

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final VolumeGrid grid =
      VolumeGrid.ofSize(SIZE, SIZE, DEPTH)
          .withAffine(Affine.scaling(-0.9, -0.9, 5).then(Affine.translation(115, 110, -12)));
  private MedicalVolume head = MedicalVolume.of(VolumeGrid.ofSize(1, 1, 1), new float[1]);

  private int run(Object... arguments) {
    return Commands.run(out, err, arguments);
  }

  @BeforeEach
  void draw() throws IOException {
    float[] samples = new float[grid.voxels()];
    boolean[] lesion = new boolean[samples.length];
    for (int z = 0; z < DEPTH; z++) {
      boolean there = z >= 1 && z <= 3;
      float[] slice = HeadPhantom.draw(165, 105, there ? RADIUS : 0, z).samples();
      System.arraycopy(slice, 0, samples, z * slice.length, slice.length);
      for (int i = 0; there && i < slice.length; i++) {
        lesion[z * slice.length + i] = Math.hypot(i % SIZE - 165, i / SIZE - 105) <= RADIUS;
      }
    }
    head = MedicalVolume.of(grid, samples);
    DicomSlices.write(head, folder.resolve("in/ct"));
    Files.createDirectories(folder.resolve("truth"));
    NiftiWriter.withDefaults()
        .write(VolumeMask.wrap(grid, lesion), folder.resolve("truth/ct_mask.nii.gz"));
  }

  private JsonObject json(String name) throws IOException {
    return JsonParser.parseString(Files.readString(folder.resolve("out").resolve(name)))
        .getAsJsonObject();
  }

  private JsonObject result() throws IOException {
    return json("volumes.json").getAsJsonArray("results").get(0).getAsJsonObject();
  }

  private int segment(Object... more) {
    Object[] all = new Object[more.length + 6];
    all[0] = "segment";
    all[1] = folder.resolve("in");
    all[2] = "--out";
    all[3] = folder.resolve("out");
    all[4] = "--method";
    all[5] = "classical"; // finds the lesion of a drawing, which no network has learned from
    System.arraycopy(more, 0, all, 6, more.length);
    return run(all);
  }

  @Test
  void writesTheMaskOfASeriesAsDicomWhereThatIsAskedFor() throws IOException {
    assertThat(segment("--dicom-seg")).isZero();

    assertThat(result().get("input").getAsString()).isEqualTo("ct");
    VolumeMask nifti =
        VolumeMask.above(
            MedicalVolumeReader.withDefaults().read(folder.resolve("out/masks/ct-volume.nii.gz")),
            0);
    assertThat(nifti.grid().matches(grid)).isTrue();
    Path file = folder.resolve("out").resolve(result().get("dicomSeg").getAsString());
    MedicalVolume seg = DicomFile.open(file).volume();
    assertThat(seg.depth()).isEqualTo(3);
    for (int z = 0; z < 3; z++) {
      assertThat(Mask.above(seg.slice(z), 0)).isEqualTo(nifti.slice(z + 1));
    }

    // The patient's name is in no other result, and a segmentation is no image to segment.
    assertThat(
            run(
                "segment",
                "--method",
                "classical",
                folder.resolve("in"),
                "--out",
                folder.resolve("plain")))
        .isZero();
    assertThat(folder.resolve("plain/dicom-seg")).doesNotExist();
    Path beside = Files.copy(file, folder.resolve("in/ct/seg.dcm"));
    assertThat(segment()).isZero();
    assertThat(json("volumes.json").getAsJsonArray("results")).hasSize(1);
    assertThat(beside).exists();
  }

  @Test
  void writesTheMaskOfASingleDicomSliceToo() throws IOException {
    Path slice = folder.resolve("in/ct/slice2.dcm");

    assertThat(
            run(
                "segment",
                "--method",
                "classical",
                slice,
                "--out",
                folder.resolve("out"),
                "--dicom-seg"))
        .isZero();

    try (var files = Files.list(folder.resolve("out/dicom-seg"))) {
      DicomFile seg = DicomFile.open(files.findFirst().orElseThrow());
      assertThat(seg.summary().width()).isEqualTo(SIZE);
      assertThat(Mask.above(seg.frame(0), 0).get(165, 105)).isTrue();
    }
  }

  @Test
  void writesReportContoursAndPicturesOfASeriesTogether() throws IOException {
    assertThat(segment("--dicom", "seg,sr,rtstruct,sc,pdf", "--pdf")).isZero();

    assertThat(result().get("dicomSeg").getAsString()).isEqualTo("dicom-seg/ct.dcm");
    DicomFile pictures = DicomFile.open(folder.resolve("out/dicom-sc/ct.dcm"));
    assertThat(pictures.summary().frames()).isEqualTo(3);
    assertThat(pictures.summary().channels()).isEqualTo(3);
    String report =
        Files.readString(folder.resolve("out/dicom-sr/ct.dcm"), StandardCharsets.ISO_8859_1);
    assertThat(report)
        .contains("Imaging Measurement Report", "Long Axis", "Tumor, part 1")
        .contains("Made by software that is no medical device");
    assertThat(
            Files.readString(
                folder.resolve("out/dicom-rtstruct/ct.dcm"), StandardCharsets.ISO_8859_1))
        .contains("RTSTRUCT", "CLOSED_PLANAR");
    byte[] pdf = Files.readAllBytes(folder.resolve("out/pdf/ct-volume.pdf"));
    assertThat(
            Files.readString(folder.resolve("out/dicom-pdf/ct.dcm"), StandardCharsets.ISO_8859_1))
        .contains("application/pdf", new String(pdf, StandardCharsets.ISO_8859_1));

    // They are no images to segment either.
    for (String kind : List.of("seg", "sr", "rtstruct", "sc", "pdf")) {
      Files.copy(
          folder.resolve("out/dicom-" + kind + "/ct.dcm"),
          folder.resolve("in/ct/" + kind + ".dcm"));
    }
    assertThat(segment()).isZero();
    assertThat(json("volumes.json").getAsJsonArray("results")).hasSize(1);
  }

  @Test
  void theNetworksProbabilitiesCanBeKept() throws IOException {
    Path target = folder.resolve("out");
    String[] kinds = {"--no-screen", "--no-plausible", "--force", "--dicom", "pmap,pdf"};
    assertThat(
            run(
                Stream.concat(
                        Stream.of("segment", folder.resolve("in/ct"), "--out", target),
                        Stream.of(kinds))
                    .toArray()))
        .isZero();

    MedicalVolume map =
        MedicalVolumeReader.withDefaults().read(target.resolve("dicom-pmap/ct.dcm"));
    assertThat(map.depth()).isEqualTo(DEPTH);
    assertThat(map.range()[0]).isBetween(0f, 0.2f);
    assertThat(map.range()[1]).isBetween(0f, 1f);
    assertThat(target.resolve("dicom-pdf/ct.dcm")).exists();

    // It is no image to segment.
    Files.copy(target.resolve("dicom-pmap/ct.dcm"), folder.resolve("in/ct/pmap.dcm"));
    assertThat(segment()).isZero();
    assertThat(json("volumes.json").getAsJsonArray("results")).hasSize(1);
    assertThat(segment("--dicom", "pmap")).isEqualTo(2);
    assertThat(err.toString()).contains("--dicom pmap goes with --method learned");
  }

  @Test
  void tellsOfASourceThatCannotBeReferredTo() throws IOException {
    for (int z = 0; z < DEPTH; z++) {
      Path file = folder.resolve("in/ct/slice" + z + ".dcm");
      byte[] bytes = Files.readAllBytes(file);
      // Turns the tag of the frame of reference into one that nobody reads.
      for (int i = 0; i < 1000; i++) {
        if (bytes[i] == 0x20 && bytes[i + 1] == 0 && bytes[i + 2] == 0x52 && bytes[i + 3] == 0) {
          bytes[i + 2] = 0x53;
        }
      }
      Files.write(file, bytes);
    }

    assertThat(segment("--dicom-seg")).isEqualTo(1);

    assertThat(result().get("dicomSeg").isJsonNull()).isTrue();
    assertThat(result().get("mask").getAsString()).isEqualTo("masks/ct-volume.nii.gz");
    assertThat(out.toString()).contains("FAILED to write as DICOM: ct", "(0020,0052)");
  }

  @Test
  void scoresVolumesAgainstMasksOfTheirName() throws IOException {
    assertThat(segment("--truth", folder.resolve("truth"), "--side-by-side")).isZero();

    JsonObject scores = json("volume-scores.json");
    assertThat(scores.get("count").getAsInt()).isEqualTo(1);
    assertThat(scores.get("meanDice").getAsDouble()).isGreaterThan(0.85);
    assertThat(scores.getAsJsonObject("lesions").get("lesionsFound").getAsInt()).isEqualTo(1);
    JsonObject scored = scores.getAsJsonArray("cases").get(0).getAsJsonObject();
    double truthMl = 3 * Math.PI * RADIUS * RADIUS * 0.9 * 0.9 * 5 / 1000;
    assertThat(scored.get("sizeUnit").getAsString()).isEqualTo("ml");
    assertThat(scored.get("sizeError").getAsDouble())
        .isCloseTo(result().get("volumeMl").getAsDouble() - truthMl, within(0.02 * truthMl));
    assertThat(scored.get("hd95").getAsDouble()).isLessThan(6);
    assertThat(folder.resolve("out/volume-scores.csv")).content().contains("ct,0.");
    assertThat(folder.resolve("out/worst-volumes.png")).exists();
    Path compared = folder.resolve("out/compared/ct-volume.png");
    assertThat(MedicalImageReader.withDefaults().read(compared).width())
        .isEqualTo(4 * (SIZE + 8) + 8);
    assertThat(folder.resolve("out/scores.json")).doesNotExist();
    assertThat(out.toString()).contains("Volumes with a true region:", "HD95 (mm)");
  }

  @Test
  void comparesImagesSideBySideToo() throws IOException {
    Files.createDirectories(folder.resolve("png"));
    PngImageWriter.write(HeadPhantom.draw(165, 105, RADIUS, 2), folder.resolve("png/1.png"));
    PngImageWriter.write(Mask.empty(SIZE, SIZE), folder.resolve("truth/1.png"));
    Path target = folder.resolve("out");

    int status =
        run(
            "segment",
            "--method",
            "classical",
            folder.resolve("png"),
            "--out",
            target,
            "--truth",
            folder.resolve("truth"),
            "--side-by-side");

    assertThat(status).isZero();
    assertThat(MedicalImageReader.withDefaults().read(target.resolve("compared/1.png")).width())
        .isEqualTo(4 * (SIZE + 8) + 8);
    assertThat(run("segment", "--method", "classical", "x.png", "--out", target, "--side-by-side"))
        .isEqualTo(2);
    assertThat(err.toString()).contains("--side-by-side goes with --truth only");
  }

  @Test
  void aTrueMaskOnAnotherGridIsAFailureThatTellsBoth() throws IOException {
    NiftiWriter.withDefaults()
        .write(
            VolumeMask.empty(VolumeGrid.ofSize(SIZE, SIZE, 4)),
            folder.resolve("truth/ct_mask.nii.gz"));

    assertThat(segment("--truth", folder.resolve("truth"))).isEqualTo(1);

    assertThat(json("volume-scores.json").getAsJsonArray("failures").toString())
        .contains("the true mask lies on another grid", "256x256x4", "256x256x5");
    assertThat(result().get("status").getAsString()).isEqualTo("ok");
  }

  @Test
  void truthAmongTheInputsIsNoInput() throws IOException {
    Files.move(folder.resolve("truth/ct_mask.nii.gz"), folder.resolve("in/ct_mask.nii.gz"));

    assertThat(segment("--truth", folder.resolve("in"))).isZero();

    assertThat(json("volumes.json").getAsJsonArray("results")).hasSize(1);
    assertThat(json("volume-scores.json").get("count").getAsInt()).isEqualTo(1);
  }

  @Test
  void takesNoMaskOfAnEarlierRunForAnInput() throws IOException {
    Path in = folder.resolve("in");

    assertThat(run("segment", "--method", "classical", in, "--out", in)).isZero();
    assertThat(run("segment", "--method", "classical", in, "--out", in, "--dicom-seg")).isZero();
    assertThat(run("segment", "--method", "classical", in, "--out", in)).isZero();

    assertThat(out.toString()).contains("1 volume analyzed").doesNotContain("2 volumes analyzed");
    Path mask =
        in.resolve(
            Commands.json(in.resolve("volumes.json"))
                .getAsJsonArray("results")
                .get(0)
                .getAsJsonObject()
                .get("mask")
                .getAsString());
    assertThat(mask).exists();
    assertThat(run("segment", "--method", "classical", mask, "--out", in)).isEqualTo(1);
    assertThat(err.toString()).contains("--out must not hold inputs where results are written");
  }

  @Test
  void endsWhenInterruptedOrUnableToWrite() throws IOException {
    Thread.currentThread().interrupt();
    assertThat(segment()).isEqualTo(1);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(err.toString()).contains("interrupted at");
    assertThat(folder.resolve("out/volumes.json")).doesNotExist();

    Files.writeString(folder.resolve("out/masks"), "a file where the folder should be");
    assertThat(segment()).isEqualTo(1);
    assertThat(folder.resolve("out/volumes.json")).doesNotExist();
  }

  @Test
  void preparesVolumesWhereThatIsAskedFor() throws IOException {
    // A brain in fluid, bone and skin, whole, for the brain to be found.
    int side = 50;
    float[] samples = new float[side * side * side];
    for (int i = 0; i < samples.length; i++) {
      int row = i / side % side;
      int slice = i / (side * side);
      double r =
          Math.hypot(Math.hypot((i % side - 24.5) / 17, (row - 24.5) / 20), (slice - 24.5) / 16);
      samples[i] = r < 1 ? 100 + i % 5 : r < 1.1 ? 30 : r < 1.2 ? 10 : r < 1.3 ? 180 : 2;
    }
    Path file = folder.resolve("small.nii");
    VolumeGrid coarse = VolumeGrid.ofSize(side, side, side).withAffine(Affine.scaling(4, 4, 4));
    NiftiWriter.withDefaults().write(MedicalVolume.of(coarse, samples), file);

    assertThat(
            run(
                "segment",
                "--method",
                "classical",
                file,
                "--out",
                folder.resolve("out"),
                "--bias-correct",
                "--strip"))
        .isZero();

    assertThat(result().getAsJsonObject("milliseconds").keySet())
        .containsExactly("read", "assess", "biasCorrect", "strip", "segment");
  }

  @Test
  void aSequenceModelNeedsNoModelOfSlices() {
    int status =
        run(
            "analyze",
            folder.resolve("in"),
            "--out",
            folder.resolve("out"),
            "--model",
            folder.resolve("slices.onnx"),
            "--sequence-model",
            folder.resolve("sequence.onnx"));

    assertThat(status).isEqualTo(1);
    assertThat(err.toString()).contains("sequence.onnx").doesNotContain("slices.onnx");
  }
}
