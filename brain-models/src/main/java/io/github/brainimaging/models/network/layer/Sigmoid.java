package io.github.brainimaging.models.network.layer;

import java.util.List;

/**
 * Logistic function of every value: a probability of its own for each feature, as in P1's head. As
 * the last layer of a network it is left out in training, where the loss works on what goes into
 * it.
 *
 * @since 0.1.0
 */
public record Sigmoid() implements Layer {

  @Override
  public List<Integer> outputShape(List<List<Integer>> inputs) {
    return Shapes.single("Sigmoid", inputs);
  }
}
