package io.github.brainimaging.core.data;

import io.github.brainimaging.core.io.ImageFormatException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.DoublePredicate;

/**
 * The values of a mask file, one per pixel or voxel, and what can be said of them wherever they
 * lie.
 */
final class MaskValues {

  /** More than the structures of common brain atlases. */
  private static final int MOST = 256;

  final float[] values;
  final TreeSet<Float> distinct = new TreeSet<>();
  private final Path file;
  private final boolean whole;

  /**
   * Takes the largest channel of every pixel.
   *
   * @param samples channel after channel; NaN is outside
   */
  MaskValues(Path file, int channels, float[] samples) throws ImageFormatException {
    this.file = file;
    values = new float[samples.length / channels];
    boolean noFraction = true;
    for (int i = 0; i < samples.length; i++) {
      float sample = Float.isNaN(samples[i]) ? 0 : samples[i];
      int pixel = i % values.length;
      values[pixel] = i < values.length ? sample : Math.max(values[pixel], sample);
      noFraction &= sample == Math.rint(sample);
    }
    whole = noFraction;
    for (float value : values) {
      if (distinct.size() <= MOST) {
        distinct.add(value == 0 ? 0 : value); // not -0
      }
    }
    require(distinct.last() < Float.POSITIVE_INFINITY, "expected finite values");
    require(distinct.first() >= (whole ? 0 : -0.5f), "expected no negative values");
  }

  float largest() {
    float largest = 0;
    for (float value : values) {
      largest = Math.max(largest, value);
    }
    return largest;
  }

  boolean isWhole() {
    return whole;
  }

  boolean[] where(DoublePredicate inside) {
    boolean[] mask = new boolean[values.length];
    for (int i = 0; i < mask.length; i++) {
      mask[i] = inside.test(values[i]);
    }
    return mask;
  }

  /** The pixels of some labels. */
  boolean[] of(Set<Integer> labels) throws ImageFormatException {
    require(whole, "expected the whole numbers of a label map");
    return where(value -> labels.contains((int) value));
  }

  /** Probabilities, or a mask that was interpolated, which may leave 0 to 1 by a little. */
  boolean[] ofShares() throws ImageFormatException {
    require(largest() <= 1.5f, "expected whole numbers, or probabilities from 0 to 1");
    return where(value -> value > 0.5);
  }

  /** What is inside of a volume: every label, or what is more probable than not. */
  boolean[] inside() throws ImageFormatException {
    if (!whole) {
      return ofShares();
    }
    require(distinct.size() <= MOST, "expected the few values of a mask, not those of an image");
    return where(value -> value > 0);
  }

  void require(boolean condition, String expected) throws ImageFormatException {
    if (!condition) {
      throw new ImageFormatException(
          file + ": no mask that can be understood: holds " + found() + "; " + expected);
    }
  }

  /** Some of the values, the lowest and the highest among them. */
  private String found() {
    StringBuilder text = new StringBuilder("the values ");
    int left = 0;
    int n = distinct.size();
    for (float value : distinct) {
      if (left < 6 || left == n - 1) {
        text.append(left == 0 ? "" : ", ").append(left == n - 1 && n > 7 ? "... " : "");
        text.append(
            value == Math.rint(value) ? Long.toString((long) value) : Float.toString(value));
      }
      left++;
    }
    return text.toString();
  }
}
