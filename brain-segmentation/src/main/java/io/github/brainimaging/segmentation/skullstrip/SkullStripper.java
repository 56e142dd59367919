package io.github.brainimaging.segmentation.skullstrip;

import io.github.brainimaging.core.grid.TomographyCheck;
import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeMask;
import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.core.transform.Transform;
import io.github.brainimaging.core.transform.VolumeTransform;
import io.github.brainimaging.segmentation.internal.BitMask;
import io.github.brainimaging.segmentation.internal.FiniteImage;
import io.github.brainimaging.segmentation.internal.Grid;
import io.github.brainimaging.segmentation.internal.Window;
import java.util.Optional;

/**
 * Finds the brain in a slice or a volume of a head by threshold and morphology, as P1 names it. The
 * steps:
 *
 * <ol>
 *   <li>the head is what is clearly brighter than the background, without specks and holes;
 *   <li>the gray value of brain tissue is the median in the middle of the head; tissue is what is
 *       at least half as bright, without the bright fat of the scalp near the rim;
 *   <li>erosion parts the brain from the skin; of the parts, those deep in the head stay, so that
 *       two hemispheres or the lobes beside the skull base are kept together;
 *   <li>dilation, closing and filling give the brain back its shape.
 * </ol>
 *
 * <p>All lengths are parts of the head's diameter and all gray values parts of the distance between
 * background and tissue, so neither the size of the image nor the scale and offset of its values
 * matter. Where the spacing is known, disks are round in millimeters even if pixels are not square.
 * The background need not be zero, the head may touch the border, and constant padding (with the
 * image's smallest value) changes nothing. An image that is stripped already stays nearly as it is.
 *
 * <p>Made for MRI in which the brain is brighter than the bone around it: T1, T1 with contrast
 * agent, FLAIR, T2. Noise should be filtered before, with {@code MedianFilter.ofRadius(1)}. A
 * constant image, or one without a finite sample, has an empty head and brain; samples that are not
 * finite are taken as the smallest one.
 *
 * <p>As a transform it sets everything outside the brain to the image's smallest value.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @since 0.1.0
 */
public final class SkullStripper implements Transform, VolumeTransform {

  private static final SkullStripper DEFAULTS = new SkullStripper(0.5, 0.017, 0.06);

  private static final SkullStripper FOR_VOLUMES = new SkullStripper(0.65, 0.02, 0.03);

  private final double tissueFraction;
  private final double openingFraction;
  private final double closingFraction;

  private SkullStripper(double tissueFraction, double openingFraction, double closingFraction) {
    this.tissueFraction = tissueFraction;
    this.openingFraction = openingFraction;
    this.closingFraction = closingFraction;
  }

  /**
   * The defaults, tuned on 25 patients of the LGG FLAIR slices of P2.
   *
   * @return tissue fraction 0.5, opening fraction 0.017, closing fraction 0.06
   */
  public static SkullStripper withDefaults() {
    return DEFAULTS;
  }

  /**
   * Other defaults, for {@link #apply(MedicalVolume)} and {@link #extract(MedicalVolume)}: in a
   * volume the brain is in one piece, so that more can be cut and less has to be closed. Tuned on
   * one head (Colin27).
   *
   * @return tissue fraction 0.65, opening fraction 0.02, closing fraction 0.03
   */
  public static SkullStripper forVolumes() {
    return FOR_VOLUMES;
  }

  /**
   * How bright tissue is at least.
   *
   * @param fraction 0 is the background, 1 the typical brain; above 0, below 1, default 0.5
   * @return a new stripper
   * @throws IllegalArgumentException if the fraction is outside this range
   */
  public SkullStripper withTissueFraction(double fraction) {
    return new SkullStripper(requireFraction(fraction), openingFraction, closingFraction);
  }

  /**
   * How thick bridges between brain and skin are that are cut, as half their thickness.
   *
   * @param fraction part of the head's diameter; above 0, below 1, default 0.017, which is 3 mm of
   *     a head of 180 mm
   * @return a new stripper
   * @throws IllegalArgumentException if the fraction is outside this range
   */
  public SkullStripper withOpeningFraction(double fraction) {
    return new SkullStripper(tissueFraction, requireFraction(fraction), closingFraction);
  }

  /**
   * How wide the furrows are that are counted to the brain, as half their width.
   *
   * @param fraction part of the head's diameter; above 0, below 1, default 0.06
   * @return a new stripper
   * @throws IllegalArgumentException if the fraction is outside this range
   */
  public SkullStripper withClosingFraction(double fraction) {
    return new SkullStripper(tissueFraction, openingFraction, requireFraction(fraction));
  }

