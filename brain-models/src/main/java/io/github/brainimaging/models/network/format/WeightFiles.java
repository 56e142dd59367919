package io.github.brainimaging.models.network.format;

import io.github.brainimaging.core.tensor.Tensor;
import io.github.brainimaging.models.card.ModelException;
import io.github.brainimaging.models.network.WeightTransfer;
import io.github.brainimaging.models.network.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Reads the weights of networks from files.
 *
 * <p>Stateless and safe to share between threads.
 */
public final class WeightFiles {

  /** What the names of a checkpoint's best weights begin with. */
  private static final String BEST = "best.";

  private WeightFiles() {}

  /**
   * Reads weights from a safetensors file: of a training's {@code checkpoint.safetensors} the best
   * ones, of another file all; or from a file whose name ends in {@code .onnx}, as {@link #ofOnnx}.
   *
   * @param file the file
   * @return its weights; whether they fit a network tells {@link Weights#requireFit}, and {@link
   *     WeightTransfer} takes those that do
   * @throws IOException if the file cannot be read or is no safetensors file with F32 tensors
   * @throws ModelException if it should be an ONNX model and is none
   */
  public static Weights read(Path file) throws IOException {
    if (file.toString().toLowerCase(Locale.ROOT).endsWith(".onnx")) {
      return ofOnnx(Files.readAllBytes(file));
    }
    Map<String, Tensor> all = Safetensors.read(file).tensors();
    Map<String, Tensor> best = new LinkedHashMap<>();
    all.forEach(
        (name, tensor) -> {
          if (name.startsWith(BEST)) {
            best.put(name.substring(BEST.length()), tensor);
          }
        });
    return Weights.of(best.isEmpty() ? all : best);
  }

  /**
   * The float32 weights of an ONNX model by their names in it. In a model that this library wrote
   * they are those of the network, so that a training can start from where it ended.
   *
   * @param model content of an .onnx file; weights that it keeps in other files are left out
   * @return its weights, in the order of the file
   * @throws ModelException if it is no ONNX model or a weight has not as many values as its shape
   */
  public static Weights ofOnnx(byte[] model) {
    return Weights.of(OnnxWeights.read(model));
  }
}
