package io.github.brainimaging.core.io;

import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeSeries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads a volume: a NIfTI-1 or NIfTI-2 file, a DICOM file, or a folder with one DICOM series. The
 * format is found from the content, never from the name; how its numbers become samples and where
 * its voxels lie is told at {@link NiftiFile}, {@link DicomFile} and {@link DicomSeries}, which
 * also read single slices and tell what was found.
 *
 * <p>Safe to use from several threads.
 */
public final class MedicalVolumeReader {

  private MedicalVolumeReader() {}

  /**
   * Whether {@link #read} should be tried. Reads a few hundred bytes of a file, all headers in a
   * folder.
   *
   * @param path a file or folder
   * @return false for what is of another format
   * @throws IOException if the file cannot be opened
   */
  public static boolean recognizes(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      return !DicomFolder.scan(path).series().isEmpty();
    }
    return NiftiFile.recognizes(path) || DicomFile.recognizes(path);
  }

  /**
   * Reads the one volume of a file or folder.
   *
   * @param path a file, or a folder with one DICOM series
   * @return the volume
   * @throws ImageFormatException if the content is no volume, holds several (see {@link
   *     #readSeries}), is damaged, or too large for the heap
   * @throws java.nio.file.NoSuchFileException if there is no such file
   * @throws IOException if the file cannot be read
   */
  public static MedicalVolume read(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      return onlySeries(path).read();
    }
    if (DicomFile.recognizes(path)) {
      return DicomFile.open(path).volume();
    }
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
   * Reads all volumes of a file or folder.
   *
   * @param path a file, or a folder with one DICOM series
   * @return one volume or more
   * @throws ImageFormatException if the content is no volume, is damaged, or too large for the heap
   * @throws java.nio.file.NoSuchFileException if there is no such file
   * @throws IOException if the file cannot be read
   */
  public static VolumeSeries readSeries(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      return onlySeries(path).readAll();
    }
    return DicomFile.recognizes(path)
        ? DicomFile.open(path).series()
        : NiftiFile.open(path).series();
  }

  private static DicomSeries onlySeries(Path folder) throws IOException {
    List<DicomSeries> series = DicomFolder.scan(folder).series();
    if (series.size() == 1) {
      return series.get(0);
    }
    throw new ImageFormatException(
        folder
            + ": expected one DICOM series, found "
            + series.size()
            + (series.isEmpty() ? "" : ": choose one by DicomFolder.scan"));
  }
}
