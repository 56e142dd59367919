package io.github.brainimaging.models.network.internal;

import java.util.List;

/**
 * What a {@code Network} is inside: its nodes, for those packages of the library that give them a
 * meaning. Only {@link Node#all} reads them, so that a network's public methods need no type of
 * this package.
 *
 * <p>Immutable and safe to share between threads.
 */
public abstract class Graph {

  final List<Node> nodes;

  /**
   * Keeps the nodes.
   *
   * @param nodes in the order they run, not empty
   */
  protected Graph(List<Node> nodes) {
    this.nodes = List.copyOf(nodes);
  }
}
