package io.github.brainimaging.models.network;

import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.models.network.internal.Graph;
import io.github.brainimaging.models.network.internal.Node;
import io.github.brainimaging.models.network.layer.Dropout;
import io.github.brainimaging.models.network.layer.Layer;
import io.github.brainimaging.models.network.layer.Sigmoid;
import io.github.brainimaging.models.network.layer.Softmax;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A network as a description: layers in the order they run, without weights. From it come the
 * trainable block ({@code training}), the ONNX graph ({@code format}) and the summary; the weights
 * live in {@link Weights}.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @since 0.1.0
 */
public final class Network extends Graph {

  private final String name;
  private final List<Integer> inputShape;
  private final List<Node> nodes;

  Network(String name, List<Integer> inputShape, List<Node> nodes) {
    super(nodes);
    this.name = name;
    this.inputShape = inputShape;
    this.nodes = Node.all(this);
  }

  /**
   * Starts a description.
   *
   * @param name what the architecture is called
   * @param channels input channels, positive
   * @param height input rows, positive
   * @param width input columns, positive
   * @return the input, to put the first layer on
   */
  public static Tap input(String name, int channels, int height, int width) {
    return input(name, List.of(channels, height, width));
  }

  /**
   * Starts a description whose input may be something other than an image.
   *
   * @param name what the architecture is called
   * @param inputShape {@code [channels, height, width]} or {@code [features]}, all positive; or
   *     {@code [slices, channels, height, width]} for a sequence, which then may have any number of
   *     slices when the network runs
   * @return the input, to put the first layer on
   */
  public static Tap input(String name, List<Integer> inputShape) {
    Arguments.require(
        (inputShape.size() == 4 || inputShape.size() == 3 || inputShape.size() == 1)
            && inputShape.stream().allMatch(n -> n > 0),
        "inputShape must be [slices, channels, height, width], [channels, height, width] or"
            + " [features], positive, got %s",
        inputShape);
    return Tap.input(name, List.copyOf(inputShape));
  }

  /**
   * What the architecture is called.
   *
   * @return the name
   */
  public String name() {
    return name;
  }

  /**
   * The shape of one example.
   *
   * @return {@code [channels, height, width]}, {@code [features]}, or {@code [slices, channels,
   *     height, width]}
   */
  public List<Integer> inputShape() {
    return inputShape;
  }

  /**
   * The shape of the output for one example.
   *
   * @return the last layer's shape
   */
  public List<Integer> outputShape() {
    return nodes.get(nodes.size() - 1).outputShape();
  }

  /**
   * All weights by full name, in the order of the layers.
   *
   * @return an unmodifiable map
   */
  public Map<String, Layer.Weight> weights() {
    Map<String, Layer.Weight> all = new LinkedHashMap<>();
    nodes.forEach(node -> all.putAll(node.weights()));
    return Collections.unmodifiableMap(all);
  }

  /**
   * Number of values in all weights, statistics included, as Keras counts.
   *
   * @return 0 or more
   */
  public long parameterCount() {
    return weights().values().stream().mapToLong(Layer.Weight::size).sum();
  }

  /**
   * Number of values that training changes: neither statistics nor frozen layers.
   *
   * @return 0 or more
   */
  public long trainableParameterCount() {
    return weights().values().stream()
        .filter(Layer.Weight::trainable)
        .mapToLong(Layer.Weight::size)
        .sum();
  }

