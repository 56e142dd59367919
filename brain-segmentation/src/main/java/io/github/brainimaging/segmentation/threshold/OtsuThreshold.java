package io.github.brainimaging.segmentation.threshold;

import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.internal.Arguments;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Otsu's thresholds: those that part the gray values into classes with the largest variance between
 * the classes, which is the smallest variance within them (N. Otsu, "A Threshold Selection Method
 * from Gray-Level Histograms", 1979; several classes: Liao, Chen and Chung, 2001).
 *
 * <p>Whole numbers, such as 8-bit and 16-bit images hold, have a bin of their own for every gray
 * value and the result is exact, as long as they span less than 65,536 values for two classes and
 * 256 for more. Other images are counted in that many bins of equal width, from the smallest to the
 * largest value; class means are exact even then. Of several equally good thresholds the lowest is
 * taken. Two classes of 8-bit images are BoofCV's, which takes the one of equally good thresholds
 * that its rounding favors, and part the pixels as scikit-image's {@code threshold_otsu} and
 * OpenCV's {@code THRESH_OTSU} do.
 *
 * <p>Only finite samples count. A constant image, and one without a finite sample, has no
 * threshold; an image with fewer gray values than classes gets a class per gray value.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @since 0.1.0
 */
public final class OtsuThreshold {

  private static final int TWO_CLASS_BINS = 65_536;
  private static final int MULTI_LEVEL_BINS = 256;
  private static final int MAXIMUM_CLASSES = 8;
  private static final int AUTOMATIC = 0;

  private final int classes;

  private OtsuThreshold(int classes) {
    this.classes = classes;
  }

  /**
   * One threshold, two classes.
   *
   * @return the method
   */
  public static OtsuThreshold twoClass() {
    return new OtsuThreshold(2);
  }

  /**
   * A given number of classes.
   *
   * @param classes 2 to 8
   * @return the method
   * @throws IllegalArgumentException if the number is outside this range
   */
  public static OtsuThreshold multiLevel(int classes) {
    Arguments.require(
        classes >= 2 && classes <= MAXIMUM_CLASSES,
        "classes must be between 2 and %s, got %s",
        MAXIMUM_CLASSES,
        classes);
    return new OtsuThreshold(classes);
  }

  /**
   * As many classes as the histogram has hills, at least 2 and at most 5: the valleys between them
   * are counted in a smoothed histogram of 256 bins (P1). A valley counts if it is at least a fifth
   * lower than the hills on both its sides.
   *
   * @return the method
   */
  public static OtsuThreshold automatic() {
    return new OtsuThreshold(AUTOMATIC);
  }

  /**
   * Finds the thresholds of an image.
   *
   * @param image an image of one channel
   * @return the thresholds
   * @throws IllegalArgumentException if the image has several channels
   */
  public Thresholds find(MedicalImage image) {
    Thresholds.requireGray(image);
    float[] samples = image.samples();
    return find(samples, compactFinite(samples, null));
  }

  /**
   * Finds the thresholds of the pixels inside a mask, such as the brain.
   *
   * @param image an image of one channel
   * @param within the pixels that count, of the image's size
   * @return the thresholds; none if the mask is empty
   * @throws IllegalArgumentException if the image has several channels or the sizes differ
   */
  public Thresholds find(MedicalImage image, Mask within) {
    Thresholds.requireGray(image);
    Arguments.require(
        within.width() == image.width() && within.height() == image.height(),
        "within must be of the image's size %s x %s, got %s",
        image.width(),
        image.height(),
        within);
    float[] samples = image.samples();
    return find(samples, compactFinite(samples, within.toArray()));
  }

  private Thresholds find(float[] values, int n) {
    int number = classes == AUTOMATIC ? Valleys.count(values, n) + 1 : classes;
    return number == 2
        ? twoClass(values, n)
        : MultiLevelOtsu.find(GrayHistogram.of(values, n, MULTI_LEVEL_BINS), number);
  }

  private static Thresholds twoClass(float[] values, int n) {
    int[] eightBit = EightBitOtsu.histogram(values, n);
    return eightBit.length > 0
        ? EightBitOtsu.find(eightBit, n)
        : twoClass(GrayHistogram.of(values, n, TWO_CLASS_BINS));
  }

  /** Moves the finite samples inside the mask to the front and returns their number. */
  private static int compactFinite(float[] samples, boolean @Nullable [] inside) {
    int n = 0;
    for (int i = 0; i < samples.length; i++) {
      if ((inside == null || inside[i]) && Float.isFinite(samples[i])) {
        samples[n++] = samples[i];
      }
    }
    return n;
  }

  /** With two classes, the variance between them is {@code (S n1 - N s1)^2 / (n1 (N - n1))}. */
  private static Thresholds twoClass(GrayHistogram histogram) {
    double total = histogram.total();
    double mean = histogram.mean();
    double lower = 0;
    double lowerDeviation = 0;
    double best = -1;
    int bestBin = -1;
    for (int bin = 0; bin < histogram.bins() - 1; bin++) {
      lower += histogram.count(bin);
      lowerDeviation += histogram.sum(bin) - mean * histogram.count(bin);
      double variance = lowerDeviation * lowerDeviation / (lower * (total - lower));
      if (variance > best) {
        best = variance;
        bestBin = bin;
      }
    }
    return new Thresholds(bestBin < 0 ? new float[0] : new float[] {histogram.largest(bestBin)});
  }

  /**
   * Gray values that part an image into classes. Every threshold is a gray value of the image, the
   * largest one of the class below it: a pixel belongs to the class above if it is larger.
   *
   * <p>No threshold at all means that there is one class only: the image is constant.
   *
   * <p>Immutable and safe to share between threads.
   */
  public static final class Thresholds {

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
      Arguments.require(
          image.channels() == 1, "image must have 1 channel, got %s", image.channels());
    }

    /** The values. */
    @Override
    public String toString() {
      return "Thresholds" + Arrays.toString(values);
    }
  }
}
