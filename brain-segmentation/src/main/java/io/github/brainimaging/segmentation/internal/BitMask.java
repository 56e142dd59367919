package io.github.brainimaging.segmentation.internal;

import io.github.brainimaging.core.image.BoundingBox;
import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.Spacing;
import java.util.Arrays;
import java.util.Optional;

/**
 * A mask of one bit per pixel, so that 64 pixels of a row are joined, cut or shifted at once. The
 * lowest bit of a word is its first column; bits behind the last column are 0.
 *
 * <p>Immutable and safe to share between threads.
 */
public final class BitMask {

  private static final Spacing SQUARE = new Spacing(1, 1);

  private final int width;
  private final int height;
  private final int stride;
  private final long[] words;

  BitMask(int width, int height, long[] words) {
    this.width = width;
    this.height = height;
    this.stride = stride(width);
    this.words = words;
  }

  static int stride(int width) {
    return (width + 63) >>> 6;
  }

  /**
   * Packs a mask.
   *
   * @param mask the mask
   * @return the same pixels
   */
  public static BitMask of(Mask mask) {
    return of(mask.toArray(), mask.width(), mask.height());
  }

  /**
   * Packs a mask.
   *
   * @param inside row after row
   * @param width columns
   * @param height rows
   * @return the same pixels
   */
  public static BitMask of(boolean[] inside, int width, int height) {
    int stride = stride(width);
    long[] words = new long[stride * height];
    for (int y = 0; y < height; y++) {
      for (int k = 0; k < stride; k++) {
        int start = y * width + (k << 6);
        long word = 0;
        for (int i = Math.min(start + 64, (y + 1) * width) - 1; i >= start; i--) {
          word = (word << 1) | (inside[i] ? 1 : 0);
        }
        words[y * stride + k] = word;
      }
    }
    return new BitMask(width, height, words);
  }

  /**
   * The pixels with a value above a threshold.
   *
   * @param samples row after row, no NaN
   * @param width columns
   * @param height rows
   * @param threshold a pixel is inside if it is larger
   * @return the mask
   */
  public static BitMask above(float[] samples, int width, int height, double threshold) {
    return new BitMask(width, height, new long[stride(width) * height])
        .not()
        .above(samples, threshold);
  }

  /**
   * The pixels inside that have a value above a threshold.
   *
   * @param samples row after row, no NaN
   * @param threshold a pixel stays if it is larger
   * @return a new mask
   */
  public BitMask above(float[] samples, double threshold) {
    float limit = (float) threshold;
    // The largest float that is not above the threshold parts all floats as the threshold does.
    long limitKey = OrderStatistic.key(limit > threshold ? Math.nextDown(limit) : limit);
    long[] bright = new long[words.length];
    for (int y = 0; y < height; y++) {
      for (int k = 0; k < stride; k++) {
        if (words[y * stride + k] == 0) {
          continue;
        }
        int start = y * width + (k << 6);
        long word = 0;
        for (int i = Math.min(start + 64, (y + 1) * width) - 1; i >= start; i--) {
          word = (word << 1) | ((limitKey - OrderStatistic.key(samples[i])) >>> 63);
        }
        bright[y * stride + k] = word & words[y * stride + k];
      }
    }
    return new BitMask(width, height, bright);
  }

  /**
   * The samples of the pixels inside.
   *
   * @param samples row after row
   * @return a new array of {@link #count()} values, row after row
   */
  public float[] select(float[] samples) {
    float[] selected = new float[count()];
    int n = 0;
    for (int i = 0; i < words.length; i++) {
      int offset = i / stride * width + (i % stride << 6);
      for (long word = words[i]; word != 0; word &= word - 1) {
        selected[n++] = samples[offset + Long.numberOfTrailingZeros(word)];
      }
    }
    return selected;
  }

  /**
   * Unpacks the mask.
   *
   * @return the same pixels
   */
  public Mask toMask() {
    return Mask.wrap(width, height, toArray());
  }

  /**
   * Unpacks the mask.
   *
   * @return a new array, row after row
   */
  public boolean[] toArray() {
    boolean[] inside = new boolean[width * height];
    for (int y = 0; y < height; y++) {
      for (int k = 0; k < stride; k++) {
        long word = words[y * stride + k];
        int start = y * width + (k << 6);
        while (word != 0) {
          int first = Long.numberOfTrailingZeros(word);
          int length = Long.numberOfTrailingZeros(~(word >>> first));
          Arrays.fill(inside, start + first, start + first + length, true);
          word = length + first == 64 ? 0 : word & (-1L << (first + length));
        }
      }
    }
    return inside;
  }

