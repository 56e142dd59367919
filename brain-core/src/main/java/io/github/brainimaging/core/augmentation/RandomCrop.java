package io.github.brainimaging.core.augmentation;

import io.github.brainimaging.core.image.BoundingBox;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.core.transform.spatial.Crop;
import io.github.brainimaging.core.transform.spatial.Resize;
import java.util.random.RandomGenerator;

/**
 * A window at a random place, enlarged linearly to the size of the image (P3).
 *
 * <p>The window has the same fraction of the image's width and of its height, rounded to whole
 * pixels, at least 1.
 */
final class RandomCrop implements Augmentation {

  private final Range fraction;

  private RandomCrop(Range fraction) {
    this.fraction = fraction;
  }

  static RandomCrop withDefaults() {
    return ofFraction(0.8, 1);
  }

  static RandomCrop ofFraction(double low, double high) {
    Arguments.require(high <= 1, "high must be at most 1, got %s", high);
    return new RandomCrop(new Range(low, high).requirePositive());
  }

  @Override
  public MedicalImage apply(MedicalImage image, RandomGenerator random) {
    double part = fraction.draw(random);
    int width = Math.max(1, (int) Math.round(part * image.width()));
    int height = Math.max(1, (int) Math.round(part * image.height()));
    int x = random.nextInt(image.width() - width + 1);
    int y = random.nextInt(image.height() - height + 1);
    MedicalImage window = Crop.of(new BoundingBox(x, y, width, height)).apply(image);
    return Resize.to(image.width(), image.height()).apply(window).withSpacing(image.spacing());
  }

  /** All settings. */
  @Override
  public String toString() {
    return "RandomCrop[fraction=" + fraction + "]";
  }
}
