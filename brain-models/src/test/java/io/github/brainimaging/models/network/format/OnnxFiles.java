package io.github.brainimaging.models.network.format;

import io.github.brainimaging.models.network.Network;
import io.github.brainimaging.models.network.Weights;
import io.github.brainimaging.models.network.zoo.Architecture;
import io.github.brainimaging.models.network.zoo.Architectures;
import io.github.brainimaging.models.network.zoo.Head;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Writes every architecture with its first head, one with every head, and a backbone that was cut
 * and joined, for a checker outside Java: {@code check_onnx.py}.
 */
final class OnnxFiles {

  private OnnxFiles() {}

  /** The folder is the only argument. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Files.createDirectories(Path.of(arguments[0]));
    for (Architecture architecture : Architectures.all()) {
      boolean small = architecture.name().equals("separable-resnet");
      for (Head head : small ? architecture.heads() : architecture.heads().subList(0, 1)) {
        Network network = architecture.describe(head, architecture.channels(), 128, 3);
        byte[] model = OnnxExport.toBytes(network, Weights.random(network, 1), Map.of("a", "b"));
        Files.write(folder.resolve(network.name() + ".onnx"), model);
      }
    }
    Network whole = Architectures.named("compact-resnet").describe(Head.POOLED, 1, 64, 4);
    OnnxBackbone backbone =
        OnnxBackbone.of(OnnxExport.toBytes(whole, Weights.random(whole, 1), Map.of()));
    Network head = Head.P5_RESNET_FINE_TUNED.describe(List.of(160), 3);
    Files.write(folder.resolve("cut.onnx"), backbone.toBytes());
    byte[] map =
        OnnxBackbone.cutAt(
                OnnxExport.toBytes(whole, Weights.random(whole, 1), Map.of()),
                "stage3.block2.2.norm")
            .toBytes();
    Files.write(folder.resolve("cut-at-map.onnx"), map);
    Files.write(
        folder.resolve("joined.onnx"), backbone.join(head, Weights.random(head, 1), Map.of()));
  }
}
