package io.github.brainimaging.core.io;

import io.github.brainimaging.core.image.Affine;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.image.VolumeMask;
import io.github.brainimaging.core.image.VolumeSeries;
import io.github.brainimaging.core.image.VoxelSpacing;
import io.github.brainimaging.core.image.VoxelType;
import io.github.brainimaging.core.io.internal.nifti.SampleEncoder;
import io.github.brainimaging.core.work.AtomicFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;

/**
 * Writes volumes and masks as NRRD, compressed by gzip, with the place in left-posterior-superior
 * millimeters as 3D Slicer has it. {@link MedicalVolumeReader} gives the same samples back. An
 * unknown place is left out. Modality and interval are not written. The same volume always gives
 * the same bytes on the same JDK.
 *
 * <p>{@link NiftiWriter} takes more options; this one is for what opens NRRD only. Safe to share
 * between threads: it has no state.
 */
public final class NrrdWriter {

  private NrrdWriter() {}

  /**
   * Writes a mask, 1 inside and 0 outside, with what makes it a segmentation of one segment in 3D
   * Slicer, which knows those by names that end with {@code .seg.nrrd}. Folders are created as
   * needed; a file that is there is replaced, as a whole.
   *
   * @param mask the mask
   * @param name what the segment is called, in ASCII without line breaks
   * @param file the file to write
   * @throws IllegalArgumentException if the name is empty or holds other characters
   * @throws IOException if writing fails
   */
  public static void write(VolumeMask mask, String name, Path file) throws IOException {
    if (!name.matches("[ -~]+")) {
      throw new IllegalArgumentException("name must be printable ASCII, got " + name);
    }
    VolumeGrid grid = mask.grid();
    String segment =
        String.format(
            Locale.ROOT,
            "Segment0_Extent:=0 %d 0 %d 0 %d%n"
                + "Segment0_ID:=Segment_1%nSegment0_LabelValue:=1%nSegment0_Layer:=0%n"
                + "Segment0_Name:=%s%n"
                + "Segmentation_ContainedRepresentationNames:=Binary labelmap|%n"
                + "Segmentation_MasterRepresentation:=Binary labelmap%n"
                + "Segmentation_ReferenceImageExtentOffset:=0 0 0%n",
            grid.width() - 1,
            grid.height() - 1,
            grid.depth() - 1,
            name);
    write(
        new VolumeSeries(List.of(mask.toVolume()), Double.NaN),
        VoxelType.UINT8,
        segment.replace(System.lineSeparator(), "\n"),
        file);
  }

  /**
   * Writes volumes, whole or not at all: as the first type of {@code UINT8}, {@code INT16}, {@code
   * UINT16} and {@code FLOAT32} that holds all samples as they are. Several volumes become a fourth
   * axis. Folders are created as needed; a file that is there is replaced.
   *
   * @param series one volume or more, of one channel, or of three of whole numbers from 0 to 255
   * @param file the file to write, {@code .nrrd}
   * @throws IllegalArgumentException if there are other channels
   * @throws IOException if writing fails
   */
  public static void write(VolumeSeries series, Path file) throws IOException {
    write(series, SampleEncoder.typeFor(series), "", file);
  }

  private static void write(VolumeSeries series, VoxelType type, String more, Path file)
      throws IOException {
    SampleEncoder.requireHolds(type, series);
    String header = header(series, type) + more + "\n";
    AtomicFiles.write(
        file,
        out -> {
          out.write(header.getBytes(StandardCharsets.US_ASCII));
          GZIPOutputStream gzip = new GZIPOutputStream(out, 1 << 16);
          for (MedicalVolume volume : series.volumes()) {
            SampleEncoder.write(type, volume, gzip);
          }
          gzip.finish();
        });
  }

  private static String header(VolumeSeries series, VoxelType type) {
    VolumeGrid grid = series.volumes().get(0).grid();
    int volumes = series.volumes().size();
    boolean colored = type == VoxelType.RGB24;
    String before = colored ? "%s " : "";
    String after = volumes > 1 ? " %s" : "";
    String sizes =
        (colored ? "3 " : "")
            + (grid.width() + " " + grid.height() + " " + grid.depth())
            + (volumes > 1 ? " " + volumes : "");
    return "NRRD0005\n"
        + ("type: " + name(type) + "\n")
        + ("dimension: " + sizes.split(" ", -1).length + "\n")
        + (grid.affine().isPresent() ? "space: left-posterior-superior\n" : "")
        + ("sizes: " + sizes + "\n")
        + grid.affine()
            .map(affine -> directions(affine, before, after))
            .orElseGet(() -> spacings(grid.spacing(), before, after))
        + "kinds: "
        + before.replace("%s", "RGB-color")
        + "domain domain domain"
        + (after.replace("%s", "list") + "\n")
        + "endian: little\nencoding: gzip\n"
        + grid.affine().map(affine -> "space origin: " + vector(affine, 3) + "\n").orElse("");
  }

  private static String directions(Affine affine, String before, String after) {
    return "space directions: "
        + before.replace("%s", "none")
        + (vector(affine, 0) + " " + vector(affine, 1) + " " + vector(affine, 2))
        + (after.replace("%s", "none") + "\n");
  }

  private static String spacings(VoxelSpacing spacing, String before, String after) {
    return spacing.isKnown()
        ? "spacings: "
            + before.replace("%s", "nan")
            + (spacing.x() + " " + spacing.y() + " " + spacing.z())
            + (after.replace("%s", "nan") + "\n")
        : "";
  }

  /** From right to left and from front to back: the other way round. */
  private static String vector(Affine affine, int column) {
    double x = 0.0 - affine.get(0, column);
    double y = 0.0 - affine.get(1, column);
    return "(" + x + "," + y + "," + affine.get(2, column) + ")";
  }

  private static String name(VoxelType type) {
    return switch (type) {
      case UINT8, RGB24 -> "uint8";
      case INT16 -> "int16";
      case UINT16 -> "uint16";
      case FLOAT32 -> "float";
      case INT8, UINT32, INT32, UINT64, INT64, FLOAT64 -> throw new AssertionError(type);
    };
  }
}
