package io.github.brainimaging.models.network.layer;

import io.github.brainimaging.core.internal.Arguments;
import java.util.List;

/**
 * The features of a sequence as an image with one row per slice: {@code [slices, features]} becomes
 * {@code [1, slices, features]}. P4 stacks them so for its second DenseNet.
 */
public record FeaturesAsImage() implements Layer {

  @Override
  public List<Integer> outputShape(List<List<Integer>> inputs) {
    List<Integer> shape = Shapes.single("FeaturesAsImage", inputs);
    Arguments.require(
        shape.size() == 2, "input of FeaturesAsImage must be [slices, features], got %s", shape);
    return List.of(1, shape.get(0), shape.get(1));
  }

  @Override
  public <T> T interpret(Interpreter<T> interpreter, Node node, List<T> inputs) {
    return interpreter.featuresAsImage(node, this, inputs.get(0));
  }
}
