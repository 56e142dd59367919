package io.github.brainimaging.core.slice;

import io.github.brainimaging.core.geometry.AnatomicalPlane;
import io.github.brainimaging.core.geometry.Reorient;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.image.VolumeMask;
import io.github.brainimaging.core.inference.Segmentation;
import io.github.brainimaging.core.inference.Segmenter;
import io.github.brainimaging.core.inference.VolumeSegmentation;
import io.github.brainimaging.core.inference.VolumeSegmenter;
import io.github.brainimaging.core.internal.Interrupts;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Segments a volume slice by slice, with a segmenter of single slices. What is found in one slice
 * knows nothing of the next; {@code VolumeCleanUp} in brain-segmentation takes away what is not
 * connected in space.
 *
 * <p>The confidence is the mean of the slices in which something was found, weighted by their
 * pixels.
 *
 * <p>Safe to share between threads if the segmenter is. The segmenter stays its owner's to close.
 *
 * @since 0.1.0
 */
public final class SliceSegmenter implements VolumeSegmenter {

  private final Segmenter segmenter;
  private final @Nullable AnatomicalPlane plane;

  private SliceSegmenter(Segmenter segmenter, @Nullable AnatomicalPlane plane) {
    this.segmenter = Objects.requireNonNull(segmenter, "segmenter");
    this.plane = plane;
  }

  /**
   * A segmenter of the slices as they were acquired: see {@link AnatomicalPlane#acquired}.
   *
   * @param segmenter segments each slice
   * @return the segmenter
   */
  public static SliceSegmenter of(Segmenter segmenter) {
    return new SliceSegmenter(segmenter, null);
  }

  /**
   * The same for another plane. Default: the one in which the volume was acquired.
   *
   * @param newPlane the plane of the slices
   * @return a new segmenter
   */
  public SliceSegmenter withPlane(AnatomicalPlane newPlane) {
    return new SliceSegmenter(segmenter, Objects.requireNonNull(newPlane, "newPlane"));
  }

  /**
   * {@inheritDoc} Of a volume whose orientation is unknown, slices are taken as they are stored.
   *
   * @throws java.util.concurrent.CancellationException if the thread is interrupted before a slice
   */
  @Override
  public VolumeSegmentation segment(MedicalVolume volume) {
    if (volume.affine().isEmpty()) {
      return inStoredSlices(volume);
    }
    VolumeSegmentation turned = inStoredSlices(Reorient.to(plane(volume)).apply(volume));
    VolumeMask back = Reorient.to(volume.grid().requireAffine().orientation()).apply(turned.mask());
    // The grid of the input itself: turning there and back may differ from it by rounding.
    return new VolumeSegmentation(
        VolumeMask.wrap(volume.grid(), back.toArray()), turned.confidence(), turned.remarks());
  }

  /**
   * How probable each voxel is to belong to the region, as the segmenter says of the pixels of each
   * slice: see {@link Segmenter#probabilities}.
   *
   * @param volume the volume as read
   * @return one channel of 0 to 1 on the volume's grid
   * @throws java.util.concurrent.CancellationException if the thread is interrupted before a slice
   */
  public MedicalVolume probabilities(MedicalVolume volume) {
    if (volume.affine().isEmpty()) {
      return ofStoredSlices(volume);
    }
    MedicalVolume turned = ofStoredSlices(Reorient.to(plane(volume)).apply(volume));
    MedicalVolume back = Reorient.to(volume.grid().requireAffine().orientation()).apply(turned);
    return MedicalVolume.wrap(volume.grid(), 1, back.samples());
  }

  private AnatomicalPlane plane(MedicalVolume volume) {
    return plane == null ? AnatomicalPlane.acquired(volume.grid()) : plane;
  }

  private MedicalVolume ofStoredSlices(MedicalVolume volume) {
    VolumeGrid grid = volume.grid();
    int pixels = grid.width() * grid.height();
    float[] all = new float[grid.voxels()];
    for (int z = 0; z < grid.depth(); z++) {
      Interrupts.heed("slice %s of %s", z, grid.depth());
      float[] slice = segmenter.probabilities(volume.slice(z)).samples();
      System.arraycopy(slice, 0, all, z * pixels, pixels);
    }
    return MedicalVolume.wrap(grid, 1, all);
  }

  private VolumeSegmentation inStoredSlices(MedicalVolume volume) {
    VolumeGrid grid = volume.grid();
    int pixels = grid.width() * grid.height();
    boolean[] inside = new boolean[grid.voxels()];
    double confidence = 0;
    long known = 0;
    List<String> remarks = new ArrayList<>();
    for (int z = 0; z < grid.depth(); z++) {
      Interrupts.heed("slice %s of %s", z, grid.depth());
      @Nullable Segmentation slice = segmenter.segment(volume.slice(z));
      if (slice == null) {
        throw new IllegalStateException(segmenter + " gave null for slice " + z);
      }
      for (String remark : slice.remarks()) {
        remarks.add("slice " + z + ": " + remark);
      }
      if (slice.found()) {
        System.arraycopy(slice.mask().toArray(), 0, inside, z * pixels, pixels);
        if (slice.confidence().isPresent()) {
          confidence += slice.confidence().getAsDouble() * slice.areaPixels();
          known += slice.areaPixels();
        }
      }
    }
    return new VolumeSegmentation(
        VolumeMask.wrap(grid, inside),
        known == 0 ? OptionalDouble.empty() : OptionalDouble.of(confidence / known),
        remarks);
  }

  @Override
  public String toString() {
    return "SliceSegmenter[" + segmenter + ", " + (plane == null ? "as acquired" : plane) + "]";
  }
}
