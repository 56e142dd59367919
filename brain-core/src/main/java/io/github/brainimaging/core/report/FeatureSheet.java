package io.github.brainimaging.core.report;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.core.tensor.Tensor;
import io.github.brainimaging.core.transform.spatial.Interpolation;
import io.github.brainimaging.core.transform.spatial.Resize;
import java.awt.Graphics2D;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * A sheet of the maps that a layer of a network makes of an image, for the eye: one panel for each
 * channel, with its number and its lowest and highest value, the lowest black and the highest
 * white. Each channel is scaled by itself, so that brightness tells places within a channel and
 * never two channels apart. Of a channel with one value everywhere the label says so, and its panel
 * is black. What is not finite is black too, and told.
 *
 * <p>Small maps are enlarged by a whole number, so that each value is a square; maps larger than
 * 192 are shrunk.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @since 0.1.0
 */
public final class FeatureSheet {

  private static final int LEAST_PANEL = 112;
  private static final int LARGEST_PANEL = 192;

  /** Room for the caption. */
  private static final int LEAST_WIDTH = 480;

  private static final int GAP = 8;
  private static final int CAPTION = 24;
  private static final int LABEL = 16;
  private static final int FONT = 11;

  /** Some 1,200 of the smallest panels, which take 20 bytes for each pixel while they are drawn. */
  private static final long MOST_PIXELS = 20_000_000;

  private final int most;

  private FeatureSheet(int most) {
    this.most = most;
  }

  /**
   * All channels, in their order.
   *
   * @return the sheet
   */
  public static FeatureSheet withDefaults() {
    return new FeatureSheet(Integer.MAX_VALUE);
  }

  /**
   * The same with a few channels only: those whose values vary most, that of the highest variance
   * first. Variance is in the unit of the layer, where channels can be compared.
   *
   * @param newMost how many at most, positive; by default all, in their order
   * @return a new sheet
   * @throws IllegalArgumentException if it is not positive
   */
  public FeatureSheet withMostVarying(int newMost) {
    return new FeatureSheet(Arguments.requirePositive("most", newMost));
  }

  /**
   * Draws the sheet; {@link io.github.brainimaging.core.io.PngImageWriter} writes it.
   *
   * @param caption what to write above it, before the size and the number of channels, such as the
   *     name of the layer
   * @param features values of the shape {@code [channels, height, width]}, none of them 0
   * @return an RGB image
   * @throws IllegalArgumentException if the shape is another, or the sheet would have more than 20
   *     million pixels; {@link #withMostVarying} makes it smaller
   */
  public MedicalImage draw(String caption, Tensor features) {
    int[] shape = features.shape();
    Arguments.require(
        shape.length == 3 && features.size() > 0,
        "features must have the shape [channels, height, width], got %s",
        Arrays.toString(shape));
    Resize fit = fit(shape[2], shape[1]);
    MedicalImage size = fit.apply(Channel.of(features, 0).gray());
    int width = Math.max(LEAST_PANEL, size.width()) + GAP;
    int height = size.height() + LABEL + GAP;
    int count = Math.min(most, shape[0]);
    int columns = Math.min(count, (int) Math.ceil(Math.sqrt((double) count * height / width)));
    int rows = (count + columns - 1) / columns;
    long sheetWidth = Math.max(LEAST_WIDTH, (long) columns * width + GAP);
    long sheetHeight = CAPTION + (long) rows * height;
    Arguments.require(
        sheetWidth * sheetHeight <= MOST_PIXELS,
        "features must be few enough for a sheet of %s pixels, got %s channels, which make one of"
            + " %s x %s; take fewer with withMostVarying",
        MOST_PIXELS,
        count,
        sheetWidth,
        sheetHeight);
    List<Channel> all =
        IntStream.range(0, shape[0]).mapToObj(c -> Channel.of(features, c)).toList();
    List<Channel> shown = shown(all);
    String heading =
        String.format(
            Locale.ROOT,
            "%s: %d of %d channels of %d x %d%s, %d of all constant",
            caption,
            shown.size(),
            all.size(),
            shape[2],
            shape[1],
            most == Integer.MAX_VALUE ? "" : ", most varying first",
            all.stream().filter(Channel::isConstant).count());
    return Canvas.draw(
        (int) sheetWidth,
        (int) sheetHeight,
        FONT,
        canvas -> {
          canvas.drawString(heading, GAP, CAPTION - 8);
          for (int i = 0; i < shown.size(); i++) {
            int left = i % columns * width + GAP;
            int top = CAPTION + i / columns * height;
            canvas.setClip(left, top, width - GAP, height);
            draw(shown.get(i), fit, left, top, canvas);
          }
        });
  }

