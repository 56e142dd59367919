package io.github.brainimaging.core.tensor;

import io.github.brainimaging.core.internal.Arguments;
import java.util.Arrays;

/**
 * A dense block of float32 values with a shape, the last axis contiguous. What goes into a network
 * and comes out of it.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @since 0.1.0
 */
public final class Tensor {

  private final float[] data;
  private final int[] shape;

  private Tensor(float[] data, int[] shape) {
    long size = 1;
    for (int n : shape) {
      Arguments.require(n >= 0, "shape must not be negative, got %s", Arrays.toString(shape));
      size *= n;
      Arguments.require(
          size <= Integer.MAX_VALUE,
          "shape must have at most 2^31 - 1 values, got %s",
          Arrays.toString(shape));
    }
    Arguments.require(
        size == data.length,
        "data must hold %d values for shape %s, got %d",
        size,
        Arrays.toString(shape),
        data.length);
    this.data = data;
    this.shape = shape;
  }

  /**
   * A tensor from its values.
   *
   * @param data the values, the last axis contiguous; copied
   * @param shape the length of each axis
   * @return the tensor
   * @throws IllegalArgumentException if the number of values is not the product of the shape
   */
  public static Tensor of(float[] data, int... shape) {
    return wrap(data.clone(), shape);
  }

  /**
   * Like {@link #of}, without the copy: the caller hands the array over and must not touch it
   * again.
   *
   * @param data the values, the last axis contiguous; kept, not copied
   * @param shape the length of each axis
   * @return the tensor
   * @throws IllegalArgumentException if the number of values is not the product of the shape
   */
  public static Tensor wrap(float[] data, int... shape) {
    return new Tensor(data, shape.clone());
  }

  /**
   * The length of each axis.
   *
   * @return a new array
   */
  public int[] shape() {
    return shape.clone();
  }

  /**
   * Number of values.
   *
   * @return the product of the shape
   */
  public int size() {
    return data.length;
  }

  /**
   * One value.
   *
   * @param index its position, the last axis contiguous
   * @return the value
   * @throws IndexOutOfBoundsException if there is no such value
   */
  public float get(int index) {
    return data[index];
  }

  /**
   * All values.
   *
   * @return a new array
   */
  public float[] toArray() {
    return data.clone();
  }

  /**
   * Copies the values into a buffer, which saves the allocation of {@link #toArray()}.
   *
   * @param target where to
   * @param offset index of the first value written
   * @throws IndexOutOfBoundsException if the target is too short
   */
  public void copyTo(float[] target, int offset) {
    System.arraycopy(data, 0, target, offset, data.length);
  }

  /** Equal shape and values, bit for bit. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Tensor that
        && Arrays.equals(shape, that.shape)
        && Arrays.equals(data, that.data);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(shape) + Arrays.hashCode(data);
  }

  /** The shape, never the values. */
  @Override
  public String toString() {
    return "Tensor" + Arrays.toString(shape);
  }
}
