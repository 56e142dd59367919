package io.github.brainimaging.models.network;

import io.github.brainimaging.core.testing.OptionContract.Observation;
import io.github.brainimaging.core.testing.OptionContract.Option;
import io.github.brainimaging.models.network.format.OnnxExport;
import io.github.brainimaging.models.network.layer.Conv2d;
import io.github.brainimaging.models.network.layer.Layer;
import io.github.brainimaging.models.network.layer.Padding;
import io.github.brainimaging.models.network.layer.Pool2d;
import java.util.List;
import java.util.Map;

/** Options of layers: what a network of this one layer is when it is shipped. */
public final class LayerOptions {

  private LayerOptions() {}

  private static Network of(Layer layer) {
    return Network.input("one", 4, 8, 8).then("layer", layer).build();
  }

  /** All of them. */
  public static List<Option> all() {
    Observation<Layer> shipped =
        layer -> OnnxExport.toBytes(of(layer), Weights.random(of(layer), 1), Map.of());
    Conv2d conv = Conv2d.valid(4, 3);
    Pool2d pool = Pool2d.maximum(3);
    return List.of(
        Option.of("Conv2d.withStride", conv, conv.withStride(2), shipped::of),
        Option.of("Conv2d.withPadding", conv, conv.withPadding(Padding.of(1)), shipped::of),
        Option.of("Conv2d.withGroups", conv, conv.withGroups(2), shipped::of),
        Option.of("Conv2d.withoutBias", conv, conv.withoutBias(), shipped::of),
        Option.of("Pool2d.withStride", pool, pool.withStride(1), shipped::of),
        Option.of("Pool2d.withPadding", pool, pool.withPadding(Padding.of(1)), shipped::of));
  }
}
