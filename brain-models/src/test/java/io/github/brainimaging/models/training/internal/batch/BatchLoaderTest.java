package io.github.brainimaging.models.training.internal.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchLoaderTest {

  /** Examples that are one random number each. */
  private static final class Drawn implements Examples<LabeledBatch> {
    @Override
    public int count() {
      return 103;
    }

    @Override
    public LabeledBatch batch(List<Integer> numbers) {
      return augmented(numbers, n -> () -> n);
    }

    @Override
    public LabeledBatch augmented(List<Integer> numbers, IntFunction<RandomGenerator> random) {
      float[] values = new float[numbers.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = random.apply(numbers.get(i)).nextInt(1 << 20);
      }
      return new LabeledBatch(values, numbers.stream().mapToInt(n -> n).toArray(), List.of(1));
    }
  }

  private static List<Float> epoch(int threads, int epoch) throws IOException {
    List<Float> values = new ArrayList<>();
    try (BatchLoader<LabeledBatch> loader = new BatchLoader<>(new Drawn(), 8, threads)) {
      assertThat(loader.batches()).isEqualTo(13);
      loader.trainingEpoch(
          epoch,
          5,
          batch -> {
            for (int i = 0; i < batch.size(); i++) {
              values.add(batch.values[i] + batch.labels[i]);
            }
          });
    }
    return values;
  }

  @Test
  void theNumberOfThreadsChangesNothing() throws IOException {
    assertThat(epoch(4, 1)).hasSize(103).isEqualTo(epoch(1, 1)).isNotEqualTo(epoch(1, 2));
  }

  /** 103 = 6 x 17 + 1; batches of one are a matter of the user, who asked for them. */
  @ParameterizedTest
  @CsvSource({"17, 6, 18", "102, 1, 103", "8, 13, 7", "1, 103, 1", "200, 1, 103"})
  void aLastExampleJoinsTheBatchBefore(int batchSize, int batches, int last) throws IOException {
    List<Integer> sizes = new ArrayList<>();
    try (BatchLoader<LabeledBatch> loader = new BatchLoader<>(new Drawn(), batchSize, 2)) {
      assertThat(loader.batches()).isEqualTo(batches);
      loader.trainingEpoch(1, 5, batch -> sizes.add(batch.size()));
    }
    assertThat(sizes).hasSize(batches).endsWith(last);
    assertThat(sizes.stream().mapToInt(size -> size).sum()).isEqualTo(103);
  }

  @Test
  void aFailureKeepsItsCause() {
    Examples<LabeledBatch> broken =
        new Examples<>() {
          @Override
          public int count() {
            return 3;
          }

          @Override
          public LabeledBatch batch(List<Integer> numbers) {
            throw new IllegalStateException("no image");
          }

          @Override
          public LabeledBatch augmented(
              List<Integer> numbers, IntFunction<RandomGenerator> random) {
            return batch(numbers);
          }
        };
    try (BatchLoader<LabeledBatch> loader = new BatchLoader<>(broken, 2, 2)) {
      assertThatThrownBy(() -> loader.inOrder(batch -> {}))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("no image")
          .hasCauseInstanceOf(IllegalStateException.class);
    }
  }
}
