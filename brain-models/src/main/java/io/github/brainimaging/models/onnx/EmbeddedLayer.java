package io.github.brainimaging.models.onnx;

import io.github.brainimaging.models.card.ModelException;
import io.github.brainimaging.models.card.ModelInput;
import io.github.brainimaging.models.network.format.OnnxBackbone;
import java.io.IOException;

/** A layer of a network that the library brings along, as features. */
final class EmbeddedLayer {

  private EmbeddedLayer() {}

  /**
   * Loads what of the network comes before the end of a layer.
   *
   * @return to be closed by the caller
   * @throws ModelException if it cannot be loaded
   */
  static FeatureExtractor open(ModelSource source, String layer, int threads) {
    OnnxBackbone cut = OnnxBackbone.cutAt(source.toBytes(), layer);
    try {
      ModelInput input = OnnxSummary.read(source).card().orElseThrow().input();
      return FeatureExtractor.open(
          ModelSource.ofBytes(cut.toBytes(), source + " cut at " + layer), input, threads);
    } catch (IOException e) {
      throw new ModelException("the embedded model cannot be read", e);
    }
  }
}
