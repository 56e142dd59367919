package io.github.brainimaging.core.fusion;

import static io.github.brainimaging.core.transform.ImageAssertions.assertClose;

import org.junit.jupiter.api.Test;

class MaximumFusionTest extends ImageFusionContract {

  @Override
  ImageFusion fusion() {
    return ImageFusion.maximum();
  }

  @Test
  void agreesWithNumpy() {
    assertClose(fusion().fuse(REFERENCE.mri(), REFERENCE.ct()), REFERENCE.fused("maximum"), 1e-5);
  }
}
