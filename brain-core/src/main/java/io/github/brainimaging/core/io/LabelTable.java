package io.github.brainimaging.core.io;

import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.image.VolumeMask;
import io.github.brainimaging.core.internal.Arguments;
import java.awt.Color;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Regions as numbers, and what the numbers mean, as BIDS has it. */
final class LabelTable {

  private static final int MOST = 65_535;

  /** Of the circle, so that colors that follow each other are unlike: the golden section. */
  private static final float STEP = 0.618034f;

  /** The pink of our overlays. */
  private static final float FIRST_HUE = 0.941f;

  private LabelTable() {}

  /** A volume of 0, 1 and so on. */
  static MedicalVolume labels(Map<String, VolumeMask> regions) {
    Arguments.require(
        !regions.isEmpty() && regions.size() <= MOST,
        "regions must be 1 to 65,535, got %s",
        regions.size());
    VolumeGrid grid = regions.values().iterator().next().grid();
    float[] labels = new float[grid.voxels()];
    int label = 0;
    for (Map.Entry<String, VolumeMask> region : regions.entrySet()) {
      label++;
      String name = region.getKey();
      Arguments.require(
          !name.isBlank() && name.chars().noneMatch(c -> c < ' '),
          "a region must have a name without tabs and line breaks, got \"%s\"",
          name);
      Arguments.require(
          region.getValue().grid().equals(grid),
          "regions must lie on one grid, got %s and %s",
          grid,
          region.getValue().grid());
      boolean[] inside = region.getValue().toArray();
      for (int i = 0; i < labels.length; i++) {
        labels[i] = inside[i] ? label : labels[i];
      }
    }
    return MedicalVolume.wrap(grid, 1, labels);
  }

  /** A line for each region, behind the head of the table. */
  static String text(List<String> names) {
    StringBuilder text = new StringBuilder("index\tname\tcolor\n");
    for (int i = 0; i < names.size(); i++) {
      int color = Color.HSBtoRGB(FIRST_HUE + i * STEP, 0.82f, 1) & 0xFFFFFF;
      text.append(String.format(Locale.ROOT, "%d\t%s\t#%06X\n", i + 1, names.get(i), color));
    }
    return text.toString();
  }
}
