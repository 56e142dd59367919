package io.github.brainimaging.models.onnx;

import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.models.card.ModelException;
import java.util.OptionalInt;

/**
 * What a network runs on: the processor, one NVIDIA GPU, or the better of them that is there.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @since 0.1.0
 */
public final class Device {

  private static final Device AUTO = new Device("auto", -1);
  private static final Device CPU = new Device("CPU", -1);

  private final String name;
  private final int index;

  private Device(String name, int index) {
    this.name = name;
    this.index = index;
  }

  /**
   * GPU 0 if it can be used, otherwise the CPU; a log line then says why. A GPU can be used if ONNX
   * Runtime's GPU artifact ({@code onnxruntime_gpu} in the place of {@code onnxruntime}) is on the
   * class path and the NVIDIA driver and the CUDA libraries are installed.
   *
   * @return the device
   */
  public static Device auto() {
    return AUTO;
  }

  /**
   * The CPU.
   *
   * @return the device
   */
  public static Device cpu() {
    return CPU;
  }

  /**
   * One NVIDIA GPU. Where it cannot be used, loading a model throws a {@link ModelException} that
   * says what is missing.
   *
   * @param index the driver's number for the GPU, 0 for the first
   * @return the device
   * @throws IllegalArgumentException if the index is negative
   */
  public static Device gpu(int index) {
    Arguments.require(index >= 0, "index must not be negative, got %s", index);
    return new Device("GPU " + index, index);
  }

  /**
   * The number of the GPU.
   *
   * @return empty unless this is a GPU
   */
  public OptionalInt gpuIndex() {
    return index < 0 ? OptionalInt.empty() : OptionalInt.of(index);
  }

  /** Equal kind and number. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Device that && name.equals(that.name);
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }

  /** {@code auto}, {@code CPU} or, say, {@code GPU 0}. */
  @Override
  public String toString() {
    return name;
  }
}
