package io.github.brainimaging.core.geometry;

import io.github.brainimaging.core.image.Affine;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.image.VolumeMask;
import io.github.brainimaging.core.image.VoxelSpacing;
import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.core.transform.VolumeTransform;
import java.util.BitSet;
import java.util.Objects;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The same patient on other voxels: of another spacing, or of the grid of another volume. Each new
 * voxel takes the value at its own center, by {@link Method}; there is no smoothing beforehand, so
 * smooth first where voxels become much larger.
 *
 * <p>What lies more than half a voxel beyond the outermost centers of the input is outside and gets
 * the fill value. Masks are always resampled by the nearest voxel and are empty outside. Where a
 * mask, or a label of a volume resampled by the nearest voxel, vanishes because it falls between
 * the new voxels, a warning is logged.
 *
 * <p>A new grid whose axes are parallel to the old ones is made one axis after the other, any other
 * voxel by voxel, which takes several times as long.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @since 0.1.0
 */
public final class Resample implements VolumeTransform {

  private static final Logger LOG = LoggerFactory.getLogger(Resample.class);
  private static final int MAXIMUM_LABEL = 65535;

  /** The new grid, and the map from its indices to the old ones. */
  private record Target(VolumeGrid grid, Affine map) {}

  private final String name;
  private final Function<VolumeGrid, Target> target;
  private final Method interpolation;
  private final float fill;

  private Resample(
      String name, Function<VolumeGrid, Target> target, Method interpolation, float fill) {
    this.name = name;
    this.target = target;
    this.interpolation = Objects.requireNonNull(interpolation, "interpolation");
    this.fill = fill;
  }

  /**
   * Resamples to a spacing. Each axis gets the number of voxels nearest to its length, at least
   * one, and the middle of the volume stays where it is.
   *
   * @param spacing known
   * @return the step, linear and filling with 0
   * @throws IllegalArgumentException if the spacing is unknown
   */
  public static Resample toSpacing(VoxelSpacing spacing) {
    Arguments.require(spacing.isKnown(), "spacing must be known, got %s", spacing);
    return new Resample("to " + spacing, grid -> toSpacing(grid, spacing), Method.LINEAR, 0);
  }

  /**
   * Resamples to a grid, such as that of another volume.
   *
   * @param grid of known affine
   * @return the step, linear and filling with 0
   * @throws IllegalArgumentException if the affine is unknown
   */
  public static Resample toGrid(VolumeGrid grid) {
    Affine toPatient = grid.requireAffine();
    return new Resample(
        "to " + grid,
        from -> new Target(grid, toPatient.then(from.requireAffine().inverse())),
        Method.LINEAR,
        0);
  }

  private static Target toSpacing(VolumeGrid grid, VoxelSpacing spacing) {
    VoxelSpacing old = grid.spacing();
    Arguments.require(old.isKnown(), "volume must have a known spacing, got %s", old);
    double[] step = {spacing.x() / old.x(), spacing.y() / old.y(), spacing.z() / old.z()};
    int[] from = {grid.width(), grid.height(), grid.depth()};
    int[] to = new int[3];
    double[] map = new double[12];
    for (int i = 0; i < 3; i++) {
      double length = Math.rint(from[i] / step[i]);
      Arguments.require(
          length <= Integer.MAX_VALUE, "spacing must give fewer than 2^31 voxels, got %s", spacing);
      to[i] = Math.max(1, (int) length);
      map[5 * i] = step[i];
      map[4 * i + 3] = (from[i] - 1 - (to[i] - 1) * step[i]) / 2;
    }
    Affine toOld = Affine.of(map);
    VolumeGrid size = VolumeGrid.ofSize(to[0], to[1], to[2]);
    return new Target(
        grid.affine()
            .map(affine -> size.withAffine(toOld.then(affine)))
            .orElseGet(() -> size.withSpacing(spacing)),
        toOld);
  }

