package io.github.brainimaging.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.brainimaging.models.onnx.internal.SessionSettings;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What the engine is told; its effect on a GPU's memory cannot be seen on every machine. */
class ModelBuilderTest {

  @Test
  void threadsOptimizationAndMemoryLimitReachTheSession() {
    OnnxSegmenter.Builder builder =
        OnnxSegmenter.builder()
            .threads(3)
            .optimization(GraphOptimization.BASIC)
            .gpuMemoryLimit(1_000_000);

    assertThat(builder.options().settings(Device.gpu(1)))
        .isEqualTo(new SessionSettings(OptionalInt.of(1), OptionalLong.of(1_000_000), 3, "BASIC"));
  }
}
