package io.github.brainimaging.core.pipeline;

import java.nio.file.Path;

/** Is told how far a batch has come. */
@FunctionalInterface
public interface BatchProgress {

  /**
   * Called after each file, whether it was analyzed or failed. If the stream is consumed in
   * parallel, called from several threads at once. What it throws ends the batch.
   *
   * @param done number of files done, this one included
   * @param total number of files
   * @param file the file just done
   */
  void advanced(int done, int total, Path file);
}
