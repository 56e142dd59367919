package io.github.brainimaging.models.training.internal.batch;

import io.github.brainimaging.core.augmentation.Augmentation;
import io.github.brainimaging.core.image.MedicalImage;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Turns some images of a healthy class into images of a class with a lesion, by painting one.
 *
 * @param painter sees the image with an empty mask as last channel, and marks there what it paints
 * @param healthy the number of the class that may get a lesion
 * @param diseased the number of the class that an image with a painted lesion is of
 */
public record PaintedLesions(Augmentation painter, int healthy, int diseased) {

  LabeledImages.Example apply(LabeledImages.Example example, RandomGenerator random) {
    if (example.label() != healthy) {
      return example;
    }
    MedicalImage image = example.image();
    float[] samples = image.samples();
    int pixels = image.width() * image.height();
    MedicalImage masked =
        MedicalImage.wrap(
            image.width(),
            image.height(),
            image.channels() + 1,
            Arrays.copyOf(samples, samples.length + pixels));
    float[] painted = painter.apply(masked, random).samples();
    for (int i = samples.length; i < painted.length; i++) {
      if (painted[i] > 0.5) {
        float[] shown = Arrays.copyOf(painted, samples.length);
        return new LabeledImages.Example(image.wrapSamples(shown), diseased);
      }
    }
    return example;
  }
}
