package io.github.brainimaging.core.slice;

import io.github.brainimaging.core.domain.BrainVolume;
import io.github.brainimaging.core.geometry.AnatomicalPlane;
import io.github.brainimaging.core.geometry.Reorient;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.Orientation;
import io.github.brainimaging.core.image.VolumeMask;
import io.github.brainimaging.core.inference.Assessment;
import io.github.brainimaging.core.inference.Assessor;
import io.github.brainimaging.core.internal.Arguments;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Which slices of a volume are looked at: those that hold enough brain ({@link #ofBrain}), all of a
 * plane, or some at equal distances, as P4 takes six. Without a brain, slices at either end that
 * hold one value only are passed over first, so that empty space around the head does not count.
 *
 * <p>Immutable and, if what finds the brain is, safe to share between threads.
 *
 * @since 0.1.0
 */
public final class SliceSampling {

  /** Against slices of neck, skull base and vertex; see docs/domain.md for how it was chosen. */
  private static final double ENOUGH_BRAIN = 0.7;

  private final @Nullable AnatomicalPlane plane;
  private final int count;
  private final @Nullable Brain brain;

  /** How the brain is found, and what can be one. */
  private record Brain(Function<MedicalVolume, VolumeMask> extractor, BrainVolume possible) {}

  /** What was taken: slices, their numbers in the turned volume, and what is thought of it. */
  record Taken(
      Optional<Orientation> turnedTo,
      List<Integer> numbers,
      List<MedicalImage> images,
      Assessment assessment) {}

  private SliceSampling(@Nullable AnatomicalPlane plane, int count, @Nullable Brain brain) {
    this.plane = plane;
    this.count = count;
    this.brain = brain;
  }

  /**
   * All slices of a plane.
   *
   * @param plane the plane
   * @return the sampling
   */
  public static SliceSampling all(AnatomicalPlane plane) {
    return new SliceSampling(Objects.requireNonNull(plane, "plane"), Integer.MAX_VALUE, null);
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
    return new SliceSampling(
        Objects.requireNonNull(plane, "plane"), Arguments.requirePositive("count", count), null);
  }

  /**
   * All slices of the plane in which the volume was acquired ({@link AnatomicalPlane#acquired})
   * whose section of the brain is at least 0.7 of the largest one. The slices keep their skull.
   *
   * @param extractor finds the brain, such as {@code stripper::extract}; not asked of a volume of
   *     several channels, of which all slices are taken
   * @param possible how large it can be; where it cannot, the volume is out of the domain, and all
   *     slices are taken
   * @return the sampling
   */
  public static SliceSampling ofBrain(
      Function<MedicalVolume, VolumeMask> extractor, BrainVolume possible) {
    return new SliceSampling(
        null,
        Integer.MAX_VALUE,
        new Brain(
            Objects.requireNonNull(extractor, "extractor"),
            Objects.requireNonNull(possible, "possible")));
  }

  /**
   * Takes the slices.
   *
   * @param volume the volume; of one whose orientation is unknown, slices are taken as they are
   *     stored
   * @return one or more images, from foot to head, back to front or left to right
   */
  public List<MedicalImage> slices(MedicalVolume volume) {
    return take(volume).images();
  }

  Taken take(MedicalVolume volume) {
    Optional<Orientation> turnedTo =
        volume
            .affine()
            .map(
                known ->
                    (plane == null ? AnatomicalPlane.acquired(volume.grid()) : plane)
                        .orientation());
    MedicalVolume turned =
        turnedTo.isPresent() ? Reorient.to(turnedTo.get()).apply(volume) : volume;
    Assessment assessment = Assessment.inDomain();
    List<Integer> numbers = List.of();
    if (brain != null && volume.channels() == 1) {
      VolumeMask found = brain.extractor.apply(volume);
      assessment = brain.possible.assess(found);
      VolumeMask upright = turnedTo.isPresent() ? Reorient.to(turnedTo.get()).apply(found) : found;
      numbers = assessment.answers() ? enough(upright) : List.of();
    }
    if (numbers.isEmpty()) {
      numbers = spread(turned);
    }
    List<MedicalImage> images = numbers.stream().map(turned::slice).toList();
    return new Taken(turnedTo, numbers, images, assessment);
  }

  private static List<Integer> enough(VolumeMask brain) {
    int[] sections =
        IntStream.range(0, brain.grid().depth()).map(z -> brain.slice(z).count()).toArray();
    double least = ENOUGH_BRAIN * Arrays.stream(sections).max().orElse(0);
    return IntStream.range(0, sections.length)
        .filter(z -> sections[z] >= least && sections[z] > 0)
        .boxed()
        .toList();
  }

  private List<Integer> spread(MedicalVolume turned) {
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
    int start = first;
    int length = end - first;
    int taken = Math.min(count, length);
    return IntStream.range(0, taken)
        .map(i -> start + (int) ((2L * i + 1) * length / (2L * taken)))
        .boxed()
        .toList();
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

  /** Plane and number, or the brain. */
  @Override
  public String toString() {
    String slices = count == Integer.MAX_VALUE ? "all" : Integer.toString(count);
    return "SliceSampling["
        + (brain == null ? plane + ", " + slices : "of the brain, " + brain.possible)
        + "]";
  }
}
