package io.github.brainimaging.segmentation.tumor;

import io.github.brainimaging.core.image.MedicalImage;
import java.util.function.Supplier;

/** Takes intermediate images; they are made only if somebody wants them. */
interface Trace {

  /** Nobody wants them. */
  Trace NONE = (name, image) -> {};

  void add(String name, Supplier<MedicalImage> image);
}
