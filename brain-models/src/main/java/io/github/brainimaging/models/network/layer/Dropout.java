package io.github.brainimaging.models.network.layer;

import io.github.brainimaging.core.internal.Arguments;
import java.util.List;

/**
 * Zeroes a share of the values in training and scales the rest up; does nothing in inference.
 *
 * @param rate the share, 0 or more and below 1
 * @since 0.1.0
 */
public record Dropout(float rate) implements Layer {

  /**
   * Checks the value.
   *
   * @param rate the share, 0 or more and below 1
   */
  public Dropout {
    Arguments.require(rate >= 0 && rate < 1, "rate must be 0 or more and below 1, got %s", rate);
  }

  @Override
  public List<Integer> outputShape(List<List<Integer>> inputs) {
    return Shapes.single("Dropout", inputs);
  }
}
