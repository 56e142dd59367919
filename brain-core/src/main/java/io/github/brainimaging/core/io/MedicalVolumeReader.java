package io.github.brainimaging.core.io;

import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeSeries;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Reads a volume: a NIfTI-1 or NIfTI-2 file. The format is found from the content, never from the
 * name; how its numbers become samples and where its voxels lie is told at {@link NiftiFile}, which
 * also reads single slices.
 *
 * <p>Safe to use from several threads.
 */
public final class MedicalVolumeReader {

  private MedicalVolumeReader() {}

  /**
   * Whether {@link #read} should be tried. Reads a few hundred bytes.
   *
   * @param path a file
   * @return false for what is of another format
   * @throws IOException if the file cannot be opened
   */
  public static boolean recognizes(Path path) throws IOException {
    return NiftiFile.recognizes(path);
  }

  /**
   * Reads the one volume of a file.
   *
   * @param path a file
   * @return the volume
   * @throws ImageFormatException if the content is no volume, holds several (see {@link
   *     #readSeries}), is damaged, or too large for the heap
   * @throws java.nio.file.NoSuchFileException if there is no such file
   * @throws IOException if the file cannot be read
   */
  public static MedicalVolume read(Path path) throws IOException {
    NiftiFile file = NiftiFile.open(path);
    if (file.volumes() > 1) {
      throw new ImageFormatException(
          path
              + ": expected one volume, found "
              + file.volumes()
              + ": read them all by readSeries, or one by NiftiFile.volume");
    }
    return file.volume(0);
  }

  /**
   * Reads all volumes of a file.
   *
   * @param path a file
   * @return one volume or more
   * @throws ImageFormatException if the content is no volume, is damaged, or too large for the heap
   * @throws java.nio.file.NoSuchFileException if there is no such file
   * @throws IOException if the file cannot be read
   */
  public static VolumeSeries readSeries(Path path) throws IOException {
    return NiftiFile.open(path).series();
  }
}
