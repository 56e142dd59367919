package io.github.brainimaging.examples.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.io.PngImageWriter;
import io.github.brainimaging.core.tensor.Tensor;
import io.github.brainimaging.examples.cli.Commands;
import io.github.brainimaging.models.card.ModelCard;
import io.github.brainimaging.models.card.Task;
import io.github.brainimaging.models.network.Network;
import io.github.brainimaging.models.network.Weights;
import io.github.brainimaging.models.network.format.OnnxExport;
import io.github.brainimaging.models.network.format.WeightFiles;
import io.github.brainimaging.models.network.zoo.Architectures;
import io.github.brainimaging.models.training.TrainingResult;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainSegmenterCommandTest {

  private static final int SIZE = 48;

  @TempDir Path folder;
  private final StringWriter output = new StringWriter();

  private int run(Object... arguments) {
    output.getBuffer().setLength(0);
    return Commands.run(output, output, arguments);
  }

  private int train(Object... more) {
    Object[] common = {
      "train-segmenter", "--images", folder.resolve("data"), "--out", folder.resolve("out")
    };
    return run(Stream.concat(Arrays.stream(common), Arrays.stream(more)).toArray());
  }

  /** Three patients with two slices each: a bright disk is the tumor, and nothing. */
  @BeforeEach
  void draw() throws IOException {
    Random random = new Random(1);
    for (int patient = 0; patient < 3; patient++) {
      Path target = Files.createDirectories(folder.resolve("data/p" + patient));
      for (int slice = 0; slice < 2; slice++) {
        float[] image = new float[SIZE * SIZE];
        boolean[] mask = new boolean[SIZE * SIZE];
        for (int i = 0; i < image.length; i++) {
          double fromCenter = Math.hypot(i % SIZE - 20 - patient, i / SIZE - 24);
          mask[i] = slice == 0 && fromCenter < 8;
          image[i] = (fromCenter < 20 ? 60 : 0) + (mask[i] ? 100 : 0) + random.nextInt(40);
        }
        PngImageWriter.write(
            MedicalImage.ofGray(SIZE, SIZE, image), target.resolve(slice + "_flair.png"));
        PngImageWriter.write(Mask.of(SIZE, SIZE, mask), target.resolve(slice + "_mask.png"));
      }
    }
  }

  @Test
  void fineTunesTheEmbeddedNetworkAndMeasuresWhatIsHeldApart() throws IOException {
    Path names = Files.writeString(folder.resolve("apart.txt"), "p2\n");
    assertThat(
            train(
                "--weights",
                "embedded",
                "--empty-share",
                "0.5",
                "--held-out",
                names,
                "--validation",
                "0.5",
                "--epochs",
                "2",
                "--last",
                "--size",
                "64",
                "--threshold",
                "0.35"))
        .as(output::toString)
        .isZero();

    assertThat(output.toString())
        .contains(
            "the embedded network has learned at 256 pixels: at 64 it begins with little of it")
        .contains("2 images to learn from, 2 that choose the epoch, 2 kept apart")
        .contains("meanPatientDice", "epoch 2; model: ");
    Path model = folder.resolve("out/model.onnx");
    ModelCard card = ModelCard.fromJson(Files.readString(folder.resolve("out/model.json")));
    assertThat(card.task()).isEqualTo(Task.SEGMENTATION);
    assertThat(card.threshold()).isEqualTo(0.35);
    assertThat(card.input().height()).isEqualTo(64);
    assertThat(card.results()).containsKeys("meanDice", "emptyLeftEmpty");

    assertThat(
            run(
                "segment",
                folder.resolve("data/p2"),
                "--out",
                folder.resolve("masks"),
                "--segmenter",
                model))
        .as(output::toString)
        .isZero();
    assertThat(folder.resolve("masks/report.json")).exists();
    Path exported = folder.resolve("exported.onnx");
    assertThat(run("export", folder.resolve("out"), "--out", exported)).isZero();
    assertThat(output.toString()).contains("2 epochs done", "model, of epoch 2: ");
    assertThat(WeightFiles.readOnnx(Files.readAllBytes(exported)).tensors()).isEqualTo(model());
    Path half = folder.resolve("half.onnx");
    assertThat(run("export", folder.resolve("out"), "--out", half, "--half")).isZero();
    assertThat(Files.size(half)).isLessThan(Files.size(exported) * 53 / 100);
    assertThat(
            run(
                "segment",
                folder.resolve("data"),
                "--out",
                folder.resolve("h"),
                "--segmenter",
                half))
        .as(output::toString)
        .isZero();

    String plan = Files.readString(folder.resolve("out/training.json"));
    Object[] other = {
      "--weights", model, "--network", "lite-unet", "--size", "64", "--epochs", "3"
    };
    assertThat(train(other)).isNotZero();
    assertThat(output.toString()).contains("belongs to another training: expected weights ");
    assertThat(folder.resolve("out/training.json")).hasContent(plan);
  }

  /** Frozen layers stay as the file has them; other names tell that another program wrote it. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void looksWithTheBackboneOfAFile(boolean foreign) throws IOException {
    Network backbone = Architectures.named("efficientnet-lite0").backbone(3, 64);
    Weights weights = Weights.random(backbone, 3);
    Charset bytes = StandardCharsets.ISO_8859_1;
    String content = new String(OnnxExport.toBytes(backbone, weights, Map.of()), bytes);
    if (foreign) {
      content = content.replace(".weight", ".kernel").replace(".gamma", ".scale");
      content = content.replace(".beta", ".bete").replace(".mean", ".mid_");
      content = content.replace(".variance", ".spread__");
    }
    Path file = Files.write(folder.resolve("lite0.onnx"), content.getBytes(bytes));

    assertThat(
            train(
                "--network",
                "lite-unet",
                "--weights",
                file,
                "--freeze",
                "blocks.3.expand_conv",
                "--size",
                "64",
                "--batch-size",
                "2",
                "--validation",
                "0.3",
                "--epochs",
                "1",
                "--last"))
        .as(output::toString)
        .isZero();

    Weights learned = Weights.of(model());
    String frozen = "blocks.2.project_conv.weight";
    String free = "blocks.3.expand_conv.weight";
    assertThat(learned.get(frozen)).isEqualTo(weights.get(frozen));
    assertThat(learned.get(free)).isNotEqualTo(weights.get(free));
    assertThat(learned.get(free).toArray()[0])
        .isCloseTo(weights.get(free).toArray()[0], within(0.01f));
    Path exported = folder.resolve("exported.onnx");
    assertThat(run("export", folder.resolve("out"), "--out", exported)).isZero();
    assertThat(WeightFiles.readOnnx(Files.readAllBytes(exported)).tensors()).isEqualTo(model());
  }

  /** A rate that destroys what the embedded network has learned: the first epoch is the best. */
  @Test
  void lastTakesTheWeightsOfTheLastEpochWhicheverIsTheBest() throws IOException {
    Object[] more = {
      "--weights", "embedded", "--epochs", "3", "--learning-rate", "0.5", "--validation", "0.3"
    };
    assertThat(train(more)).as(output::toString).isZero();
    TrainingResult result = TrainingResult.ofFolder(folder.resolve("out"));
    assertThat(result.bestEpoch()).isLessThan(3);
    assertThat(output.toString()).contains("epoch " + result.bestEpoch() + "; model: ");
    assertThat(model()).containsAllEntriesOf(result.weights().tensors());

    assertThat(train(Stream.concat(Arrays.stream(more), Stream.of("--last")).toArray())).isZero();

    assertThat(output.toString()).contains("epoch 3; model: ");
    assertThat(model()).containsAllEntriesOf(result.lastWeights().tensors());
  }

  private Map<String, Tensor> model() throws IOException {
    return WeightFiles.readOnnx(Files.readAllBytes(folder.resolve("out/model.onnx"))).tensors();
  }

  @Test
  void anotherShareOfTheEmptyImagesIsAnotherTraining() {
    assertThat(train("--epochs", "1", "--empty-share", "0.5")).as(output::toString).isZero();

    assertThat(train("--epochs", "1")).isNotZero();

    assertThat(output.toString())
        .contains("expected share of the empty masks 1.0, found share of the empty masks 0.5");
  }

  @Test
  void anotherLossIsAnotherTraining() {
    assertThat(train("--epochs", "1", "--tumor-weight", "2", "--hardest", "0.3"))
        .as(output::toString)
        .isZero();

    assertThat(train("--epochs", "1")).isNotZero();

    assertThat(output.toString())
        .contains("found loss MaskLoss[tumorWeight=2.0, hardestShare=0.3]");
  }

  @Test
  void randomContrastIsAnotherTraining() {
    assertThat(train("--epochs", "1", "--random-contrast", "0.4")).as(output::toString).isZero();

    assertThat(train("--epochs", "1")).isNotZero();

    assertThat(output.toString())
        .contains("belongs to another training")
        .contains("RandomIntensityMap", "RandomBiasField", "RandomResolution");
  }

  @Test
  void randomLesionsAreAnotherTraining() {
    assertThat(train("--epochs", "1", "--random-lesions", "0.4")).as(output::toString).isZero();

    assertThat(train("--epochs", "1")).isNotZero();

    assertThat(output.toString()).contains("belongs to another training").contains("RandomLesion");
  }

  @Test
  void refusesSharesOutOfRangeAndWeightsOfAnotherNetwork() throws IOException {
    assertThat(train("--empty-share", "1.5")).isEqualTo(2);
    assertThat(output.toString()).contains("--empty-share must be from 0 to 1, got 1.5");
    assertThat(train("--size", "100")).isEqualTo(2);
    assertThat(output.toString()).contains("--size must be a positive multiple of 32, got 100");
    assertThat(train("--warm-up", "-1")).isEqualTo(2);
    assertThat(output.toString()).contains("--warm-up must be 0 or above, and finite, got -1.0");
    assertThat(train("--random-contrast", "-0.1")).isEqualTo(2);
    assertThat(output.toString()).contains("--random-contrast must be from 0 to 1, got -0.1");
    assertThat(train("--random-lesions", "2")).isEqualTo(2);
    assertThat(output.toString()).contains("--random-lesions must be from 0 to 1, got 2.0");
    assertThat(train("--learning-rate", "0")).isEqualTo(2);
    assertThat(train("--network", "slim-unet")).isEqualTo(2);
    assertThat(output.toString())
        .contains("--network must be compact-unet or lite-unet, got slim-unet");
    assertThat(train("--network", "compact-unet", "--weights", "embedded")).isEqualTo(2);
    assertThat(output.toString())
        .contains("--weights embedded is a lite-unet, got --network compact-unet");
    assertThat(train("--freeze", "head")).isEqualTo(2);
    assertThat(output.toString()).contains("--freeze needs --weights");
    assertThat(train("--batch-size", "0")).isEqualTo(2);
    assertThat(output.toString()).contains("--batch-size must be positive, got 0");
    Path other = Files.writeString(folder.resolve("other.onnx"), "no model");
    assertThat(train("--weights", other)).isNotZero();
    assertThat(output.toString()).contains("expected an ONNX model");
  }
}
