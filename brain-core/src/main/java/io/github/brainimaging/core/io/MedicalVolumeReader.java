package io.github.brainimaging.core.io;

import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.image.VolumeSeries;
import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.core.io.internal.dicom.DicomContent;
import io.github.brainimaging.core.io.internal.dicom.stack.DicomStack;
import io.github.brainimaging.core.io.internal.nifti.NiftiDecoder;
import io.github.brainimaging.core.io.internal.volume.FileStart;
import io.github.brainimaging.core.io.internal.volume.VolumeFormat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a volume: a NIfTI, NRRD, MetaImage, MGH or Analyze 7.5 file, a DICOM file, or a folder with
 * one DICOM series. The format is found from the content, never from the name; how its numbers
 * become samples and where its voxels lie is told at {@link NiftiFile}, {@link DicomFile} and
 * {@link DicomSeries}, which also read single slices and tell more of what was found.
 *
 * <p>NRRD and MetaImage files may name another file with their voxels: one in the folder of the
 * header or below, none elsewhere. Samples side by side at a voxel are its colors, or one of each
 * volume. What the headers leave open (NRRD's unnamed spaces, left and right of Analyze) is told in
 * the {@link MedicalVolume#warnings() warnings}.
 *
 * <p>A DICOM series whose gantry was tilted, in which slices are missing or lie at differing
 * distances is read as it was scanned, and {@link MedicalVolume#warnings()} tells so; {@link
 * #withRegularGrid} resamples it.
 *
 * <p>Files are not trusted: a size in a header is checked against {@link #withMaximumVoxels} and
 * the heap before memory is taken for it.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @since 0.1.0
 */
public final class MedicalVolumeReader {

  private final long maximumVoxels;
  private final boolean regular;

  private MedicalVolumeReader(long maximumVoxels, boolean regular) {
    this.maximumVoxels = maximumVoxels;
    this.regular = regular;
  }

  /** Volumes whose headers were read. */
  private record Found(
      String name,
      VolumeGrid grid,
      int volumes,
      @Nullable DicomStack stack,
      Voxels voxels,
      One one) {

    Found(String name, VolumeGrid grid, int volumes, @Nullable DicomStack stack, Voxels voxels) {
      this(name, grid, volumes, stack, voxels, index -> voxels.read().volumes().get(index));
    }
  }

  /** Reads one of what was found. */
  @FunctionalInterface
  private interface One {
    MedicalVolume read(int index) throws IOException;
  }

  /** Reads what was found. */
  @FunctionalInterface
  private interface Voxels {
    VolumeSeries read() throws IOException;
  }

  /**
   * A reader of volumes of any size that the heap can hold, which leaves slices where they were
   * scanned.
   *
   * @return the reader
   */
  public static MedicalVolumeReader withDefaults() {
    return new MedicalVolumeReader(Long.MAX_VALUE, false);
  }

  /**
   * The same reader with another limit.
   *
   * @param newMaximumVoxels largest width x height x depth x number of volumes that is read,
   *     positive; by default only the heap sets a limit
   * @return the new reader
   * @throws IllegalArgumentException if the limit is not positive
   */
  public MedicalVolumeReader withMaximumVoxels(long newMaximumVoxels) {
    Arguments.require(
        newMaximumVoxels > 0, "maximumVoxels must be positive, got %s", newMaximumVoxels);
    return new MedicalVolumeReader(newMaximumVoxels, regular);
  }

  /**
   * The same reader, which resamples DICOM slices where tilt or differing distances ask for it, as
   * {@link DicomSeries#readRegular} does: the axes of every volume are at right angles then. A
   * warning tells what was resampled.
   *
   * @return the new reader
   */
  public MedicalVolumeReader withRegularGrid() {
    return new MedicalVolumeReader(maximumVoxels, true);
  }

  /**
   * Whether {@link #read(Path)} should be tried. Reads a few hundred bytes of a file, all headers
   * in a folder.
   *
   * @param path a file or folder
   * @return false for what is of another format
   * @throws IOException if the file cannot be opened
   */
  public static boolean recognizes(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      return !DicomFolder.scan(path).series().isEmpty();
    }
    return format(path).isPresent();
  }

  /**
   * Reads the one volume of a file or folder.
   *
   * @param path a file, or a folder with one DICOM series
   * @return the volume
   * @throws ImageFormatException if the content is no volume, holds several (see {@link
   *     #readSeries(Path)}), is damaged or beyond a limit
   * @throws java.nio.file.NoSuchFileException if there is no such file
   * @throws IOException if the file cannot be read
   */
  public MedicalVolume read(Path path) throws IOException {
    return one(find(path));
  }

  /**
   * Reads one volume of several.
   *
   * @param path a file, or a folder with one DICOM series
   * @param index which, from 0
   * @return the volume
   * @throws ImageFormatException if there is no such volume, or as {@link #read(Path)} does
   * @throws java.nio.file.NoSuchFileException if there is no such file
   * @throws IOException if the file cannot be read
   */
  public MedicalVolume read(Path path, int index) throws IOException {
    Found found = find(path);
    if (index < 0 || index >= found.volumes) {
      throw new ImageFormatException(
          found.name + ": expected a volume from 0 to " + (found.volumes - 1) + ", got " + index);
    }
    requireWithin(found, 1);
    return regular(found, found.one.read(index));
  }

  /**
   * The format of a volume file. Reads a few thousand bytes.
   *
   * @param file the file
   * @return such as NRRD; empty for folders and what is no volume file
   * @throws IOException if the file cannot be opened
   */
  public static Optional<String> format(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    if (NiftiFile.recognizes(file)) {
      return Optional.of("NIfTI");
    }
    return DicomFile.recognizes(file) ? Optional.of("DICOM") : VolumeFile.format(Source.of(file));
  }

  /**
   * Reads a stream to its end: the one volume of a file that holds its voxels.
   *
   * @param stream the content of a file; not closed
   * @param name what to call it in messages
   * @return the volume
   * @throws ImageFormatException as {@link #read(Path)} does, or if there are more than 512 MiB
   * @throws IOException if the stream cannot be read
   */
  public MedicalVolume read(InputStream stream, String name) throws IOException {
    return one(find(stream, name));
  }

  /**
   * Reads what is in memory: the one volume of a file that holds its voxels.
   *
   * @param content the content of a file; not changed
   * @param name what to call it in messages
   * @return the volume
   * @throws ImageFormatException as {@link #read(Path)} does
   */
  public MedicalVolume read(byte[] content, String name) throws ImageFormatException {
    return inMemory(name, () -> one(find(Source.of(content, name))));
  }

  /**
   * Reads all volumes of a file or folder.
   *
   * @param path a file, or a folder with one DICOM series
   * @return one volume or more
   * @throws ImageFormatException if the content is no volume, is damaged or beyond a limit
   * @throws java.nio.file.NoSuchFileException if there is no such file
   * @throws IOException if the file cannot be read
   */
  public VolumeSeries readSeries(Path path) throws IOException {
    return all(find(path));
  }

  /**
   * Reads a stream to its end: all volumes of a file that holds its voxels.
   *
   * @param stream the content of a file; not closed
   * @param name what to call it in messages
   * @return one volume or more
   * @throws ImageFormatException as {@link #readSeries(Path)} does, or if there are more than 512
   *     MiB
   * @throws IOException if the stream cannot be read
   */
  public VolumeSeries readSeries(InputStream stream, String name) throws IOException {
    return all(find(stream, name));
  }

  /**
   * Reads what is in memory: all volumes of a file that holds its voxels.
   *
   * @param content the content of a file; not changed
   * @param name what to call it in messages
   * @return one volume or more
   * @throws ImageFormatException as {@link #readSeries(Path)} does
   */
  public VolumeSeries readSeries(byte[] content, String name) throws ImageFormatException {
    return inMemory(name, () -> all(find(Source.of(content, name))));
  }

  /** The options. */
  @Override
  public String toString() {
    return "MedicalVolumeReader[maximumVoxels=" + maximumVoxels + ", regularGrid=" + regular + "]";
  }

  private static Found find(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      return find(Source.of(path));
    }
    List<DicomSeries> all = DicomFolder.scan(path).series();
    if (all.size() != 1) {
      throw new ImageFormatException(
          path
              + ": expected one DICOM series, found "
              + all.size()
              + (all.isEmpty() ? "" : ": choose one (brain: --series)"));
    }
    DicomSeries series = all.get(0);
    return new Found(
        path.toString(), series.grid(), series.times(), series.stack(), series::readAll);
  }

  private static Found find(InputStream stream, String name) throws IOException {
    byte[] start = stream.readNBytes(FileStart.COMPRESSED_LENGTH);
    if (!DicomContent.recognizes(start)
        && !NiftiDecoder.isNifti(start)
        && VolumeFormat.of(FileStart.of(start)).isEmpty()) {
      return find(Source.of(start, name)); // Says what was expected, with the rest unread.
    }
    return find(Source.of(start, stream, name));
  }

  private static Found find(Source source) throws IOException {
    if (DicomAccess.recognizes(source)) {
      DicomFile file = DicomFile.open(source);
      DicomStack stack = file.stack();
      return new Found(source.name(), stack.grid(), stack.times(), stack, file::readAll);
    }
    if (NiftiFile.recognizes(source)) {
      NiftiFile file = NiftiFile.open(source);
      return new Found(
          source.name(), file.grid(), file.volumes(), null, file::readAll, file::volume);
    }
    VolumeFile file = VolumeFile.open(source);
    return new Found(source.name(), file.grid(), file.volumes(), null, file::readAll);
  }

  private MedicalVolume one(Found found) throws IOException {
    if (found.volumes > 1) {
      throw new ImageFormatException(
          found.name
              + ": expected one volume, found "
              + found.volumes
              + ": choose one by its number, 0 to "
              + (found.volumes - 1)
              + " (brain: --volume)");
    }
    return all(found).volumes().get(0);
  }

  private void requireWithin(Found found, int volumes) throws IOException {
    double voxels = (double) found.grid.voxels() * volumes;
    if (voxels > maximumVoxels) {
      throw new ImageFormatException(
          String.format(
              "%s: found %d volumes of %d x %d x %d voxels, the limit is %d voxels",
              found.name,
              volumes,
              found.grid.width(),
              found.grid.height(),
              found.grid.depth(),
              maximumVoxels));
    }
  }

  private VolumeSeries all(Found found) throws IOException {
    requireWithin(found, found.volumes);
    VolumeSeries series = found.voxels.read();
    List<MedicalVolume> volumes = new ArrayList<>();
    for (MedicalVolume volume : series.volumes()) {
      volumes.add(regular(found, volume));
    }
    return new VolumeSeries(volumes, series.intervalSeconds());
  }

  private MedicalVolume regular(Found found, MedicalVolume volume) throws IOException {
    DicomStack stack = found.stack;
    return regular && stack != null
        ? DicomAccess.named(found.name, () -> RegularGrid.apply(volume, stack))
        : volume;
  }

  /** Of what is in memory, nothing fails but its format. */
  private static <T> T inMemory(String name, DicomAccess.Action<T> action)
      throws ImageFormatException {
    try {
      return action.run();
    } catch (ImageFormatException e) {
      throw e;
    } catch (IOException e) {
      throw new ImageFormatException(name + ": " + e.getMessage(), e);
    }
  }
}
