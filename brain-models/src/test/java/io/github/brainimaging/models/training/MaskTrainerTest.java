package io.github.brainimaging.models.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.within;

import io.github.brainimaging.core.augmentation.Augmentation;
import io.github.brainimaging.core.augmentation.RandomAffine;
import io.github.brainimaging.core.data.ImageMaskPairs;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.tensor.Tensor;
import io.github.brainimaging.core.work.Progress;
import io.github.brainimaging.models.card.ModelInput;
import io.github.brainimaging.models.network.Network;
import io.github.brainimaging.models.network.WeightTransfer;
import io.github.brainimaging.models.network.Weights;
import io.github.brainimaging.models.network.format.OnnxExport;
import io.github.brainimaging.models.network.format.WeightFiles;
import io.github.brainimaging.models.network.layer.BatchNorm;
import io.github.brainimaging.models.network.layer.Conv2d;
import io.github.brainimaging.models.network.layer.Relu;
import io.github.brainimaging.models.network.layer.Upsample2d;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskTrainerTest {

  private static final int SIZE = 32;

  @TempDir static Path data;
  @TempDir Path folder;

  /** Six patients with five noisy slices each; a bright square in four of them is the tumor. */
  @BeforeAll
  static void draw() throws IOException {
    Random random = new Random(3);
    for (int patient = 0; patient < 6; patient++) {
      Path target = Files.createDirectories(data.resolve("patient" + patient));
      for (int slice = 0; slice < 5; slice++) {
        BufferedImage image = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_BYTE_GRAY);
        BufferedImage mask = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_BYTE_GRAY);
        int left = 4 + random.nextInt(14);
        int top = 4 + random.nextInt(14);
        for (int y = 0; y < SIZE; y++) {
          for (int x = 0; x < SIZE; x++) {
            boolean in = slice > 0 && x >= left && x < left + 10 && y >= top && y < top + 10;
            image.getRaster().setSample(x, y, 0, (in ? 160 : 40) + random.nextInt(60));
            mask.getRaster().setSample(x, y, 0, in ? 255 : 0);
          }
        }
        write(image, target.resolve(slice + "_flair.png"));
        write(mask, target.resolve(slice + "_mask.png"));
      }
    }
  }

  private static void write(BufferedImage image, Path file) throws IOException {
    assertThat(ImageIO.write(image, "png", file.toFile())).isTrue();
  }

  private static Network network() {
    return Network.input("tiny", 1, SIZE, SIZE)
        .then("conv", Conv2d.same(8, 3).withStride(2).withoutBias())
        .then("norm", BatchNorm.withDefaults())
        .then(Relu.plain())
        .then("head", Conv2d.same(1, 3))
        .then("scores", Upsample2d.bilinear(2))
        .build();
  }

  private static MaskTrainer trainer() {
    return trainer(8, 0.03);
  }

  private static MaskTrainer trainer(int epochs, double learningRate) {
    TrainingOptions options =
        TrainingOptions.builder()
            .epochs(epochs)
            .batchSize(4)
            .learningRate(learningRate)
            .warmUpEpochs(1)
            .averaging(0.8)
            .build();
    return MaskTrainer.of(network(), ModelInput.ofSize(SIZE, 1), options)
        .withGeometry(RandomAffine.identity().withRotationDegrees(10).withTranslation(0.05))
        .withIntensities(Augmentation.contrast(0.9, 1.1))
        .withEmptyShare(0.75);
  }

  private static ImageMaskPairs.Split split() throws IOException {
    return ImageMaskPairs.read(data, data).holdOut(0.3, 1);
  }

  @Test
  void learnsAnEasyMaskAndTheEmptyOne() throws IOException {
    ImageMaskPairs.Split split = split();

    TrainingResult result =
        trainer().train(split.training(), split.heldOut(), folder, Progress.none(), epoch -> {});

    EpochResult best = result.history().get(result.bestEpoch() - 1);
    assertThat(best.validationAccuracy()).isGreaterThan(0.85);
    assertThat(best.validationLoss()).isLessThan(result.history().get(0).validationLoss());
  }

  @Test
  void goesOnAsIfItHadNeverStopped() throws IOException {
    ImageMaskPairs.Split split = split();
    TrainingResult undisturbed =
        trainer()
            .train(
                split.training(),
                split.heldOut(),
                folder.resolve("a"),
                Progress.none(),
                epoch -> {});
    Consumer<EpochResult> powerCut =
        result -> {
          if (result.epoch() == 3) {
            throw new IllegalStateException("power cut");
          }
        };
    Path cut = folder.resolve("b");
    assertThatThrownBy(
            () ->
                trainer().train(split.training(), split.heldOut(), cut, Progress.none(), powerCut))
        .hasMessage("power cut");

    TrainingResult resumed =
        trainer().train(split.training(), split.heldOut(), cut, Progress.none(), epoch -> {});

    assertThat(resumed.history()).isEqualTo(undisturbed.history());
    assertThat(resumed.weights().tensors()).isEqualTo(undisturbed.weights().tensors());
    assertThat(resumed.lastWeights().tensors()).isEqualTo(undisturbed.lastWeights().tensors());
    assertThat(TrainingResult.ofFolder(cut).lastWeights().tensors())
        .isEqualTo(resumed.lastWeights().tensors());
  }

  @Test
  void goesOnFromTheWeightsOfAnExportedModel() throws IOException {
    ImageMaskPairs.Split split = split();
    TrainingResult first =
        trainer()
            .train(
                split.training(),
                split.heldOut(),
                folder.resolve("a"),
                Progress.none(),
                epoch -> {});
    Weights exported =
        WeightFiles.readOnnx(OnnxExport.toBytes(network(), first.weights(), Map.of("k", "v")));
    assertThat(exported.tensors()).containsAllEntriesOf(first.weights().tensors());
    Weights start = WeightTransfer.of(network(), exported, 1).weights();

    TrainingResult second =
        trainer(1, 1e-6)
            .startingFrom(start)
            .train(
                split.training(),
                split.heldOut(),
                folder.resolve("b"),
                Progress.none(),
                epoch -> {});

    EpochResult best = first.history().get(first.bestEpoch() - 1);
    assertThat(second.history().get(0).validationAccuracy())
        .isCloseTo(best.validationAccuracy(), within(0.02));
    assertThatThrownBy(() -> trainer().startingFrom(exported))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("scales");
  }

  @Test
  void drawsSomeOfTheEmptyImagesAnewInEachEpoch() throws IOException {
    ImageMaskPairs.Split split = split();
    assertThat(split.training().pairs()).hasSize(20);
    Map<Double, Long> batches = new TreeMap<>();
    for (double share : new double[] {0, 0.5, 1}) {
      var unused =
          trainer(1, 0.01)
              .withEmptyShare(share)
              .train(
                  split.training(),
                  split.heldOut(),
                  folder.resolve("share" + share),
                  (what, done, total) -> batches.put(share, total),
                  epoch -> {});
    }

    // Sixteen images with a tumor, four without, four in a batch.
    assertThat(batches).containsExactly(entry(0.0, 4L), entry(0.5, 5L), entry(1.0, 5L));
    assertThatThrownBy(() -> trainer().withEmptyShare(1.1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("share must be from 0 to 1, got 1.1");
  }

  @Test
  void refusesAnotherOutputAndMasksOfAnotherSize() throws IOException {
    Network half =
        Network.input("half", 1, SIZE, SIZE).then("conv", Conv2d.same(1, 3).withStride(2)).build();
    TrainingOptions options = TrainingOptions.builder().build();
    assertThatThrownBy(() -> MaskTrainer.of(half, ModelInput.ofSize(SIZE, 1), options))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("network must give [1, 32, 32], got [1, 16, 16]");
    write(new BufferedImage(9, 9, BufferedImage.TYPE_BYTE_GRAY), folder.resolve("x_mask.png"));
    write(new BufferedImage(8, 9, BufferedImage.TYPE_BYTE_GRAY), folder.resolve("x.png"));
    ImageMaskPairs odd = ImageMaskPairs.read(folder, folder);
    assertThatThrownBy(
            () -> trainer().train(odd, odd, folder.resolve("out"), Progress.none(), epoch -> {}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must have the size of its image = 8 x 9, got 9 x 9");
  }

  /** Such as those of labels that are not in the files: what comes out would find nothing. */
  @Test
  void refusesToLearnFromMasksThatAreAllEmpty() throws IOException {
    ImageMaskPairs none = split().training().withLabels(List.of(7));
    assertThatThrownBy(
            () -> trainer().train(none, none, folder.resolve("out"), Progress.none(), epoch -> {}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("pairs must have a mask that is not empty to learn from");
  }

  @Test
  void pairsImagesWithMasksAndKeepsPatientsTogether() throws IOException {
    ImageMaskPairs all = ImageMaskPairs.read(data, data);
    assertThat(all.pairs()).hasSize(30);
    assertThat(all.pairs().get(0).name()).isEqualTo("patient0/0_flair");
    assertThat(all.pairs().get(0).mask().getFileName()).hasToString("0_mask.png");
    ImageMaskPairs.Split split = all.holdOut(0.3, 1);
    List<String> held = split.heldOut().pairs().stream().map(ImageMaskPairs.Pair::group).toList();
    assertThat(held).hasSize(10);
    assertThat(split.training().pairs()).noneMatch(pair -> held.contains(pair.group()));
    ImageMaskPairs.Split named = all.holdOut(List.of("patient2", "patient3/1_flair"));
    assertThat(named.heldOut().pairs()).hasSize(6);
    assertThat(named.training().pairs()).hasSize(24);
    assertThatThrownBy(() -> all.holdOut(List.of("patient9")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("patient9");
  }

  /** Scores of 0 everywhere: what is found is half of every pixel. */
  @Test
  void theLossIsClassificationLossPlusOneMinusDice() throws IOException {
    Network constant =
        Network.input("constant", 1, SIZE, SIZE).then("conv", Conv2d.same(1, 1)).build();
    Map<String, Tensor> zero = new HashMap<>();
    Weights.random(constant, 1)
        .tensors()
        .forEach(
            (name, values) ->
                zero.put(name, Tensor.wrap(new float[values.size()], values.shape())));
    TrainingOptions still =
        TrainingOptions.builder().epochs(1).batchSize(64).learningRate(1e-30).build();
    ImageMaskPairs.Split split = split();

    TrainingResult result =
        MaskTrainer.of(constant, ModelInput.ofSize(SIZE, 1), still)
            .startingFrom(Weights.of(zero))
            .train(split.training(), split.heldOut(), folder, Progress.none(), epoch -> {});

    // Ten slices in one batch, eight of them with a tumor of 10 x 10 pixels.
    double smoothing = SIZE * SIZE / 1000.0;
    double dice = (800 + smoothing) / (10 * SIZE * SIZE / 2.0 + 800 + smoothing);
    assertThat(result.history().get(0).validationLoss())
        .isCloseTo(Math.log(2) + 1 - dice, within(1e-5));
  }

  /** Scores of 2 everywhere: what is no tumor, 19 pixels of 20, is what is hard. */
  @ParameterizedTest
  @CsvSource({"1, 1", "3, 1", "1, 0.5", "3, 0.99"})
  void theLossWeighsTumorsAndMinesWhatIsHard(double weight, double hardest) throws IOException {
    Network constant =
        Network.input("constant", 1, SIZE, SIZE).then("conv", Conv2d.same(1, 1)).build();
    Weights two =
        Weights.of(
            Map.of(
                "conv.weight", Tensor.wrap(new float[1], 1, 1, 1, 1),
                "conv.bias", Tensor.wrap(new float[] {2}, 1)));
    TrainingOptions still =
        TrainingOptions.builder().epochs(1).batchSize(64).learningRate(1e-30).build();
    ImageMaskPairs.Split split = split();

    TrainingResult result =
        MaskTrainer.of(constant, ModelInput.ofSize(SIZE, 1), still)
            .startingFrom(two)
            .withLoss(new MaskLoss(weight, hardest))
            .train(split.training(), split.heldOut(), folder, Progress.none(), epoch -> {});

    // Twenty slices in one batch, sixteen of them with a tumor of 10 x 10 pixels.
    double pixels = 20 * SIZE * SIZE;
    double tumor = 1600;
    double wrong = Math.log1p(Math.exp(2));
    double counted = Math.round(hardest * pixels);
    double mined = Math.max(0, counted - (pixels - tumor));
    double crossEntropy = ((counted - mined) * wrong + mined * weight * (wrong - 2)) / counted;
    double found = 1 / (1 + Math.exp(-2));
    double smoothing = SIZE * SIZE / 1000.0;
    double dice = (2 * found * tumor + smoothing) / (found * pixels + tumor + smoothing);
    assertThat(result.history().get(0).trainingLoss())
        .isCloseTo(crossEntropy + 1 - dice, within(1e-5));
    // Ten slices: the loss of what is held out is plain.
    double share = 800 / (pixels / 2);
    double plain = wrong - 2 * share + 1;
    double half = (found * tumor + smoothing) / ((found * pixels + tumor) / 2 + smoothing);
    assertThat(result.history().get(0).validationLoss()).isCloseTo(plain - half, within(1e-5));
  }

  @Test
  void aTrainingGoesOnThoughItsAugmentationIsALambda() throws IOException {
    ImageMaskPairs.Split split = split();
    Consumer<EpochResult> powerCut =
        result -> {
          throw new IllegalStateException("power cut");
        };
    assertThatThrownBy(
            () ->
                trainer(2, 0.03)
                    .withGeometry(MaskTrainerTest::asItIs)
                    .train(split.training(), split.heldOut(), folder, Progress.none(), powerCut))
        .hasMessage("power cut");
    List<Integer> epochs = new ArrayList<>();

    Augmentation another = (image, random) -> asItIs(image, random);
    TrainingResult resumed =
        trainer(2, 0.03)
            .withGeometry(another)
            .train(
                split.training(),
                split.heldOut(),
                folder,
                Progress.none(),
                epoch -> epochs.add(epoch.epoch()));

    assertThat(epochs).containsExactly(2);
    assertThat(resumed.history()).hasSize(2);
    assertThatThrownBy(
            () ->
                trainer(2, 0.03)
                    .withGeometry(another.named("nothing"))
                    .train(split.training(), split.heldOut(), folder, Progress.none(), epoch -> {}))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("expected geometry nothing, found nothing more");
  }

  private static MedicalImage asItIs(MedicalImage image, RandomGenerator random) {
    return image;
  }
}
