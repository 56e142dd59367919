package io.github.brainimaging.core.io.internal.volume;

/**
 * Where in a file the voxels begin, and how they are packed.
 *
 * @param encoding how they are packed
 * @param start place of the first byte of what is packed; {@link #AT_END} if the voxels are the
 *     last of the file, which is for raw ones only
 * @param lines how many lines of text to pass over there
 * @param skip how many bytes to pass over then, of what was unpacked
 */
public record VoxelPlace(Encoding encoding, long start, int lines, long skip) {

  /** A start that is told by the end of the file. */
  public static final long AT_END = -1;

  /** How voxels are packed. */
  public enum Encoding {
    /** As they are. */
    RAW,
    /** By gzip. */
    GZIP,
    /** By zlib, or by gzip where the bytes begin like it. */
    ZLIB,
    /** As numbers in ASCII, with white space or commas between them. */
    TEXT
  }

  /**
   * The same place in a file that was compressed as a whole, as those of a pair may be.
   *
   * @return as it is unless the voxels were raw
   */
  public VoxelPlace packed() {
    return encoding == Encoding.RAW && start >= 0
        ? new VoxelPlace(Encoding.GZIP, 0, lines, start + skip)
        : this;
  }

  /**
   * A place without lines to pass over.
   *
   * @param encoding how the voxels are packed
   * @param start place of the first byte of what is packed
   * @param skip how many bytes to pass over, of what was unpacked
   */
  public VoxelPlace(Encoding encoding, long start, long skip) {
    this(encoding, start, 0, skip);
  }
}
