package io.github.brainimaging.core.io;

import io.github.brainimaging.core.image.Affine;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeGrid;
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
 * Writes NRRD, compressed by gzip, with the place in left-posterior-superior millimeters as 3D
 * Slicer has it. An unknown place is left out.
 */
final class NrrdWriter {

  private NrrdWriter() {}

  /** What makes a label map a segmentation in 3D Slicer, of a segment for each name. */
  static String segments(VolumeGrid grid, List<String> names) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < names.size(); i++) {
      text.append(
          String.format(
              Locale.ROOT,
              """
              Segment%1$d_Extent:=0 %3$d 0 %4$d 0 %5$d
              Segment%1$d_ID:=Segment_%2$d
              Segment%1$d_LabelValue:=%2$d
              Segment%1$d_Layer:=0
              Segment%1$d_Name:=%6$s
              """,
              i,
              i + 1,
              grid.width() - 1,
              grid.height() - 1,
              grid.depth() - 1,
              names.get(i).replaceAll("\\p{Cntrl}", " ")));
    }
    return text.append(
            """
            Segmentation_ContainedRepresentationNames:=Binary labelmap|
            Segmentation_MasterRepresentation:=Binary labelmap
            Segmentation_ReferenceImageExtentOffset:=0 0 0
            """)
        .toString();
  }

  /**
   * Writes volumes, whole or not at all; several become a fourth axis.
   *
   * @param type one that holds them
   * @param more lines of the header, each with its end
   */
  static void write(VolumeSeries series, VoxelType type, String more, Path file)
      throws IOException {
    String header = header(series, type) + more + "\n";
    AtomicFiles.write(
        file,
        out -> {
          out.write(header.getBytes(StandardCharsets.UTF_8));
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
      case RGB24 -> "uint8";
      case FLOAT32 -> "float";
      case FLOAT64 -> "double";
      case UINT8, INT8, UINT16, INT16, UINT32, INT32, UINT64, INT64 ->
          type.name().toLowerCase(Locale.ROOT);
    };
  }
}
