package io.github.brainimaging.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.brainimaging.core.image.Affine;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.image.VolumeMask;
import io.github.brainimaging.models.card.ModelException;
import io.github.brainimaging.models.card.VolumeCard;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Networks by PyTorch in folders as nnU-Net, MONAI and Raidionics leave them, against what
 * programs/program_networks.py says they find.
 */
class ProgramFoldersTest {

  private static final int WIDTH = 24;
  private static final int HEIGHT = 28;
  private static final int DEPTH = 20;

  private static Path programs() {
    try {
      return Path.of(
          Objects.requireNonNull(ProgramFoldersTest.class.getResource("programs")).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static MedicalVolume volume(int shift) {
    float[] samples = new float[WIDTH * HEIGHT * DEPTH];
    for (int i = 0; i < samples.length; i++) {
      int x = i % WIDTH;
      int y = i / WIDTH % HEIGHT;
      int z = i / WIDTH / HEIGHT;
      boolean border = x < 2 || y < 3 || z < 1 || x > WIDTH - 4;
      boolean hole = Math.abs(x - 8) < 2 && Math.abs(y - 9) < 2 && Math.abs(z - 6) < 2;
      boolean ball = (x - 12) * (x - 12) + (y - 14) * (y - 14) + (z - 10) * (z - 10) < 60;
      int value = (7 * x + 13 * y + 29 * z + x * y * z + shift) % 101;
      samples[i] = border || hole ? 0 : value + (ball ? 4 * (20 + shift % 7) : 0);
    }
    VolumeGrid grid =
        VolumeGrid.ofSize(WIDTH, HEIGHT, DEPTH)
            .withAffine(Affine.of(-1, 0, 0, 10, 0, 1.2, 0, -7, 0, 0, -2.5, 20));
    return MedicalVolume.wrap(grid, 1, samples);
  }

  private static String digits(Map<String, VolumeMask> regions, boolean classes) {
    int[] sum = new int[WIDTH * HEIGHT * DEPTH];
    int worth = 1;
    for (VolumeMask mask : regions.values()) {
      boolean[] inside = mask.toArray();
      for (int i = 0; i < sum.length; i++) {
        sum[i] += inside[i] ? worth : 0;
      }
      worth = classes ? worth + 1 : 2 * worth;
    }
    StringBuilder text = new StringBuilder();
    for (int digit : sum) {
      text.append(digit);
    }
    return text.toString();
  }

  private static String expected(String name) throws IOException {
    try (Stream<String> lines = Files.lines(programs().resolve("expected.txt"))) {
      return lines
          .filter(line -> line.startsWith(name + " "))
          .map(line -> line.substring(name.length() + 1))
          .findFirst()
          .orElseThrow();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "nnunet-classes/nnUNetTrainer__nnUNetPlans__3d_fullres, 0 40",
    "nnunet-regions/nnUNetTrainer__nnUNetPlans__3d_fullres, 7",
    "monai-four, 0 13 40 77",
    "monai-spacing, 3",
    "raidionics, 21"
  })
  void labelsAreThoseOfTheProgramToTheVoxel(String folder, String shifts) throws IOException {
    List<MedicalVolume> sequences = new ArrayList<>();
    for (String shift : shifts.split(" ", -1)) {
      sequences.add(volume(Integer.parseInt(shift)));
    }
    try (OnnxVolumeSegmenter segmenter =
        OnnxVolumeSegmenter.ofFolder(programs().resolve(folder)).device(Device.cpu()).build()) {
      assertThat(others(segmenter, sequences, folder.replaceFirst("/.*", ""))).isZero();
    }
  }

  /** How many voxels have another label than the program finds. */
  private static long others(
      OnnxVolumeSegmenter segmenter, List<MedicalVolume> sequences, String name)
      throws IOException {
    String found = digits(segmenter.regions(sequences), segmenter.card().hasClasses());
    String truth = expected(name);
    return IntStream.range(0, truth.length())
        .filter(i -> truth.charAt(i) != found.charAt(i))
        .count();
  }

  @Test
  void oneNetworkLooksForWhatTheOtherFindsInItsBox(@TempDir Path copy) throws IOException {
    Path folder = programs().resolve("two-in-a-row");
    try (OnnxVolumeSegmenter segmenter = onCpu(folder.resolve("fine.onnx"))) {
      assertThat(others(segmenter, List.of(volume(5)), "two-in-a-row")).isZero();
      MedicalVolume empty = volume(5).wrapSamples(new float[WIDTH * HEIGHT * DEPTH]);
      assertThat(segmenter.segment(empty).mask().count()).isZero();
    }
    for (String file : List.of("coarse.onnx", "coarse.json", "fine.onnx", "fine.json")) {
      Files.copy(folder.resolve(file), copy.resolve(file));
    }
    Path card = copy.resolve("coarse.json");
    Files.writeString(card, Files.readString(card).replace("\"zyx\"", "\"xyz\""));
    assertThatThrownBy(() -> onCpu(copy.resolve("fine.onnx")))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("coarse.onnx must have convention WHOLE")
        .hasMessageContaining("axes=xyz");
    Files.delete(copy.resolve("coarse.onnx"));
    assertThatThrownBy(() -> onCpu(copy.resolve("fine.onnx")))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("coarse.onnx does not exist");
  }

  private static OnnxVolumeSegmenter onCpu(Path model) {
    return OnnxVolumeSegmenter.builder(ModelSource.ofPath(model)).device(Device.cpu()).build();
  }

  @Test
  void labelsAndSequencesHaveTheNamesOfTheConfiguration() {
    Path nnunet = programs().resolve("nnunet-classes/nnUNetTrainer__nnUNetPlans__3d_fullres");
    VolumeCard card = VolumeCard.beside(nnunet.resolve("fold_0/net.onnx")).orElseThrow();
    assertThat(card.name()).isEqualTo("Dataset900_Tiny 3d_fullres");
    assertThat(card.sequences()).containsExactly("CT", "T1");
    assertThat(card.labels()).containsExactly("background", "edema", "core");
    assertThat(card.tumorLabels()).containsExactlyInAnyOrder("edema", "core");
    assertThat(card.patch()).containsExactly(14, 12, 10);
    assertThat(card.axes()).isEqualTo("xzy");
    VolumeCard four =
        VolumeCard.beside(programs().resolve("monai-four/models/model.onnx")).orElseThrow();
    assertThat(four.sequences()).containsExactly("T1c", "T1", "T2", "FLAIR");
    assertThat(four.labels()).containsExactly("Tumor core", "Whole tumor", "Enhancing tumor");
    assertThat(four.gaussian()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nnunet-classes/nnUNetTrainer__nnUNetPlans__3d_fullres | plans.json | ZScoreNormalization | MyNormalization"
            + " | normalization_schemes is [\"CTNormalization\",\"MyNormalization\"], expected",
        "nnunet-classes/nnUNetTrainer__nnUNetPlans__3d_fullres | plans.json | \"order\": 3 | \"order\": 2"
            + " | resampling_fn_data_kwargs.order is 2, expected 0, 1 or 3",
        "nnunet-classes/nnUNetTrainer__nnUNetPlans__3d_fullres | plans.json | DefaultPreprocessor | Mine"
            + " | preprocessor_name is \"Mine\", expected DefaultPreprocessor",
        "nnunet-classes/nnUNetTrainer__nnUNetPlans__3d_fullres | dataset.json | \"core\": 2 | \"core\": 5"
            + " | labels is {\"background\":0,\"edema\":1,\"core\":5,\"ignore\":3}, expected 0, 1, 2",
        "nnunet-classes/nnUNetTrainer__nnUNetPlans__3d_fullres | dataset.json | \"1\": \"T1\" | \"2\": \"T1\""
            + " | channel_names.1 is missing, expected a text",
        "nnunet-regions/nnUNetTrainer__nnUNetPlans__3d_fullres | dataset.json | regions_class_order | order"
            + " | regions_class_order is missing, expected an array",
        "monai-spacing/configs | inference.json | Orientationd | RandFlipd"
            + " | transforms[2]._target_ is \"RandFlipd\", expected one that is known here",
        "monai-spacing/configs | inference.json | SlidingWindowInferer | SimpleInferer"
            + " | inferer._target_ is \"SimpleInferer\", expected SlidingWindowInferer",
        "monai-spacing/configs | inference.json | \"clip\": true | \"clop\": true"
            + " | transforms[4].clop is true, expected none (it is not known here",
        "monai-spacing/configs | metadata.json | \"num_channels\": 3 | \"num_channels\": 4"
            + " | outputs.pred.num_channels is 4, expected 3 as in channel_def",
        "monai-spacing/configs | inference.json | \"RAS\" | \"RAX\""
            + " | inference.json is not valid: code must name one of R/L",
        "monai-four/configs | inference.json | @roi | @where"
            + " | inferer.roi_size is \"@where\", expected an array",
        "raidionics | pre_processing.ini | background_cropping= | background_cropping=brain_clip"
            + " | preprocessing.background_cropping is brain_clip, expected false",
        "raidionics | pre_processing.ini | deep_supervision | depth"
            + " | training.depth is False, expected none: it is not known here",
        "raidionics | pre_processing.ini | patch_size=10,12,8 | patch_size="
            + " | training.patch_size is missing, expected 3 numbers"
      })
  void whatIsUnknownIsRefusedWithFileKeyAndWhatIsExpected(
      String folder, String file, String old, String changed, String message, @TempDir Path copy)
      throws IOException {
    try (Stream<Path> files = Files.list(programs().resolve(folder))) {
      for (Path there : files.filter(Files::isRegularFile).toList()) {
        Files.copy(there, copy.resolve(String.valueOf(there.getFileName())));
      }
    }
    String text = Files.readString(copy.resolve(file));
    assertThat(text).contains(old);
    Files.writeString(copy.resolve(file), text.replace(old, changed));
    assertThatThrownBy(() -> VolumeCard.beside(copy.resolve("net.onnx")))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining(copy.resolve(file).toString())
        .hasMessageContaining(message);
  }

  @Test
  void anActivationInsideThatNnUNetPutsAfterItIsRefused(@TempDir Path folder) throws IOException {
    Path plans = programs().resolve("nnunet-regions/nnUNetTrainer__nnUNetPlans__3d_fullres");
    String tiny = Files.readString(plans.resolve("plans.json"));
    Files.writeString(folder.resolve("plans.json"), tiny);
    String classes =
        "{\"channel_names\": {\"0\": \"T1\"}, \"labels\": {\"none\": 0, \"a\": 1, \"b\": 2}}";
    Files.writeString(folder.resolve("dataset.json"), classes);
    Files.copy(programs().resolve("raidionics/model.onnx"), folder.resolve("model.onnx"));
    assertThatThrownBy(() -> onCpu(folder.resolve("model.onnx")))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("comes from Softmax")
        .hasMessageContaining("must be SOFTMAX, got LOGITS");
  }

  @Test
  void aFolderOfNoNetworkOrOfSeveralIsRefused(@TempDir Path folder) throws IOException {
    assertThatThrownBy(() -> OnnxVolumeSegmenter.ofFolder(folder))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("must hold one ONNX file, in it or a folder of it, got []");
    Files.writeString(folder.resolve("a.onnx"), "a");
    Files.writeString(folder.resolve("b.onnx"), "b");
    assertThatThrownBy(() -> OnnxVolumeSegmenter.ofFolder(folder)).hasMessageContaining("b.onnx");
    Path both = programs().resolve("raidionics/pre_processing.ini");
    Files.copy(both, folder.resolve("pre_processing.ini"));
    Files.copy(
        programs().resolve("monai-four/configs/inference.json"), folder.resolve("inference.json"));
    Files.copy(
        programs().resolve("monai-four/configs/metadata.json"), folder.resolve("metadata.json"));
    assertThatThrownBy(() -> VolumeCard.beside(folder.resolve("a.onnx")))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("configurations of several programs");
  }
}
