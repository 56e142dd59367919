package io.github.brainimaging.examples.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.github.brainimaging.core.image.Affine;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.io.MedicalVolumeReader;
import io.github.brainimaging.core.io.NiftiWriter;
import io.github.brainimaging.examples.cli.Commands;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A network of two sequences and two labels from the command line, and parity with a reference. */
class SequencesTest {

  private static final Path NETWORK =
      Path.of(
          "../brain-models/src/test/resources/io/github/brainimaging/models/onnx/volume/slices.onnx");

  private static final String CARD =
      """
      {"task": "VOLUME_SEGMENTATION", "name": "slices", "sequences": ["t1", "flair"],
       "patch": [12, 8, 1], "neighbors": 1, "normalization": [{"kind": "%s"}], %s
       "activation": "LOGITS", "labels": ["background", "edema", "core"],
       "tumorLabels": ["edema", "core"]}""";

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(Object... arguments) {
    return Commands.run(out, err, arguments);
  }

  private Path network(String name, String kind, String more) throws IOException {
    Path file = folder.resolve(name + ".onnx");
    Files.copy(NETWORK, file);
    Files.writeString(folder.resolve(name + ".json"), CARD.formatted(kind, more));
    return file;
  }

  /** On a grid that begins some columns before. */
  private static MedicalVolume volume(int shift, int before) {
    int width = 21 + before;
    float[] samples = new float[width * 17 * 14];
    for (int i = 0; i < samples.length; i++) {
      int x = i % width - before;
      int y = i / width % 17;
      int z = i / width / 17;
      boolean border = x < 2 || y < 1 || z < 1 || x > 18;
      samples[i] = border ? 0 : (7 * x + 13 * y + 29 * z + x * y * z + shift) % 101 * 3;
    }
    Affine affine = Affine.of(1, 0, 0, -20 - before, 0, 1, 0, 7, 0, 0, 1, 11);
    return MedicalVolume.wrap(VolumeGrid.ofSize(width, 17, 14).withAffine(affine), 1, samples);
  }

  @BeforeEach
  void study() throws IOException {
    NiftiWriter.withDefaults().write(volume(0, 0), folder.resolve("study/t1.nii.gz"));
    NiftiWriter.withDefaults().write(volume(40, 0), folder.resolve("study/flair.nii.gz"));
    NiftiWriter.withDefaults().write(volume(40, 2), folder.resolve("other/late.nii.gz"));
  }

  private JsonObject result(String name) throws IOException {
    return Commands.json(folder.resolve(name + "/volumes.json"))
        .getAsJsonArray("results")
        .get(0)
        .getAsJsonObject();
  }

  private MedicalVolume map(String name) throws IOException {
    return MedicalVolumeReader.withDefaults()
        .read(folder.resolve(name).resolve(result(name).get("labelMap").getAsString()));
  }

  @Test
  void aFolderIsOneExaminationAndOtherFilesGoByName() throws IOException {
    Path net = network("net", "Z_SCORE", "");
    Object[] usual = {"--segmenter", net, "--force", "--out"};
    assertThat(
            run(
                "segment",
                folder.resolve("study"),
                usual[0],
                usual[1],
                usual[2],
                usual[3],
                folder.resolve("a")))
        .as(out.toString() + err)
        .isZero();
    assertThat(out.toString())
        .contains("t1 is t1.nii.gz", "flair is flair.nii.gz", "(", "edema ", "core ");
    JsonObject first = result("a");
    assertThat(first.get("input").getAsString()).isEqualTo("t1.nii.gz");
    assertThat(first.getAsJsonArray("labels")).hasSize(2);
    int edema = first.getAsJsonArray("labels").get(0).getAsJsonObject().get("voxels").getAsInt();
    int counted = 0;
    for (float number : map("a").samples()) {
      counted += number == 1 ? 1 : 0;
    }
    assertThat(edema).isEqualTo(counted).isPositive();

    int status =
        run(
            "segment",
            folder.resolve("study/t1.nii.gz"),
            "--sequences",
            "flair=" + folder.resolve("other/late.nii.gz"),
            "--segmenter",
            net,
            "--force",
            "--out",
            folder.resolve("b"));
    assertThat(status).as(out.toString() + err).isZero();
    assertThat(result("b").getAsJsonArray("remarks").toString())
        .contains("flair was resampled from voxels of 1.00 x 1.00 x 1.00 mm");
    assertThat(run("parity", mapFile("b"), mapFile("a"), "--minimum-dice", "0.95")).isZero();
  }

