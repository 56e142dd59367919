package io.github.brainimaging.models.network.format;

import io.jhdf.api.Dataset;

/**
 * One tensor of a Keras file.
 *
 * @param layer the layer it belongs to: its name, or its class with a number
 * @param nesting how many models the layer lies within
 * @param name what the file calls it, without layer: {@code kernel}, or a number
 * @param position its place among the tensors of the layer
 * @param dataset shape and values
 */
record KerasVariable(String layer, int nesting, String name, int position, Dataset dataset) {

  String path() {
    return dataset.getPath();
  }
}
