package io.github.brainimaging.core.fusion;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.internal.Arguments;

/**
 * The weighted mean of both images: {@code weight * mri + (1 - weight) * ct}. It halves the
 * contrast of what only one of them shows, so it is the yardstick for the other methods.
 *
 * <p>Immutable and safe to share between threads.
 */
public final class WeightedAverageFusion implements ImageFusion {

  private final float mriWeight;

  private WeightedAverageFusion(float mriWeight) {
    this.mriWeight = mriWeight;
  }

  /**
   * The plain mean: a weight of 0.5.
   *
   * @return the fusion
   */
  public static WeightedAverageFusion withDefaults() {
    return ofMriWeight(0.5);
  }

  /**
   * A mean with another weight.
   *
   * @param mriWeight weight of the MRI, 0 to 1; the CT has the rest
   * @return the fusion
   * @throws IllegalArgumentException if it is out of range
   */
  public static WeightedAverageFusion ofMriWeight(double mriWeight) {
    Arguments.require(
        mriWeight >= 0 && mriWeight <= 1, "mriWeight must be 0 to 1, got %s", mriWeight);
    return new WeightedAverageFusion((float) mriWeight);
  }

  @Override
  public MedicalImage fuse(MedicalImage mri, MedicalImage ct) {
    FusionPair pair = FusionPair.of(mri, ct);
    return pair.result(pair.mri().with(pair.ct(), (a, b) -> mriWeight * a + (1 - mriWeight) * b));
  }
}
