package io.github.brainimaging.core.io;

import io.github.brainimaging.core.image.VolumeGrid;

/**
 * DICOM images of which results are written as DICOM: a series of files, or one file. Patient,
 * study and frame of reference of the result are theirs.
 *
 * @since 0.1.0
 */
public sealed interface DicomSource permits DicomSeries, DicomFile {

  /**
   * Size and place of the volume, known from the headers: no pixel is decoded. The affine of a
   * tilted stack is sheared.
   *
   * @return the grid; of unknown place if the files do not tell it
   * @throws ImageFormatException if a file holds several stacks, which are no one volume
   */
  VolumeGrid grid() throws ImageFormatException;
}
