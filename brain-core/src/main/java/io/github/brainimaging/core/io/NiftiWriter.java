package io.github.brainimaging.core.io;

import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.image.VolumeLabels;
import io.github.brainimaging.core.image.VolumeMask;
import io.github.brainimaging.core.image.VolumeSeries;
import io.github.brainimaging.core.image.VoxelType;
import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.core.io.internal.nifti.HeaderWriter;
import io.github.brainimaging.core.io.internal.nifti.LabelTable;
import io.github.brainimaging.core.io.internal.nifti.NiftiHeader;
import io.github.brainimaging.core.io.internal.nifti.SampleEncoder;
import io.github.brainimaging.core.work.AtomicFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes volumes and masks as NIfTI, or as NRRD. The name of the file decides how: {@code .nii},
 * {@code .nii.gz}, a pair if it ends with {@code .hdr} or {@code .img}; or {@code .nrrd}, which is
 * compressed, and which 3D Slicer takes for a segmentation if a mask is written to {@code
 * .seg.nrrd}.
 *
 * <p>Samples are written as they are, without slope, in little endian byte order; {@link
 * MedicalVolumeReader} gives the same samples back. In NIfTI the affine is written as sform and,
 * where its axes are at right angles, as qform, both with code 2 (aligned); an unknown affine is
 * written as unknown, codes 0. Spacing and interval are in millimeters and seconds; an unknown
 * spacing is written as 0. NIfTI-1 keeps the affine in single precision. Modality is not written.
 * The same volume always gives the same bytes on the same JDK.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @since 0.1.0
 */
public final class NiftiWriter {

  private static final int LARGEST_SIZE_1 = Short.MAX_VALUE;

  private final @Nullable VoxelType type;
  private final int version;

  private NiftiWriter(@Nullable VoxelType type, int version) {
    this.type = type;
    this.version = version;
  }

  /**
   * Writes NIfTI-1, or NIfTI-2 if a dimension is above 32767; and as the first type of {@code
   * UINT8}, {@code INT16}, {@code UINT16} and {@code FLOAT32} that holds all samples as they are,
   * or {@code RGB24} for three channels.
   *
   * @return the writer
   */
  public static NiftiWriter withDefaults() {
    return new NiftiWriter(null, 1);
  }

  /**
   * The same with a fixed type.
   *
   * @param newType how samples are stored; by default chosen by their values
   * @return the new writer
   */
  public NiftiWriter withType(VoxelType newType) {
    return new NiftiWriter(newType, version);
  }

  /**
   * The same with another version of the format.
   *
   * @param newVersion 1 or 2; 1 by default
   * @return the new writer
   * @throws IllegalArgumentException if it is neither
   */
  public NiftiWriter withVersion(int newVersion) {
    Arguments.require(
        newVersion == 1 || newVersion == 2, "version must be 1 or 2, got %s", newVersion);
    return new NiftiWriter(type, newVersion);
  }

  /**
   * Writes a volume to a file, whole or not at all (of a pair, each file is). Folders are created
   * as needed; a file that is there is replaced.
   *
   * @param volume one channel, or three of whole numbers from 0 to 255; of three from 0 to 65535
   *     the upper 8 bits are written
   * @param file the file to write, whose name ends as told above
   * @throws IllegalArgumentException if the name ends otherwise, or the type does not hold the
   *     channels or a sample
   * @throws IOException if writing fails
   */
  public void write(MedicalVolume volume, Path file) throws IOException {
    write(new VolumeSeries(List.of(volume), Double.NaN), file);
  }

  /**
   * Writes a mask, 1 inside and 0 outside, as {@link #write(MedicalVolume, Path)} does a volume.
   *
   * @param mask the mask
   * @param file the file to write
   * @throws IllegalArgumentException if the name does not end as it must
   * @throws IOException if writing fails
   */
  public void write(VolumeMask mask, Path file) throws IOException {
    write(VolumeLabels.of(Map.of("region", mask)), List.of(), file);
  }

