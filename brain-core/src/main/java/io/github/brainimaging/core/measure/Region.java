package io.github.brainimaging.core.measure;

import io.github.brainimaging.core.geometry.VolumeCrop;
import io.github.brainimaging.core.image.Affine;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.measure.Lesion.Midline;
import io.github.brainimaging.core.measure.Lesion.Side;
import io.github.brainimaging.core.registration.SymmetryPlane;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** The voxels of one region, as far as its measures need them. */
final class Region {

  /** Of the voxels, which must lie on one side. */
  private static final double ON_ONE_SIDE = 0.9;

  private final @Nullable Section[] sections;
  private final double[] sum = new double[3];
  private final int[] first = {Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE};
  private final int[] last = {-1, -1, -1};

  /** From voxels to the distance to the midline; empty if that is unknown. */
  private final double[] toMidline;

  private double leftmost = Double.POSITIVE_INFINITY;
  private double rightmost = Double.NEGATIVE_INFINITY;
  private int onTheRight;
  private int voxels;

  Region(VolumeGrid grid, Optional<SymmetryPlane> plane) {
    sections = new Section[grid.depth()];
    toMidline = plane.map(p -> toMidline(grid.requireAffine(), p)).orElse(new double[0]);
  }

  private static double[] toMidline(Affine affine, SymmetryPlane plane) {
    double[] factors = new double[4];
    for (int i = 0; i < 4; i++) {
      factors[i] =
          plane.normalX() * affine.get(0, i)
              + plane.normalY() * affine.get(1, i)
              + plane.normalZ() * affine.get(2, i);
    }
    factors[3] -= plane.offsetMm();
    return factors;
  }

  void add(int x, int y, int z) {
    voxels++;
    int[] place = {x, y, z};
    for (int axis = 0; axis < 3; axis++) {
      sum[axis] += place[axis];
      first[axis] = Math.min(first[axis], place[axis]);
      last[axis] = Math.max(last[axis], place[axis]);
    }
    Section section = sections[z];
    if (section == null) {
      section = new Section();
      sections[z] = section;
    }
    section.add(x, y);
    if (toMidline.length > 0) {
      double right = distance(x, y, z);
      leftmost = Math.min(leftmost, right);
      rightmost = Math.max(rightmost, right);
      onTheRight += right > 0 ? 1 : 0;
    }
  }

  private double distance(double x, double y, double z) {
    return toMidline[0] * x + toMidline[1] * y + toMidline[2] * z + toMidline[3];
  }

  /**
   * Its measures.
   *
   * @param grid of the voxels that were added
   * @param stored the grid as it is stored, which may be turned otherwise
   */
  Lesion measured(VolumeGrid grid, VolumeGrid stored) {
    boolean known = grid.spacing().isKnown();
    return new Lesion(
        voxels,
        known ? OptionalDouble.of(voxels * grid.voxelVolumeMm3() / 1000) : OptionalDouble.empty(),
        known ? Optional.of(Section.diameters(sections, grid.spacing())) : Optional.empty(),
        grid.affine().map(this::centroid).orElse(List.of()),
        first[2],
        last[2],
        fullest(),
        box(grid, stored),
        midline());
  }

  private int fullest() {
    int fullest = first[2];
    int most = 0;
    for (int z = first[2]; z <= last[2]; z++) {
      Section section = sections[z];
      if (section != null && section.pixels() > most) {
        fullest = z;
        most = section.pixels();
      }
    }
    return fullest;
  }

  private List<Double> centroid(Affine affine) {
    double[] place = affine.apply(sum[0] / voxels, sum[1] / voxels, sum[2] / voxels);
    return List.of(place[0], place[1], place[2]);
  }

  private VolumeCrop.Box box(VolumeGrid grid, VolumeGrid stored) {
    int[] from = first;
    int[] to = last;
    if (grid.affine().isPresent() && stored.affine().isPresent()) {
      Affine back = grid.requireAffine().then(stored.requireAffine().inverse());
      from = rounded(back.apply(first[0], first[1], first[2]));
      to = rounded(back.apply(last[0], last[1], last[2]));
    }
    int[] size = new int[3];
    int[] start = new int[3];
    for (int axis = 0; axis < 3; axis++) {
      start[axis] = Math.min(from[axis], to[axis]);
      size[axis] = Math.abs(to[axis] - from[axis]) + 1;
    }
    return new VolumeCrop.Box(start[0], start[1], start[2], size[0], size[1], size[2]);
  }

  private static int[] rounded(double[] place) {
    return Arrays.stream(place).mapToInt(value -> (int) Math.round(value)).toArray();
  }

  private Optional<Midline> midline() {
    if (toMidline.length == 0) {
      return Optional.empty();
    }
    double center = Math.abs(distance(sum[0] / voxels, sum[1] / voxels, sum[2] / voxels));
    double share = (double) onTheRight / voxels;
    Side side =
        share >= ON_ONE_SIDE ? Side.RIGHT : share <= 1 - ON_ONE_SIDE ? Side.LEFT : Side.MIDLINE;
    return Optional.of(new Midline(side, center, Math.max(0, Math.max(leftmost, -rightmost))));
  }
}
