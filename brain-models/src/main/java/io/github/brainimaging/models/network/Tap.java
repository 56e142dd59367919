package io.github.brainimaging.models.network;

import io.github.brainimaging.models.network.layer.Add;
import io.github.brainimaging.models.network.layer.Concat;
import io.github.brainimaging.models.network.layer.Layer;
import java.util.ArrayList;
import java.util.List;

/** The output of a layer, or the network's input, while a network is being described. */
public final class Tap {

  private final Network.Builder builder;
  private final int index;

  Tap(Network.Builder builder, int index) {
    this.builder = builder;
    this.index = index;
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
    return builder.append(layerName, layer, List.of(index));
  }

  /**
   * Puts a layer without weights on this output, under a name made for it.
   *
   * @param layer the layer
   * @return its output
   * @throws IllegalArgumentException if the layer cannot take this shape
   */
  public Tap then(Layer layer) {
    return then(builder.freeName(layer), layer);
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
    return builder.append(layerName, layer, List.of(index, second.index));
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
    return then(builder.numberedName(base), layer);
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
    return builder.append(builder.freeName(add), add, List.of(index, other.index));
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
    return builder.append(layerName, new Concat(), List.copyOf(indices));
  }

  /**
   * The shape of this output.
   *
   * @return without the batch
   */
  public List<Integer> shape() {
    return builder.shape(index);
  }

  /**
   * Ends the description: this is the network's output. Layers that the output does not need must
   * not have been put in after it.
   *
   * @return the network
   * @throws IllegalArgumentException if this is not the last layer
   */
  public Network build() {
    return builder.endingAt(index);
  }
}
