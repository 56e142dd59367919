package io.github.brainimaging.segmentation.threshold;

import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.internal.Arguments;
import java.util.Arrays;

/**
 * Gray values that part an image into classes. Every threshold is a gray value of the image, the
 * largest one of the class below it: a pixel belongs to the class above if it is larger.
 *
 * <p>No threshold at all means that there is one class only: the image is constant.
 *
 * <p>Immutable and safe to share between threads.
 */
public final class Thresholds {

  private final float[] values;

  Thresholds(float[] values) {
    this.values = values;
  }

  /**
   * The thresholds in rising order.
   *
   * @return a new array, one value less than there are classes
   */
  public float[] values() {
    return values.clone();
  }

  /**
   * The number of classes.
   *
   * @return 1 for a constant image
   */
  public int classes() {
    return values.length + 1;
  }

  /**
   * The pixels of the brightest class.
   *
   * @param image an image of one channel
   * @return the pixels above the highest threshold; none if there is no threshold. NaN is outside
   * @throws IllegalArgumentException if the image has several channels
   */
  public Mask brightest(MedicalImage image) {
    requireGray(image);
    return values.length == 0
        ? Mask.empty(image.width(), image.height())
        : Mask.above(image, values[values.length - 1]);
  }

  /**
   * The class of every pixel.
   *
   * @param image an image of one channel
   * @return an image of the whole numbers 0 (darkest, and NaN) to {@code classes() - 1}
   * @throws IllegalArgumentException if the image has several channels
   */
  public MedicalImage classify(MedicalImage image) {
    requireGray(image);
    float[] samples = image.samples();
    for (int i = 0; i < samples.length; i++) {
      int label = 0;
      while (label < values.length && samples[i] > values[label]) {
        label++;
      }
      samples[i] = label;
    }
    return image.wrapSamples(samples).withNominalMaximum(Math.max(1, values.length));
  }

  static void requireGray(MedicalImage image) {
    Arguments.require(image.channels() == 1, "image must have 1 channel, got %s", image.channels());
  }

  /** The values. */
  @Override
  public String toString() {
    return "Thresholds" + Arrays.toString(values);
  }
}
