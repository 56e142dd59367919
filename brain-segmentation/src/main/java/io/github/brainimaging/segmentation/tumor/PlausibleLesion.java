package io.github.brainimaging.segmentation.tumor;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeMask;
import io.github.brainimaging.core.inference.Segmentation;
import io.github.brainimaging.core.inference.Segmenter;
import io.github.brainimaging.core.inference.VolumeSegmentation;
import io.github.brainimaging.core.inference.VolumeSegmenter;
import io.github.brainimaging.core.transform.intensity.Grayscale;
import io.github.brainimaging.segmentation.internal.BitMask;
import io.github.brainimaging.segmentation.internal.FiniteImage;
import io.github.brainimaging.segmentation.internal.Grid;
import io.github.brainimaging.segmentation.internal.OrderStatistic;
import io.github.brainimaging.segmentation.internal.Regions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Leaves out of a mask what cannot be a lesion of the brain, and says so in its remarks:
 *
 * <ul>
 *   <li>a connected piece with 70 % or more of its pixels outside the head or in its outermost 3 %
 *       (of the diameter of a disk or ball of the head's size): skin or skull;
 *   <li>of a slice, a piece smaller than 0.05 % of the head, about a disk of 4 mm: a speck;
 *   <li>everything, if what is left is more than a quarter of the head;
 *   <li>everything, if more than ten pieces are left.
 * </ul>
 *
 * <p>The head is what is brighter than a tenth of the way from the 2nd to the 98th percentile, with
 * its holes filled (after S. M. Smith, "Fast robust automated brain extraction", 2002). Lengths and
 * sizes are parts of the head, so the spacing need not be known; the remarks give mm2 and ml where
 * it is. The limits lie beyond what 396 true lesions of BRISC 2025 show (docs/domain.md).
 *
 * <p>Made for masks of lesions; a mask of the brain is none. Immutable and safe to share between
 * threads.
 *
 * @since 0.1.0
 */
public final class PlausibleLesion {

  private static final double DARKEST = 0.02;
  private static final double BRIGHTEST = 0.98;
  private static final double TISSUE = 0.1;
  private static final double RIM = 0.03;
  private static final double MOSTLY = 0.7;
  private static final double SPECK = 0.0005;
  private static final double LARGEST = 0.25;
  private static final int MOST_PIECES = 10;

  private PlausibleLesion() {}

  /**
   * The check with the limits above.
   *
   * @return the check
   */
  public static PlausibleLesion withDefaults() {
    return new PlausibleLesion();
  }

  /** What is left, and why the rest is not. */
  private record Checked(BitMask rest, List<String> remarks) {}

  /**
   * Checks what was found in an image.
   *
   * @param image the image
   * @param found a mask on its grid
   * @return the plausible part with a remark for each kind of thing left out; the same if nothing
   *     was, or no head is seen
   */
  public Segmentation check(MedicalImage image, Segmentation found) {
    if (!found.found()) {
      return found;
    }
    MedicalImage gray =
        FiniteImage.of(image.channels() == 1 ? image : Grayscale.bt601().apply(image));
    double pixel = image.spacing().isKnown() ? image.spacing().pixelAreaMm2() : 0;
    Checked checked = check(Grid.of(gray), gray.samples(), BitMask.of(found.mask()), pixel, SPECK);
    Segmentation left = found;
    for (String remark : checked.remarks) {
      left = left.leaving(checked.rest.toMask(), remark);
    }
    return left;
  }

  /**
   * Checks what was found in a volume.
   *
   * @param volume the volume
   * @param found a mask on its grid
   * @return as {@link #check(MedicalImage, Segmentation)}
   */
  public VolumeSegmentation check(MedicalVolume volume, VolumeSegmentation found) {
    if (!found.found() || volume.channels() != 1) {
      return found;
    }
    float[] samples = volume.samples();
    for (int i = 0; i < samples.length; i++) {
      samples[i] = Float.isFinite(samples[i]) ? samples[i] : 0;
    }
    Grid grid = Grid.of(volume);
    BitMask mask =
        BitMask.of(found.mask().toArray(), volume.width(), volume.height() * volume.depth());
    double ml = volume.spacing().isKnown() ? grid.pixel().pixelAreaMm2() * grid.stepZ() / 1000 : 0;
    Checked checked = check(grid, samples, mask, ml, 0);
    VolumeSegmentation left = found;
    for (String remark : checked.remarks) {
      left = left.leaving(VolumeMask.wrap(volume.grid(), checked.rest.toArray()), remark);
    }
    return left;
  }

  private static Checked check(
      Grid grid, float[] samples, BitMask mask, double unit, double speck) {
    double darkest = OrderStatistic.of(samples, samples.length, DARKEST);
    double brightest = OrderStatistic.of(samples, samples.length, BRIGHTEST);
    BitMask head = grid.fillHoles(grid.above(samples, darkest + TISSUE * (brightest - darkest)));
    if (head.count() == 0) {
      return new Checked(mask, List.of());
    }
    String name = grid.slices() == 1 ? "mm2" : "ml";
    List<String> remarks = new ArrayList<>();
    BitMask inner = grid.round(RIM * grid.diameter(head)).erode(head);

    Regions pieces = grid.regions(mask, true);
    int[] within = pieces.sizesIn(inner);
    BitMask rest =
        pieces.keep(piece -> pieces.size(piece) - within[piece] < MOSTLY * pieces.size(piece));
    tell(mask.minus(rest), "at the outline of the head: skin or skull", unit, name, remarks);

    Regions inside = grid.regions(rest, true);
    BitMask large = inside.keep(piece -> inside.size(piece) >= speck * head.count());
    tell(rest.minus(large), "too small to be told from a speck", unit, name, remarks);

    BitMask nothing = large.minus(large);
    double share = (double) large.count() / head.count();
    int count = grid.regions(large, true).count();
    if (share > LARGEST) {
      String reason = String.format(Locale.ROOT, "%.0f %% of the head are no lesion", 100 * share);
      tell(large, reason, unit, name, remarks);
      large = nothing;
    } else if (count > MOST_PIECES) {
      tell(large, count + " pieces are scattered, no lesion", unit, name, remarks);
      large = nothing;
    }
    return new Checked(large, remarks);
  }

  private static void tell(
      BitMask left, String reason, double unit, String name, List<String> remarks) {
    if (left.count() > 0) {
      String size =
          unit > 0
              ? String.format(Locale.ROOT, "%.1f %s", left.count() * unit, name)
              : left.count() + (name.equals("ml") ? " voxels" : " pixels");
      remarks.add("left out " + size + ": " + reason);
    }
  }

  /**
   * A segmenter that leaves out what another finds and cannot be a lesion.
   *
   * @param segmenter finds lesions
   * @return the segmenter
   */
  // A lambda must say which of the two it is; segmenters of this library are never both.
  @SuppressWarnings("overloads")
  public Segmenter after(Segmenter segmenter) {
    return image -> check(image, segmenter.segment(image));
  }

  /**
   * The same for volumes.
   *
   * @param segmenter finds lesions
   * @return the segmenter
   */
  @SuppressWarnings("overloads")
  public VolumeSegmenter after(VolumeSegmenter segmenter) {
    return volume -> check(volume, segmenter.segment(volume));
  }

  /** Its name. */
  @Override
  public String toString() {
    return "PlausibleLesion";
  }
}
