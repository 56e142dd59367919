package io.github.brainimaging.models.network.layer;

import java.util.List;

/**
 * Gives the layers of a network a meaning: a trainable DJL block, an ONNX graph. One method per
 * operation, so that a new operation cannot be forgotten anywhere.
 *
 * @param <T> what stands for a layer's output
 */
public interface Interpreter<T> {

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
