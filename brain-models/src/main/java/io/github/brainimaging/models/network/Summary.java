package io.github.brainimaging.models.network;

import io.github.brainimaging.models.network.layer.Layer;
import io.github.brainimaging.models.network.layer.Node;
import java.util.List;
import java.util.Locale;

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
        network.name(), network.inputShape(), network.nodes().stream().map(Row::of).toList());
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
