package io.github.brainimaging.segmentation.tumor;

import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.Spacing;
import io.github.brainimaging.segmentation.internal.PixelShape;
import io.github.brainimaging.segmentation.morphology.Morphology;
import io.github.brainimaging.segmentation.skullstrip.BrainExtraction;
import io.github.brainimaging.segmentation.threshold.OtsuThreshold;
import io.github.brainimaging.segmentation.threshold.Thresholds;

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
    boolean[] tissue =
        Morphology.ofDiskMm(RIM * diameter, pixel).erode(extraction.brain()).toArray();
    float[] gray = image.samples();
    for (int i = 0; i < tissue.length; i++) {
      tissue[i] &= gray[i] > extraction.tissueLevel();
    }
    Mask within = Mask.wrap(image.width(), image.height(), tissue);
    Thresholds thresholds = OtsuThreshold.twoClass().find(image, within);
    boolean[] bright = thresholds.brightest(image).toArray();
    for (int i = 0; i < bright.length; i++) {
      bright[i] &= tissue[i];
    }
    Mask otsu = Mask.wrap(image.width(), image.height(), bright);
    trace.add("otsu", otsu::toImage);
    Mask opened = Morphology.ofDiskMm(Math.max(1, OPENING * diameter), pixel).open(otsu);
    trace.add("clean-up", opened::toImage);
    return Morphology.fillHoles(Morphology.largestComponent(opened));
  }
}
