package io.github.brainimaging.models.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.brainimaging.core.augmentation.Augmentation;
import io.github.brainimaging.core.data.DataSet;
import io.github.brainimaging.core.work.Progress;
import io.github.brainimaging.models.card.ModelInput;
import io.github.brainimaging.models.network.Network;
import io.github.brainimaging.models.network.format.WeightFiles;
import io.github.brainimaging.models.network.layer.BatchNorm;
import io.github.brainimaging.models.network.layer.Conv2d;
import io.github.brainimaging.models.network.layer.Dense;
import io.github.brainimaging.models.network.layer.Dropout;
import io.github.brainimaging.models.network.layer.GlobalAveragePool;
import io.github.brainimaging.models.network.layer.Relu;
import io.github.brainimaging.models.network.layer.Softmax;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainerTest {

  private static final int SIZE = 16;
  private static final TrainingOptions OPTIONS = options(6);

  private static TrainingOptions options(int epochs) {
    return TrainingOptions.builder().epochs(epochs).batchSize(8).learningRate(0.02).build();
  }

  @TempDir static Path data;
  @TempDir Path folder;

  /** Horizontal and vertical stripes with noise, which flips do not mix up. */
  @BeforeAll
  static void draw() throws IOException {
    Random random = new Random(1);
    for (String label : List.of("columns", "rows")) {
      Path target = Files.createDirectories(data.resolve(label));
      for (int i = 0; i < 24; i++) {
        BufferedImage image = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_BYTE_GRAY);
        for (int y = 0; y < SIZE; y++) {
          for (int x = 0; x < SIZE; x++) {
            int stripe = (label.equals("rows") ? y : x) / 2 % 2;
            image.getRaster().setSample(x, y, 0, 60 + 100 * stripe + random.nextInt(60));
          }
        }
        assertThat(ImageIO.write(image, "png", target.resolve(i + ".png").toFile())).isTrue();
      }
    }
  }

  private static Network network() {
    return Network.input("tiny", 1, SIZE, SIZE)
        .then("conv", Conv2d.same(8, 3).withStride(2).withoutBias())
        .then("norm", BatchNorm.withDefaults())
        .then(Relu.plain())
        .then("conv2", Conv2d.same(8, 3).withStride(2))
        .then(Relu.plain())
        .then(new GlobalAveragePool())
        .then(new Dropout(0.2f))
        .then("head", new Dense(2))
        .then("probabilities", new Softmax())
        .build();
  }

  private static Trainer trainer() {
    return trainer(OPTIONS);
  }

  private static Trainer trainer(TrainingOptions options) {
    return Trainer.of(network(), ModelInput.ofSize(SIZE, 1), options)
        .withAugmentation(Augmentation.flip(0.5, 0.5));
  }

  @Test
  void learnsAnEasyTask() throws IOException {
    DataSet.Split split = DataSet.ofFolder(data).holdOut(0.25, 1);

    TrainingResult result =
        trainer().train(split.training(), split.validation(), folder, Progress.none(), epoch -> {});

    EpochResult best = result.history().get(result.bestEpoch() - 1);
    assertThat(best.validationAccuracy()).isEqualTo(1);
    assertThat(best.validationLoss())
        .isLessThan(0.3)
        .isEqualTo(
            result.history().stream().mapToDouble(EpochResult::validationLoss).min().orElseThrow());
    assertThat(Files.readAllLines(folder.resolve("history.csv"))).hasSize(1 + 6);
    result.weights().requireFit(network());
    assertThat(WeightFiles.read(folder.resolve("checkpoint.safetensors")).tensors())
        .isEqualTo(result.weights().tensors());
  }

  /** What is painted counts as diseased, so nothing healthy is left to learn. */
  @Test
  void healthyImagesWithPaintedLesionsAreOfTheOtherClass() throws IOException {
    DataSet.Split split = DataSet.ofFolder(data).holdOut(0.25, 1);
    Augmentation everywhere = marking(1);
    Augmentation nowhere = marking(0);

    TrainingResult painted = painting(everywhere, split, "painted");
    TrainingResult left = painting(nowhere, split, "left");

    EpochResult last = painted.history().get(5);
    double rows = split.validation().counts().get(1);
    assertThat(last.trainingAccuracy()).isEqualTo(1);
    assertThat(last.validationAccuracy()).isEqualTo(rows / split.validation().images().size());
    assertThat(left.history().get(left.bestEpoch() - 1).validationAccuracy()).isEqualTo(1);
    assertThatThrownBy(() -> trainer().withPaintedLesions(nowhere, "rows", "rows"))
        .hasMessage("healthy and diseased must differ, both are rows");
    assertThatThrownBy(
            () ->
                trainer()
                    .withPaintedLesions(nowhere, "healthy", "rows")
                    .train(split.training(), split.validation(), folder, Progress.none(), e -> {}))
        .hasMessageContaining("turn healthy into rows, got images of the classes [columns, rows]");
  }

  private TrainingResult painting(Augmentation painter, DataSet.Split split, String name)
      throws IOException {
    return trainer()
        .withPaintedLesions(painter, "columns", "rows")
        .train(
            split.training(), split.validation(), folder.resolve(name), Progress.none(), e -> {});
  }

  private static Augmentation marking(float value) {
    Augmentation marking =
        (image, random) -> {
          assertThat(image.channels()).isEqualTo(2);
          float[] samples = image.samples();
          Arrays.fill(samples, samples.length / 2, samples.length, value);
          return image.withSamples(samples);
        };
    return marking.named("marking " + value);
  }

  @Test
  void goesOnAsIfItHadNeverStopped() throws IOException {
    DataSet.Split split = DataSet.ofFolder(data).holdOut(0.25, 1);
    TrainingResult undisturbed =
        trainer()
            .train(
                split.training(),
                split.validation(),
                folder.resolve("a"),
                Progress.none(),
                epoch -> {});

    // Five batches in an epoch: the second of the fourth.
    Progress stop =
        (what, done, total) -> {
          if (done == 17) {
            throw new IllegalStateException("power cut");
          }
        };
    assertThatThrownBy(
            () ->
                trainer()
                    .train(
                        split.training(),
                        split.validation(),
                        folder.resolve("b"),
                        stop,
                        epoch -> {}))
        .hasMessage("power cut");
    List<Integer> resumedEpochs = new ArrayList<>();
    TrainingResult resumed =
        trainer()
            .train(
                split.training(),
                split.validation(),
                folder.resolve("b"),
                Progress.none(),
                result -> resumedEpochs.add(result.epoch()));

    assertThat(resumedEpochs).containsExactly(4, 5, 6);
    assertThat(resumed.history()).isEqualTo(undisturbed.history());
    assertThat(resumed.bestEpoch()).isEqualTo(undisturbed.bestEpoch());
    assertThat(resumed.weights().tensors()).isEqualTo(undisturbed.weights().tensors());
  }

  @Test
  void refusesTheCheckpointOfAnotherTraining() throws IOException {
    DataSet all = DataSet.ofFolder(data);
    DataSet.Split split = all.holdOut(0.25, 1);
    var unused =
        trainer(options(1))
            .train(split.training(), split.validation(), folder, Progress.none(), epoch -> {});

    assertThatThrownBy(
            () ->
                trainer(options(1).toBuilder().learningRate(0.01).build())
                    .train(
                        split.training(), split.validation(), folder, Progress.none(), epoch -> {}))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("another training");
  }

  @Test
  void moreEpochsGoOnFromAFinishedTrainingAndFewerDoNot() throws IOException {
    DataSet.Split split = DataSet.ofFolder(data).holdOut(0.25, 1);
    List<Integer> epochs = new ArrayList<>();
    TrainingResult two = train(options(2), split, epochs);

    TrainingResult three = train(options(3), split, epochs);

    assertThat(epochs).containsExactly(1, 2, 3);
    assertThat(three.history()).hasSize(3).startsWith(two.history().toArray(EpochResult[]::new));
    assertThatThrownBy(() -> train(options(2), split, epochs))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("expected epochs 2, found epochs 3");
    assertThatThrownBy(
            () -> train(options(4).toBuilder().learningRate(0.01).build(), split, epochs))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("another training");
  }

  private TrainingResult train(TrainingOptions options, DataSet.Split split, List<Integer> epochs)
      throws IOException {
    return trainer(options)
        .train(
            split.training(),
            split.validation(),
            folder,
            Progress.none(),
            result -> epochs.add(result.epoch()));
  }

  @Test
  void refusesTheCheckpointOfOtherImages() throws IOException {
    DataSet.Split split = DataSet.ofFolder(data).holdOut(0.25, 1);
    Trainer trainer = trainer(options(1));
    TrainingResult first =
        trainer.train(split.training(), split.validation(), folder, Progress.none(), epoch -> {});
    List<String> renamed = List.of("horizontal", "vertical");
    DataSet otherTraining = new DataSet(renamed, split.training().images());
    DataSet otherValidation = new DataSet(renamed, split.validation().images());
    DataSet fewer =
        new DataSet(split.training().labels(), split.training().images().subList(1, 36));

    assertThatThrownBy(
            () ->
                trainer.train(otherTraining, otherValidation, folder, Progress.none(), epoch -> {}))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("labels [horizontal, vertical]");
    assertThatThrownBy(
            () -> trainer.train(fewer, split.validation(), folder, Progress.none(), epoch -> {}))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll("training on 35 images", "training on 36 images");
    assertThat(
            trainer
                .train(split.training(), split.validation(), folder, Progress.none(), epoch -> {})
                .history())
        .isEqualTo(first.history());
  }

  @Test
  void refusesAnInputThatDoesNotFitTheNetwork() {
    assertThatThrownBy(() -> Trainer.of(network(), ModelInput.ofSize(32, 1), OPTIONS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[1, 16, 16]");
  }

  @Test
  void holdsOutTheSameShareOfEveryClass() throws IOException {
    DataSet all = DataSet.ofFolder(data);
    DataSet.Split split = all.holdOut(0.25, 1);

    assertThat(all.labels()).containsExactly("columns", "rows");
    assertThat(split.validation().images())
        .hasSize(12)
        .doesNotContainAnyElementsOf(split.training().images());
    assertThat(split.validation().images().stream().filter(i -> i.label() == 0)).hasSize(6);
    assertThat(split.training().images()).hasSize(36);
    assertThat(all.holdOut(0.25, 1)).isEqualTo(split);
    assertThat(all.holdOut(0.25, 2)).isNotEqualTo(split);
  }

  @Test
  void leavesOutWhatIsNoImage() throws IOException {
    Path stray = Files.writeString(data.resolve("rows/Thumbs.db"), "no image");
    try {
      assertThat(DataSet.ofFolder(data).images()).hasSize(48);
    } finally {
      Files.delete(stray);
    }
  }

  @Test
  void refusesAFolderWithoutClasses() {
    assertThatThrownBy(() -> DataSet.ofFolder(folder))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining("folder per class");
  }
}