  /**
   * Writes regions as a label map ({@link VolumeLabels#toVolume}), with their names: as segments in
   * {@code .seg.nrrd}, else in NIfTI as the label table of Connectome Workbench (an extension of
   * code 30) and the intent "label"; a plain {@code .nrrd} has no names. All else is as {@link
   * #write(MedicalVolume, Path)} does it.
   *
   * @param labels the regions
   * @param file the file to write
   * @throws IllegalArgumentException if the name does not end as it must
   * @throws IOException if writing fails
   */
  public void write(VolumeLabels labels, Path file) throws IOException {
    write(labels, labels.names(), file);
  }

  private void write(VolumeLabels labels, List<String> table, Path file) throws IOException {
    VolumeSeries series = new VolumeSeries(List.of(labels.toVolume()), Double.NaN);
    if (lowerName(file).endsWith(".seg.nrrd")) {
      String segments = NrrdWriter.segments(labels.grid(), labels.names());
      NrrdWriter.write(series, stored(series), segments, file);
    } else {
      write(series, table, file);
    }
  }

  /**
   * Writes a volume to a stream as an uncompressed {@code .nii}; for a {@code .nii.gz} hand over a
   * {@link GZIPOutputStream}.
   *
   * @param volume one channel, or three of whole numbers from 0 to 255; of three from 0 to 65535
   *     the upper 8 bits are written
   * @param out where to; not closed
   * @throws IllegalArgumentException if the type does not hold the channels or a sample
   * @throws IOException if writing fails
   */
  public void write(MedicalVolume volume, OutputStream out) throws IOException {
    write(new VolumeSeries(List.of(volume), Double.NaN), out);
  }

  /**
   * Writes a mask, 1 inside and 0 outside, as {@link #write(MedicalVolume, OutputStream)} does a
   * volume.
   *
   * @param mask the mask
   * @param out where to; not closed
   * @throws IOException if writing fails
   */
  public void write(VolumeMask mask, OutputStream out) throws IOException {
    write(mask.toVolume(), out);
  }

  /**
   * Writes regions as a label map with the table of their names, as {@link #write(VolumeLabels,
   * Path)} does in NIfTI, to a stream as {@link #write(MedicalVolume, OutputStream)} does a volume.
   *
   * @param labels the regions
   * @param out where to; not closed
   * @throws IOException if writing fails
   */
  public void write(VolumeLabels labels, OutputStream out) throws IOException {
    write(new VolumeSeries(List.of(labels.toVolume()), Double.NaN), labels.names(), out);
  }

  /**
   * Writes several volumes as one 4-D file, as {@link #write(MedicalVolume, OutputStream)} does a
   * volume.
   *
   * @param series the volumes
   * @param out where to; not closed
   * @throws IllegalArgumentException if the type does not hold the channels or a sample
   * @throws IOException if writing fails
   */
  public void write(VolumeSeries series, OutputStream out) throws IOException {
    write(series, List.of(), out);
  }

  private void write(VolumeSeries source, List<String> labels, OutputStream out)
      throws IOException {
    VolumeSeries series = fitted(source);
    NiftiHeader header = header(series, false);
    write(series, begin(header, labels), header.type(), out);
    out.flush();
  }

  /** What comes before the voxels. */
  private static byte[] begin(NiftiHeader header, List<String> labels) {
    byte[] start = HeaderWriter.bytes(header);
    return labels.isEmpty() ? start : LabelTable.behind(start, header, labels);
  }

  /**
   * Writes several volumes as one 4-D file, as {@link #write(MedicalVolume, Path)} does a volume.
   *
   * @param source the volumes
   * @param file the file to write
   * @throws IllegalArgumentException if the name does not end as it must, or the type does not hold
   *     the channels or a sample
   * @throws IOException if writing fails
   */
  public void write(VolumeSeries source, Path file) throws IOException {
    write(source, List.of(), file);
  }

