package io.github.brainimaging.examples.cli.option;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.Modality;
import io.github.brainimaging.core.inference.Segmentation;
import io.github.brainimaging.core.inference.Segmenter;

/** One segmenter for slices that their file calls FLAIR, one for all others. */
record BySequence(Segmenter onFlair, Segmenter others) implements Segmenter {

  static boolean isFlair(MedicalImage image) {
    return image.facts().modality() == Modality.MR_FLAIR;
  }

  @Override
  public Segmentation segment(MedicalImage image) {
    return (isFlair(image) ? onFlair : others).segment(image);
  }
}
