package io.github.brainimaging.core.io;

import io.github.brainimaging.core.image.VolumeMask;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/** Writes what a mask says of the images on which it was found. */
abstract class DicomMaskWriter {

  /**
   * Writes what was found on a series or a file, whole or not at all. Folders are created as
   * needed; a file that is there is replaced.
   *
   * @param mask the mask, on the grid of the source; may be empty
   * @param source the images on which it was found, of one volume
   * @param file the file to write
   * @throws IllegalArgumentException if the mask lies on another grid, the source has several
   *     volumes, or the file is one of the source's own
   * @throws ImageFormatException if the source is damaged or has changed, its slices tell no place,
   *     spacing or thickness, it lacks its study, series, instance or frame of reference UID, or
   *     the format cannot hold the result
   * @throws IOException if the source cannot be read or writing fails
   */
  public void write(VolumeMask mask, DicomSource source, Path file) throws IOException {
    result(mask, source).write(file);
  }

  /**
   * Writes it to a stream, as the other method does to a file.
   *
   * @param mask the mask, on the grid of the source; may be empty
   * @param source the images on which it was found, of one volume
   * @param out where to; not closed
   * @throws IllegalArgumentException if the mask lies on another grid or the source has several
   *     volumes
   * @throws ImageFormatException as for a file
   * @throws IOException if the source cannot be read or writing fails
   */
  public void write(VolumeMask mask, DicomSource source, OutputStream out) throws IOException {
    result(mask, source).write(out);
  }

  abstract DicomResult result(VolumeMask mask, DicomSource source) throws ImageFormatException;
}
