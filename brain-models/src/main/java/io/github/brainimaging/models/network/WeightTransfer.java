package io.github.brainimaging.models.network;

import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Weights of one network taken over into another, by name: those of a backbone into the same
 * backbone with another head. What has the same name and shape is taken; all else starts fresh.
 *
 * @param weights weights that fit the network
 * @param taken names of those that were taken
 * @param fresh names of those that start anew
 * @param unused names of those that the network has no place for, or only one of another shape
 * @since 0.1.0
 */
public record WeightTransfer(
    Weights weights, List<String> taken, List<String> fresh, List<String> unused) {

  /**
   * Takes what fits.
   *
   * @param network where the weights go
   * @param source weights of another network: a checkpoint, a Keras file, a backbone and a head put
   *     together
   * @param seed of the fresh ones, as in {@link Weights#random}
   * @return the weights and what became of each
   * @throws IllegalArgumentException if not one of the weights fits
   */
  public static WeightTransfer of(Network network, Weights source, long seed) {
    Map<String, Tensor> tensors = new LinkedHashMap<>(Weights.random(network, seed).tensors());
    List<String> taken = new ArrayList<>();
    List<String> fresh = new ArrayList<>();
    tensors.replaceAll(
        (name, initial) -> {
          Tensor found = source.tensors().get(name);
          boolean fits = found != null && Arrays.equals(found.shape(), initial.shape());
          (fits ? taken : fresh).add(name);
          return fits ? found : initial;
        });
    Arguments.require(
        !taken.isEmpty(),
        "source must have weights of %s, got only others such as %s",
        network.name(),
        source.tensors().keySet().stream().limit(3).toList());
    List<String> unused = new ArrayList<>(source.tensors().keySet());
    unused.removeAll(taken);
    return new WeightTransfer(
        Weights.of(tensors), List.copyOf(taken), List.copyOf(fresh), List.copyOf(unused));
  }

  /** How many were taken, and the names of the others. */
  @Override
  public String toString() {
    return taken.size() + " weights taken, fresh " + fresh + ", unused " + unused;
  }
}
