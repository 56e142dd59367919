package io.github.brainimaging.core.registration;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.brainimaging.core.image.Affine;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.image.VoxelSpacing;

/** A made-up head, moved by a known transform, as MRI or CT. */
public final class MovedHead {

  public static final RigidTransform NONE = new RigidTransform(0, 0, 0, 0, 0, 0, 0, 0, 0);

  /** A move in space, and the grids of {@link #mri} and {@link #movedCt}. */
  public static final RigidTransform MOVE = new RigidTransform(6, -8, 10, 5, -4, 3, 3, 2, -7);

  public static final Affine FIXED =
      Affine.scaling(-3, 3, 3).then(Affine.translation(67.5, -65.5, -74.5));

  private static final Affine MOVING =
      Affine.scaling(3, 3, 4).then(Affine.translation(-70, -65, -76));

  private MovedHead() {}

  public static MedicalVolume mri() {
    return volume(44, 46, 46, FIXED, NONE, false);
  }

  public static MedicalVolume movedCt() {
    return volume(46, 44, 38, MOVING, MOVE, true);
  }

  /** A slice through the head at z = 0, its center at (63.5, 63.5), turned and shifted. */
  public static MedicalImage slice(
      int width, int height, double pixel, RigidTransform transform, boolean ct) {
    return slice(width, height, pixel, transform.toAffine(), ct);
  }

  public static MedicalImage slice(
      int width, int height, double pixel, Affine transform, boolean ct) {
    Affine back = transform.inverse();
    float[] samples = new float[width * height];
    for (int i = 0; i < samples.length; i++) {
      int row = i / width;
      double[] p = back.apply(pixel * (i % width), pixel * row, 0);
      samples[i] = tissue((p[0] - 63.5) * 1.3, (p[1] - 63.5) * 1.3, 0, ct);
    }
    return MedicalImage.ofGray(width, height, samples);
  }

  public static MedicalVolume volume(
      int width, int height, int depth, Affine affine, RigidTransform transform, boolean ct) {
    return volume(width, height, depth, affine, transform.toAffine(), ct);
  }

  public static MedicalVolume volume(
      int width, int height, int depth, Affine affine, Affine transform, boolean ct) {
    Affine back = transform.inverse();
    float[] samples = new float[width * height * depth];
    for (int i = 0; i < samples.length; i++) {
      int slice = i / (width * height);
      double[] mm = affine.apply(i % width, i / width % height, slice);
      double[] p = back.apply(mm[0], mm[1], mm[2]);
      samples[i] = tissue(p[0], p[1], p[2], ct);
    }
    VolumeGrid grid = VolumeGrid.ofSize(width, height, depth).withAffine(affine);
    assertThat(grid.spacing()).isNotEqualTo(VoxelSpacing.UNKNOWN);
    return MedicalVolume.of(grid, samples);
  }

  /** An asymmetric head of about 100 x 130 x 110 mm: in MRI bone is dark, in CT it is bright. */
  private static float tissue(double x, double y, double z, boolean ct) {
    double outer = radius(x, y, z, 0, 0, 0, 52, 65, 57);
    double inner = radius(x, y, z, 0, 0, 0, 46, 59, 51);
    if (outer > 1) {
      return 0;
    }
    if (inner > 1) {
      return ct ? 240 : 30;
    }
    if (radius(x, y, z, -14, 8, 4, 9, 22, 14) < 1 || radius(x, y, z, 13, 4, 0, 7, 18, 16) < 1) {
      return ct ? 40 : 60;
    }
    if (radius(x, y, z, 18, -32, -14, 15, 12, 18) < 1) {
      return ct ? 90 : 210;
    }
    if (radius(x, y, z, 20, 36, 24, 14, 9, 11) < 1
        || radius(x, y, z, -24, 34, -22, 8, 14, 10) < 1) {
      return ct ? 120 : 100;
    }
    if (radius(x, y, z, -22, -30, 26, 10, 16, 8) < 1
        || radius(x, y, z, 30, 2, -26, 9, 13, 12) < 1) {
      return ct ? 20 : 235;
    }
    return ct ? 70 : (float) (150 + 15 * Math.sin(x / 9) * Math.cos(y / 11 + z / 13));
  }

  private static double radius(
      double x, double y, double z, double a, double b, double c, double p, double q, double r) {
    return Math.sqrt(
        Math.pow((x - a) / p, 2) + Math.pow((y - b) / q, 2) + Math.pow((z - c) / r, 2));
  }
}