  private Path mapFile(String name) throws IOException {
    return folder.resolve(name).resolve(result(name).get("labelMap").getAsString());
  }

  @Test
  void missingSequencesAreToldWithWhatToDo() throws IOException {
    Path net = network("net", "Z_SCORE", "");
    Path t1 = folder.resolve("study/t1.nii.gz");
    Path results = folder.resolve("out");
    assertThat(run("segment", t1, "--segmenter", net, "--out", results)).isEqualTo(2);
    assertThat(err.toString()).contains("takes the sequences [t1, flair]", "--sequences");
    assertThat(run("segment", t1, "--segmenter", net, "--sequences", "t2=" + t1, "--out", results))
        .isEqualTo(2);
    assertThat(err.toString()).contains("--sequences must name all of [t1, flair] but the INPUT");
    Files.delete(folder.resolve("study/flair.nii.gz"));
    assertThat(run("segment", folder.resolve("study"), "--segmenter", net, "--out", results))
        .isEqualTo(1);
    assertThat(err.toString()).contains("found no series of its own for flair");
    assertThat(
            run(
                "segment",
                t1,
                "--strip",
                "--segmenter",
                net,
                "--sequences",
                "flair=" + t1,
                "--out",
                results))
        .isEqualTo(2);
    assertThat(err.toString()).contains("do not go with a network of several sequences");
  }

  @Test
  void oneFileIsNotTakenForTwoSequences() throws IOException {
    Path net = network("net", "Z_SCORE", "");
    Path t1 = folder.resolve("study/t1.nii.gz");
    Path results = folder.resolve("out");

    int status =
        run("segment", t1, "--segmenter", net, "--sequences", "flair=" + t1, "--out", results);

    assertThat(status).isEqualTo(2);
    assertThat(err.toString()).contains("--sequences must each be another file", "INPUT and flair");
    assertThat(results.resolve("volumes.json")).doesNotExist();
  }

  /** A classifier for which each class is a tumor, so that the region is looked for. */
  @Test
  void analyzeTakesSequencesToo() throws IOException {
    Path classifier = folder.resolve("classes.onnx");
    Files.copy(NETWORK.resolveSibling("../foreign/k-nchw.onnx"), classifier);
    Files.writeString(
        folder.resolve("classes.json"),
        """
        {"name": "classes", "task": "CLASSIFICATION", "activation": "SOFTMAX",
         "labels": ["a", "b", "c", "d"], "tumorLabels": ["a", "b", "c", "d"],
         "input": {"width": 32, "height": 32, "channels": 3, "layout": "NCHW", "fit": "STRETCH",
          "interpolation": "BILINEAR", "normalization": "UNIT"}}""");

    int status =
        run(
            "analyze",
            folder.resolve("study/t1.nii.gz"),
            "--model",
            classifier,
            "--sequences",
            "flair=" + folder.resolve("study/flair.nii.gz"),
            "--segmenter",
            network("net", "Z_SCORE", ""),
            "--force",
            "--slices",
            "all",
            "--out",
            folder.resolve("a"));

    assertThat(status).as(out.toString() + err).isZero();
    assertThat(
            run(
                "segment",
                folder.resolve("study"),
                "--segmenter",
                folder.resolve("net.onnx"),
                "--force",
                "--out",
                folder.resolve("b")))
        .isZero();
    assertThat(result("a").getAsJsonArray("labels"))
        .isEqualTo(result("b").getAsJsonArray("labels"));
    assertThat(map("a").samples()).isEqualTo(map("b").samples());
  }

