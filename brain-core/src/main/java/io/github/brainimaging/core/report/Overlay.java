package io.github.brainimaging.core.report;

import io.github.brainimaging.core.explanation.Explanation;
import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.core.transform.intensity.DisplayWindow;
import java.util.List;

/**
 * Draws an image in gray with a region outlined in color, or a map over it.
 *
 * <p>The gray values between the 0.5th and the 99.5th percentile are spread over 0 to 255, of a CT
 * in Hounsfield units those of the brain, 0 to 80; what is not finite is black. The outline colors
 * the border pixels of the mask (those with one of their four neighbors outside) and, for every 400
 * pixels of the image's longest side, one pixel more outwards.
 *
 * @since 0.1.0
 */
public final class Overlay {

  /** Red, green, blue: a pink that stands out from every gray. */
  static final int[] COLOR = {255, 45, 120};

  /** The truth: a green that is told from it by any color vision. */
  static final int[] TRUTH = {0, 210, 130};

  /** What a value of 1 and of 0 look like where a map speaks for a class, and against it. */
  private static final int[][] FOR = {{255, 230, 0}, {255, 0, 0}};

  private static final int[][] AGAINST = {{0, 200, 255}, {0, 60, 255}};
  private static final double HEAT = 0.65;

  private static final int PIXELS_PER_LINE_WIDTH = 400;

  private Overlay() {}

  /**
   * Draws the overlay.
   *
   * @param image the image, gray or with three channels red, green, blue; of other numbers of
   *     channels the first is shown
   * @param mask the region, on the image's grid; may be empty
   * @return an image of the same width and height with three channels of whole numbers, 0 to 255,
   *     which {@link io.github.brainimaging.core.io.PngImageWriter} can write
   * @throws IllegalArgumentException if the sizes differ
   */
  public static MedicalImage draw(MedicalImage image, Mask mask) {
    return draw(image, mask, COLOR);
  }

  /**
   * Draws the overlay with gray values of one's own choice.
   *
   * @param image the image, gray or with three channels red, green, blue; of other numbers of
   *     channels the first is shown
   * @param window what becomes black and what white
   * @param mask the region, on the image's grid; may be empty
   * @return as {@link #draw(MedicalImage, Mask)} does
   * @throws IllegalArgumentException if the sizes differ
   */
  public static MedicalImage draw(MedicalImage image, DisplayWindow window, Mask mask) {
    return drawGray(DisplayGray.of(image, window), mask, COLOR);
  }

  private static MedicalImage draw(MedicalImage image, Mask mask, int[] color) {
    return drawGray(DisplayGray.of(image), mask, color);
  }

  /** The same of gray values as {@link DisplayGray} gives them. */
  static MedicalImage drawGray(MedicalImage gray, Mask mask, int[] color) {
    int extraWidth = Math.max(gray.width(), gray.height()) / PIXELS_PER_LINE_WIDTH;
    return outline(gray(gray), mask, extraWidth, color);
  }

  /**
   * Draws an image three times beside itself: as it is, with the truth in green, and with what was
   * found in pink, for the eye to compare.
   *
   * @param image the image, gray or with three channels red, green, blue
   * @param found the mask that was found, on the image's grid; may be empty
   * @param truth the true mask, on the image's grid; may be empty
   * @return an image of the same height and three times the width, with three channels of whole
   *     numbers, 0 to 255, which {@link io.github.brainimaging.core.io.PngImageWriter} can write
   * @throws IllegalArgumentException if the sizes differ
   */
  public static MedicalImage sideBySide(MedicalImage image, Mask found, Mask truth) {
    Mask none = Mask.empty(image.width(), image.height());
    List<float[]> pictures =
        List.of(
            draw(image, none).samples(),
            draw(image, truth, TRUTH).samples(),
            draw(image, found).samples());
    int width = image.width();
    int rows = image.height() * 3; // of all three channels, which lie one after the other
    float[] all = new float[pictures.size() * width * rows];
    for (int row = 0; row < rows; row++) {
      for (int i = 0; i < pictures.size(); i++) {
        int target = (row * pictures.size() + i) * width;
        System.arraycopy(pictures.get(i), row * width, all, target, width);
      }
    }
    return MedicalImage.wrap(pictures.size() * width, image.height(), 3, all)
        .withNominalMaximum(255);
  }

