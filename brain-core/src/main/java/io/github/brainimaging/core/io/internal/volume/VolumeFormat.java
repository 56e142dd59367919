package io.github.brainimaging.core.io.internal.volume;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * A format of volume files. A new one is a class that implements this, added to the list.
 *
 * <p>Implementations are stateless and safe to share between threads.
 */
public interface VolumeFormat {

  /** How many bytes {@link #parse} wants to see; a file may be shorter. */
  int MOST_HEADER_BYTES = 1 << 20;

  /**
   * All formats but NIfTI, which is looked for before Analyze, its forerunner.
   *
   * @return the formats
   */
  static List<VolumeFormat> all() {
    return List.of(new NrrdFormat(), new MetaImageFormat(), new MghFormat(), new AnalyzeFormat());
  }

  /**
   * The format of a file.
   *
   * @param start its start
   * @return empty if it is none of these
   */
  static Optional<VolumeFormat> of(FileStart start) {
    return all().stream().filter(format -> format.recognizes(start)).findFirst();
  }

  /**
   * The name of the format, for messages.
   *
   * @return such as NRRD
   */
  String name();

  /**
   * Whether a file starts like this format.
   *
   * @param start a thousand bytes of it or more
   * @return true if {@link #parse} should be tried
   */
  boolean recognizes(FileStart start);

  /**
   * Reads a header. A header that ends too early is an error, but for what {@link #isSlice} asks.
   *
   * @param start the first {@link #MOST_HEADER_BYTES} bytes, or the whole file if it is shorter
   * @return the header
   * @throws IOException if it is damaged or asks for what cannot be read; the message tells field,
   *     what was found and expected
   */
  VolumeHeader parse(FileStart start) throws IOException;

  /**
   * Whether a file that was recognized holds a single slice, as far as its start tells.
   *
   * @param start a thousand bytes of it or more
   * @return true too if the header is damaged, so that reading tells what is wrong with it
   */
  default boolean isSlice(FileStart start) {
    try {
      VolumeHeader header = parse(start);
      return header.grid().depth() == 1 && header.layout().volumes() == 1;
    } catch (IOException e) {
      return true;
    }
  }
}
