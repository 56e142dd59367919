package io.github.brainimaging.models.network.format;

import io.github.brainimaging.core.internal.OptionalLibrary;
import io.github.brainimaging.core.tensor.Tensor;
import io.github.brainimaging.core.work.AtomicFiles;
import io.github.brainimaging.models.card.ModelException;
import io.github.brainimaging.models.network.Network;
import io.github.brainimaging.models.network.WeightTransfer;
import io.github.brainimaging.models.network.Weights;
import io.github.brainimaging.models.network.format.internal.HalfPrecision;
import io.github.brainimaging.models.network.format.internal.OnnxWeights;
import io.github.brainimaging.models.network.format.internal.Safetensors;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Reads the weights of networks from files, and writes named tensors.
 *
 * <p>Stateless and safe to share between threads.
 *
 * @since 0.1.0
 */
public final class WeightFiles {

  /** What the names of a checkpoint's best weights begin with. */
  private static final String BEST = "best.";

  private WeightFiles() {}

  /**
   * Reads weights from a safetensors file: of a training's {@code checkpoint.safetensors} the best
   * ones, of another file all; or from a file whose name ends in {@code .onnx}, as {@link
   * #readOnnx(byte[])}.
   *
   * @param file the file
   * @return its weights; whether they fit a network tells {@link Weights#requireFit}, and {@link
   *     WeightTransfer} takes those that do
   * @throws IOException if the file cannot be read or is no safetensors file with F32 tensors
   * @throws ModelException if it should be an ONNX model and is none
   */
  public static Weights read(Path file) throws IOException {
    if (file.toString().toLowerCase(Locale.ROOT).endsWith(".onnx")) {
      return readOnnx(Files.readAllBytes(file));
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
   * Writes tensors to a safetensors file, whole or not at all.
   *
   * @param tensors by name, in the order in which they are written
   * @param notes what else the file says of itself, as text by key
   * @param file the file, replaced if it is there
   * @throws IOException if the file cannot be written
   */
  public static void write(Map<String, Tensor> tensors, Map<String, String> notes, Path file)
      throws IOException {
    AtomicFiles.write(file, out -> write(tensors, notes, out));
  }

  /**
   * Writes tensors as a safetensors file does.
   *
   * @param tensors by name, in the order in which they are written
   * @param notes what else it says of itself, as text by key
   * @param out where to write; left open
   * @throws IOException if writing fails
   */
  public static void write(Map<String, Tensor> tensors, Map<String, String> notes, OutputStream out)
      throws IOException {
    Safetensors.write(new Safetensors.Content(tensors, notes), out);
  }

  /**
   * Reads the weights of a network from a file that Keras has written: {@code .h5} of Keras 1 to 3
   * (weights alone, or a whole model), {@code .weights.h5} of Keras 2.12 and later, and {@code
   * .keras} of Keras 3. Needs jHDF ({@code io.jhdf:jhdf}), which brain-models does not bring along.
   *
   * <p>Layers are found by name. Those that Keras has named itself ({@code dense_7}) are taken in
   * their order, as are all layers of {@code .weights.h5} files that know them by class only. A
   * model within a model, as in transfer learning, is looked into. Every tensor is used exactly
   * once.
   *
   * @param file the file
   * @param network the network it belongs to, such as {@code
   *     Architectures.named("resnet50").backbone(3, 224)} for a file without top; move the weights
   *     to a network with another head by {@link WeightTransfer}
   * @return weights that fit the network
   * @throws IOException if the file cannot be read, is no Keras file, or does not belong to the
   *     network; the message names the first tensor that is missing, superfluous or of another
   *     shape, or that the one ends in a softmax and the other in sigmoids, where the file tells
   * @throws IllegalStateException if jHDF is missing
   */
  public static Weights readKeras(Path file, Network network) throws IOException {
    OptionalLibrary.JHDF.require();
    return KerasWeights.read(file, network, false);
  }

  /**
   * Reads the weights of a backbone from a file that Keras has written of it alone or of a whole
   * model: as {@link #readKeras}, but layers that have no place in the backbone, such as a head for
   * other classes, are left out.
   *
   * @param file the file
   * @param backbone the network, such as {@code Architectures.named("xception").backbone(3, 150)}
   * @return weights that fit the backbone
   * @throws IOException as above; a tensor that is missing or of another shape is an error here too
   * @throws IllegalStateException if jHDF is missing
   */
  public static Weights readKerasBackbone(Path file, Network backbone) throws IOException {
    OptionalLibrary.JHDF.require();
    return KerasWeights.read(file, backbone, true);
  }

  /**
   * Whether a file is Keras', by its name.
   *
   * @param file the name of a file
   * @return true for {@code .h5}, {@code .hdf5} and {@code .keras}
   */
  public static boolean isKeras(String file) {
    String name = file.toLowerCase(Locale.ROOT);
    return name.endsWith(".h5") || name.endsWith(".hdf5") || name.endsWith(".keras");
  }

  /**
   * Reads the weights of a network from an ONNX model that another program has written, such as
   * PyTorch ({@code torch.onnx.export}) or tf2onnx, so that it can be trained further. Its layers
   * are found by the graph, from the input on, whatever they are called there; what the file has
   * more, such as a head for other classes, is left out. Activations and poolings are not compared:
   * whether the file's network is this one, their outputs for a few images tell.
   *
   * <p>A batch normalization that the exporter has worked into the convolution before becomes one
   * that adds its bias and changes nothing else. The outputs are equal, but statistics are lost:
   * leave such layers frozen, or export with {@code training=TrainingMode.PRESERVE}.
   *
   * @param file the file, with its weights inside
   * @param network the network it belongs to, such as {@code
   *     Architectures.named("vgg16").backbone(3, 224)}
   * @return weights that fit the network
   * @throws IOException if the file cannot be read or does not belong to the network; the message
   *     names the first layer that is not there and what was found in its place
   * @throws ModelException if it is no ONNX model
   */
  public static Weights readOnnx(Path file, Network network) throws IOException {
    try {
      return Weights.of(
          new OnnxMatch(OnnxWeights.parse(Files.readAllBytes(file)).getGraph(), network).match());
    } catch (OnnxMatch.Mismatch e) {
      throw new IOException(file + " does not fit " + network.name() + ": " + e.getMessage(), e);
    }
  }

  /**
   * The float32 weights of an ONNX model by their names in it, those that {@link #halved} has made
   * smaller too. In a model that this library wrote they are those of the network, so that a
   * training can start from where it ended.
   *
   * @param model content of an .onnx file; weights that it keeps in other files are left out
   * @return its weights, in the order of the file
   * @throws ModelException if it is no ONNX model or a weight has not as many values as its shape
   */
  public static Weights readOnnx(byte[] model) {
    return Weights.of(OnnxWeights.read(model));
  }

  /**
   * The same network in half the room: weights of two or more axes are kept as float16 and made
   * float32 when the network is loaded, in its own graph, so that every engine runs it as before
   * and as fast. Each weight changes by a two-thousandth at most; one with values above 65,504
   * stays as it is.
   *
   * @param model content of an .onnx file
   * @return the bytes of the .onnx file; of a model in half precision already, the same network
   * @throws ModelException if it is no ONNX model
   */
  public static byte[] halved(byte[] model) {
    return HalfPrecision.halved(model);
  }

  /**
   * The same network with the values of each weight of two or more axes in random order: it has
   * learned nothing, whatever else about it is the same. For the question whether what one sees of
   * a network comes from its training.
   *
   * @param model content of an .onnx file
   * @param seed any number; the same gives the same order
   * @return the bytes of the .onnx file
   * @throws ModelException if it is no ONNX model
   */
  public static byte[] shuffled(byte[] model, long seed) {
    return OnnxWeights.shuffled(model, seed);
  }
}
