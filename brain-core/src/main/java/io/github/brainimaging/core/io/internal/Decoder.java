package io.github.brainimaging.core.io.internal;

import io.github.brainimaging.core.image.MedicalImage;
import java.io.IOException;

/**
 * One file format. A new format is one class that implements this, added to the list in {@code
 * MedicalImageReader}.
 *
 * <p>Implementations are stateless and safe to share between threads.
 */
public interface Decoder {

  /** How many bytes {@link #recognizes} wants to see; a file may be shorter. */
  int PROBE_LENGTH = 1024;

  /**
   * The name of the format, for messages.
   *
   * @return such as PNG
   */
  String format();

  /**
   * Whether a file starts like this format.
   *
   * @param start the first {@link #PROBE_LENGTH} bytes, or the whole file if it is shorter
   * @return true if {@link #decode} should be tried
   */
  boolean recognizes(byte[] start);

  /**
   * Decodes a file that was recognized. The size that the header claims is checked before memory is
   * taken for it.
   *
   * @param file the whole file, not changed
   * @param maximumPixels largest width x height
   * @return the image
   * @throws IOException if the file is damaged, beyond a limit or of an unsupported kind; the
   *     message tells what was found and expected, the caller adds the name of the file. Damaged
   *     files may cause any {@link RuntimeException} too
   */
  MedicalImage decode(byte[] file, long maximumPixels) throws IOException;
}
