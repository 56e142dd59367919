package io.github.brainimaging.models.training;

import static io.github.brainimaging.models.training.LearningOptions.USUAL;
import static io.github.brainimaging.models.training.LearningOptions.network;
import static io.github.brainimaging.models.training.LearningOptions.trainer;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.brainimaging.core.data.DataSet;
import io.github.brainimaging.core.tensor.Tensor;
import io.github.brainimaging.core.work.Progress;
import io.github.brainimaging.models.card.ModelInput;
import io.github.brainimaging.models.network.Network;
import io.github.brainimaging.models.network.Weights;
import io.github.brainimaging.models.network.layer.Conv2d;
import io.github.brainimaging.models.network.layer.Dense;
import io.github.brainimaging.models.network.layer.Dropout;
import io.github.brainimaging.models.network.layer.GlobalAveragePool;
import io.github.brainimaging.models.network.layer.Sigmoid;
import io.github.brainimaging.models.network.layer.Softmax;
import io.github.brainimaging.models.training.optimizer.Optimizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What options do to what is learned, beyond that they do something. */
class TrainingEffectTest {

  @TempDir static Path data;
  private static DataSet.Split split =
      new DataSet.Split(new DataSet(List.of(), List.of()), new DataSet(List.of(), List.of()));
  private static Map<String, Object> usual = Map.of();

  @TempDir Path folder;

  @BeforeAll
  static void learnAsUsual(@TempDir Path folder) throws IOException {
    Stripes.draw(data, 12);
    split = DataSet.ofFolder(data).holdOut(0.25, 1);
    usual = learned(trainer(USUAL), folder);
  }

  private static Map<String, Object> learned(Trainer trainer, Path folder) throws IOException {
    TrainingResult result =
        trainer.train(split.training(), split.validation(), folder, Progress.none(), epoch -> {});
    return new LinkedHashMap<>(result.lastWeights().tensors());
  }

  @Test
  void theSameOptionsLearnTheSameThing() throws IOException {
    assertThat(learned(trainer(USUAL), folder)).isEqualTo(usual);
  }

  /** Of softmax cross-entropy the gradients of the scores sum to 0, so that the biases do too. */
  @Test
  void sigmoidsLearnEachLabelByItself() throws IOException {
    Network sigmoids =
        Network.input("sigmoids", 1, Stripes.SIZE, Stripes.SIZE)
            .then(new GlobalAveragePool())
            .then("head", new Dense(2))
            .then("probabilities", new Sigmoid())
            .build();
    TrainingOptions plain =
        USUAL.toBuilder().optimizer(Optimizer.sgd(0)).weightDecay(0).averaging(0).build();
    Trainer trainer = Trainer.of(sigmoids, ModelInput.ofSize(Stripes.SIZE, 1), plain);

    float[] bias = requireNonNull((Tensor) learned(trainer, folder).get("head.bias")).toArray();

    assertThat(Math.abs(bias[0] + bias[1])).isGreaterThan(1e-4f);
  }

  @Test
  void nesterovIsNotPlainMomentum() throws IOException {
    TrainingOptions plain = USUAL.toBuilder().optimizer(Optimizer.sgd(0.9)).build();
    TrainingOptions ahead = USUAL.toBuilder().optimizer(Optimizer.nesterov(0.9)).build();

    assertThat(learned(trainer(plain), folder.resolve("plain")))
        .isNotEqualTo(learned(trainer(ahead), folder.resolve("ahead")));
  }

  @Test
  void theSeedStartsTheWeights() throws IOException {
    TrainingOptions still =
        USUAL.toBuilder().epochs(1).learningRate(1e-30).weightDecay(0).averaging(0).build();
    ModelInput input = ModelInput.ofSize(Stripes.SIZE, 1);
    for (long seed : new long[] {1, 2}) {
      Trainer trainer = Trainer.of(network(), input, still.toBuilder().seed(seed).build());

      assertThat(learned(trainer, folder.resolve("seed" + seed)).get("conv.weight"))
          .isEqualTo(Weights.random(network(), seed).get("conv.weight"));
    }
  }

  /** With one image there is no order that could differ. */
  @Test
  void theSeedChoosesWhatDropoutLeavesOut() throws IOException {
    Network dropping =
        Network.input("dropping", 1, Stripes.SIZE, Stripes.SIZE)
            .then("conv", Conv2d.same(32, 3))
            .then(new GlobalAveragePool())
            .then(new Dropout(0.5f))
            .then("head", new Dense(2))
            .then("probabilities", new Softmax())
            .build();
    DataSet one = new DataSet(split.training().labels(), split.training().images().subList(0, 1));
    List<Map<String, Tensor>> learned = new ArrayList<>();
    for (long seed : new long[] {1, 2, 1}) {
      learned.add(
          Trainer.of(
                  dropping,
                  ModelInput.ofSize(Stripes.SIZE, 1),
                  USUAL.toBuilder().seed(seed).build())
              .startingFrom(Weights.random(dropping, 7))
              .train(one, one, folder.resolve("" + learned.size()), Progress.none(), epoch -> {})
              .lastWeights()
              .tensors());
    }

    assertThat(learned.get(1)).isNotEqualTo(learned.get(0));
    assertThat(learned.get(2)).isEqualTo(learned.get(0));
  }

  /** What is held out has the other label, so that learning makes its loss rise. */
  @Test
  void patienceEndsAfterThatManyEpochsWithoutALowerLoss() throws IOException {
    DataSet swapped =
        new DataSet(
            split.validation().labels(),
            split.validation().images().stream()
                .map(image -> new DataSet.LabeledFile(image.file(), 1 - image.label(), ""))
                .toList());
    for (int patience : new int[] {1, 3}) {
      TrainingResult result =
          trainer(USUAL.toBuilder().epochs(12).patience(patience).build())
              .train(
                  split.training(),
                  swapped,
                  folder.resolve("patience" + patience),
                  Progress.none(),
                  epoch -> {});

      assertThat(result.history()).hasSize(result.bestEpoch() + patience).hasSizeLessThan(12);
    }
  }

  @Test
  void aCancelledTrainingGoesOnWhereItsLastEpochEnded() throws IOException {
    Progress cancelling =
        new Progress() {
          private long steps;

          @Override
          public void advanced(String what, long done, long total) {
            steps = done;
            // 18 images in batches of 8, twice.
            assertThat(total).isEqualTo(6);
          }

          @Override
          public boolean isCancelled() {
            return steps == 4;
          }
        };
    assertThatThrownBy(
            () ->
                trainer(USUAL)
                    .train(split.training(), split.validation(), folder, cancelling, epoch -> {}))
        .isInstanceOf(CancellationException.class)
        .hasMessageStartingWith("cancelled after epoch 2, loss 0.");
    assertThat(TrainingResult.ofFolder(folder).history()).hasSize(1);
    Path halfWritten = Files.createFile(folder.resolve("." + UUID.randomUUID() + ".tmp"));

    assertThat(learned(trainer(USUAL), folder)).isEqualTo(usual);
    assertThat(halfWritten).doesNotExist();
  }
}
