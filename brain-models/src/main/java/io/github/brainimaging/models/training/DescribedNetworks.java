package io.github.brainimaging.models.training;

import io.github.brainimaging.core.tensor.Tensor;
import io.github.brainimaging.models.card.Activation;
import io.github.brainimaging.models.card.ModelCard;
import io.github.brainimaging.models.network.Network;
import io.github.brainimaging.models.network.Weights;
import io.github.brainimaging.models.network.internal.Node;
import io.github.brainimaging.models.network.layer.Sigmoid;
import io.github.brainimaging.models.network.zoo.Architecture;
import io.github.brainimaging.models.network.zoo.Architectures;
import io.github.brainimaging.models.network.zoo.Head;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds the architecture and the head that weights belong to. */
final class DescribedNetworks {

  /**
   * Heads may share names, such as {@code dense.weight}, but not shapes, or only the last layer.
   */
  private static final Comparator<Candidate> BETTER =
      Comparator.comparing(Candidate::shapes)
          .thenComparing(candidate -> candidate.network().weights().size())
          .thenComparing(Candidate::activation);

  private DescribedNetworks() {}

  /**
   * The network that takes most of the weights, in their shapes if there is such a one, and gives
   * what the card says.
   *
   * @return for the card's input, or for the architecture's where that is too small; empty where no
   *     network has names that are all among those of the weights
   */
  static Optional<Network> find(Weights weights, ModelCard card) {
    Set<String> names = weights.tensors().keySet();
    List<Candidate> candidates = new ArrayList<>();
    for (Architecture architecture : Architectures.all()) {
      for (Head head : architecture.heads()) {
        Network network = describe(architecture, head, card);
        if (names.containsAll(network.weights().keySet())) {
          candidates.add(Candidate.of(network, weights, card.activation()));
        }
      }
    }
    return candidates.isEmpty()
        ? Optional.empty()
        : Optional.of(Collections.max(candidates, BETTER).network());
  }

  private static Network describe(Architecture architecture, Head head, ModelCard card) {
    int channels = card.input().channels();
    int classes = card.labels().size();
    Network network;
    try {
      network = architecture.describe(head, channels, card.input().height(), classes);
    } catch (IllegalArgumentException e) { // too small for it
      network = architecture.describe(head, channels, architecture.size(), classes);
    }
    return ofScores(card.activation()) ? network.logits() : network;
  }

  private static boolean ofScores(Activation activation) {
    return activation == Activation.LOGITS || activation == Activation.SIGMOID_LOGITS;
  }

  /**
   * A network that may be the one.
   *
   * @param shapes whether all weights have its shapes
   * @param activation whether its last layer is the card's
   */
  private record Candidate(Network network, boolean shapes, boolean activation) {

    static Candidate of(Network network, Weights weights, Activation activation) {
      boolean shapes =
          network.weights().entrySet().stream()
              .allMatch(own -> own.getValue().shape().equals(shape(weights.get(own.getKey()))));
      List<Node> nodes = Node.all(network);
      boolean sigmoid = nodes.get(nodes.size() - 1).layer() instanceof Sigmoid;
      return new Candidate(network, shapes, sigmoid == (activation == Activation.SIGMOID));
    }

    private static List<Integer> shape(Tensor weight) {
      return Arrays.stream(weight.shape()).boxed().toList();
    }
  }
}
