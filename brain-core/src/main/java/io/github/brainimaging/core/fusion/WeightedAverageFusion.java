package io.github.brainimaging.core.fusion;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.internal.Arguments;

/**
 * The weighted mean of both images: {@code weight * mri + (1 - weight) * ct}. It halves the
 * contrast of what only one of them shows, so it is the yardstick for the other methods.
 */
final class WeightedAverageFusion implements ImageFusion {

  private final float mriWeight;

  private WeightedAverageFusion(float mriWeight) {
    this.mriWeight = mriWeight;
  }

  static WeightedAverageFusion withDefaults() {
    return ofMriWeight(0.5);
  }

  static WeightedAverageFusion ofMriWeight(double mriWeight) {
    Arguments.requireShare("mriWeight", mriWeight);
    return new WeightedAverageFusion((float) mriWeight);
  }

  @Override
  public MedicalImage fuse(MedicalImage mri, MedicalImage ct) {
    FusionPair pair = FusionPair.of(mri, ct);
    return pair.result(pair.mri().with(pair.ct(), (a, b) -> mriWeight * a + (1 - mriWeight) * b));
  }

  @Override
  public String toString() {
    return "average with " + mriWeight + " of the MRI";
  }
}
