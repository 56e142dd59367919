package io.github.brainimaging.models.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.brainimaging.core.augmentation.Augmentation;
import io.github.brainimaging.core.data.DataSet;
import io.github.brainimaging.core.work.Progress;
import io.github.brainimaging.models.card.ModelInput;
import io.github.brainimaging.models.network.Network;
import io.github.brainimaging.models.network.Weights;
import io.github.brainimaging.models.network.format.OnnxExport;
import io.github.brainimaging.models.network.layer.Conv2d;
import io.github.brainimaging.models.network.layer.Dense;
import io.github.brainimaging.models.network.layer.GlobalAveragePool;
import io.github.brainimaging.models.network.layer.Relu;
import io.github.brainimaging.models.network.layer.Softmax;
import io.github.brainimaging.models.onnx.FeatureExtractor;
import io.github.brainimaging.models.onnx.ModelSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeadTrainerTest {

  private static final TrainingOptions OPTIONS =
      TrainingOptions.builder().epochs(8).batchSize(8).learningRate(0.05).averaging(0).build();

  @TempDir Path folder;
  private DataSet.Split split = new DataSet.Split(none(), none());

  private static DataSet none() {
    return new DataSet(List.of(), List.of());
  }

  @BeforeEach
  void draw() throws IOException {
    Stripes.draw(folder.resolve("data"), 16);
    split = DataSet.ofFolder(folder.resolve("data")).holdOut(0.25, 1);
  }

  private static FeatureExtractor backbone(int seed) {
    Network network =
        Network.input("backbone", 1, Stripes.SIZE, Stripes.SIZE)
            .then("conv", Conv2d.same(12, 3))
            .then(Relu.plain())
            .then(new GlobalAveragePool())
            .build();
    byte[] onnx = OnnxExport.toBytes(network, Weights.random(network, seed), Map.of());
    return FeatureExtractor.open(
        ModelSource.ofBytes(onnx, "backbone"), ModelInput.ofSize(Stripes.SIZE, 1));
  }

  private static Network head() {
    return Network.input("head", List.of(12))
        .then("dense", new Dense(2))
        .then("probabilities", new Softmax())
        .build();
  }

  private TrainingResult train(FeatureExtractor extractor, int copies, String out)
      throws IOException {
    return HeadTrainer.of(extractor, head(), OPTIONS, folder.resolve("features"))
        .withCopies(copies, Augmentation.flip(0.5, 0.5))
        .train(
            split.training(),
            split.validation(),
            folder.resolve(out),
            Progress.none(),
            epoch -> {});
  }

  private List<Path> cached() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("features"))) {
      return files.sorted().toList();
    }
  }

  @Test
  void computesFeaturesOnceAndSurvivesADamagedFile() throws IOException {
    try (FeatureExtractor extractor = backbone(1)) {
      TrainingResult first = train(extractor, 0, "a");
      assertThat(cached()).hasSize(32);
      FileTime old = FileTime.fromMillis(1_000_000);
      for (Path file : cached()) {
        Files.setLastModifiedTime(file, old);
      }
      Path damaged = cached().get(3);
      Files.write(damaged, new byte[] {1, 2, 3});

      TrainingResult second = train(extractor, 0, "b");

      assertThat(second.history()).isEqualTo(first.history());
      assertThat(cached()).hasSize(32);
      for (Path file : cached()) {
        if (!file.equals(damaged)) {
          assertThat(Files.getLastModifiedTime(file)).isEqualTo(old);
        }
      }
      second.weights().requireFit(head());
    }
  }

  @Test
  void refusesTheFolderOfAnotherTrainingBeforeItsFeaturesAreComputed() throws IOException {
    try (FeatureExtractor extractor = backbone(1)) {
      var unused = train(extractor, 0, "a");

      assertThatThrownBy(() -> train(extractor, 1, "a"))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("expected augmented copies 1, found augmented copies 0");

      assertThat(cached()).hasSize(32);
    }
  }

  @Test
  void anotherBackboneOrCopyHasItsOwnFeatures() throws IOException {
    try (FeatureExtractor one = backbone(1);
        FeatureExtractor two = backbone(2)) {
      TrainingResult plain = train(one, 0, "a");
      assertThat(train(one, 2, "b").history()).isNotEqualTo(plain.history());
      assertThat(cached()).hasSize(32 + 2 * 24);
      assertThat(train(two, 0, "c").history()).isNotEqualTo(plain.history());
      assertThat(cached()).hasSize(32 + 2 * 24 + 32);
      assertThatThrownBy(() -> train(two, 0, "a"))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("another training");
    }
  }

  @Test
  void refusesAHeadOfOtherFeatures() {
    Network other = Network.input("head", List.of(7)).then("dense", new Dense(2)).build();
    try (FeatureExtractor extractor = backbone(1)) {
      assertThatThrownBy(() -> HeadTrainer.of(extractor, other, OPTIONS, folder))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("[12]");
    }
  }

  @Test
  void theLossChangesWhatIsLearned() throws IOException {
    try (FeatureExtractor extractor = backbone(1)) {
      TrainingResult plain =
          HeadTrainer.of(extractor, head(), OPTIONS, folder.resolve("features"))
              .withLoss(ClassificationLoss.withDefaults().withLabelSmoothing(0))
              .train(
                  split.training(),
                  split.validation(),
                  folder.resolve("plain"),
                  Progress.none(),
                  epoch -> {});

      assertThat(plain.history()).isNotEqualTo(train(extractor, 0, "smoothed").history());
    }
  }

  @Test
  void refusesCopiesByAnAugmentationThatCannotDescribeItself() {
    try (FeatureExtractor extractor = backbone(1)) {
      HeadTrainer trainer = HeadTrainer.of(extractor, head(), OPTIONS, folder);
      assertThatThrownBy(() -> trainer.withCopies(1, (image, random) -> image))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("augmentation must describe itself");
      assertThatThrownBy(() -> trainer.withCopies(-1, Augmentation.flip(1, 0)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("copies must not be negative, got -1");
    }
  }

  @Test
  void tellsOfEveryImageBeforeTheFirstStep() throws IOException {
    List<String> told = new ArrayList<>();
    try (FeatureExtractor extractor = backbone(1)) {
      var unused =
          HeadTrainer.of(extractor, head(), OPTIONS, folder.resolve("features"))
              .train(
                  split.training(),
                  split.validation(),
                  folder.resolve("out"),
                  (what, done, total) -> told.add(what.substring(0, 5) + done + "/" + total),
                  epoch -> {});
    }

    assertThat(told).hasSize(32 + 8 * 3).startsWith("featu1/32").contains("epoch1/24");
    assertThat(told.subList(31, 33)).containsExactly("featu32/32", "epoch1/24");
  }
}
