package io.github.brainimaging.segmentation.internal;

import io.github.brainimaging.core.image.Spacing;
import io.github.brainimaging.core.internal.Arguments;
import java.util.Arrays;

/** A flat structuring element that is convex and symmetric about its center. */
public final class StructuringElement implements Element {

  /** A millionth of slack, so that a radius such as 5 * 0.2 still reaches its fifth pixel. */
  private static final double SLACK = 1 + 1e-6;

  /** {@code reach[dy]} columns to both sides belong to the element in rows {@code +dy} and -dy. */
  private final int[] reach;

  private StructuringElement(int[] reach) {
    this.reach = reach;
  }

  /**
   * A disk, which is an ellipse of pixels where these are not square.
   *
   * @param radius 0 or more, in the unit of the spacing, up to 10,000 pixels
   * @param pixel the distance of columns and rows, known
   * @return the element
   * @throws IllegalArgumentException if the radius is outside this range
   */
  public static StructuringElement disk(double radius, Spacing pixel) {
    requireRadius(radius / pixel.x());
    requireRadius(radius / pixel.y());
    int[] reach = new int[(int) (radius / pixel.y() * SLACK) + 1];
    for (int dy = 0; dy < reach.length; dy++) {
      double half = radius * radius - dy * pixel.y() * dy * pixel.y();
      reach[dy] = (int) (Math.sqrt(Math.max(0, half)) / pixel.x() * SLACK);
    }
    return new StructuringElement(reach);
  }

  /**
   * A square.
   *
   * @param radius 0 to 10,000 pixels on each side of the center
   * @return the element
   * @throws IllegalArgumentException if the radius is outside this range
   */
  public static StructuringElement square(int radius) {
    requireRadius(radius);
    int[] reach = new int[radius + 1];
    Arrays.fill(reach, radius);
    return new StructuringElement(reach);
  }

  private static void requireRadius(double pixels) {
    Arguments.require(
        pixels >= 0 && pixels <= 10_000,
        "radius must be between 0 and 10000 pixels, got %s",
        pixels);
  }

  @Override
  public BitMask dilate(BitMask mask) {
    int stride = BitMask.stride(mask.width());
    // A word of zeros before every row, and one at the end, takes up what leaves a row.
    int step = stride + 1;
    long[] grown = spread(mask, stride);
    long[] target = new long[grown.length];
    int reached = 0;
    // From the tips of the element to its center every row is at least as wide as the last one.
    for (int dy = reach.length - 1; dy >= 0; dy--) {
      while (reached < reach[dy]) {
        // Runs are at least 2 * reached + 1 pixels long by now, so longer steps leave no gaps.
        int pixels = Math.min(Math.min(reach[dy] - reached, 2 * reached + 1), 63);
        grown = widen(grown, pixels, step);
        reached += pixels;
      }
      int shift = Math.min(dy, mask.height()) * step;
      join(target, shift, grown, 0);
      join(target, 0, grown, shift);
    }
    return gather(target, mask.width(), mask.height());
  }

  private static long[] spread(BitMask mask, int stride) {
    long[] rows = new long[mask.height() * (stride + 1) + 1];
    for (int y = 0; y < mask.height(); y++) {
      System.arraycopy(mask.words(), y * stride, rows, y * (stride + 1) + 1, stride);
    }
    return rows;
  }

  private static BitMask gather(long[] rows, int width, int height) {
    int stride = BitMask.stride(width);
    long[] words = new long[stride * height];
    long last = -1L >>> ((stride << 6) - width);
    for (int y = 0; y < height; y++) {
      System.arraycopy(rows, y * (stride + 1) + 1, words, y * stride, stride);
      words[(y + 1) * stride - 1] &= last;
    }
    return new BitMask(width, height, words);
  }

  /** Adds what is 1 to 63 columns to the left and to the right. */
  private static long[] widen(long[] rows, int pixels, int step) {
    long[] wide = new long[rows.length];
    for (int i = 1; i < rows.length - 1; i++) {
      long word = rows[i];
      long inside = word | (word << pixels) | (word >>> pixels);
      wide[i] = inside | (rows[i - 1] >>> (64 - pixels)) | (rows[i + 1] << (64 - pixels));
    }
    for (int i = 0; i < wide.length; i += step) {
      wide[i] = 0;
    }
    return wide;
  }

  private static void join(long[] target, int to, long[] source, int from) {
    int count = target.length - Math.max(to, from);
    for (int i = 0; i < count; i++) {
      target[to + i] |= source[from + i];
    }
  }

  @Override
  public BitMask erodeFromBorder(BitMask mask) {
    return inset(erode(mask));
  }

  /** The pixels that are farther from the border than the element reaches. */
  BitMask inset(BitMask mask) {
    return mask.inset(reach[0], reach.length - 1);
  }
}
