package io.github.brainimaging.models.network.layer;

import io.github.brainimaging.core.internal.Arguments;
import java.util.List;

/** Checks of the shapes that layers take. */
final class Shapes {

  private Shapes() {}

  /** The one input, which must be {@code [channels, height, width]}. */
  static List<Integer> image(String layer, List<List<Integer>> inputs) {
    List<Integer> shape = single(layer, inputs);
    Arguments.require(
        shape.size() == 3, "input of %s must be [channels, height, width], got %s", layer, shape);
    return shape;
  }

  /** The one input, which must be {@code [features]}. */
  static int features(String layer, List<List<Integer>> inputs) {
    List<Integer> shape = single(layer, inputs);
    Arguments.require(shape.size() == 1, "input of %s must be [features], got %s", layer, shape);
    return shape.get(0);
  }

  /** The one input, of any shape. */
  static List<Integer> single(String layer, List<List<Integer>> inputs) {
    Arguments.require(inputs.size() == 1, "%s must have one input, got %s", layer, inputs.size());
    return inputs.get(0);
  }

  /** Length after a window of a given size has moved over a padded axis. */
  static int windowed(String layer, int length, int kernel, int stride, Padding padding) {
    int padded =
        length + padding.before(length, kernel, stride) + padding.after(length, kernel, stride);
    Arguments.require(
        padded >= kernel, "input of %s must be at least %s long, got %s", layer, kernel, length);
    return (padded - kernel) / stride + 1;
  }

  /** The first of two inputs, whose axis before the last is that of slices, as the second's is. */
  static List<Integer> masked(String layer, int axes, List<List<Integer>> inputs) {
    Arguments.require(
        inputs.size() == 2
            && inputs.get(0).size() == axes
            && inputs.get(1).equals(inputs.get(0).subList(axes - 2, axes - 1)),
        "inputs of %s must be %s and a mask [slices], got %s",
        layer,
        axes == 2 ? "[slices, features]" : "[channels, slices, features]",
        inputs);
    return inputs.get(0);
  }
}
