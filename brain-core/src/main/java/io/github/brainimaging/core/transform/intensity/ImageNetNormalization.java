package io.github.brainimaging.core.transform.intensity;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.core.transform.Transform;
import java.util.Arrays;

/**
 * What networks trained on ImageNet expect, in one of the three conventions of Keras' {@code
 * imagenet_utils.preprocess_input}.
 *
 * <p>The input is gray or red, green, blue, with a known nominal maximum, which is taken to 255
 * first; gray is replicated. The output has three channels and no nominal maximum (NaN). Size,
 * spacing and modality stay.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @since 0.1.0
 */
public final class ImageNetNormalization implements Transform {

  private static final ImageNetNormalization CAFFE =
      new ImageNetNormalization(
          1, new double[] {103.939, 116.779, 123.68}, new double[] {1, 1, 1}, true);
  private static final ImageNetNormalization TORCH =
      new ImageNetNormalization(
          255, new double[] {0.485, 0.456, 0.406}, new double[] {0.229, 0.224, 0.225}, false);
  private static final ImageNetNormalization TF =
      new ImageNetNormalization(127.5, new double[] {1, 1, 1}, new double[] {1, 1, 1}, false);

  private final double divisor;
  private final double[] mean;
  private final double[] deviation;
  private final boolean blueFirst;

  private ImageNetNormalization(
      double divisor, double[] mean, double[] deviation, boolean blueFirst) {
    this.divisor = divisor;
    this.mean = mean;
    this.deviation = deviation;
    this.blueFirst = blueFirst;
  }

  /**
   * Blue, green, red, each minus its mean over ImageNet (103.939, 116.779, 123.68), values up to
   * 255: VGG and ResNet of Keras (P1, P2, P5).
   *
   * @return the transform
   */
  public static ImageNetNormalization caffe() {
    return CAFFE;
  }

  /**
   * Red, green, blue from 0 to 1, minus (0.485, 0.456, 0.406), divided by (0.229, 0.224, 0.225):
   * torchvision, and DenseNet of Keras.
   *
   * @return the transform
   */
  public static ImageNetNormalization torch() {
    return TORCH;
  }

  /**
   * Red, green, blue from -1 to 1: Xception and Inception of Keras (P5).
   *
   * @return the transform
   */
  public static ImageNetNormalization tf() {
    return TF;
  }

  /**
   * Normalizes an image.
   *
   * @param image one channel, or three: red, green, blue; with a nominal maximum
   * @return three channels
   * @throws IllegalArgumentException if the image has another number of channels or no nominal
   *     maximum
   */
  @Override
  public MedicalImage apply(MedicalImage image) {
    int from = image.channels();
    Arguments.require(from == 1 || from == 3, "image must have 1 or 3 channels, got %s", from);
    float maximum = image.nominalMaximum();
    Arguments.require(
        maximum > 0,
        "image must have a nominal maximum, got %s; set it by withNominalMaximum",
        maximum);
    double scale = 255 / (maximum * divisor);
    float[] samples = image.samples();
    int pixels = image.width() * image.height();
    float[] result = new float[Math.multiplyExact(3, pixels)];
    for (int c = 0; c < 3; c++) {
      int color = blueFirst ? 2 - c : c;
      int source = from == 1 ? 0 : color * pixels;
      for (int i = 0; i < pixels; i++) {
        result[c * pixels + i] = (float) ((samples[source + i] * scale - mean[c]) / deviation[c]);
      }
    }
    return image.wrapPixels(image.width(), image.height(), 3, result).withNominalMaximum(Float.NaN);
  }

  @Override
  public String toString() {
    return "ImageNetNormalization[divisor="
        + divisor
        + ", mean="
        + Arrays.toString(mean)
        + ", deviation="
        + Arrays.toString(deviation)
        + (blueFirst ? ", blue first]" : "]");
  }
}
