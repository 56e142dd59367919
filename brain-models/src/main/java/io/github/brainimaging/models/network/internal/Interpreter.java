package io.github.brainimaging.models.network.internal;

import io.github.brainimaging.models.network.layer.Add;
import io.github.brainimaging.models.network.layer.BatchNorm;
import io.github.brainimaging.models.network.layer.Concat;
import io.github.brainimaging.models.network.layer.Conv2d;
import io.github.brainimaging.models.network.layer.Dense;
import io.github.brainimaging.models.network.layer.DistanceAttention;
import io.github.brainimaging.models.network.layer.Dropout;
import io.github.brainimaging.models.network.layer.Flatten;
import io.github.brainimaging.models.network.layer.GlobalAveragePool;
import io.github.brainimaging.models.network.layer.Lstm;
import io.github.brainimaging.models.network.layer.Pool2d;
import io.github.brainimaging.models.network.layer.Relu;
import io.github.brainimaging.models.network.layer.Sigmoid;
import io.github.brainimaging.models.network.layer.Slices;
import io.github.brainimaging.models.network.layer.Softmax;
import io.github.brainimaging.models.network.layer.Upsample2d;
import java.util.ArrayList;
import java.util.List;

/**
 * Gives the layers of a network a meaning: a trainable DJL block, an ONNX graph. One method per
 * operation, so that a new operation cannot be forgotten anywhere.
 *
 * @param <T> what stands for a layer's output
 */
public interface Interpreter<T> {

  /**
   * Runs all layers of a network.
   *
   * @param network the network
   * @param input the value of its input
   * @return the value of its output
   */
  default T run(Graph network, T input) {
    List<T> values = new ArrayList<>();
    for (Node node : Node.all(network)) {
      List<T> inputs = node.inputs().stream().map(i -> i < 0 ? input : values.get(i)).toList();
      values.add(run(node, inputs));
    }
    return values.get(values.size() - 1);
  }

  /**
   * Runs one layer.
   *
   * @param node where it stands
   * @param inputs the values of its inputs
   * @return the value of its output
   */
  default T run(Node node, List<T> inputs) {
    if (node.layer() instanceof Add add) {
      return add(node, add, inputs);
    }
    if (node.layer() instanceof BatchNorm batchNorm) {
      return batchNorm(node, batchNorm, inputs.get(0));
    }
    if (node.layer() instanceof Concat concat) {
      return concat(node, concat, inputs);
    }
    if (node.layer() instanceof Conv2d conv2d) {
      return conv2d(node, conv2d, inputs.get(0));
    }
    if (node.layer() instanceof Dense dense) {
      return dense(node, dense, inputs.get(0));
    }
    if (node.layer() instanceof DistanceAttention distanceAttention) {
      return distanceAttention(node, distanceAttention, inputs.get(0), inputs.get(1));
    }
    if (node.layer() instanceof Dropout dropout) {
      return dropout(node, dropout, inputs.get(0));
    }
    if (node.layer() instanceof Flatten flatten) {
      return flatten(node, flatten, inputs.get(0));
    }
    if (node.layer() instanceof GlobalAveragePool globalAveragePool) {
      return globalAveragePool(node, globalAveragePool, inputs.get(0));
    }
    if (node.layer() instanceof Lstm lstm) {
      return lstm(node, lstm, inputs.get(0), inputs.get(1));
    }
    if (node.layer() instanceof Pool2d pool2d) {
      return pool2d(node, pool2d, inputs.get(0));
    }
    if (node.layer() instanceof Relu relu) {
      return relu(node, relu, inputs.get(0));
    }
    if (node.layer() instanceof Sigmoid sigmoid) {
      return sigmoid(node, sigmoid, inputs.get(0));
    }
    if (node.layer() instanceof Slices slices) {
      return slices(node, slices, inputs);
    }
    if (node.layer() instanceof Softmax softmax) {
      return softmax(node, softmax, inputs.get(0));
    }
    if (node.layer() instanceof Upsample2d upsample2d) {
      return upsample2d(node, upsample2d, inputs.get(0));
    }
    throw new AssertionError("no meaning for " + node.layer());
  }

  /**
   * Convolution.
   *
   * @param node where the layer stands
   * @param layer the layer
   * @param input its input
   * @return its output
   */
  T conv2d(Node node, Conv2d layer, T input);

  /**
   * Batch normalization.
   *
   * @param node where the layer stands
   * @param layer the layer
   * @param input its input
   * @return its output
   */
  T batchNorm(Node node, BatchNorm layer, T input);

  /**
   * Rectifier.
   *
   * @param node where the layer stands
   * @param layer the layer
   * @param input its input
   * @return its output
   */
  T relu(Node node, Relu layer, T input);

  /**
   * Maximum or average pooling.
   *
   * @param node where the layer stands
   * @param layer the layer
   * @param input its input
   * @return its output
   */
  T pool2d(Node node, Pool2d layer, T input);

  /**
   * Global average pooling.
   *
   * @param node where the layer stands
   * @param layer the layer
   * @param input its input
   * @return its output
   */
  T globalAveragePool(Node node, GlobalAveragePool layer, T input);

  /**
   * Flattening.
   *
   * @param node where the layer stands
   * @param layer the layer
   * @param input its input
   * @return its output
   */
  T flatten(Node node, Flatten layer, T input);

  /**
   * Fully connected layer.
   *
   * @param node where the layer stands
   * @param layer the layer
   * @param input its input
   * @return its output
   */
  T dense(Node node, Dense layer, T input);

  /**
   * Dropout.
   *
   * @param node where the layer stands
   * @param layer the layer
   * @param input its input
   * @return its output
   */
  T dropout(Node node, Dropout layer, T input);

  /**
   * Sum.
   *
   * @param node where the layer stands
   * @param layer the layer
   * @param inputs its inputs
   * @return its output
   */
  T add(Node node, Add layer, List<T> inputs);

  /**
   * Concatenation.
   *
   * @param node where the layer stands
   * @param layer the layer
   * @param inputs its inputs
   * @return its output
   */
  T concat(Node node, Concat layer, List<T> inputs);

  /**
   * Enlargement.
   *
   * @param node where the layer stands
   * @param layer the layer
   * @param input its input
   * @return its output
   */
  T upsample2d(Node node, Upsample2d layer, T input);

  /**
   * Logistic function.
   *
   * @param node where the layer stands
   * @param layer the layer
   * @param input its input
   * @return its output
   */
  T sigmoid(Node node, Sigmoid layer, T input);

  /**
   * Softmax.
   *
   * @param node where the layer stands
   * @param layer the layer
   * @param input its input
   * @return its output
   */
  T softmax(Node node, Softmax layer, T input);

  /**
   * What is done with slices.
   *
   * @param node where the layer stands
   * @param layer the layer
   * @param inputs its inputs
   * @return its output
   */
  T slices(Node node, Slices layer, List<T> inputs);

  /**
   * Long short-term memory.
   *
   * @param node where the layer stands
   * @param layer the layer
   * @param input its input
   * @param mask its second input
   * @return its output
   */
  T lstm(Node node, Lstm layer, T input, T mask);

  /**
   * Distance-wise attention.
   *
   * @param node where the layer stands
   * @param layer the layer
   * @param input its input
   * @param mask its second input
   * @return its output
   */
  T distanceAttention(Node node, DistanceAttention layer, T input, T mask);
}