  private List<Channel> shown(List<Channel> all) {
    return most == Integer.MAX_VALUE
        ? all
        : all.stream()
            .sorted(Comparator.comparingDouble(Channel::variance).reversed())
            .limit(most)
            .toList();
  }

  private static Resize fit(int width, int height) {
    int side = Math.max(width, height);
    if (side > LARGEST_PANEL) {
      double scale = (double) LARGEST_PANEL / side;
      return Resize.to(
          (int) Math.max(1, Math.round(width * scale)),
          (int) Math.max(1, Math.round(height * scale)));
    }
    int times = Math.max(1, LEAST_PANEL / side);
    return Resize.to(width * times, height * times).withInterpolation(Interpolation.NEAREST);
  }

  private static void draw(Channel channel, Resize fit, int left, int top, Graphics2D canvas) {
    canvas.drawString(channel.label(), left, top + LABEL - 4);
    MedicalImage picture = Overlay.gray(fit.apply(channel.gray()));
    canvas.drawImage(Thumbnail.picture(picture), left, top + LABEL, null);
  }

  /** The number of channels. */
  @Override
  public String toString() {
    return "FeatureSheet[" + (most == Integer.MAX_VALUE ? "all" : most + " most varying") + "]";
  }

  /** One map; low and high are infinite where no value is finite. */
  private record Channel(int number, MedicalImage map, float low, float high, double variance) {

    static Channel of(Tensor features, int number) {
      int[] shape = features.shape();
      int size = shape[1] * shape[2];
      float[] values = new float[size];
      float low = Float.POSITIVE_INFINITY;
      float high = Float.NEGATIVE_INFINITY;
      double sum = 0;
      int finite = 0;
      for (int i = 0; i < size; i++) {
        float value = features.get(number * size + i);
        values[i] = value;
        if (Float.isFinite(value)) {
          low = Math.min(low, value);
          high = Math.max(high, value);
          sum += value;
          finite++;
        }
      }
      double mean = sum / Math.max(1, finite);
      double variance = low < high ? squares(values, mean) / finite : 0;
      MedicalImage map = MedicalImage.wrap(shape[2], shape[1], 1, values);
      return new Channel(number, map, low, high, variance);
    }

    /** In a pass of its own: mean of squares less square of mean is noise far from 0. */
    private static double squares(float[] values, double mean) {
      double sum = 0;
      for (float value : values) {
        if (Float.isFinite(value)) {
          sum += (value - mean) * (value - mean);
        }
      }
      return sum;
    }

    boolean isConstant() {
      return low == high && isFinite();
    }

    private boolean isFinite() {
      for (float value : map.samples()) {
        if (!Float.isFinite(value)) {
          return false;
        }
      }
      return true;
    }

    String label() {
      if (isConstant()) {
        return String.format(Locale.ROOT, "%d: constant %.3g", number, low);
      }
      String range =
          low <= high ? String.format(Locale.ROOT, "%.3g to %.3g", low, high) : "nothing finite";
      return number + ": " + range + (isFinite() || low > high ? "" : ", some not finite");
    }

    MedicalImage gray() {
      float[] gray = map.samples();
      for (int i = 0; i < gray.length; i++) {
        boolean shades = Float.isFinite(gray[i]) && low < high;
        gray[i] = shades ? (float) (255 * ((double) gray[i] - low) / ((double) high - low)) : 0;
      }
      return map.wrapSamples(gray);
    }
  }
}