  /**
   * The same network with its first layers frozen, as in transfer learning, and all others not.
   *
   * @param nodeName the first layer that is trained
   * @return a new network
   * @throws IllegalArgumentException if there is no such layer
   */
  public Network frozenBefore(String nodeName) {
    int first = indexOf(nodeName);
    List<Node> changed = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      changed.add(nodes.get(i).withFrozen(i < first));
    }
    return new Network(name, inputShape, changed);
  }

  /**
   * The same network with nothing frozen, to be trained as a whole.
   *
   * @return a new network
   */
  public Network unfrozen() {
    return frozenBefore(nodes.get(0).name());
  }

  private int indexOf(String nodeName) {
    for (int i = 0; i < nodes.size(); i++) {
      if (nodes.get(i).name().equals(nodeName)) {
        return i;
      }
    }
    throw new IllegalArgumentException("nodeName must be a layer of " + name + ", got " + nodeName);
  }

  /**
   * The last layer whose output never changes in training and that all later layers go through:
   * where features can be computed once and kept. Before it there is nothing to train and no
   * dropout; a pooling on frozen layers is taken along, since its output is smaller.
   *
   * @return the name, or nothing if training changes the network from its first weights on
   */
  public Optional<String> featureNode() {
    Optional<String> found = Optional.empty();
    boolean frozen = false;
    for (int i = 0; i < nodes.size() - 1; i++) {
      Node node = nodes.get(i);
      if (node.layer() instanceof Dropout
          || node.weights().values().stream().anyMatch(Layer.Weight::trainable)) {
        break;
      }
      frozen |= node.frozen();
      found = frozen && isPassedByAll(i) ? Optional.of(node.name()) : found;
    }
    return found;
  }

  private boolean isPassedByAll(int index) {
    return nodes.subList(index + 1, nodes.size()).stream()
        .flatMap(node -> node.inputs().stream())
        .allMatch(input -> input >= index);
  }

  /**
   * The first part of the network, which gives features.
   *
   * @param nodeName its last layer, which all later layers go through
   * @return a network with the same names
   * @throws IllegalArgumentException if there is no such layer, or others reach past it
   */
  public Network upTo(String nodeName) {
    return new Network(name, inputShape, nodes.subList(0, cut(nodeName) + 1));
  }

  /**
   * The output, to put further layers on, in a copy of this network.
   *
   * @param newName what the copy is called
   * @return the output of a network with the same layers
   */
  public Tap output(String newName) {
    return Tap.output(newName, this);
  }

  /**
   * The rest of the network, which takes features.
   *
   * @param nodeName the layer whose output it takes
   * @return a network with the same names; its weights and those of {@link #upTo} are the whole's
   * @throws IllegalArgumentException if there is no such layer, others reach past it or it is last
   */
  public Network after(String nodeName) {
    int cut = cut(nodeName);
    Arguments.require(
        cut < nodes.size() - 1, "nodeName must not be the last layer, got %s", nodeName);
    List<Node> rest =
        nodes.subList(cut + 1, nodes.size()).stream().map(n -> n.shifted(cut + 1)).toList();
    return new Network(name, nodes.get(cut).outputShape(), rest);
  }

  private int cut(String nodeName) {
    int index = indexOf(nodeName);
    Arguments.require(
        isPassedByAll(index),
        "nodeName must be a layer that all later ones go through, got %s",
        nodeName);
    return index;
  }

  /**
   * The network without a last softmax or sigmoid: what the loss is computed on.
   *
   * @return this network if its last layer is another
   */
  public Network logits() {
    Layer last = nodes.get(nodes.size() - 1).layer();
    return last instanceof Softmax || last instanceof Sigmoid
        ? new Network(name, inputShape, nodes.subList(0, nodes.size() - 1))
        : this;
  }

  /**
   * A table in the form of Keras: layer, output shape, parameters, and the totals.
   *
   * @return the table; its {@code toString} prints it
   */
  public Summary summary() {
    return Summary.of(this);
  }

  /** Name, input shape, number of parameters, and of the trainable ones if some are frozen. */
  @Override
  public String toString() {
    long trainable = trainableParameterCount();
    boolean frozen = nodes.stream().anyMatch(Node::frozen);
    return String.format(
        Locale.ROOT,
        "%s%s, %,d parameters%s",
        name,
        inputShape,
        parameterCount(),
        frozen ? String.format(Locale.ROOT, ", %,d of them trainable", trainable) : "");
  }

  /**
   * The layers of a network with their shapes and parameters, as Keras' {@code model.summary()}
   * prints them. Shapes are without the batch, channels first.
   *
   * @param name what the network is called
   * @param inputShape {@code [channels, height, width]} or {@code [features]}
   * @param rows one per layer, in the order they run
   */
  public record Summary(String name, List<Integer> inputShape, List<Row> rows) {

    /**
     * One layer.
     *
     * @param name its name
     * @param kind its type
     * @param outputShape shape of its output
     * @param parameters number of values in its weights, statistics included
     * @param trainable how many of them training changes
     * @param frozen whether the layer is frozen
     */
    public record Row(
        String name,
        String kind,
        List<Integer> outputShape,
        long parameters,
        long trainable,
        boolean frozen) {

      static Row of(Node node) {
        List<Layer.Weight> weights = List.copyOf(node.weights().values());
        return new Row(
            node.name(),
            node.layer().type(),
            node.outputShape(),
            weights.stream().mapToLong(Layer.Weight::size).sum(),
            weights.stream().filter(Layer.Weight::trainable).mapToLong(Layer.Weight::size).sum(),
            node.frozen());
      }
    }

    static Summary of(Network network) {
      return new Summary(
          network.name(), network.inputShape(), Node.all(network).stream().map(Row::of).toList());
    }

    /**
     * Number of values in all weights, statistics included.
     *
     * @return 0 or more
     */
    public long parameters() {
      return rows.stream().mapToLong(Row::parameters).sum();
    }

    /**
     * Number of values that training changes.
     *
     * @return 0 or more
     */
    public long trainable() {
      return rows.stream().mapToLong(Row::trainable).sum();
    }

    /**
     * Number of values that training leaves as they are: those of frozen layers, and the statistics
     * of batch normalization, which are gathered; Keras' "non-trainable".
     *
     * @return 0 or more
     */
    public long nonTrainable() {
      return parameters() - trainable();
    }

    /** The table, one line per layer, and the totals. */
    @Override
    public String toString() {
      StringBuilder table = new StringBuilder();
      table.append(String.format(Locale.ROOT, "%s, input %s%n", name, inputShape));
      table.append(
          String.format(
              Locale.ROOT, "%-32s %-18s %-18s %12s%n", "layer", "type", "output", "parameters"));
      for (Row row : rows) {
        table.append(
            String.format(
                Locale.ROOT,
                "%-32s %-18s %-18s %,12d%s%n",
                row.name(),
                row.kind(),
                row.outputShape(),
                row.parameters(),
                row.frozen() && row.parameters() > 0 ? "  frozen" : ""));
      }
      table.append(
          String.format(
              Locale.ROOT,
              "total %,d, trainable %,d, not trainable %,d%n",
              parameters(),
              trainable(),
              nonTrainable()));
      return table.toString();
    }
  }
}
