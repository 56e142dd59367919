package io.github.brainimaging.core.transform.intensity;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.Percentiles;
import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.core.transform.Transform;

/**
 * Maps a window of gray values to 0 to 1 for display, as DICOM defines it (PS3.3, C.11.2.1.2).
 * Values below the window become 0, those above 1.
 *
 * <p>With center c and width w a value x becomes
 *
 * <ul>
 *   <li>linear: {@code (x - (c - 0.5)) / (w - 1) + 0.5}, clipped;
 *   <li>linear exact: {@code (x - c) / w + 0.5}, clipped;
 *   <li>sigmoid: {@code 1 / (1 + exp(-4 (x - c) / w))}.
 * </ul>
 *
 * <p>NaN stays NaN. The nominal maximum becomes 1; size, channels, spacing and modality stay.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @since 0.1.0
 */
public final class DisplayWindow implements Transform {

  private enum Function {
    LINEAR,
    LINEAR_EXACT,
    SIGMOID
  }

  private static final double LOW = 0.5;
  private static final double HIGH = 99.5;

  private final Function function;
  private final double center;
  private final double width;
  private final boolean inverted;

  private DisplayWindow(Function function, double center, double width, boolean inverted) {
    this.function = function;
    this.center = Arguments.requireFinite("center", center);
    this.width = Arguments.requirePositive("width", width);
    this.inverted = inverted;
  }

  /**
   * DICOM's usual window, made for whole numbers.
   *
   * @param center center, finite
   * @param width width, at least 1; with 1 values up to {@code center - 0.5} become 0, others 1
   * @return the transform
   * @throws IllegalArgumentException if a value is out of range
   */
  public static DisplayWindow linear(double center, double width) {
    Arguments.require(width >= 1, "width must be at least 1, got %s", width);
    return new DisplayWindow(Function.LINEAR, center, width, false);
  }

  /**
   * The window from {@code center - width / 2} to {@code center + width / 2}.
   *
   * @param center center, finite
   * @param width width, positive and finite
   * @return the transform
   * @throws IllegalArgumentException if a value is out of range
   */
  public static DisplayWindow linearExact(double center, double width) {
    return new DisplayWindow(Function.LINEAR_EXACT, center, width, false);
  }

  /**
   * The window for the eye where a file asks for none: from the 0.5th to the 99.5th percentile, so
   * that a few extreme values (or the Hounsfield units of a CT) do not leave the rest black.
   *
   * @param samples of an image, or of all slices of a volume; those that are not finite do not
   *     count
   * @return the window; of samples of one value, one in which that value is black
   */
  public static DisplayWindow ofPercentiles(float[] samples) {
    double[] ends = Percentiles.values(samples, LOW, HIGH);
    return ends[1] > ends[0]
        ? linearExact((ends[0] + ends[1]) / 2, ends[1] - ends[0])
        : linearExact(Double.isNaN(ends[0]) ? 0.5 : ends[0] + 0.5, 1);
  }

  /**
   * No window but a table of gray values, as a VOI LUT of DICOM is (PS3.3, C.11.2.1.1). Values are
   * rounded to whole numbers first; those outside the table take its first or last entry, NaN the
   * first. The nominal maximum becomes 1; size, channels, spacing and modality stay.
   *
   * @param first the value that the first entry stands for
   * @param entries what the values become, 0 to 1; at least one; copied
   * @return the transform
   * @throws IllegalArgumentException if there is no entry, or one is not 0 to 1
   */
  public static Transform table(int first, float[] entries) {
    return DisplayTable.of(first, entries);
  }

  /**
   * A window with soft ends.
   *
   * @param center where the result is one half, finite
   * @param width width, positive and finite
   * @return the transform
   * @throws IllegalArgumentException if a value is out of range
   */
  public static DisplayWindow sigmoid(double center, double width) {
    return new DisplayWindow(Function.SIGMOID, center, width, false);
  }

  /**
   * The same window turned round, so that low values are white, as MONOCHROME1 wants it.
   *
   * @return one minus what this gives
   */
  public DisplayWindow inverted() {
    return new DisplayWindow(function, center, width, !inverted);
  }

  /**
   * The center.
   *
   * @return finite
   */
  public double center() {
    return center;
  }

  /**
   * The width.
   *
   * @return positive
   */
  public double width() {
    return width;
  }

  /**
   * The ends of the window; of a sigmoid, those of the exact linear window of its width.
   *
   * @return the values that become 0 and 1, in this order
   */
  public double[] ends() {
    double middle = function == Function.LINEAR ? center - 0.5 : center;
    double half = Math.max(1e-3, function == Function.LINEAR ? (width - 1) / 2 : width / 2);
    return inverted
        ? new double[] {middle + half, middle - half}
        : new double[] {middle - half, middle + half};
  }

  /**
   * Like {@link #apply}, but from 0 to 255, for a screen: what is not a number is black.
   *
   * @param image the image
   * @return an image of nominal maximum 255, not rounded
   */
  public MedicalImage toGray(MedicalImage image) {
    float[] samples = image.samples();
    double low = center - width / 2;
    double scale = 255 / width;
    for (int i = 0; i < samples.length; i++) {
      double shown =
          function == Function.LINEAR_EXACT ? (samples[i] - low) * scale : 255 * show(samples[i]);
      shown = inverted ? 255 - shown : shown;
      // NaN fails the comparison.
      samples[i] = shown > 0 ? (float) Math.min(255, shown) : 0;
    }
    return image.wrapSamples(samples).withNominalMaximum(255);
  }

  @Override
  public MedicalImage apply(MedicalImage image) {
    float[] samples = image.samples();
    for (int i = 0; i < samples.length; i++) {
      double shown = show(samples[i]);
      samples[i] = (float) (inverted ? 1 - shown : shown);
    }
    return image.wrapSamples(samples).withNominalMaximum(1);
  }

  private double show(double x) {
    return switch (function) {
      case LINEAR -> {
        double low = center - 0.5 - (width - 1) / 2;
        double high = center - 0.5 + (width - 1) / 2;
        yield x <= low ? 0 : x > high ? 1 : (x - (center - 0.5)) / (width - 1) + 0.5;
      }
      case LINEAR_EXACT -> Math.max(0, Math.min(1, (x - center) / width + 0.5));
      case SIGMOID -> 1 / (1 + Math.exp(-4 * (x - center) / width));
    };
  }

  /** Function, center and width. */
  @Override
  public String toString() {
    return "DisplayWindow["
        + function
        + ", center="
        + center
        + ", width="
        + width
        + (inverted ? ", inverted]" : "]");
  }
}
