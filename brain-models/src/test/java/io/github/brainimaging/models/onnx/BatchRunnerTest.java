package io.github.brainimaging.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.brainimaging.models.onnx.internal.EngineSession;
import io.github.brainimaging.models.onnx.internal.graph.EngineFailure;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchRunnerTest {

  private final List<Integer> sizes = new ArrayList<>();

  /** Gives the first of the two values of each image, from batches that are small enough. */
  private EngineSession.Output run(FloatBuffer images, int count, int capacity, String complaint)
      throws EngineFailure {
    sizes.add(count);
    if (count > capacity) {
      throw new EngineFailure(new IllegalStateException(complaint));
    }
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = images.get(2 * i);
    }
    return new EngineSession.Output(values, new long[] {count, 1}, new float[0]);
  }

  private BatchRunner runner(int batchSize, int capacity, String complaint) {
    return new BatchRunner((images, n, row) -> run(images, n, capacity, complaint), 2, batchSize);
  }

  private static FloatBuffer images(int count) {
    FloatBuffer buffer = FloatBuffer.allocate(2 * count);
    for (int i = 0; i < count; i++) {
      buffer.put(2 * i, i + 1);
    }
    return buffer;
  }

  @Test
  void cutsIntoBatches() throws EngineFailure {
    assertThat(runner(3, 3, "").run(images(7), 7, new float[0]).values())
        .containsExactly(1, 2, 3, 4, 5, 6, 7);
    assertThat(sizes).containsExactly(3, 3, 1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CUDA failure 2: out of memory",
        "BFCArena: Failed to allocate memory for requested buffer of size 1073741824",
        "CUDNN_STATUS_ALLOC_FAILED",
        "std::bad_alloc"
      })
  void halvesTheBatchForGoodWhereMemoryRunsOut(String complaint) throws EngineFailure {
    BatchRunner runner = runner(8, 3, complaint);
    assertThat(runner.run(images(8), 8, new float[0]).values())
        .containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
    assertThat(runner.run(images(2), 2, new float[0]).values()).containsExactly(1, 2);
    assertThat(sizes).containsExactly(8, 4, 2, 2, 2, 2, 2);
  }

  @Test
  void givesUpWithASingleImage() {
    assertThatThrownBy(() -> runner(4, 0, "out of memory").run(images(4), 4, new float[0]))
        .isInstanceOf(EngineFailure.class)
        .hasMessage("out of memory");
    assertThat(sizes).containsExactly(4, 2, 1);
  }

  @Test
  void passesOtherFailuresOn() {
    assertThatThrownBy(() -> runner(4, 0, "illegal instruction").run(images(4), 4, new float[0]))
        .isInstanceOf(EngineFailure.class)
        .hasMessage("illegal instruction");
    assertThat(sizes).containsExactly(4);
  }
}
