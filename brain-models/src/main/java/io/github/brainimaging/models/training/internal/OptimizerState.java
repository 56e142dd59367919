package io.github.brainimaging.models.training.internal;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.nn.ParameterList;
import ai.djl.util.Pair;
import io.github.brainimaging.models.training.optimizer.Optimizer;
import java.util.LinkedHashMap;
import java.util.Map;

/** What an optimizer remembers of every weight that is learned. */
public final class OptimizerState {

  private static final String PREFIX = "optimizer.";

  private final Optimizer optimizer;
  private final double weightDecay;
  private final Map<String, Map<String, NDArray>> memory = new LinkedHashMap<>();

  /**
   * Nothing remembered yet: zeros.
   *
   * @param optimizer how weights follow their gradients
   * @param weightDecay decay of kernels and matrices
   * @param parameters the weights; those without a gradient are left alone
   * @param manager owner of the arrays
   */
  public OptimizerState(
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

  /**
   * The arrays by name, to be saved and restored.
   *
   * @return the arrays themselves
   */
  public Map<String, NDArray> arrays() {
    Map<String, NDArray> arrays = new LinkedHashMap<>();
    memory.forEach(
        (weight, remembered) ->
            remembered.forEach((name, array) -> arrays.put(PREFIX + name + "." + weight, array)));
    return arrays;
  }

  /**
   * Takes one step.
   *
   * @param parameters the weights, with their gradients, which are set to 0
   * @param number of the step, from 1
   * @param learningRate its rate
   * @param manager owner of what is freed at its end
   */
  public void update(
      ParameterList parameters, long number, double learningRate, NDManager manager) {
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
          detached, gradient, remembered, new Optimizer.Rates(number, learningRate, decay));
      // The engine adds the next gradient to the one that it finds.
      var unused = gradient.subi(gradient);
    }
  }
}
