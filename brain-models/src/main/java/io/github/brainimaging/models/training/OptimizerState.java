package io.github.brainimaging.models.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.nn.ParameterList;
import ai.djl.util.Pair;
import java.util.LinkedHashMap;
import java.util.Map;

/** What an optimizer remembers of every weight that is learned. */
final class OptimizerState {

  private static final String PREFIX = "optimizer.";

  private final Optimizer optimizer;
  private final double weightDecay;
  private final Map<String, Map<String, NDArray>> memory = new LinkedHashMap<>();

  OptimizerState(
      Optimizer optimizer, double weightDecay, ParameterList parameters, NDManager manager) {
    this.optimizer = optimizer;
    this.weightDecay = weightDecay;
    for (Pair<String, Parameter> parameter : parameters) {
      if (parameter.getValue().requiresGradient()) {
        Shape shape = parameter.getValue().getArray().getShape();
        Map<String, NDArray> remembered = new LinkedHashMap<>();
        optimizer.memory().forEach(name -> remembered.put(name, manager.zeros(shape)));
        memory.put(parameter.getKey(), remembered);
      }
    }
  }

  /** The arrays by name, to be saved and restored. */
  Map<String, NDArray> arrays() {
    Map<String, NDArray> arrays = new LinkedHashMap<>();
    memory.forEach(
        (weight, remembered) ->
            remembered.forEach((name, array) -> arrays.put(PREFIX + name + "." + weight, array)));
    return arrays;
  }

  /** One step; {@code number} counts from 1. */
  void update(ParameterList parameters, long number, double learningRate, NDManager manager) {
    for (Pair<String, Parameter> parameter : parameters) {
      Map<String, NDArray> remembered = memory.get(parameter.getKey());
      if (remembered != null) {
        update(parameter.getValue().getArray(), remembered, number, learningRate, manager);
      }
    }
  }

  private void update(
      NDArray weight,
      Map<String, NDArray> remembered,
      long number,
      double learningRate,
      NDManager manager) {
    // Biases and normalizations are vectors; decay is for kernels and matrices.
    double decay = weight.getShape().dimension() > 1 ? weightDecay : 0;
    try (NDManager scope = manager.newSubManager();
        NDArray gradient = weight.getGradient();
        NDArray detached = weight.stopGradient()) {
      gradient.attach(scope);
      detached.attach(scope);
      optimizer.update(
          detached, gradient, remembered, new Optimizer.Step(number, learningRate, decay));
      // The engine adds the next gradient to the one that it finds.
      var unused = gradient.subi(gradient);
    }
  }

  static NDArray require(Map<String, NDArray> remembered, String name) {
    NDArray array = remembered.get(name);
    if (array == null) {
      throw new IllegalArgumentException(
          "remembered must hold " + name + ", got " + remembered.keySet());
    }
    return array;
  }
}
