package io.github.brainimaging.core.io.internal.volume;

import io.github.brainimaging.core.io.internal.Bytes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/** The first bytes of a file, decompressed if it is a gzip file. */
public final class FileStart {

  /** How much of what a gzip file holds is decompressed: the largest header, that of NIfTI-2. */
  private static final int DECOMPRESSED_LENGTH = 540;

  /** More than the largest header takes when it is compressed, with the name gzip may store. */
  public static final int COMPRESSED_LENGTH = 4096;

  private final byte[] bytes;
  private final boolean compressed;

  private FileStart(byte[] bytes, boolean compressed) {
    this.bytes = bytes;
    this.compressed = compressed;
  }

  /**
   * Takes the start of a file that is in memory.
   *
   * @param file the file, or its first {@link #COMPRESSED_LENGTH} bytes
   * @return its start
   */
  public static FileStart of(byte[] file) {
    if (!Bytes.match(file, 0, 0x1F, 0x8B, 8)) {
      return new FileStart(file, false);
    }
    byte[] bytes = new byte[DECOMPRESSED_LENGTH];
    int length = 0;
    boolean more = true;
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(file))) {
      while (more) {
        int step = in.read(bytes, length, bytes.length - length);
        length += Math.max(0, step);
        more = step > 0;
      }
    } catch (IOException e) {
      // Cut off or damaged: parsing tells how many bytes of the header there are.
      more = false;
    }
    return new FileStart(Arrays.copyOf(bytes, length), true);
  }

  /**
   * The bytes.
   *
   * @return at least the first 540, fewer if the file is shorter; not copied
   */
  public byte[] bytes() {
    return bytes;
  }

  /**
   * Whether the file is compressed by gzip.
   *
   * @return true if {@link #bytes()} came out of a gzip stream
   */
  public boolean isCompressed() {
    return compressed;
  }
}
