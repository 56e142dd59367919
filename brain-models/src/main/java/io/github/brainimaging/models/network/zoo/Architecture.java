package io.github.brainimaging.models.network.zoo;

import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.models.network.Network;
import io.github.brainimaging.models.network.Tap;
import io.github.brainimaging.models.network.internal.Node;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A family of networks of one design: a backbone, the heads that fit it, and the input that it was
 * published with. {@link Architectures} lists them.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @since 0.1.0
 */
public final class Architecture {

  /** What fits on feature maps {@code [channels, height, width]}. */
  static final List<Head> HEADS_ON_MAPS =
      List.of(
          Head.POOLED,
          Head.IMAGENET,
          Head.P1,
          Head.P2,
          Head.P3,
          Head.P5_RESNET_PLAIN,
          Head.P5_RESNET_LIGHTWEIGHT,
          Head.P5_RESNET_FINE_TUNED,
          Head.P5_XCEPTION_PLAIN,
          Head.P5_XCEPTION_LIGHTWEIGHT,
          Head.P5_XCEPTION_FINE_TUNED);

  /** The same, with VGG-16's own top in the place of the pooled one. */
  static final List<Head> HEADS_OF_VGG =
      Stream.concat(HEADS_ON_MAPS.stream(), Stream.of(Head.VGG))
          .filter(head -> head != Head.IMAGENET)
          .toList();

  /** What fits on {@code [features]}. */
  static final List<Head> HEADS_ON_VECTORS = List.of(Head.LINEAR);

  private final String name;
  private final String description;
  private final int channels;
  private final int size;
  private final List<Head> heads;
  private final String lastStage;
  private final UnaryOperator<Tap> features;

  Architecture(
      String name,
      String description,
      int channels,
      int size,
      List<Head> heads,
      String lastStage,
      UnaryOperator<Tap> features) {
    this.name = name;
    this.description = description;
    this.channels = channels;
    this.size = size;
    this.heads = heads;
    this.lastStage = lastStage;
    this.features = features;
  }

  /**
   * What it is called.
   *
   * @return such as {@code resnet50}
   */
  public String name() {
    return name;
  }

  /**
   * What it is and which paper asks for it.
   *
   * @return one line
   */
  public String description() {
    return description;
  }

  /**
   * Channels of the input that it was published with.
   *
   * @return 1 or 3
   */
  public int channels() {
    return channels;
  }

  /**
   * Rows and columns of the input that it was published with.
   *
   * @return pixels
   */
  public int size() {
    return size;
  }

  /**
   * The heads that fit.
   *
   * @return an unmodifiable list; the first is the one to take where nothing is said
   */
  public List<Head> heads() {
    return heads;
  }

  /**
   * The network without head ("without top").
   *
   * @param inputChannels channels of the input, positive
   * @param inputSize its rows and columns
   * @return a network that gives features, in which nothing is frozen
   * @throws IllegalArgumentException if the input is too small
   */
  public Network backbone(int inputChannels, int inputSize) {
    return features.apply(input(name, inputChannels, inputSize)).build();
  }

  /**
   * Puts the convolutions ("without top") on an input, such as a part of another network.
   *
   * @param input {@code [channels, height, width]}
   * @return the features
   * @throws IllegalArgumentException if the input is too small
   */
  public Tap features(Tap input) {
    return features.apply(input);
  }

  /**
   * The network with a head, frozen as the head's paper has it. Use {@link Network#unfrozen} to
   * train it as a whole.
   *
   * @param head one of {@link #heads()}
   * @param inputChannels channels of the input, positive
   * @param inputSize its rows and columns
   * @param classes number of classes, at least 2
   * @return a network that gives one probability per class
   * @throws IllegalArgumentException if the head does not fit or the input is too small
   */
  public Network describe(Head head, int inputChannels, int inputSize, int classes) {
    requireHead(head);
    String fullName = head == heads.get(0) ? name : name + "-" + head;
    Tap backbone = features.apply(input(fullName, inputChannels, inputSize));
    int backboneSize = Node.all(backbone.build()).size();
    Network network = head.on(backbone, classes).build();
    return switch (head.frozen()) {
      case NOTHING -> network;
      case EARLY_STAGES -> network.frozenBefore(lastStage);
      case BACKBONE -> network.frozenBefore(Node.all(network).get(backboneSize).name());
    };
  }

  /**
   * The first part of the network with a head on it, all before the head frozen: later layers may
   * fit what the network was trained for better than other images.
   *
   * @param layer the last layer before the head, such as {@code block4_pool}; all later layers must
   *     go through it
   * @param head one of {@link #heads()}
   * @param inputChannels channels of the input, positive
   * @param inputSize its rows and columns
   * @param classes number of classes, at least 2
   * @return a network that gives one probability per class
   * @throws IllegalArgumentException if there is no such layer or others reach past it, the head
   *     does not fit or the input is too small
   */
  public Network describeUpTo(
      String layer, Head head, int inputChannels, int inputSize, int classes) {
    requireHead(head);
    Network part = backbone(inputChannels, inputSize).upTo(layer);
    Network network = head.on(part.output(name + "-" + head), classes).build();
    return network.frozenBefore(Node.all(network).get(Node.all(part).size()).name());
  }

  private void requireHead(Head head) {
    Arguments.require(
        heads.contains(head), "head of %s must be one of %s, got %s", name, heads, head);
  }

  private static Tap input(String networkName, int inputChannels, int inputSize) {
    return Network.input(networkName, inputChannels, inputSize, inputSize);
  }

  /** Name and description. */
  @Override
  public String toString() {
    return name + ": " + description;
  }
}
