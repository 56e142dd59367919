package io.github.brainimaging.core.pipeline;

import java.io.IOException;

/**
 * An input of a batch that is no plain file, such as one series of a folder of many or what lies in
 * an archive: a name, and how to read it when it is its turn.
 *
 * @param <T> {@link io.github.brainimaging.core.image.MedicalImage} or {@link
 *     io.github.brainimaging.core.image.MedicalVolume}
 * @since 0.1.0
 */
public interface NamedInput<T> {

  /**
   * What the analysis calls it.
   *
   * @return the name
   */
  String name();

  /**
   * Reads it.
   *
   * @return a new image or volume
   * @throws IOException if it cannot be read
   */
  T read() throws IOException;
}
