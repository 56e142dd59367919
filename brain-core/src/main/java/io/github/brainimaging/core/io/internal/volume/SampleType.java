package io.github.brainimaging.core.io.internal.volume;

import io.github.brainimaging.core.image.VoxelType;
import java.nio.ByteOrder;

/**
 * How a file stores samples.
 *
 * @param type how a sample is stored; of {@code RGB24} one of the three
 * @param order byte order
 * @param slope what a stored number is multiplied with
 * @param intercept what is added then
 */
public record SampleType(VoxelType type, ByteOrder order, double slope, double intercept) {

  /**
   * Samples that are what is stored.
   *
   * @param type how a sample is stored
   * @param order byte order
   * @return the type without scaling
   */
  public static SampleType plain(VoxelType type, ByteOrder order) {
    return new SampleType(type, order, 1, 0);
  }

  /**
   * Whether stored numbers are not yet the samples.
   *
   * @return true if slope or intercept change something
   */
  public boolean isScaled() {
    return slope != 1 || intercept != 0;
  }

  /**
   * How much a sample takes.
   *
   * @return bytes
   */
  public int bytes() {
    return type.bytes() / type.channels();
  }

  /**
   * The largest value that the type can mean, as images tell it. Scanners write 12 bits of 16, so
   * that 65535 would say nothing of what is bright.
   *
   * @return 255; NaN for other types and scaled ones
   */
  public float nominalMaximum() {
    if (isScaled()) {
      return Float.NaN;
    }
    return switch (type) {
      case UINT8, RGB24 -> 255;
      default -> Float.NaN;
    };
  }
}