  /**
   * Draws a map over an image: from red to yellow where it speaks for its class, from blue to cyan
   * where it speaks against it, the stronger the less of the image shines through.
   *
   * @param image the image, gray or with three channels red, green, blue
   * @param explanation a map on the image's grid
   * @return an image of the same width and height with three channels of whole numbers, 0 to 255,
   *     which {@link io.github.brainimaging.core.io.PngImageWriter} can write
   * @throws IllegalArgumentException if the sizes differ
   */
  public static MedicalImage heat(MedicalImage image, Explanation explanation) {
    return heatGray(DisplayGray.of(image), explanation);
  }

  /** The same of gray values as {@link DisplayGray} gives them. */
  static MedicalImage heatGray(MedicalImage gray, Explanation explanation) {
    MedicalImage map = explanation.map();
    Arguments.require(
        map.width() == gray.width() && map.height() == gray.height(),
        "explanation must have the size of the image = %s x %s, got %s",
        gray.width(),
        gray.height(),
        explanation);
    return heat(gray(gray), map);
  }

  /** The same on an image of three channels, 0 to 255. */
  static MedicalImage heat(MedicalImage image, MedicalImage map) {
    float[] rgb = image.samples();
    float[] values = map.samples();
    for (int i = 0; i < values.length; i++) {
      double value = Math.min(1, Math.abs(values[i]));
      int[][] colors = values[i] > 0 ? FOR : AGAINST;
      for (int c = 0; c < 3; c++) {
        double color = colors[1][c] + value * (colors[0][c] - colors[1][c]);
        float gray = rgb[c * values.length + i];
        rgb[c * values.length + i] = Math.round(gray + HEAT * value * (color - gray));
      }
    }
    return image.wrapSamples(rgb);
  }

  /** A gray image of 0 to 255 as red, green and blue, in whole numbers. */
  static MedicalImage gray(MedicalImage gray) {
    int pixels = gray.width() * gray.height();
    float[] rgb = new float[3 * pixels];
    gray.copySamplesTo(rgb, 0);
    for (int i = 0; i < pixels; i++) {
      rgb[i] = Math.round(rgb[i]);
      rgb[pixels + i] = rgb[i];
      rgb[2 * pixels + i] = rgb[i];
    }
    return MedicalImage.wrap(gray.width(), gray.height(), 3, rgb).withNominalMaximum(255);
  }

  /** Outlines a mask in a color. */
  static MedicalImage outline(MedicalImage image, Mask mask, int extraWidth, int[] color) {
    Arguments.require(
        mask.width() == image.width() && mask.height() == image.height(),
        "mask must have the size of the image = %s x %s, got %s x %s",
        image.width(),
        image.height(),
        mask.width(),
        mask.height());
    float[] rgb = image.samples();
    Mask outline = mask.outline();
    for (int y = 0; y < mask.height(); y++) {
      for (int x = 0; x < mask.width(); x++) {
        if (outline.get(x, y)) {
          color(rgb, color, y * mask.width() + x);
          colorOutside(rgb, color, mask, x, y, extraWidth);
        }
      }
    }
    return image.wrapSamples(rgb);
  }

  private static void color(float[] rgb, int[] color, int i) {
    for (int c = 0; c < color.length; c++) {
      rgb[c * (rgb.length / 3) + i] = color[c];
    }
  }

  private static void colorOutside(float[] rgb, int[] color, Mask mask, int x, int y, int reach) {
    for (int v = Math.max(0, y - reach); v <= Math.min(mask.height() - 1, y + reach); v++) {
      for (int u = Math.max(0, x - reach); u <= Math.min(mask.width() - 1, x + reach); u++) {
        if (!mask.get(u, v)) {
          color(rgb, color, v * mask.width() + u);
        }
      }
    }
  }
}
