package io.github.brainimaging.core.data;

import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.io.ImageFormatException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/**
 * A mask file of one slice. Soft edges are told from areas by what fills a block of 3 x 3 pixels.
 */
final class MaskImage {

  private static final String WHICH =
      "which of them is inside? Expected black and one other value, labels up to 31 or colors on"
          + " black; or say which labels are inside";

  private static final int LARGEST_LABEL = 31;

  /** Of a palette; soft edges give more. */
  private static final int MOST_COLORS = 32;

  /** Fewer gray levels than a soft edge has. */
  private static final int FEW = 8;

  /** What JPEG makes of black. */
  private static final int JPEG_BLACK = 8;

  private static final int JPEG_LEAST_WHITE = 64;

  private final MedicalImage image;
  private final boolean exact;
  private final MaskValues values;
  private final float largest;
  private final boolean colored;

  /**
   * A mask file.
   *
   * @param exact false if the compression changes values
   */
  MaskImage(MedicalImage image, boolean exact, Path file) throws ImageFormatException {
    this.image = image;
    this.exact = exact;
    values = new MaskValues(file, image.channels(), image.samples());
    largest = values.largest();
    colored = isColored(exact ? 0 : JPEG_LEAST_WHITE);
  }

  private boolean isColored(int tolerance) {
    float[] samples = image.samples();
    int pixels = values.values.length;
    for (int i = pixels; i < samples.length; i++) {
      if (Math.abs(samples[i] - samples[i % pixels]) > tolerance) {
        return true;
      }
    }
    return false;
  }

  Mask toMask(Set<Integer> labels) throws ImageFormatException {
    return Mask.wrap(image.width(), image.height(), labels.isEmpty() ? inside() : of(labels));
  }

  private boolean[] of(Set<Integer> labels) throws ImageFormatException {
    values.require(exact && !colored, "expected gray labels, in a format without loss");
    return values.of(labels);
  }

  private boolean[] inside() throws ImageFormatException {
    if (!values.isWhole()) {
      return values.ofShares();
    }
    if (!exact && largest <= JPEG_BLACK) {
      return values.where(value -> false);
    }
    values.require(exact || largest >= JPEG_LEAST_WHITE, "expected 0 and about 255 in a JPEG file");
    boolean two = values.distinct.headSet(largest).stream().allMatch(value -> value == 0);
    boolean labels = !colored && largest <= LARGEST_LABEL;
    boolean colors = exact && areColors(); // First: white and red are both 255 by their largest.
    if (exact && (two || labels || colors)) {
      return values.where(value -> value > 0);
    }
    return soft();
  }

  /** Whether areas of several colors lie on black. */
  private boolean areColors() throws ImageFormatException {
    if (!colored) {
      return false;
    }
    Set<Integer> colors = new HashSet<>();
    Set<Integer> areas = new HashSet<>();
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        int color = color(x, y);
        if (color != 0 && colors.size() <= MOST_COLORS) {
          colors.add(color);
        }
        if (color != 0 && areas.size() <= MOST_COLORS && isArea(x, y)) {
          areas.add(color);
        }
      }
    }
    values.require(
        areas.size() < 2 || values.distinct.first() == 0,
        "in areas of several colors and nowhere black, which is outside");
    values.require(
        areas.stream().noneMatch(MaskImage::isGray) || areas.stream().allMatch(MaskImage::isGray),
        "in areas of gray beside areas of color: expected one color or several on black");
    return colors.size() <= MOST_COLORS && areas.size() > 1;
  }

  private static boolean isGray(int color) {
    return (color >> 16) == (color >> 8 & 0xFF) && (color >> 16) == (color & 0xFF);
  }

  private int color(int x, int y) {
    int color = 0;
    float scale = Math.max(1, image.nominalMaximum() / 255);
    for (int c = 0; c < 3; c++) {
      color = color << 8 | Math.min(255, (int) (image.get(x, y, c) / scale));
    }
    return color;
  }

  /** Whether a pixel and its eight neighbors are alike. */
  private boolean isArea(int x, int y) {
    if (x == 0 || y == 0 || x == image.width() - 1 || y == image.height() - 1) {
      return false;
    }
    for (int c = 0; c < image.channels(); c++) {
      for (int v = y - 1; v <= y + 1; v++) {
        for (int u = x - 1; u <= x + 1; u++) {
          if (image.get(u, v, c) != image.get(x, y, c)) {
            return false;
          }
        }
      }
    }
    return true;
  }

  /** Above half of the largest value, if what lies between is an edge and no more. */
  private boolean[] soft() throws ImageFormatException {
    boolean few = exact && values.distinct.size() <= FEW;
    float low = few ? 0 : 0.1f * largest;
    float high = few ? largest : 0.9f * largest;
    int between = 0;
    int white = 0;
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        float value = values.values[y * image.width() + x];
        white += value >= high ? 1 : 0;
        if (value > low && value < high) {
          between++;
          values.require(!isArea(x, y), WHICH);
        }
      }
    }
    // Of a small region, all may be edge.
    values.require(between <= white + 64, "more gray than white: expected a mask, not an image");
    return values.where(value -> value > largest / 2);
  }
}
