package io.github.brainimaging.segmentation.tumor;

import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.Spacing;
import io.github.brainimaging.segmentation.internal.BitMask;
import io.github.brainimaging.segmentation.internal.PixelShape;
import io.github.brainimaging.segmentation.internal.Regions;
import io.github.brainimaging.segmentation.internal.StructuringElement;
import io.github.brainimaging.segmentation.skullstrip.SkullStripper;
import io.github.brainimaging.segmentation.threshold.OtsuThreshold;
import java.util.OptionalDouble;

/**
 * P1: Otsu's two classes of the brain's tissue, then morphological clean-up. Bone, air and fluid
 * are left out of the histogram, or Otsu would part the tissue from them instead of the lesion from
 * the tissue.
 */
final class OtsuLesionFinder implements LesionFinder {

  /** Rim of the brain that is left out, and radius of the opening, as parts of the diameter. */
  private static final double RIM = 0.015;

  private static final double OPENING = 0.006;

  @Override
  public Finding find(
      MedicalImage image, SkullStripper.Extraction extraction, boolean dark, Trace trace) {
    double diameter = extraction.diameterPixels();
    Spacing pixel = PixelShape.of(image.spacing());
    BitMask inner =
        StructuringElement.disk(RIM * diameter, pixel).erode(BitMask.of(extraction.brain()));
    float[] gray = image.samples();
    BitMask tissue = inner.above(gray, extraction.tissueLevel());
    if (dark) {
      LesionFinder.negate(gray);
    }
    // A row of the tissue's pixels alone is what the threshold needs to see.
    float[] values = tissue.select(gray);
    if (values.length == 0) {
      return Finding.nothing(image.width(), image.height());
    }
    float[] threshold =
        OtsuThreshold.twoClass().find(MedicalImage.wrap(values.length, 1, 1, values)).values();
    BitMask otsu = tissue.above(gray, threshold.length == 0 ? Double.MAX_VALUE : threshold[0]);
    trace.add("otsu", () -> otsu.toMask().toImage());
    BitMask opened = StructuringElement.disk(Math.max(1, OPENING * diameter), pixel).open(otsu);
    trace.add("clean-up", () -> opened.toMask().toImage());
    Mask lesion = Regions.of(opened, false).largest().fillHoles().toMask();
    return new Finding(lesion, OptionalDouble.empty());
  }

  /** P1 names it so. */
  @Override
  public String toString() {
    return "Otsu";
  }
}
