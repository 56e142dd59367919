package io.github.brainimaging.models.network.layer;

import io.github.brainimaging.core.internal.Arguments;
import java.util.List;

/**
 * What is done with the slices of a sequence, {@code [slices, channels, height, width]}, besides
 * learning: to see each alone and together again, and to leave out the padding. Without weights.
 *
 * @since 0.1.0
 */
public enum Slices implements Layer {
  /**
   * Lets the layers that follow see each slice as an example of its own: {@code [slices, channels,
   * height, width]} becomes {@code [channels, height, width]}. {@link #FROM_BATCH} ends it.
   */
  AS_BATCH("SlicesAsBatch"),
  /**
   * Puts the features of single slices together again: {@code [features]}, and the sequence {@code
   * [slices, ...]} they come from, become {@code [slices, features]}.
   */
  FROM_BATCH("BatchAsSlices"),
  /**
   * Which slices are real: {@code [slices, channels, height, width]} becomes {@code [slices]}, 1 up
   * to the last slice that is not all 0, and 0 for the padding behind it. So P4's zero padding
   * needs no second input that tells the length; Keras' {@code Masking} layer reads it in the same
   * way. An empty slice among others stays real.
   */
  MASK("SliceMask"),
  /**
   * Sets padding to 0: {@code [channels, slices, features]} and a {@link #MASK} of {@code
   * [slices]}. Before a convolution it makes a padded sequence count as the shorter one it is.
   */
  MASKED("MaskSlices"),
  /**
   * Mean over the real slices: {@code [channels, slices, features]} and a {@link #MASK} of {@code
   * [slices]} become {@code [channels, features]}. An empty sequence gives 0.
   */
  MEAN("SliceMean"),
  /**
   * The features of a sequence as an image with one row per slice: {@code [slices, features]}
   * becomes {@code [1, slices, features]}. P4 stacks them so for its second DenseNet.
   */
  AS_IMAGE("FeaturesAsImage");

  private final String type;

  Slices(String type) {
    this.type = type;
  }

  @Override
  public String type() {
    return type;
  }

  @Override
  public List<Integer> outputShape(List<List<Integer>> inputs) {
    return switch (this) {
      case AS_BATCH -> sequence(inputs).subList(1, 4);
      case FROM_BATCH -> joined(inputs);
      case MASK -> sequence(inputs).subList(0, 1);
      case MASKED -> Shapes.masked(type, 3, inputs);
      case MEAN -> {
        List<Integer> shape = Shapes.masked(type, 3, inputs);
        yield List.of(shape.get(0), shape.get(2));
      }
      case AS_IMAGE -> image(inputs);
    };
  }

  private List<Integer> sequence(List<List<Integer>> inputs) {
    List<Integer> shape = Shapes.single(type, inputs);
    Arguments.require(
        shape.size() == 4,
        "input of %s must be [slices, channels, height, width], got %s",
        type,
        shape);
    return shape;
  }

  private List<Integer> joined(List<List<Integer>> inputs) {
    Arguments.require(
        inputs.size() == 2 && inputs.get(0).size() == 1 && inputs.get(1).size() == 4,
        "inputs of %s must be [features] and [slices, channels, height, width], got %s",
        type,
        inputs);
    return List.of(inputs.get(1).get(0), inputs.get(0).get(0));
  }

  private List<Integer> image(List<List<Integer>> inputs) {
    List<Integer> shape = Shapes.single(type, inputs);
    Arguments.require(
        shape.size() == 2, "input of %s must be [slices, features], got %s", type, shape);
    return List.of(1, shape.get(0), shape.get(1));
  }
}