  /**
   * The same with another interpolation of volumes.
   *
   * @param newInterpolation {@link Method#LINEAR} by default
   * @return the new step
   */
  public Resample withInterpolation(Method newInterpolation) {
    return new Resample(name, target, newInterpolation, fill);
  }

  /**
   * The same with another value outside.
   *
   * @param newFill any value; 0 by default, -1000 is air in CT, NaN marks what is unknown
   * @return the new step
   */
  public Resample withFill(float newFill) {
    return new Resample(name, target, interpolation, newFill);
  }

  /**
   * Resamples a volume.
   *
   * @param volume the input
   * @return a new volume; the input itself if it lies on the grid already
   * @throws IllegalArgumentException if the volume's spacing (for {@link #toSpacing}) or affine
   *     (for {@link #toGrid}) is unknown
   */
  @Override
  public MedicalVolume apply(MedicalVolume volume) {
    VolumeGrid from = volume.grid();
    Target to = target.apply(from);
    if (to.grid().equals(from)) {
      return volume;
    }
    VoxelMap map = new VoxelMap(from, to.grid(), to.map(), interpolation, fill);
    int channels = volume.channels();
    int voxels = to.grid().voxels();
    float[] samples = volume.samples();
    BitSet labels = interpolation == Method.NEAREST ? labels(samples) : new BitSet();
    float[] result = new float[Math.multiplyExact(voxels, channels)];
    for (int c = 0; c < channels; c++) {
      float[] channel = new float[from.voxels()];
      System.arraycopy(samples, c * from.voxels(), channel, 0, channel.length);
      System.arraycopy(map.apply(channel), 0, result, c * voxels, voxels);
    }
    if (!labels.isEmpty()) {
      labels.andNot(labels(result));
      if (!labels.isEmpty()) {
        LOG.warn("labels {} of {} vanish on {}", labels, from, to.grid());
      }
    }
    return volume.wrapVoxels(to.grid(), result);
  }

  /** The whole numbers above 0; none if another value shows that these are no labels. */
  private static BitSet labels(float[] samples) {
    BitSet labels = new BitSet();
    float before = 0;
    for (float sample : samples) {
      // Neighbors mostly have the same label.
      if (sample != before) {
        before = sample;
        int label = (int) sample;
        if (label != sample || label < 0 || label > MAXIMUM_LABEL) {
          return new BitSet();
        }
        labels.set(label);
      }
    }
    labels.clear(0);
    return labels;
  }

  /**
   * Resamples a mask by the nearest voxel; what is outside of its grid is outside of the mask.
   *
   * @param mask the input
   * @return a new mask; the input itself if it lies on the grid already
   * @throws IllegalArgumentException if the mask's spacing (for {@link #toSpacing}) or affine (for
   *     {@link #toGrid}) is unknown
   */
  public VolumeMask apply(VolumeMask mask) {
    MedicalVolume volume = mask.toVolume();
    MedicalVolume resampled = withInterpolation(Method.NEAREST).withFill(0).apply(volume);
    return resampled.grid().equals(mask.grid()) ? mask : VolumeMask.above(resampled, 0.5f);
  }

  @Override
  public String toString() {
    return "Resample[" + name + ", " + interpolation + ", fill=" + fill + "]";
  }

  /**
   * How {@link Resample} finds the value between voxels. A coordinate up to half a voxel beyond the
   * outermost centers takes the value at the center.
   */
  public enum Method {
    /** The voxel that holds the point. For masks and labels. As SciPy with order 0. */
    NEAREST,
    /** Linear between the eight voxels around. As SciPy with order 1. */
    LINEAR,
    /**
     * The cubic B-spline through all voxels, mirrored at the borders: sharper than linear, and may
     * go beyond the range of the samples. As SciPy with order 3, prefilter and mode mirror. A
     * sample that is not finite spoils the lines through it.
     */
    CUBIC
  }
}