  private static double requireFraction(double fraction) {
    Arguments.require(
        fraction > 0 && fraction < 1, "fraction must be between 0 and 1, got %s", fraction);
    return fraction;
  }

  /**
   * Sets everything outside the brain to the smallest finite sample.
   *
   * @param image one channel
   * @return the stripped image
   * @throws IllegalArgumentException if the image has several channels
   */
  @Override
  public MedicalImage apply(MedicalImage image) {
    boolean[] brain = extract(image).brain().toArray();
    float[] samples = image.samples();
    float smallest = image.range()[0];
    for (int i = 0; i < samples.length; i++) {
      if (!brain[i]) {
        samples[i] = smallest;
      }
    }
    return image.wrapSamples(samples);
  }

  /**
   * Sets everything outside the brain to the smallest finite sample.
   *
   * @param volume one channel
   * @return the stripped volume, on the same grid
   * @throws IllegalArgumentException if the volume has several channels
   * @throws java.util.concurrent.CancellationException if the thread is interrupted; it stays so
   */
  @Override
  public MedicalVolume apply(MedicalVolume volume) {
    return extract(volume).keep(volume);
  }

  /**
   * Finds the brain in a volume of a head: the same steps with balls instead of disks, best with
   * {@link #forVolumes()}. Lengths are in millimeters, whatever the distances of columns, rows and
   * slices are; voxels of unknown spacing are taken for cubes.
   *
   * @param volume one channel, several slices
   * @return the brain, on the volume's grid; empty for a constant volume
   * @throws IllegalArgumentException if the volume has several channels
   * @throws java.util.concurrent.CancellationException if the thread is interrupted; it stays so
   */
  public VolumeMask extract(MedicalVolume volume) {
    TomographyCheck.warn("SkullStripper", volume.modality(), volume.samples());
    float[] range = volume.range();
    if (!(range[0] < range[1])) {
      return VolumeMask.empty(volume.grid());
    }
    VolumeContent content = VolumeContent.of(volume);
    VoxelField field = VoxelField.of(content.inside());
    return content.restore(find(Grid.of(content.inside()), field.samples()).brain());
  }

  /**
   * Finds the head and the brain.
   *
   * @param image one channel
   * @return the masks, on the image's grid
   * @throws IllegalArgumentException if the image has several channels
   */
  public Extraction extract(MedicalImage image) {
    Arguments.require(image.channels() == 1, "image must have 1 channel, got %s", image.channels());
    TomographyCheck.warn("SkullStripper", image.modality(), image.samples());
    MedicalImage finite = FiniteImage.of(image);
    return contentOf(finite)
        .map(
            window -> {
              MedicalImage part = window.crop(finite);
              BrainFinder.Found inner = find(Grid.of(part), part.samples());
              return new Extraction(
                  window.restore(inner.head().toMask()),
                  window.restore(inner.brain().toMask()),
                  inner.diameter(),
                  inner.backgroundLevel(),
                  inner.tissueLevel());
            })
        .orElseGet(
            () -> {
              Mask none = Mask.empty(image.width(), image.height());
              return new Extraction(none, none, 0, 0, 0);
            });
  }

  private BrainFinder.Found find(Grid grid, float[] gray) {
    return new BrainFinder(grid, gray, tissueFraction, openingFraction, closingFraction).find();
  }

  /**
   * The smallest rectangle outside of which all samples are the smallest one: working inside it
   * makes the result independent of padding. Empty for a constant image.
   */
  private static Optional<Window> contentOf(MedicalImage image) {
    return BitMask.above(image.samples(), image.width(), image.height(), image.range()[0])
        .boundingBox()
        .map(box -> new Window(image.width(), image.height(), box));
  }

  /** The fractions. */
  @Override
  public String toString() {
    return "SkullStripper[tissueFraction=%s, openingFraction=%s, closingFraction=%s]"
        .formatted(tissueFraction, openingFraction, closingFraction);
  }

  /**
   * What {@link SkullStripper} finds in a picture of the head.
   *
   * <p>Immutable and safe to share between threads.
   *
   * @param head the head without holes: skin, skull and brain
   * @param brain the brain without holes, a part of the head
   * @param diameterPixels the diameter of a disk of the head's area, in pixels; of pixels that are
   *     not square, in the geometric mean of their sides. 0 if the head is empty
   * @param backgroundLevel the typical gray value around the head
   * @param tissueLevel the gray value above which a pixel is taken for tissue rather than bone, air
   *     or fluid
   */
  public record Extraction(
      Mask head, Mask brain, double diameterPixels, float backgroundLevel, float tissueLevel) {}
}
