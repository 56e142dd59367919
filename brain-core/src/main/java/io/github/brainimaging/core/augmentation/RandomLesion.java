package io.github.brainimaging.core.augmentation;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.Percentiles;
import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.core.transform.ForegroundThreshold;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Paints a lesion into a slice without one, so that a segmenter learns that a lesion is what is
 * unlike the tissue around it, in whatever sequence, and not what is bright in one.
 *
 * <p>For images whose last channel is their mask, as {@code MaskTrainer.withGeometry} sees them; it
 * changes both, and leaves alone a slice whose mask is not empty. The lesion is a blob with an
 * uneven border, of a radius drawn in shares of the image's width, at a place with head on all
 * sides. It is brighter or darker than its surroundings by a multiple, drawn, of the distance
 * between the quartiles of the head; it may have a core of another gray value, a rim, a texture,
 * and swelling around it that does not belong to the mask. Values stay within the range of the
 * image. Where the head is too small for the place to be found, nothing is painted; samples that
 * are not finite stay as they are.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @since 0.1.0
 */
public final class RandomLesion implements Augmentation {

  private static final int TRIES = 30;
  private static final int HARMONICS = 4;
  private static final int DIRECTIONS = 8;

  private final Range radius;
  private final Range contrast;

  private RandomLesion(Range radius, Range contrast) {
    this.radius = radius;
    this.contrast = contrast;
  }

  /**
   * Radii from 0.02 to 0.13 of the width, contrasts from 0.7 to 2.2 times the distance of the
   * quartiles.
   *
   * @return the augmentation
   */
  public static RandomLesion withDefaults() {
    return new RandomLesion(new Range(0.02, 0.13), new Range(0.7, 2.2));
  }

  /**
   * With other sizes.
   *
   * @param low smallest mean radius as a share of the image's width, above 0
   * @param high largest, low to 0.5
   * @return a new augmentation
   * @throws IllegalArgumentException if a share is out of range
   */
  public RandomLesion withRadius(double low, double high) {
    Arguments.require(low > 0 && high <= 0.5, "radius must be in 0 to 0.5, got %s, %s", low, high);
    return new RandomLesion(new Range(low, high), contrast);
  }

  /**
   * With other contrasts.
   *
   * @param low smallest distance from the surroundings, in distances of the head's quartiles, 0 or
   *     more
   * @param high largest, low or more
   * @return a new augmentation
   * @throws IllegalArgumentException if a contrast is out of range
   */
  public RandomLesion withContrast(double low, double high) {
    return new RandomLesion(radius, new Range(low, high).requireNotNegative());
  }

  /**
   * Paints a lesion.
   *
   * @param image the image, with its mask as last channel, 0 and 1
   * @param random where all randomness comes from
   * @return image and mask with a lesion, or the input itself if it has one or holds no place
   * @throws IllegalArgumentException if there is no channel beside the mask
   */
  @Override
  public MedicalImage apply(MedicalImage image, RandomGenerator random) {
    Arguments.require(
        image.channels() > 1, "image must have its mask as last channel, got 1 channel");
    float[] samples = image.samples();
    int pixels = image.width() * image.height();
    int maskAt = samples.length - pixels;
    for (int i = maskAt; i < samples.length; i++) {
      if (samples[i] > 0.5) {
        return image;
      }
    }
    Painter painter = new Painter(image, samples, random);
    if (!painter.findPlace()) {
      return image;
    }
    painter.paint(contrast.draw(random));
    return image.wrapSamples(samples);
  }

  /** One lesion; all it needs of the image. */
  private final class Painter {
    private final int width;
    private final int height;
    private final float[] samples;
    private final RandomGenerator random;
    private final double threshold;
    private final double mean;
    private final double[] amplitude = new double[HARMONICS];
    private final double[] phase = new double[HARMONICS];
    private int centerX;
    private int centerY;

    Painter(MedicalImage image, float[] samples, RandomGenerator random) {
      this.width = image.width();
      this.height = image.height();
      this.samples = samples;
      this.random = random;
      float[] first = Arrays.copyOf(samples, width * height);
      this.threshold = ForegroundThreshold.value(MedicalImage.wrap(width, height, 1, first));
      this.mean = radius.draw(random) * width;
      for (int k = 0; k < HARMONICS; k++) {
        amplitude[k] = (random.nextDouble() - 0.5) * 0.6 / (k + 1);
        phase[k] = random.nextDouble() * 2 * Math.PI;
      }
    }

    boolean findPlace() {
      for (int t = 0; t < TRIES; t++) {
        centerX = random.nextInt(width);
        centerY = random.nextInt(height);
        if (insideHead()) {
          return true;
        }
      }
      return false;
    }

