package io.github.brainimaging.core.io;

import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.ScanFacts;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.image.VolumeSeries;
import io.github.brainimaging.core.io.internal.dicom.stack.DicomStack;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A series of DICOM files as a volume: the slices are sorted by their place along their normal, the
 * distance between them comes from their places. A multi-frame file of several stacks gives one
 * series for each. Found by {@link DicomFolder#scan}; the pixels are read when a volume is asked
 * for.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @since 0.1.0
 */
public final class DicomSeries implements DicomSource {

  private final Path folder;
  private final List<Path> files;

  private final DicomFile.Summary summary;
  private final DicomStack stack;
  private final boolean capture;
  private final boolean map;
  private final String study;

  DicomSeries(
      Path folder,
      List<Path> files,
      DicomFile.Summary summary,
      DicomStack stack,
      boolean capture,
      boolean map,
      String study) {
    this.folder = folder;
    this.files = List.copyOf(files);
    this.summary = summary;
    this.stack = stack;
    this.capture = capture;
    this.map = map;
    this.study = study;
  }

  /**
   * The technical facts of the first file.
   *
   * @return the summary
   */
  public DicomFile.Summary summary() {
    return summary;
  }

  /**
   * The files, by name; those of duplicates too.
   *
   * @return one or more
   */
  public List<Path> files() {
    return files;
  }

  /**
   * Whether it is a picture of a screen or a page, such as a dose report, and not of a patient.
   *
   * @return true if its class or image type says so
   */
  public boolean isCapture() {
    return capture;
  }

  /**
   * Whether it is a map of values that were computed from images, such as probabilities, which
   * {@link DicomMapWriter} writes: no series that was scanned.
   *
   * @return true if its class says so
   */
  public boolean isParametricMap() {
    return map;
  }

  /**
   * Whether another series is of the same study.
   *
   * @param other a series
   * @return true if both tell the same study instance UID, or neither tells one
   */
  public boolean isOfStudyOf(DicomSeries other) {
    return study.equals(other.study);
  }

  @Override
  public VolumeGrid grid() {
    return stack.grid();
  }

  /**
   * Number of volumes at the same places: time points, b-values or echoes.
   *
   * @return positive
   */
  public int times() {
    return stack.times();
  }

  /**
   * The usual distance between slices along their normal.
   *
   * @return mm, NaN if it is not known
   */
  public double sliceSpacingMm() {
    return stack.sliceSpacing();
  }

  /**
   * Frames that were left out because another one lies at the same place.
   *
   * @return 0 or more
   */
  public int duplicates() {
    return stack.duplicates();
  }

  /**
   * Slices that are missing between others.
   *
   * @return 0 or more
   */
  public int missingSlices() {
    return stack.missing();
  }

  /**
   * The angle between the normal of the slices and the way from one to the next: the tilt of a CT
   * gantry.
   *
   * @return degrees, 0 to 90; below 0.1 it is rounding
   */
  public double tiltDegrees() {
    return stack.tiltDegrees();
  }

  /**
   * What the first file says of the scan.
   *
   * @return the facts
   */
  public ScanFacts facts() {
    return stack.facts();
  }

  /**
   * What a user should know: duplicates, gaps, uneven distances, tilt, several time points.
   *
   * @return sentences without patient data; empty if all is plain
   */
  public List<String> findings() {
    return stack.findings();
  }

  /**
   * Reads all volumes, slice by slice as they were scanned, with their {@link
   * MedicalVolume#warnings() warnings}: those of a tilted stack are sheared against each other, and
   * the affine tells so. Where the distances between the slices differ (see {@link #findings}), no
   * affine can be right everywhere: this one is at the first and the last slice; {@link
   * #readRegular} gives a volume whose affine is right.
   *
   * @return as many as {@link #times()}
   * @throws ImageFormatException if a file is damaged or not supported, or all together are too
   *     large for the heap
   * @throws IOException if a file cannot be read
   */
  public VolumeSeries readAll() throws IOException {
    return DicomAccess.named(
        folder.toString(),
        () -> stack.read(file -> DicomAccess.read(Source.of(files.get(file)), true)));
  }

  /**
   * Reads the one volume, as {@link #readAll} does.
   *
   * @return the volume
   * @throws ImageFormatException if there are several volumes, or a file is damaged or not
   *     supported
   * @throws IOException if a file cannot be read
   */
  public MedicalVolume read() throws IOException {
    if (times() > 1) {
      throw new ImageFormatException(
          folder
              + ": expected one volume, found "
              + times()
              + ": read them all, or one (brain: --volume)");
    }
    return readAll().volumes().get(0);
  }

  /**
   * Reads the one volume and resamples it where tilt or differing distances ask for it, with linear
   * interpolation: slices at the usual distance, moved within their planes so that the axes are at
   * right angles. The volume grows by as many rows and columns as the slices move; what no slice
   * covers gets the least value of the volume. A warning tells so.
   *
   * @return the volume; that of {@link #read} if it is regular
   * @throws ImageFormatException as {@link #read} does, or if the result is too large for the heap
   * @throws IOException if a file cannot be read
   */
  public MedicalVolume readRegular() throws IOException {
    MedicalVolume volume = read();
    return DicomAccess.named(folder.toString(), () -> RegularGrid.apply(volume, stack));
  }

  DicomStack stack() {
    return stack;
  }

  Path folder() {
    return folder;
  }

  /** Modality, size of a volume, number of files, and the findings. */
  @Override
  public String toString() {
    return String.format(
        "DicomSeries[%s %d x %d x %d, %d files, %s]",
        summary.modality().isEmpty() ? "unknown modality" : summary.modality(),
        grid().width(),
        grid().height(),
        grid().depth(),
        files.size(),
        findings());
  }
}
