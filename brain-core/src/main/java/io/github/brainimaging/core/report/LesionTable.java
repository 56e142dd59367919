package io.github.brainimaging.core.report;

import io.github.brainimaging.core.geometry.VolumeCrop;
import io.github.brainimaging.core.measure.Lesion;
import io.github.brainimaging.core.measure.Lesion.Diameters;
import io.github.brainimaging.core.measure.Lesion.Midline;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The lesions of a volume with their measures, the largest first. */
final class LesionTable {

  /** What stands above the columns. */
  static final List<String> COLUMNS =
      List.of(
          "#",
          "Volume",
          "Diameter \u00d7 across it",
          "In space",
          "Middle (RAS, mm)",
          "Midline",
          "Slices",
          "Box (voxels as stored)");

  private LesionTable() {}

  /** Makes a way to a slice of what is shown. */
  interface Link {
    String to(int slice, String html);
  }

  static String html(List<Lesion> lesions, Link link) {
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < lesions.size(); i++) {
      List<String> cells = new ArrayList<>(row(i + 1, lesions.get(i)));
      cells.set(0, link.to(lesions.get(i).fullestSlice(), cells.get(0)));
      rows.add(cells);
    }
    return "<h2>Lesions</h2>\n" + ReportPage.table(COLUMNS, rows);
  }

  /** What stands in the columns of a lesion. */
  static List<String> row(int number, Lesion lesion) {
    return List.of(
        Integer.toString(number),
        lesion.volumeMl().isPresent()
            ? ml(lesion.volumeMl().getAsDouble())
            : lesion.voxels() + " voxels",
        lesion.diameters().map(LesionTable::inPlane).orElse("unknown"),
        lesion
            .diameters()
            .map(d -> String.format(Locale.ROOT, "%.1f mm", d.inSpace()))
            .orElse("unknown"),
        place(lesion.centroidMm()),
        lesion.midline().map(LesionTable::side).orElse("unknown"),
        lesion.firstSlice() + " to " + lesion.lastSlice(),
        box(lesion.box()));
  }

  static String ml(double milliliters) {
    return String.format(Locale.ROOT, "%.1f ml", milliliters);
  }

  private static String inPlane(Diameters diameters) {
    return String.format(
        Locale.ROOT, "%.1f \u00d7 %.1f mm", diameters.inPlane(), diameters.perpendicular());
  }

  private static String place(List<Double> mm) {
    return mm.isEmpty()
        ? "unknown"
        : String.format(Locale.ROOT, "%.0f, %.0f, %.0f", mm.get(0), mm.get(1), mm.get(2));
  }

  /** The patient's side, and how far its middle and its nearest voxel are. */
  private static String side(Midline midline) {
    String mm = String.format(Locale.ROOT, "%.0f mm", midline.centroidMm());
    return switch (midline.side()) {
      case LEFT, RIGHT ->
          String.format(
              Locale.ROOT,
              "%s, %s (nearest %.0f)",
              midline.side() == Lesion.Side.LEFT ? "left" : "right",
              mm,
              midline.nearestMm());
      case MIDLINE -> "across, middle " + mm + " off";
    };
  }

  private static String box(VolumeCrop.Box box) {
    return String.format(
        "%d to %d, %d to %d, %d to %d",
        box.x(),
        box.x() + box.width() - 1,
        box.y(),
        box.y() + box.height() - 1,
        box.z(),
        box.z() + box.depth() - 1);
  }
}
