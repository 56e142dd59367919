package io.github.brainimaging.models.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.brainimaging.core.data.SequenceSet;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.io.PngImageWriter;
import io.github.brainimaging.core.work.Progress;
import io.github.brainimaging.models.card.ModelInput;
import io.github.brainimaging.models.network.Network;
import io.github.brainimaging.models.network.zoo.SliceSequences;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SequenceTrainerTest {

  private static final int SIZE = 16;

  @TempDir static Path data;
  @TempDir Path folder;

  private static SequenceSet sequences = new SequenceSet(List.of(), List.of());

  /** Sequences of 2 to 4 noisy slices; in those of a tumor, one slice has a bright square. */
  @BeforeAll
  static void draw() throws IOException {
    Random random = new Random(1);
    List<SequenceSet.Sequence> all = new ArrayList<>();
    for (int n = 0; n < 12; n++) {
      List<Path> slices = new ArrayList<>();
      int length = 2 + n % 3;
      int tumor = n % 2 == 0 ? -1 : random.nextInt(length);
      for (int i = 0; i < length; i++) {
        float[] samples = new float[SIZE * SIZE];
        for (int p = 0; p < samples.length; p++) {
          boolean bright = i == tumor && p % SIZE / 8 == 0 && p / SIZE / 8 == 1;
          samples[p] = (bright ? 200 : 60) + random.nextInt(40);
        }
        Path file = data.resolve(n + "-" + i + ".png");
        PngImageWriter.write(MedicalImage.ofGray(SIZE, SIZE, samples), file);
        slices.add(file);
      }
      all.add(new SequenceSet.Sequence(slices, n % 2, "patient " + n));
    }
    sequences = new SequenceSet(List.of("notumor", "tumor"), all);
  }

  private static Network network() {
    return SliceSequences.DENSENET_LSTM.describe(1, SIZE, 3, 2);
  }

  private static SequenceTrainer trainer(int epochs) {
    TrainingOptions options =
        TrainingOptions.builder().epochs(epochs).batchSize(4).learningRate(0.005).build();
    return SequenceTrainer.of(network(), ModelInput.ofSize(SIZE, 1), options);
  }

  @Test
  void learnsSequencesOfMixedLengthsByHeart() throws IOException {
    TrainingResult result =
        trainer(12).train(sequences, sequences, folder, Progress.none(), epoch -> {});

    EpochResult best = result.history().get(result.bestEpoch() - 1);
    assertThat(best.validationAccuracy()).isEqualTo(1);
    result.weights().requireFit(network());
  }

  @Test
  void goesOnAsIfItHadNeverStopped() throws IOException {
    TrainingResult undisturbed =
        trainer(3).train(sequences, sequences, folder.resolve("a"), Progress.none(), epoch -> {});
    // Three batches in an epoch: the second of the second.
    Progress stop =
        (what, done, total) -> {
          if (done == 5) {
            throw new IllegalStateException("power cut");
          }
        };
    assertThatThrownBy(
            () -> trainer(3).train(sequences, sequences, folder.resolve("b"), stop, epoch -> {}))
        .hasMessage("power cut");

    TrainingResult resumed =
        trainer(3).train(sequences, sequences, folder.resolve("b"), Progress.none(), epoch -> {});

    assertThat(resumed.history()).isEqualTo(undisturbed.history());
    assertThat(resumed.weights().tensors()).isEqualTo(undisturbed.weights().tensors());
  }

  @Test
  void refusesAnotherNumberOfClassWeights() {
    SequenceTrainer three =
        trainer(1)
            .withLoss(ClassificationLoss.withDefaults().withClassWeights(List.of(1.0, 2.0, 3.0)));
    assertThatThrownBy(() -> three.train(sequences, sequences, folder, Progress.none(), e -> {}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("classWeights must be one per label");
  }

  @Test
  void refusesWhatDoesNotFit() {
    assertThatThrownBy(
            () ->
                SequenceTrainer.of(
                    network(), ModelInput.ofSize(32, 1), TrainingOptions.builder().build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("input must be NCHW");
    SequenceSet none = new SequenceSet(sequences.labels(), List.of());
    assertThatThrownBy(
            () -> trainer(1).train(sequences, none, folder, Progress.none(), epoch -> {}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must not be empty");
    SequenceSet three = new SequenceSet(List.of("a", "b", "c"), sequences.sequences());
    assertThatThrownBy(() -> trainer(1).train(three, three, folder, Progress.none(), epoch -> {}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("labels must be the network's");
  }
}
