package io.github.brainimaging.examples.cli.command;

import io.github.brainimaging.core.image.Affine;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeGrid;

/** A head of ellipsoids: a brain of some 1.5 l in fluid, bone and skin. */
final class Ellipsoids {

  static final int SIDE = 50;

  private Ellipsoids() {}

  /** In cubes of 4 mm times a scale. */
  static MedicalVolume head(double scale) {
    float[] samples = new float[SIDE * SIDE * SIDE];
    for (int i = 0; i < samples.length; i++) {
      int row = i / SIDE % SIDE;
      int slice = i / (SIDE * SIDE);
      double x = (i % SIDE - 24.5) / 17;
      double y = (row - 24.5) / 20;
      double z = (slice - 24.5) / 16;
      double r = Math.sqrt(x * x + y * y + z * z);
      samples[i] = r < 1 ? 100 + i % 5 : r < 1.1 ? 30 : r < 1.2 ? 10 : r < 1.3 ? 180 : 2;
    }
    VolumeGrid grid =
        VolumeGrid.ofSize(SIDE, SIDE, SIDE)
            .withAffine(Affine.scaling(4 * scale, 4 * scale, 4 * scale));
    return MedicalVolume.of(grid, samples);
  }
}