  /**
   * Number of columns.
   *
   * @return positive
   */
  public int width() {
    return width;
  }

  /**
   * Number of rows.
   *
   * @return positive
   */
  public int height() {
    return height;
  }

  /** Sets the pixels from one column to another, both included, of the row at an offset. */
  static void fill(long[] words, int offset, int first, int last) {
    int from = offset + (first >>> 6);
    int to = offset + (last >>> 6);
    long head = -1L << first;
    long tail = -1L >>> ~last;
    if (from == to) {
      words[from] |= head & tail;
      return;
    }
    words[from] |= head;
    Arrays.fill(words, from + 1, to, -1L);
    words[to] |= tail;
  }

  /** Counts the pixels from one column to another, both included, of the row at an offset. */
  static int count(long[] words, int offset, int first, int last) {
    int count = 0;
    for (int k = first >>> 6; k <= last >>> 6; k++) {
      long word = words[offset + k];
      word &= k == first >>> 6 ? -1L << first : -1L;
      word &= k == last >>> 6 ? -1L >>> ~last : -1L;
      count += Long.bitCount(word);
    }
    return count;
  }

  /** All words, {@code stride(width)} a row; not a copy. */
  long[] words() {
    return words;
  }

  /**
   * Number of pixels inside.
   *
   * @return 0 or more
   */
  public int count() {
    int count = 0;
    for (long word : words) {
      count += Long.bitCount(word);
    }
    return count;
  }

  /**
   * The pixels that are in both masks.
   *
   * @param other a mask of the same size
   * @return a new mask
   */
  public BitMask and(BitMask other) {
    long[] both = words.clone();
    for (int i = 0; i < both.length; i++) {
      both[i] &= other.words[i];
    }
    return new BitMask(width, height, both);
  }

  /**
   * The pixels that are in one of the masks.
   *
   * @param other a mask of the same size
   * @return a new mask
   */
  public BitMask or(BitMask other) {
    long[] either = words.clone();
    for (int i = 0; i < either.length; i++) {
      either[i] |= other.words[i];
    }
    return new BitMask(width, height, either);
  }

  /**
   * The pixels that are not in another mask.
   *
   * @param other a mask of the same size
   * @return a new mask
   */
  public BitMask minus(BitMask other) {
    long[] rest = words.clone();
    for (int i = 0; i < rest.length; i++) {
      rest[i] &= ~other.words[i];
    }
    return new BitMask(width, height, rest);
  }

  /**
   * The pixels outside.
   *
   * @return a new mask
   */
  public BitMask not() {
    long[] outside = new long[words.length];
    long last = -1L >>> ((stride << 6) - width);
    for (int i = 0; i < outside.length; i++) {
      outside[i] = ~words[i];
    }
    for (int i = stride - 1; i < outside.length; i += stride) {
      outside[i] &= last;
    }
    return new BitMask(width, height, outside);
  }

  /** The pixels that have at least so many columns and rows between them and the border. */
  BitMask inset(int columns, int rows) {
    long[] inner = new long[words.length];
    for (int y = rows; y < height - rows && columns < width - columns; y++) {
      fill(inner, y * stride, columns, width - columns - 1);
    }
    return and(new BitMask(width, height, inner));
  }

  /**
   * The smallest box that holds all pixels inside.
   *
   * @return empty if the mask is empty
   */
  public Optional<BoundingBox> boundingBox() {
    long[] columns = new long[stride];
    int top = -1;
    int bottom = -1;
    for (int y = 0; y < height; y++) {
      long any = 0;
      for (int k = 0; k < stride; k++) {
        columns[k] |= words[y * stride + k];
        any |= words[y * stride + k];
      }
      if (any != 0) {
        top = top < 0 ? y : top;
        bottom = y;
      }
    }
    if (top < 0) {
      return Optional.empty();
    }
    int first = 0;
    while (columns[first] == 0) {
      first++;
    }
    int last = stride - 1;
    while (columns[last] == 0) {
      last--;
    }
    int left = (first << 6) + Long.numberOfTrailingZeros(columns[first]);
    int right = (last << 6) + 63 - Long.numberOfLeadingZeros(columns[last]);
    return Optional.of(new BoundingBox(left, top, right - left + 1, bottom - top + 1));
  }

  /**
   * Fills what is enclosed: pixels from which no path of edge neighbors leads to the border.
   *
   * @return the mask without holes
   */
  public BitMask fillHoles() {
    return new Grid(width, height, 1, SQUARE, 1).fillHoles(this);
  }
}
