package io.github.brainimaging.core.slice;

import io.github.brainimaging.core.geometry.AnatomicalPlane;
import io.github.brainimaging.core.geometry.Reorient;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.inference.Assessment;
import io.github.brainimaging.core.inference.Assessor;
import io.github.brainimaging.core.internal.Arguments;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Which slices of a volume are looked at: all of a plane, or some at equal distances, as P4 takes
 * six. Slices at either end that hold one value only are passed over first, so that empty space
 * around the head does not count.
 *
 * <p>Immutable and safe to share between threads.
 */
public final class SliceSampling {

  private final AnatomicalPlane plane;
  private final int count;

  private SliceSampling(AnatomicalPlane plane, int count) {
    this.plane = Objects.requireNonNull(plane, "plane");
    this.count = count;
  }

  /**
   * All slices of a plane.
   *
   * @param plane the plane
   * @return the sampling
   */
  public static SliceSampling all(AnatomicalPlane plane) {
    return new SliceSampling(plane, Integer.MAX_VALUE);
  }

  /**
   * Some slices at equal distances, the first and the last half a distance from the ends.
   *
   * @param plane the plane
   * @param count how many, positive; P4: 6. A volume with fewer gives all it has
   * @return the sampling
   * @throws IllegalArgumentException if the count is not positive
   */
  public static SliceSampling equallySpaced(AnatomicalPlane plane, int count) {
    return new SliceSampling(plane, Arguments.requirePositive("count", count));
  }

  /**
   * Takes the slices.
   *
   * @param volume the volume; of one whose orientation is unknown, slices are taken as they are
   *     stored
   * @return one or more images, from foot to head, back to front or left to right
   */
  public List<MedicalImage> slices(MedicalVolume volume) {
    boolean oriented = volume.affine().isPresent();
    MedicalVolume turned = oriented ? Reorient.to(plane).apply(volume) : volume;
    int first = 0;
    int end = turned.depth();
    while (first < end && isEmpty(turned.slice(first))) {
      first++;
    }
    while (end > first && isEmpty(turned.slice(end - 1))) {
      end--;
    }
    if (first == end) { // nothing in it: any slice is as good as another
      first = 0;
      end = turned.depth();
    }
    int length = end - first;
    int taken = Math.min(count, length);
    List<MedicalImage> slices = new ArrayList<>(taken);
    for (int i = 0; i < taken; i++) {
      slices.add(turned.slice(first + (int) ((2L * i + 1) * length / (2L * taken))));
    }
    return slices;
  }

  /**
   * Asks about each of the slices whether a model should be asked at all.
   *
   * @param volume the volume
   * @param assessor asked about every slice
   * @return what most of the slices are, as {@link Assessment#ofMost} says
   */
  public Assessment assess(MedicalVolume volume, Assessor assessor) {
    return Assessment.ofMost(slices(volume).stream().map(assessor::assess).toList());
  }

  private static boolean isEmpty(MedicalImage slice) {
    float[] range = slice.range();
    return !(range[1] > range[0]);
  }

  /** Plane and number. */
  @Override
  public String toString() {
    return "SliceSampling["
        + plane
        + ", "
        + (count == Integer.MAX_VALUE ? "all" : Integer.toString(count))
        + "]";
  }
}
