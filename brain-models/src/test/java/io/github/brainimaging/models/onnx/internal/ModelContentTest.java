package io.github.brainimaging.models.onnx.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.brainimaging.models.network.Network;
import io.github.brainimaging.models.network.Weights;
import io.github.brainimaging.models.network.format.OnnxExport;
import io.github.brainimaging.models.network.layer.Relu;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model is read once. */
class ModelContentTest {

  private static final SessionSettings SETTINGS =
      new SessionSettings(OptionalInt.empty(), OptionalLong.empty(), 1, "ALL");

  @TempDir Path folder;

  private static byte[] network(int size) {
    Network network = Network.input("n", 1, size, size).then("relu", Relu.plain()).build();
    return OnnxExport.toBytes(network, Weights.random(network, 1), Map.of());
  }

  @Test
  void whatIsSummedIsWhatTheEngineGetsThoughTheFileIsAnotherMeanwhile() throws Exception {
    byte[] first = network(8);
    Path file = Files.write(folder.resolve("m.onnx"), first);
    ModelContent content = ModelContent.of(file);
    Files.write(file, network(16));
    assertThat(content.sha256())
        .isEqualTo(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(first)));
    try (EngineSession session = EngineSession.open(content, SETTINGS)) {
      assertThat(session.inputs().get(0).shape()).endsWith(8, 8);
    }
  }
}