    private boolean insideHead() {
      double margin = 0.6 * mean + 0.09 * width;
      for (int d = 0; d < DIRECTIONS; d++) {
        double angle = 2 * Math.PI * d / DIRECTIONS;
        for (double share : new double[] {0.5, 1}) {
          long x = Math.round(centerX + share * margin * Math.cos(angle));
          long y = Math.round(centerY + share * margin * Math.sin(angle));
          if (x < 0 || y < 0 || x >= width || y >= height || !head(at((int) x, (int) y))) {
            return false;
          }
        }
      }
      return head(at(centerX, centerY));
    }

    private boolean head(float sample) {
      return Float.isFinite(sample) && sample > threshold;
    }

    private float at(int x, int y) {
      return samples[y * width + x];
    }

    /** The border, 1 at the mean radius. */
    private double border(double angle) {
      double r = 1;
      for (int k = 0; k < HARMONICS; k++) {
        r += amplitude[k] * Math.cos((k + 1) * angle + phase[k]);
      }
      return Math.max(0.3, r);
    }

    void paint(double contrast) {
      int pixels = width * height;
      for (int channel = 0; channel < samples.length / pixels - 1; channel++) {
        paint(channel * pixels, contrast);
      }
    }

    private void paint(int offset, double contrast) {
      Look look = new Look(offset, contrast);
      int reach = (int) Math.ceil(3.2 * mean) + 3;
      int pixels = width * height;
      for (int y = Math.max(0, centerY - reach); y < Math.min(height, centerY + reach); y++) {
        for (int x = Math.max(0, centerX - reach); x < Math.min(width, centerX + reach); x++) {
          double dx = x - centerX;
          double dy = y - centerY;
          double limit = mean * border(Math.atan2(dy, dx));
          double outside = Math.hypot(dx, dy) - limit;
          int i = offset + y * width + x;
          if (head(samples[i])) {
            samples[i] = look.value(samples[i], outside, limit, dx, dy);
            if (outside <= 0) {
              samples[samples.length - pixels + y * width + x] = 1;
            }
          }
        }
      }
    }

    /** The gray values of one lesion. */
    private final class Look {
      private final double level;
      private final double core;
      private final double coreShare;
      private final double opacity;
      private final double texture;
      private final double wave;
      private final double turn;
      private final double softness;
      private final double swelling;
      private final double swellingWidth;
      private final double low;
      private final double high;

      Look(int offset, double contrast) {
        double[] head = new double[width * height];
        int n = 0;
        for (int i = 0; i < head.length; i++) {
          if (head(samples[offset + i])) {
            head[n++] = samples[offset + i];
          }
        }
        double[] sorted = Arrays.copyOf(head, n);
        Arrays.sort(sorted);
        double spread = Percentiles.inSorted(sorted, 75) - Percentiles.inSorted(sorted, 25);
        low = threshold;
        high = sorted[n - 1];
        double local = at(centerX, centerY);
        double sign = random.nextDouble() < 0.65 ? 1 : -1;
        level = local + sign * contrast * spread;
        boolean ring = random.nextDouble() < 0.35;
        core = ring ? level - sign * spread * (0.3 + 1.5 * random.nextDouble()) : level;
        coreShare = 0.4 + 0.4 * random.nextDouble();
        opacity = 0.7 + 0.3 * random.nextDouble();
        texture = random.nextDouble() * 0.35 * spread;
        wave = 2 * Math.PI / (3 + 9 * random.nextDouble());
        turn = random.nextDouble() * Math.PI;
        softness = 0.4 + 1.2 * random.nextDouble();
        swelling = random.nextDouble() < 0.35 ? (random.nextDouble() - 0.3) * spread : 0;
        swellingWidth = mean * (0.3 + 1.2 * random.nextDouble());
      }

      float value(double before, double outside, double limit, double dx, double dy) {
        double inside = 1 / (1 + Math.exp(outside / softness));
        double inCore = 1 / (1 + Math.exp((outside + (1 - coreShare) * limit) / softness));
        double u = dx * Math.cos(turn) + dy * Math.sin(turn);
        double v = dy * Math.cos(turn) - dx * Math.sin(turn);
        double grain = texture * Math.cos(wave * u) * Math.cos(0.7 * wave * v);
        double target = level + inCore * (core - level) + grain;
        double around =
            swelling == 0 || outside < 0 ? 0 : swelling * Math.exp(-outside / swellingWidth);
        double painted = before + around + inside * opacity * (target - before - around);
        return (float) Math.max(low, Math.min(high, painted));
      }
    }
  }

  /** All settings. */
  @Override
  public String toString() {
    return "RandomLesion[radius=" + radius + ", contrast=" + contrast + "]";
  }
}
