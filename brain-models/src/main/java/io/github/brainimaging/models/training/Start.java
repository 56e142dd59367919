package io.github.brainimaging.models.training;

import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.core.internal.Sha256;
import io.github.brainimaging.core.tensor.Layout;
import io.github.brainimaging.models.card.ModelInput;
import io.github.brainimaging.models.network.Network;
import io.github.brainimaging.models.network.Weights;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What a training begins with.
 *
 * @param network what is trained
 * @param input how images are fed to it
 * @param weights its first weights
 * @param origin where they are from, in words
 */
record Start(Network network, ModelInput input, Weights weights, String origin) {

  /**
   * Random weights.
   *
   * @param image the shape of the images that the network takes
   */
  static Start random(Network network, List<Integer> image, ModelInput input, long seed) {
    requireInput(image, input);
    return new Start(network, input, Weights.random(network, seed), "random");
  }

  static void requireInput(List<Integer> image, ModelInput input) {
    Arguments.require(
        image.equals(List.of(input.channels(), input.height(), input.width()))
            && input.layout() == Layout.NCHW,
        "input must be NCHW with shape %s, got %s",
        image,
        input);
  }

  Start from(Weights given) {
    given.requireFit(network);
    return new Start(network, input, given, digest(given));
  }

  Identity identity() {
    return new Identity()
        .add("network", network.name())
        .add("input shape", network.inputShape())
        .add("parameters", network.parameterCount())
        .add("trainable", network.trainableParameterCount())
        .add("weights", origin)
        .add("input", input);
  }

  /** The network and where its weights come from, for a trainer that prints itself. */
  String toBrief() {
    return network.name() + " from " + origin + " weights, " + input;
  }

  /** Refuses a training with nothing to learn from or to choose by. */
  static void requireExamples(String what, List<?> training, List<?> validation) {
    Arguments.require(
        !training.isEmpty() && !validation.isEmpty(),
        "training and validation must not be empty, got %s and %s %s",
        training.size(),
        validation.size(),
        what);
  }

  /** The SHA-256 of names and values. */
  private static String digest(Weights weights) {
    Sha256 digest = new Sha256();
    weights
        .tensors()
        .forEach(
            (name, tensor) ->
                digest.add(name.getBytes(StandardCharsets.UTF_8)).add(tensor.toArray()));
    return digest.digits();
  }
}
