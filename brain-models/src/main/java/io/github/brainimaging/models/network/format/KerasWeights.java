package io.github.brainimaging.models.network.format;

import io.github.brainimaging.core.tensor.Tensor;
import io.github.brainimaging.models.network.Network;
import io.github.brainimaging.models.network.WeightTransfer;
import io.github.brainimaging.models.network.Weights;
import io.github.brainimaging.models.network.layer.BatchNorm;
import io.github.brainimaging.models.network.layer.Dropout;
import io.github.brainimaging.models.network.layer.Flatten;
import io.github.brainimaging.models.network.layer.Node;
import io.github.brainimaging.models.network.layer.Relu;
import io.jhdf.HdfFile;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the weights of a network from a file that Keras has written: {@code .h5} of Keras 1 to 3
 * (weights alone, or a whole model) and {@code .weights.h5} of Keras 2.12 and later. Kernels are
 * turned from Keras' order (rows, columns, channels, filters) into ours, and those of a dense layer
 * on a flattened image from channels-last order.
 *
 * <p>Layers are found by name. Those that Keras has named itself ({@code dense_7}) are taken in
 * their order, as are all layers of {@code .weights.h5} files that know them by class only. A model
 * within a model, as in transfer learning, is looked into. Every tensor is used exactly once.
 *
 * <p>Stateless and safe to share between threads.
 */
public final class KerasWeights {

  private KerasWeights() {}

  /**
   * Reads a file.
   *
   * @param file the file
   * @param network the network it belongs to, such as {@code
   *     Architectures.named("resnet50").backbone(3, 224)} for a file without top; move the weights
   *     to a network with another head by {@link WeightTransfer}
   * @return weights that fit the network
   * @throws IOException if the file cannot be read, is no Keras file, or does not belong to the
   *     network; the message names the first tensor that is missing, superfluous or of another
   *     shape
   */
  public static Weights read(Path file, Network network) throws IOException {
    try (HdfFile hdf = new HdfFile(file)) {
      Map<KerasVariable, KerasLayer.Place> places =
          new KerasMatch(network).match(KerasFile.variables(hdf));
      Map<String, Tensor> read = new LinkedHashMap<>();
      places.forEach(
          (variable, place) -> read.put(place.weightName(), tensor(variable, place, network)));
      Map<String, Tensor> ordered = new LinkedHashMap<>();
      network.weights().keySet().forEach(name -> ordered.put(name, read.get(name)));
      return Weights.of(ordered);
    } catch (KerasMatch.Mismatch e) {
      throw new IOException(file + " does not fit " + network.name() + ": " + e.getMessage(), e);
    } catch (RuntimeException e) {
      // What jHDF throws at a file that is cut off or no HDF5 has many types.
      throw new IOException(file + ": expected a Keras file (HDF5): " + e.getMessage(), e);
    }
  }

  private static Tensor tensor(KerasVariable variable, KerasLayer.Place place, Network network) {
    int[] shape = place.shape().stream().mapToInt(Integer::intValue).toArray();
    int[] kerasShape = kerasShape(place);
    if (!Arrays.equals(variable.dataset().getDimensions(), kerasShape)) {
      throw new KerasMatch.Mismatch(
          "%s must have shape %s, got %s",
          variable.path(),
          Arrays.toString(kerasShape),
          Arrays.toString(variable.dataset().getDimensions()));
    }
    return Tensor.wrap(inOurOrder(values(variable), kerasShape, place.node(), network), shape);
  }

  private static float[] inOurOrder(float[] values, int[] shape, Node node, Network network) {
    if (shape.length == 4) {
      return KerasLayer.isDepthwise(node)
          ? permuted(values, shape, 2, 3, 0, 1)
          : permuted(values, shape, 3, 2, 0, 1);
    }
    boolean perFeature = shape.length == 1 && node.layer() instanceof BatchNorm;
    if (shape.length == 1 && !perFeature) {
      return values;
    }
    List<Integer> image = flattened(network, node);
    int outputs = perFeature ? 1 : shape[1];
    int[] channelsLast = {image.get(1), image.get(2), image.get(0), outputs};
    return permuted(values, channelsLast, 3, 2, 0, 1);
  }

  private static int[] kerasShape(KerasLayer.Place place) {
    List<Integer> ours = place.shape();
    return switch (ours.size()) {
      case 4 ->
          KerasLayer.isDepthwise(place.node())
              ? depthwiseShape(place.node(), ours)
              : new int[] {ours.get(2), ours.get(3), ours.get(1), ours.get(0)};
      case 2 -> new int[] {ours.get(1), ours.get(0)};
      default -> new int[] {ours.get(0)};
    };
  }

  private static int[] depthwiseShape(Node node, List<Integer> ours) {
    int channels = node.inputShapes().get(0).get(0);
    return new int[] {ours.get(2), ours.get(3), channels, ours.get(0) / channels};
  }

  private static float[] values(KerasVariable variable) {
    FloatBuffer values = FloatBuffer.allocate(Math.toIntExact(variable.dataset().getSize()));
    Object rows = variable.dataset().getData();
    if (rows != null) {
      gather(rows, values, variable.path());
    }
    if (values.hasRemaining()) {
      throw new KerasMatch.Mismatch("%s must have values, got none", variable.path());
    }
    return values.array();
  }

  /** Rows of rows of numbers, one after the other. */
  private static void gather(Object rows, FloatBuffer values, String path) {
    if (rows instanceof Object[] inner) {
      for (Object row : inner) {
        gather(row, values, path);
      }
    } else if (rows instanceof float[] row) {
      var unused = values.put(row);
    } else if (rows instanceof double[] row) {
      for (double value : row) {
        var unused = values.put((float) value);
      }
    } else {
      throw new KerasMatch.Mismatch(
          "%s must hold floating point numbers, got %s", path, rows.getClass().getSimpleName());
    }
  }

  /** The image that a layer sees as one row; a plain row counts as an image of one pixel. */
  private static List<Integer> flattened(Network network, Node layer) {
    int input = layer.inputs().get(0);
    while (input >= 0) {
      Node node = network.nodes().get(input);
      if (node.layer() instanceof Flatten && node.inputShapes().get(0).size() == 3) {
        return node.inputShapes().get(0);
      }
      input = keepsOrder(node) ? node.inputs().get(0) : -1;
    }
    return List.of(layer.inputShapes().get(0).get(0), 1, 1);
  }

  private static boolean keepsOrder(Node node) {
    return node.layer() instanceof Dropout
        || node.layer() instanceof Relu
        || node.layer() instanceof BatchNorm;
  }

  /** Rearranges axes: axis i of the result is axis {@code axes[i]} of the source. */
  private static float[] permuted(float[] values, int[] shape, int... axes) {
    int[] strides = new int[shape.length];
    int stride = 1;
    for (int i = shape.length - 1; i >= 0; i--) {
      strides[i] = stride;
      stride *= shape[i];
    }
    float[] result = new float[values.length];
    int[] index = new int[axes.length];
    for (int i = 0; i < result.length; i++) {
      int source = 0;
      for (int a = 0; a < axes.length; a++) {
        source += index[a] * strides[axes[a]];
      }
      result[i] = values[source];
      for (int a = axes.length - 1; a >= 0 && ++index[a] == shape[axes[a]]; a--) {
        index[a] = 0;
      }
    }
    return result;
  }
}
