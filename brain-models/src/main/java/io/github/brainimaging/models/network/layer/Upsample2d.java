package io.github.brainimaging.models.network.layer;

import io.github.brainimaging.core.internal.Arguments;
import java.util.List;
import java.util.Objects;

/**
 * Enlarges rows and columns by a whole factor. Bilinear: pixel centers are aligned as in {@code
 * torch.nn.functional.interpolate} with {@code align_corners=False}, which is ONNX Resize with
 * {@code half_pixel}; beyond the border the outermost value goes on. Nearest: every value becomes a
 * square of equal values.
 *
 * @param factor how many times larger, 2 or more
 * @param kind bilinear or nearest
 * @since 0.1.0
 */
public record Upsample2d(int factor, Kind kind) implements Layer {

  /** How values between the old ones are made. */
  public enum Kind {
    /** A weighted mean of the four around. */
    BILINEAR,
    /** The one that lies nearest. */
    NEAREST
  }

  /**
   * Checks the values.
   *
   * @param factor how many times larger, 2 or more
   * @param kind bilinear or nearest
   */
  public Upsample2d {
    Arguments.require(factor >= 2, "factor must be 2 or more, got %s", factor);
    Objects.requireNonNull(kind, "kind");
  }

  /**
   * Bilinear.
   *
   * @param factor how many times larger, 2 or more
   * @return the layer
   */
  public static Upsample2d bilinear(int factor) {
    return new Upsample2d(factor, Kind.BILINEAR);
  }

  /**
   * Nearest neighbor.
   *
   * @param factor how many times larger, 2 or more
   * @return the layer
   */
  public static Upsample2d nearest(int factor) {
    return new Upsample2d(factor, Kind.NEAREST);
  }

  @Override
  public List<Integer> outputShape(List<List<Integer>> inputs) {
    List<Integer> in = Shapes.image("Upsample2d", inputs);
    return List.of(
        in.get(0), Math.multiplyExact(in.get(1), factor), Math.multiplyExact(in.get(2), factor));
  }
}
