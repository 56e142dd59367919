package io.github.brainimaging.models.network;

import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.models.network.internal.Node;
import io.github.brainimaging.models.network.layer.Add;
import io.github.brainimaging.models.network.layer.Concat;
import io.github.brainimaging.models.network.layer.Layer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The output of a layer, or the network's input, while a network is being described: the next layer
 * is put on it with {@link #then}.
 *
 * <p>Not safe to share between threads.
 *
 * @since 0.1.0
 */
public final class Tap {

  /** What has been put in so far; shared by all taps of a network. */
  private record Draft(String name, List<Integer> inputShape, List<Node> nodes, Set<String> names) {

    private List<Integer> shape(int index) {
      return index < 0 ? inputShape : nodes.get(index).outputShape();
    }

    private Tap append(String nodeName, Layer layer, List<Integer> inputs) {
      Arguments.require(
          names.add(nodeName), "name must be unique in the network, got %s twice", nodeName);
      List<List<Integer>> shapes = inputs.stream().map(this::shape).toList();
      nodes.add(new Node(nodeName, layer, inputs, shapes, layer.outputShape(shapes), false));
      return new Tap(this, nodes.size() - 1);
    }

    private String numberedName(String base) {
      String free = base;
      for (int i = 1; names.contains(free); i++) {
        free = base + "_" + i;
      }
      return free;
    }

    private String freeName(Layer layer) {
      return layer.type().toLowerCase(Locale.ROOT) + nodes.size();
    }
  }

  private final Draft draft;
  private final int index;

  private Tap(Draft draft, int index) {
    this.draft = draft;
    this.index = index;
  }

  /** The input of a network that has no layers yet. */
  static Tap input(String networkName, List<Integer> inputShape) {
    return new Tap(new Draft(networkName, inputShape, new ArrayList<>(), new HashSet<>()), -1);
  }

  /** The output of a network, of which a copy is made. */
  static Tap output(String name, Network network) {
    Set<String> names = new HashSet<>();
    Node.all(network).forEach(node -> names.add(node.name()));
    List<Node> nodes = new ArrayList<>(Node.all(network));
    return new Tap(new Draft(name, network.inputShape(), nodes, names), nodes.size() - 1);
  }

  /**
   * Puts a layer on this output.
   *
   * @param layerName its name, unique in the network
   * @param layer the layer
   * @return its output
   * @throws IllegalArgumentException if the name is taken or the layer cannot take this shape
   */
  public Tap then(String layerName, Layer layer) {
    return draft.append(layerName, layer, List.of(index));
  }

  /**
   * Puts a layer without weights on this output, under a name made for it.
   *
   * @param layer the layer
   * @return its output
   * @throws IllegalArgumentException if the layer cannot take this shape
   */
  public Tap then(Layer layer) {
    return then(draft.freeName(layer), layer);
  }

  /**
   * Puts a layer on this output and another one.
   *
   * @param layerName its name, unique in the network
   * @param layer the layer
   * @param second its second input, an output of the same network
   * @return its output
   * @throws IllegalArgumentException if the name is taken or the layer cannot take these shapes
   */
  public Tap then(String layerName, Layer layer, Tap second) {
    return draft.append(layerName, layer, List.of(index, second.index));
  }

  /**
   * Puts a layer on this output, named as Keras names layers: base, base_1, base_2, …
   *
   * @param base what the name begins with
   * @param layer the layer
   * @return its output
   * @throws IllegalArgumentException if the layer cannot take this shape
   */
  public Tap thenNumbered(String base, Layer layer) {
    return then(draft.numberedName(base), layer);
  }

  /**
   * Adds another output to this one.
   *
   * @param other an output of the same network and shape
   * @return the sum
   * @throws IllegalArgumentException if the shapes differ
   */
  public Tap plus(Tap other) {
    Layer add = new Add();
    return draft.append(draft.freeName(add), add, List.of(index, other.index));
  }

  /**
   * Puts other outputs behind this one along the first axis.
   *
   * @param layerName the name of the concatenation, unique in the network
   * @param others outputs of the same network, of equal shape but for the first axis
   * @return all of them
   * @throws IllegalArgumentException if the name is taken or the shapes do not fit
   */
  public Tap concat(String layerName, Tap... others) {
    List<Integer> indices = new ArrayList<>(List.of(index));
    for (Tap other : others) {
      indices.add(other.index);
    }
    return draft.append(layerName, new Concat(), List.copyOf(indices));
  }

  /**
   * The shape of this output.
   *
   * @return without the batch
   */
  public List<Integer> shape() {
    return draft.shape(index);
  }

  /**
   * Ends the description: this is the network's output. Layers that the output does not need must
   * not have been put in after it.
   *
   * @return the network
   * @throws IllegalArgumentException if this is not the last layer
   */
  public Network build() {
    Arguments.require(
        index >= 0 && index == draft.nodes().size() - 1,
        "output must be the last layer put in, got layer %s of %s",
        index + 1,
        draft.nodes().size());
    return new Network(draft.name(), draft.inputShape(), draft.nodes());
  }
}
