package io.github.brainimaging.examples.cli.option;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.inference.Segmentation;
import io.github.brainimaging.core.inference.Segmenter;
import io.github.brainimaging.models.onnx.OnnxSegmenter;
import java.util.function.Supplier;

/** A network that is opened when it is first asked. */
record WhenNeeded(Supplier<OnnxSegmenter> network) implements Segmenter {

  @Override
  public Segmentation segment(MedicalImage image) {
    return network.get().segment(image);
  }

  @Override
  public MedicalImage probabilities(MedicalImage image) {
    return network.get().probabilities(image);
  }

  @Override
  public double threshold() {
    return network.get().threshold();
  }
}
