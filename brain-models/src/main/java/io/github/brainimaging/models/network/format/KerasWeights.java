package io.github.brainimaging.models.network.format;

import io.github.brainimaging.core.tensor.Tensor;
import io.github.brainimaging.models.network.Network;
import io.github.brainimaging.models.network.Weights;
import io.github.brainimaging.models.network.internal.Node;
import io.github.brainimaging.models.network.layer.BatchNorm;
import io.github.brainimaging.models.network.layer.Dropout;
import io.github.brainimaging.models.network.layer.Flatten;
import io.github.brainimaging.models.network.layer.Layer;
import io.github.brainimaging.models.network.layer.Relu;
import io.github.brainimaging.models.network.layer.Sigmoid;
import io.github.brainimaging.models.network.layer.Softmax;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipException;

/**
 * Keras' tensors in our order: kernels are turned from Keras' order (rows, columns, channels,
 * filters) into ours, and those of a dense layer on a flattened image from channels-last order.
 */
final class KerasWeights {

  private KerasWeights() {}

  /**
   * See {@link WeightFiles#readKeras}.
   *
   * @param more whether the file may have more than the network, as {@link
   *     WeightFiles#readKerasBackbone} has it
   */
  static Weights read(Path file, Network network, boolean more) throws IOException {
    try (KerasModelFile model = KerasModelFile.open(file)) {
      if (!more) {
        requireEnd(model, network);
      }
      Map<KerasVariable, KerasLayer.Place> places =
          new KerasMatch(network, more).match(KerasFile.variables(model.hdf()));
      Map<String, Tensor> read = new LinkedHashMap<>();
      places.forEach(
          (variable, place) -> read.put(place.weightName(), tensor(variable, place, network)));
      Map<String, Tensor> ordered = new LinkedHashMap<>();
      network.weights().keySet().forEach(name -> ordered.put(name, read.get(name)));
      return Weights.of(ordered);
    } catch (KerasMatch.Mismatch e) {
      throw new IOException(file + " does not fit " + network.name() + ": " + e.getMessage(), e);
    } catch (ZipException e) {
      throw new IOException(file + ": expected a Keras archive: " + e.getMessage(), e);
    } catch (RuntimeException e) {
      // What jHDF throws at a file that is cut off or no HDF5 has many types.
      throw new IOException(file + ": expected a Keras file (HDF5): " + e.getMessage(), e);
    } catch (OutOfMemoryError e) {
      // jHDF takes sizes in the file on trust.
      throw new IOException(
          file + ": expected a Keras file (HDF5) that fits the heap; it is too large or damaged",
          e);
    }
  }

  /** The same weights before a softmax and before sigmoids are two networks. */
  private static void requireEnd(KerasModelFile model, Network network) {
    Layer last = Node.all(network).get(Node.all(network).size() - 1).layer();
    String ours = last instanceof Softmax ? "softmax" : last instanceof Sigmoid ? "sigmoid" : "";
    String theirs = model.activation().orElse("");
    if (List.of("softmax", "sigmoid").contains(theirs) && !ours.isEmpty() && !ours.equals(theirs)) {
      throw new KerasMatch.Mismatch(
          "the file's model ends in %s, the network in %s: its probabilities would be others;"
              + " choose a head that ends as the file does, or take the backbone alone",
          theirs, ours);
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
      Node node = Node.all(network).get(input);
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
