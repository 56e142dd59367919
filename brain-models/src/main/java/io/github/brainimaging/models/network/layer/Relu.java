package io.github.brainimaging.models.network.layer;

import io.github.brainimaging.core.internal.Arguments;
import java.util.List;

/**
 * Rectifier: {@code x} where positive, but at most {@code limit}; {@code slope * x} elsewhere.
 *
 * @param slope 0 for the plain rectifier; P1 gives 0.1
 * @param limit the largest output, infinite for the plain rectifier; 6 in networks that are to run
 *     with small integers. A rectifier with a slope has none
 * @since 0.1.0
 */
public record Relu(float slope, float limit) implements Layer {

  /**
   * Checks the values.
   *
   * @param slope 0 or more, below 1
   * @param limit above 0; infinite if there is a slope
   */
  public Relu {
    Arguments.require(
        slope >= 0 && slope < 1, "slope must be 0 or more and below 1, got %s", slope);
    Arguments.require(limit > 0, "limit must be positive, got %s", limit);
    Arguments.require(
        slope == 0 || limit == Float.POSITIVE_INFINITY,
        "limit must be infinite with slope %s, got %s",
        slope,
        limit);
  }

  /**
   * A rectifier without limit.
   *
   * @param slope 0 or more, below 1
   */
  public Relu(float slope) {
    this(slope, Float.POSITIVE_INFINITY);
  }

  /**
   * The plain rectifier.
   *
   * @return slope 0
   */
  public static Relu plain() {
    return new Relu(0);
  }

  /**
   * The rectifier of networks that are to run with small integers, such as EfficientNet-Lite.
   *
   * @return slope 0, limit 6
   */
  public static Relu six() {
    return new Relu(0, 6);
  }

  @Override
  public List<Integer> outputShape(List<List<Integer>> inputs) {
    return Shapes.single("Relu", inputs);
  }
}
