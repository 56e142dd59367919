package io.github.brainimaging.core.io;

import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.core.io.internal.dicom.result.ParametricMap;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/**
 * Writes how probable it is of each voxel to belong to a region as a DICOM parametric map (SOP
 * class 1.2.840.10008.5.1.4.1.1.30).
 *
 * <ul>
 *   <li>32-bit floating point numbers, the very samples that are given; a frame for each slice, at
 *       the place of that slice, so that tilted and uneven stacks are right as well.
 *   <li>A real world value mapping says that a value is a probability (122157, DCM), without units,
 *       of what {@link DicomSegWriter} calls the type of the segment.
 *   <li>The content is qualified as RESEARCH. Its modality is that of the source; patient, UIDs and
 *       dates follow the rules of {@link DicomSegWriter}; the series number is 5000 and that of the
 *       source.
 * </ul>
 *
 * <p>The file has 4 bytes a voxel and is made in memory, with four times as many bytes.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @since 0.1.0
 */
public final class DicomMapWriter {

  private final DicomSegWriter region;

  private DicomMapWriter(DicomSegWriter region) {
    this.region = region;
  }

  /**
   * Writes the probabilities of a region.
   *
   * @param region the writer of its segmentation: what the region is, and what found it
   * @return the writer
   */
  public static DicomMapWriter of(DicomSegWriter region) {
    return new DicomMapWriter(region);
  }

  /**
   * Writes a map, whole or not at all. Folders are created as needed; a file that is there is
   * replaced.
   *
   * @param probabilities one channel of 0 to 1, on the grid of the source
   * @param source the images that it speaks of, of one volume
   * @param file the file to write
   * @throws IllegalArgumentException if the map lies on another grid, has several channels or
   *     values beyond 0 to 1, the source has several volumes, or the file is one of the source's
   *     own
   * @throws ImageFormatException if the source is damaged or has changed, its slices tell no place,
   *     spacing or thickness, or it lacks its study, series, instance or frame of reference UID
   * @throws IOException if the source cannot be read or writing fails
   */
  public void write(MedicalVolume probabilities, DicomSource source, Path file) throws IOException {
    result(probabilities, source).write(file);
  }

  /**
   * Writes a map to a stream, as {@link #write(MedicalVolume, DicomSource, Path)} does to a file.
   *
   * @param probabilities one channel of 0 to 1, on the grid of the source
   * @param source the images that it speaks of, of one volume
   * @param out where to; not closed
   * @throws IllegalArgumentException if the map lies on another grid, has several channels or
   *     values beyond 0 to 1, or the source has several volumes
   * @throws ImageFormatException as for a file
   * @throws IOException if the source cannot be read or writing fails
   */
  public void write(MedicalVolume probabilities, DicomSource source, OutputStream out)
      throws IOException {
    result(probabilities, source).write(out);
  }

  private DicomResult result(MedicalVolume probabilities, DicomSource source)
      throws ImageFormatException {
    Arguments.require(
        probabilities.channels() == 1,
        "probabilities must have 1 channel, got %s",
        probabilities.channels());
    for (float value : probabilities.samples()) {
      Arguments.require(value >= 0 && value <= 1, "probabilities must be 0 to 1, got %s", value);
    }
    return DicomResult.of(
        source,
        "probabilities",
        probabilities.grid(),
        origin -> ParametricMap.of(origin, probabilities, region.segment()));
  }

  /** What is written about the region. */
  @Override
  public String toString() {
    return "DicomMapWriter[" + region + "]";
  }
}
