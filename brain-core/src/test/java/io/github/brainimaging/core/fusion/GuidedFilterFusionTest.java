package io.github.brainimaging.core.fusion;

import static io.github.brainimaging.core.transform.ImageAssertions.assertClose;

import org.junit.jupiter.api.Test;

class GuidedFilterFusionTest extends ImageFusionContract {

  @Override
  ImageFusion fusion() {
    return ImageFusion.guidedFilter();
  }

  @Test
  void agreesWithNumpyAndScipy() {
    assertClose(fusion().fuse(REFERENCE.mri(), REFERENCE.ct()), REFERENCE.fused("guided"), 1e-5);
  }
}
