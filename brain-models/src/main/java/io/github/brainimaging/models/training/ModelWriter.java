package io.github.brainimaging.models.training;

import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.core.work.AtomicFiles;
import io.github.brainimaging.models.card.ModelCard;
import io.github.brainimaging.models.network.Network;
import io.github.brainimaging.models.network.Weights;
import io.github.brainimaging.models.network.format.OnnxExport;
import io.github.brainimaging.models.onnx.ModelSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/**
 * Writes a trained network as an ONNX model that explains itself: the card is inside the model, and
 * beside it as JSON with the model's SHA-256.
 *
 * <p>Stateless and safe to share between threads.
 *
 * @since 0.1.0
 */
public final class ModelWriter {

  private ModelWriter() {}

  /**
   * The model as bytes, the card inside.
   *
   * @param network the network
   * @param weights weights that fit it
   * @param card what the model says of itself
   * @return the content of the .onnx file
   * @throws IllegalArgumentException if weights or card do not fit the network
   */
  public static byte[] toBytes(Network network, Weights weights, ModelCard card) {
    Arguments.require(
        network.outputShape().get(0) == card.labels().size(),
        "card must have %s labels for %s, got %s",
        network.outputShape().get(0),
        network.name(),
        card.labels());
    return OnnxExport.toBytes(network, weights, Map.of(ModelCard.METADATA_KEY, card.toJson()));
  }

  /**
   * Writes model and card; a reader sees the old files or the new ones, never half of one.
   *
   * @param network the network
   * @param weights weights that fit it
   * @param card what the model says of itself
   * @param file the .onnx file; the card gets the same name with .json
   * @throws IOException if writing fails
   * @throws IllegalArgumentException if weights or card do not fit the network, or the file's name
   *     does not end in .onnx
   */
  public static void write(Network network, Weights weights, ModelCard card, Path file)
      throws IOException {
    write(toBytes(network, weights, card), card, file);
  }

  /**
   * Writes a model that was put together elsewhere, and its card beside it.
   *
   * @param model the content of the .onnx file, the card inside
   * @param card what the model says of itself
   * @param file the .onnx file; the card gets the same name with .json
   * @throws IOException if writing fails
   * @throws IllegalArgumentException if the file's name does not end in .onnx
   */
  public static void write(byte[] model, ModelCard card, Path file) throws IOException {
    String name = file.getFileName().toString();
    Arguments.require(name.endsWith(".onnx"), "file must end in .onnx, got %s", file);
    String json =
        card.toBuilder().sha256(ModelSource.ofBytes(model, name).sha256()).build().toJson();
    Path beside = file.resolveSibling(name.replaceFirst("\\.onnx$", ".json"));
    AtomicFiles.write(file, out -> out.write(model));
    AtomicFiles.write(beside, out -> out.write(json.getBytes(StandardCharsets.UTF_8)));
  }
}
