package io.github.brainimaging.models.network.layer;

import java.util.List;
import java.util.Map;

/**
 * One operation of a network: its settings, the shape it gives, and the weights it needs. Shapes
 * are those of one example, channels first, without the batch: {@code [channels, height, width]} or
 * {@code [features]}.
 *
 * <p>To add an operation, write a record that implements this, permit it here and give it a method
 * in {@code network.internal.Interpreter}, whose {@code run} hands it over; the compiler names
 * those who must learn it, {@code InterpreterTest} an operation that is not handed over.
 *
 * <p>Implementations are immutable and safe to share between threads.
 *
 * @since 0.1.0
 */
public sealed interface Layer
    permits Add,
        BatchNorm,
        Concat,
        Conv2d,
        Dense,
        DistanceAttention,
        Dropout,
        Flatten,
        GlobalAveragePool,
        Lstm,
        Pool2d,
        Relu,
        Sigmoid,
        Slices,
        Softmax,
        Upsample2d {

  /**
   * A weight of a layer.
   *
   * @param shape the length of each axis
   * @param trainable false for statistics that are gathered, not learned, and in frozen layers
   * @param initial how it starts
   */
  record Weight(List<Integer> shape, boolean trainable, Initial initial) {

    /**
     * Number of values.
     *
     * @return the product of the shape
     */
    public int size() {
      return shape.stream().reduce(1, Math::multiplyExact);
    }
  }

  /** How a weight starts. */
  enum Initial {
    /** All 0. */
    ZERO,
    /** All 1. */
    ONE,
    /**
     * Normal, variance 2 / fan-in (He et al. 2015), where fan-in is the product of all axes but the
     * first.
     */
    HE_NORMAL
  }

  /**
   * What the operation is called in a summary.
   *
   * @return its type
   */
  default String type() {
    return getClass().getSimpleName();
  }

  /**
   * The shape of the output.
   *
   * @param inputs the shapes of the inputs
   * @return the shape
   * @throws IllegalArgumentException if the layer cannot take these inputs
   */
  List<Integer> outputShape(List<List<Integer>> inputs);

  /**
   * The weights by name, in order.
   *
   * @param inputs the shapes of the inputs
   * @return an unmodifiable map, empty for a layer without weights
   */
  default Map<String, Weight> weights(List<List<Integer>> inputs) {
    return Map.of();
  }
}