  private void write(VolumeSeries source, List<String> labels, Path file) throws IOException {
    VolumeSeries series = fitted(source);
    String name = file.getFileName().toString();
    String lower = lowerName(file);
    if (lower.endsWith(".nrrd")) {
      NrrdWriter.write(series, stored(series), "", file);
      return;
    }
    boolean pair = lower.endsWith(".hdr") || lower.endsWith(".img");
    Arguments.require(
        pair || lower.endsWith(".nii") || lower.endsWith(".nii.gz"),
        "file must end with .nii, .nii.gz, .hdr, .img or .nrrd, got %s",
        name);
    NiftiHeader header = header(series, pair);
    VoxelType stored = header.type();
    byte[] begin = begin(header, labels);
    if (pair) {
      String stem = name.substring(0, name.length() - 3);
      AtomicFiles.write(file.resolveSibling(stem + "img"), out -> writeVoxels(series, stored, out));
      AtomicFiles.write(file.resolveSibling(stem + "hdr"), out -> out.write(begin));
    } else if (lower.endsWith(".gz")) {
      AtomicFiles.write(
          file,
          out -> {
            GZIPOutputStream gzip = new GZIPOutputStream(out, 1 << 16);
            write(series, begin, stored, gzip);
            gzip.finish();
          });
    } else {
      AtomicFiles.write(file, out -> write(series, begin, stored, out));
    }
  }

  /** The options. */
  @Override
  public String toString() {
    return "NiftiWriter[type=" + (type == null ? "by value" : type) + ", version=" + version + "]";
  }

  private static void write(VolumeSeries series, byte[] start, VoxelType type, OutputStream out)
      throws IOException {
    out.write(start);
    writeVoxels(series, type, out);
  }

  private static void writeVoxels(VolumeSeries series, VoxelType type, OutputStream out)
      throws IOException {
    for (MedicalVolume volume : series.volumes()) {
      SampleEncoder.write(type, volume, out);
    }
  }

  /** Colors of 16 bits, as palettes have them, become those of 8 bits that the format knows. */
  private VolumeSeries fitted(VolumeSeries series) {
    MedicalVolume first = series.volumes().get(0);
    boolean colored = type == null && first.channels() == VoxelType.RGB24.channels();
    if (!colored
        || series.volumes().stream()
            .allMatch(v -> SampleEncoder.unfit(VoxelType.RGB24, v).isEmpty())
        || series.volumes().stream()
            .anyMatch(v -> SampleEncoder.unfit(VoxelType.UINT16, v).isPresent())) {
      return series;
    }
    List<MedicalVolume> volumes = new ArrayList<>();
    for (MedicalVolume volume : series.volumes()) {
      int size = volume.width() * volume.height();
      float[] slice = new float[3 * size];
      float[] samples = new float[3 * volume.grid().voxels()];
      for (int z = 0; z < volume.depth(); z++) {
        volume.copySliceTo(z, slice, 0);
        for (int i = 0; i < slice.length; i++) {
          int at = (i / size * volume.depth() + z) * size + i % size;
          samples[at] = (int) slice[i] >> 8;
        }
      }
      volumes.add(MedicalVolume.wrap(volume.grid(), 3, samples));
    }
    return new VolumeSeries(volumes, series.intervalSeconds());
  }

  private NiftiHeader header(VolumeSeries series, boolean pair) {
    VolumeGrid grid = series.volumes().get(0).grid();
    int volumes = series.volumes().size();
    int largest = Math.max(Math.max(grid.width(), grid.height()), Math.max(grid.depth(), volumes));
    return new NiftiHeader(
        largest > LARGEST_SIZE_1 ? 2 : version,
        ByteOrder.LITTLE_ENDIAN,
        pair,
        grid,
        volumes,
        series.intervalSeconds(),
        stored(series),
        0,
        1,
        0,
        List.of(),
        Optional.empty());
  }

  private VoxelType stored(VolumeSeries series) {
    VoxelType stored = type == null ? SampleEncoder.typeFor(series) : type;
    SampleEncoder.requireHolds(stored, series);
    return stored;
  }

  private static String lowerName(Path file) {
    return file.getFileName().toString().toLowerCase(Locale.ROOT);
  }
}
