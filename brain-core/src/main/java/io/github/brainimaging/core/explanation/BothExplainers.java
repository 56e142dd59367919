package io.github.brainimaging.core.explanation;

import io.github.brainimaging.core.image.MedicalImage;

/** The mean of two maps of one class. */
record BothExplainers(Explainer first, Explainer second) implements Explainer {

  @Override
  public Explanation explain(MedicalImage image) {
    Explanation map = first.explain(image);
    return map.mean(second.explain(image, map.label()));
  }

  @Override
  public Explanation explain(MedicalImage image, String label) {
    return first.explain(image, label).mean(second.explain(image, label));
  }
}
