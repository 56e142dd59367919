package io.github.brainimaging.segmentation.tumor;

import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.Spacing;
import io.github.brainimaging.segmentation.internal.BitMask;
import io.github.brainimaging.segmentation.internal.PixelShape;
import io.github.brainimaging.segmentation.internal.Regions;
import io.github.brainimaging.segmentation.internal.StructuringElement;
import io.github.brainimaging.segmentation.skullstrip.BrainExtraction;
import io.github.brainimaging.segmentation.threshold.OtsuThreshold;

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
  public Mask find(MedicalImage image, BrainExtraction extraction, Trace trace) {
    double diameter = extraction.diameterPixels();
    Spacing pixel = PixelShape.of(image.spacing());
    BitMask inner =
        StructuringElement.disk(RIM * diameter, pixel).erode(BitMask.of(extraction.brain()));
    BitMask tissue = above(image, extraction.tissueLevel()).and(inner);
    // A row of the tissue's pixels alone is what the threshold needs to see.
    float[] gray = tissue.select(image.samples());
    float[] threshold =
        gray.length == 0
            ? gray
            : OtsuThreshold.twoClass().find(MedicalImage.wrap(gray.length, 1, 1, gray)).values();
    BitMask otsu =
        above(image, threshold.length == 0 ? Float.POSITIVE_INFINITY : threshold[0]).and(tissue);
    trace.add("otsu", () -> otsu.toMask().toImage());
    BitMask opened = StructuringElement.disk(Math.max(1, OPENING * diameter), pixel).open(otsu);
    trace.add("clean-up", () -> opened.toMask().toImage());
    return Regions.of(opened, false).largest().fillHoles().toMask();
  }

  private static BitMask above(MedicalImage image, double threshold) {
    return BitMask.above(image.samples(), image.width(), image.height(), threshold);
  }
}
