package io.github.brainimaging.core.io;

/**
 * DICOM images of which results are written as DICOM: a series of files, or one file. Patient,
 * study and frame of reference of the result are theirs.
 */
public sealed interface DicomSource permits DicomSeries, DicomFile {}
