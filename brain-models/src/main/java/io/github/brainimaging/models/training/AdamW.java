package io.github.brainimaging.models.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.nn.ParameterList;
import ai.djl.util.Pair;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter 2019). DJL's own optimizer hides its
 * moments, without which a training cannot resume as if nothing had happened; the arithmetic is the
 * same native call.
 */
final class AdamW {

  static final String FIRST = "adam.first.";
  static final String SECOND = "adam.second.";

  private static final float BETA1 = 0.9f;
  private static final float BETA2 = 0.999f;
  private static final float EPSILON = 1e-8f;
  private static final float NO_CLIPPING = -1;

  private final float weightDecay;
  private final Map<String, NDArray> moments = new LinkedHashMap<>();

  AdamW(ParameterList parameters, double weightDecay, NDManager manager) {
    this.weightDecay = (float) weightDecay;
    for (Pair<String, Parameter> parameter : parameters) {
      if (parameter.getValue().requiresGradient()) {
        Shape shape = parameter.getValue().getArray().getShape();
        moments.put(FIRST + parameter.getKey(), manager.zeros(shape));
        moments.put(SECOND + parameter.getKey(), manager.zeros(shape));
      }
    }
  }

  /** The moments by name, to be saved and restored. */
  Map<String, NDArray> state() {
    return moments;
  }

  /** One step; {@code step} counts from 1. */
  void update(String name, NDArray weight, long step, double learningRate) {
    NDArray first = moments.get(FIRST + name);
    NDArray second = moments.get(SECOND + name);
    if (first == null || second == null) {
      throw new IllegalStateException("no moments for " + name);
    }
    double correction =
        learningRate
            * Math.sqrt(1 - Math.pow(BETA2, (double) step))
            / (1 - Math.pow(BETA1, (double) step));
    // Biases and normalizations are vectors; decay is for kernels and matrices.
    float decay = weight.getShape().dimension() > 1 ? weightDecay : 0;
    try (NDArray gradient = weight.getGradient()) {
      weight
          .getNDArrayInternal()
          .adamUpdate(
              new NDList(weight, gradient, first, second),
              new NDList(weight),
              (float) learningRate,
              (float) correction,
              decay,
              1,
              NO_CLIPPING,
              BETA1,
              BETA2,
              EPSILON,
              true,
              true);
    }
  }
}
