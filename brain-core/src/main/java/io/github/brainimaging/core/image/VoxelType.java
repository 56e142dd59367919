package io.github.brainimaging.core.image;

/**
 * How a file stores one sample. In memory samples are always floats.
 *
 * @since 0.1.0
 */
public enum VoxelType {
  /** Whole numbers from 0 to 255. */
  UINT8(1),
  /** Whole numbers from -128 to 127. */
  INT8(1),
  /** Whole numbers from 0 to 65535. */
  UINT16(2),
  /** Whole numbers from -32768 to 32767. */
  INT16(2),
  /** Whole numbers from 0 to 2<sup>32</sup> - 1; above 2<sup>24</sup> a float rounds them. */
  UINT32(4),
  /** Whole numbers of 32 bits with sign; beyond 2<sup>24</sup> a float rounds them. */
  INT32(4),
  /** Whole numbers from 0 to 2<sup>64</sup> - 1; above 2<sup>24</sup> a float rounds them. */
  UINT64(8),
  /** Whole numbers of 64 bits with sign; beyond 2<sup>24</sup> a float rounds them. */
  INT64(8),
  /** Floating-point numbers of 32 bits. */
  FLOAT32(4),
  /** Floating-point numbers of 64 bits; a float rounds them. */
  FLOAT64(8),
  /** Red, green and blue, each from 0 to 255: three channels. */
  RGB24(3);

  private final int bytes;

  VoxelType(int bytes) {
    this.bytes = bytes;
  }

  /**
   * How much one voxel takes in the file.
   *
   * @return bytes, 1 to 8
   */
  public int bytes() {
    return bytes;
  }

  /**
   * How many samples a voxel has.
   *
   * @return 3 for {@link #RGB24}, else 1
   */
  public int channels() {
    return this == RGB24 ? 3 : 1;
  }
}
