package io.github.brainimaging.models.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.brainimaging.core.tensor.Tensor;
import io.github.brainimaging.models.network.format.WeightFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingResultTest {

  @TempDir private Path folder;

  private Path checkpoint(Map<String, String> notes) throws IOException {
    Path file = folder.resolve("checkpoint.safetensors");
    Tensor one = Tensor.wrap(new float[] {1}, 1);
    WeightFiles.write(Map.of("best.a", one, "average.a", one), notes, file);
    return file;
  }

  @Test
  void readsTheBestEpochOfACheckpoint() throws IOException {
    Path unused = checkpoint(Map.of("history", "1,0.1,2,0.5,0.7,0.6\n2,0.1,1,0.6,0.6,0.7"));

    TrainingResult result = TrainingResult.ofFolder(folder);

    assertThat(result.bestEpoch()).isEqualTo(2);
    assertThat(result.history()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {" ", "options", "1,0.1", "1,0.1,2,0.5,0.6{,0.7", "9999999999,1,1,1,1,1"})
  void refusesAHistoryThatIsNone(String history) throws IOException {
    Path file = checkpoint(Map.of("history", history));

    assertThatThrownBy(() -> TrainingResult.ofFolder(folder))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(file + ": expected epoch,")
        .hasMessageContaining("found \"" + history + "\"");
  }

  @Test
  void refusesACheckpointOfNoEpoch() throws IOException {
    Path file = checkpoint(Map.of());

    assertThatThrownBy(() -> TrainingResult.ofFolder(folder))
        .isInstanceOf(IOException.class)
        .hasMessage(file + ": expected the history of a training, found none");
  }
}
