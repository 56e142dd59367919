package io.github.brainimaging.models.onnx.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import io.github.brainimaging.models.network.Network;
import io.github.brainimaging.models.network.Weights;
import io.github.brainimaging.models.network.format.OnnxExport;
import io.github.brainimaging.models.network.layer.BatchNorm;
import io.github.brainimaging.models.network.layer.Conv2d;
import io.github.brainimaging.models.network.layer.Relu;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the engine does with threads, optimization and the limit of a GPU's memory. */
class SessionSettingsTest {

  private static final Path THREADS = Path.of("/proc/self/task");

  @TempDir Path folder;

  private static SessionSettings onCpu(int threads, String optimization) {
    return new SessionSettings(OptionalInt.empty(), OptionalLong.empty(), threads, optimization);
  }

  /** A convolution, its normalization and its activation, which an optimizer makes one. */
  private static byte[] model() {
    Network network =
        Network.input("n", 32, 8, 8)
            .then("conv", Conv2d.same(32, 3))
            .then("norm", BatchNorm.withDefaults())
            .then(Relu.plain())
            .then("conv2", Conv2d.same(32, 3))
            .build();
    return OnnxExport.toBytes(network, Weights.random(network, 1), Map.of());
  }

  private static long threadsOfThisProcess() throws IOException {
    try (Stream<Path> threads = Files.list(THREADS)) {
      return threads.count();
    }
  }

  /** Forty, so that a thread of the JVM that comes or goes meanwhile does not matter. */
  @Test
  void aSessionHasTheThreadsThatWereAskedForTheCallersIncluded() throws Exception {
    assumeThat(THREADS).as("threads can be counted on Linux only").isDirectory();
    OnnxEngine.start();
    List<Long> more = new ArrayList<>();
    for (int threads : new int[] {1, 40}) {
      long before = threadsOfThisProcess();
      try (EngineSession session =
          EngineSession.open(ModelContent.of(model()), onCpu(threads, "ALL"))) {
        session.requireOpen();
        more.add(threadsOfThisProcess() - before);
      }
    }

    assertThat(more.get(0)).isLessThan(10);
    assertThat(more.get(1)).isBetween(30L, 50L);
  }

  /** The operators of the network as the engine runs it. */
  private List<String> operators(String optimization) throws Exception {
    Path optimized = folder.resolve(optimization + ".onnx");
    try (SessionOptions options = onCpu(1, optimization).toOptions()) {
      options.setOptimizedModelFilePath(optimized.toString());
      try (OrtSession session = OnnxEngine.start().environment().createSession(model(), options)) {
        assertThat(session.getNumInputs()).isEqualTo(1);
      }
    }
    return ModelProto.parseFrom(Files.readAllBytes(optimized)).getGraph().getNodeList().stream()
        .map(NodeProto::getOpType)
        .toList();
  }

  @Test
  void eachLevelOfOptimizationDoesMoreThanTheOneBefore() throws Exception {
    assertThat(operators("NONE")).containsExactly("Conv", "BatchNormalization", "Relu", "Conv");
    assertThat(operators("BASIC")).containsExactly("Conv", "Relu", "Conv");
    assertThat(operators("EXTENDED")).containsExactly("FusedConv", "Conv");
  }

  @Test
  void theHighestLevelLaysTheNumbersOutForTheProcessor() throws Exception {
    assumeThat(System.getProperty("os.arch"))
        .as("other processors have no layout of their own")
        .isEqualTo("amd64");

    assertThat(operators("ALL")).contains("ReorderInput").doesNotContain("Relu");
  }

  @Test
  void cudaIsToldTheLimitInItsOwnWords() {
    SessionSettings unlimited = onCpu(1, "ALL");
    SessionSettings limited =
        new SessionSettings(OptionalInt.of(0), OptionalLong.of(1_000_000), 1, "ALL");

    assertThat(unlimited.cudaOptions()).isEmpty();
    assertThat(limited.cudaOptions()).containsExactly(Map.entry("gpu_mem_limit", "1000000"));
  }
}