  @Test
  void parityOfWhatIsNoLabelMapNamesTheFiles() throws IOException {
    Path label = folder.resolve("study/t1.nii.gz");
    Path other = folder.resolve("numbers.nii");
    MedicalVolume numbers = volume(0, 0);
    float[] samples = numbers.samples();
    samples[7] = 0.5f;
    NiftiWriter.withDefaults().write(numbers.wrapVoxels(numbers.grid(), samples), other);

    assertThat(run("parity", label, other)).isEqualTo(1);
    assertThat(err.toString())
        .contains("numbers.nii (reference): reference must hold whole numbers", "got 0.5");
  }

  @Test
  void parityTellsARightFromAWrongPreparation() throws IOException {
    Path study = folder.resolve("study");
    Path net = network("net", "Z_SCORE", "");
    assertThat(run("segment", study, "--segmenter", net, "--force", "--out", folder.resolve("a")))
        .isZero();
    Path reference = mapFile("a");

    assertThat(run("parity", study, reference, "--segmenter", net)).isZero();
    assertThat(out.toString())
        .contains("label 2: Dice 1.00000", "0 of 4998 voxels differ", "both agree");
    for (String[] wrong :
        new String[][] {
          {"values", "NONE", ""},
          {"head", "Z_SCORE_NONZERO", ""},
          {"turned", "Z_SCORE", "\"orientation\": \"LAS\","},
          {"axes", "Z_SCORE", "\"axes\": \"yxz\","},
          {"spacing", "Z_SCORE", "\"spacing\": [1.3, 1.3, 1],"}
        }) {
      Path other = network(wrong[0], wrong[1], wrong[2]);
      assertThat(run("parity", study, reference, "--segmenter", other)).as(wrong[0]).isEqualTo(1);
    }
    assertThat(out.toString()).contains("THEY DIFFER");
  }

  @Test
  void theTensorTellsWhyAndIsReadAsNumPyWritesIt() throws IOException {
    Path study = folder.resolve("study");
    Path tensor = folder.resolve("tensor.npy");
    write(tensor);
    assertThat(
            run("parity", study, tensor, "--prepared", "--segmenter", network("raw", "NONE", "")))
        .as(out.toString() + err)
        .isZero();
    assertThat(out.toString()).contains("channel 1", "correlation 1.000000");
    Path net = network("net", "Z_SCORE", "");
    assertThat(run("parity", study, tensor, "--prepared", "--segmenter", net)).isEqualTo(1);
    assertThat(out.toString()).contains("other normalization: ours is 0.0");
    Path turned = network("turned", "NONE", "\"orientation\": \"LAS\",");
    assertThat(run("parity", study, tensor, "--prepared", "--segmenter", turned)).isEqualTo(1);
    assertThat(out.toString()).contains("turned round along x: then the correlation is 1.0000");
    assertThat(run("parity", folder.resolve("study/t1.nii.gz"), tensor, "--prepared")).isEqualTo(2);
    assertThat(err.toString()).contains("REFERENCE must have as many channels as ours, 1, got 2");
    Files.writeString(tensor, "no array at all");
    assertThat(run("parity", study, tensor, "--prepared", "--segmenter", net)).isEqualTo(1);
    assertThat(err.toString()).contains("expected an array of NumPy");
  }

  private static void write(Path file) throws IOException {
    float[] first = volume(0, 0).samples();
    float[] second = volume(40, 0).samples();
    String header = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 14, 17, 21), }";
    String padded = header + " ".repeat(117 - header.length()) + "\n";
    ByteBuffer bytes =
        ByteBuffer.allocate(10 + padded.length() + 8 * first.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII));
    bytes.put((byte) 1).put((byte) 0).putShort((short) padded.length());
    bytes.put(padded.getBytes(StandardCharsets.US_ASCII));
    for (float[] samples : new float[][] {first, second}) {
      for (float sample : samples) {
        bytes.putFloat(sample);
      }
    }
    Files.write(file, bytes.array());
  }
}
