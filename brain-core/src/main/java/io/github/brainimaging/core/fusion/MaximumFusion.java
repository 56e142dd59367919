package io.github.brainimaging.core.fusion;

import io.github.brainimaging.core.image.MedicalImage;

/**
 * The brighter of both images at each pixel: bone from the CT, soft tissue from the MRI. Dark
 * structures that only one image shows are lost.
 */
final class MaximumFusion implements ImageFusion {

  private static final MaximumFusion MAXIMUM = new MaximumFusion();

  private MaximumFusion() {}

  static MaximumFusion withDefaults() {
    return MAXIMUM;
  }

  @Override
  public MedicalImage fuse(MedicalImage mri, MedicalImage ct) {
    FusionPair pair = FusionPair.of(mri, ct);
    return pair.result(pair.mri().with(pair.ct(), Math::max));
  }

  @Override
  public String toString() {
    return "maximum";
  }
}
