package io.github.brainimaging.core.measure;

import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.inference.Segmentation;
import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.core.internal.Moments;
import io.github.brainimaging.core.transform.intensity.Grayscale;
import java.util.Arrays;

/**
 * What a region on a slice looks like, in numbers for other programs to learn from: P1's
 * morphology, density and texture. The values are those of scikit-image (regionprops, graycomatrix,
 * graycoprops) and SciPy. A mask of several parts is measured as one region.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @param shape its outline, in pixels
 * @param density its gray values
 * @param texture how gray values lie beside each other
 * @since 0.1.0
 */
public record LesionFeatures(Shape shape, Density density, Texture texture) {

  private static final int LEVELS = 32;

  /**
   * The outline; pixels are taken as squares.
   *
   * @param area pixels
   * @param perimeter length of the outline in pixels (Benkrid), {@link
   *     Segmentation#perimeterPixels}
   * @param circularity {@code 4 pi area / perimeter^2}, about 1 for a disk; 0 without a perimeter
   * @param elongation the long axis of the ellipse with the same second moments by the short one, 1
   *     or more; infinite for a line of one pixel's width
   * @param solidity share of the convex hull that is the region's
   */
  public record Shape(
      double area, double perimeter, double circularity, double elongation, double solidity) {}

  /**
   * First-order statistics of the gray values within the region.
   *
   * @param mean mean
   * @param deviation standard deviation
   * @param skewness third standardized moment; 0 if all are the same
   * @param kurtosis fourth standardized moment, 3 for a normal distribution; 0 if all are the same
   * @param entropy Shannon's, in bits, of 32 levels from the least to the greatest value
   */
  public record Density(
      double mean, double deviation, double skewness, double kurtosis, double entropy) {}

  /**
   * Haralick's measures of the symmetric co-occurrence matrix of the 32 levels at distance 1, the
   * mean of four directions; only pairs within the region count. A direction without a pair counts
   * as constant.
   *
   * @param contrast mean square of the difference of levels
   * @param correlation of neighbors, -1 to 1; 1 if they are constant
   * @param energy root of the sum of squares, above 0 to 1
   * @param homogeneity mean of {@code 1 / (1 + difference^2)}, above 0 to 1
   */
  public record Texture(double contrast, double correlation, double energy, double homogeneity) {}

  /**
   * Measures a region.
   *
   * @param image a slice; colors are brought to gray first ({@link Grayscale#bt601})
   * @param mask the region, of the same size
   * @return its features
   * @throws IllegalArgumentException if the mask has another size or no pixel
   */
  public static LesionFeatures of(MedicalImage image, Mask mask) {
    Arguments.require(
        image.width() == mask.width() && image.height() == mask.height(),
        "mask must be %s x %s, got %s x %s",
        image.width(),
        image.height(),
        mask.width(),
        mask.height());
    Arguments.require(!mask.isEmpty(), "mask must have a pixel, got %s", mask.count());
    boolean[] inside = mask.toArray();
    double[] values = new double[mask.count()];
    float[] samples = Grayscale.bt601().apply(image).samples();
    int count = 0;
    for (int i = 0; i < inside.length; i++) {
      if (inside[i]) {
        values[count++] = samples[i];
      }
    }
    int[] levels = levels(samples, inside, values);
    Moments moments = Moments.of(values);
    return new LesionFeatures(
        shape(mask, image),
        new Density(
            moments.mean(),
            moments.deviation(),
            moments.skewness(),
            moments.kurtosis(),
            entropy(levels, values.length)),
        CoOccurrence.texture(levels, image.width(), LEVELS));
  }

  private static Shape shape(Mask mask, MedicalImage image) {
    int area = mask.count();
    double perimeter = new Segmentation(mask, image.spacing()).perimeterPixels();
    Section section = new Section();
    double[] sum = new double[5];
    for (int y = 0; y < mask.height(); y++) {
      for (int x = 0; x < mask.width(); x++) {
        if (mask.get(x, y)) {
          section.add(x, y);
          double[] terms = {x, y, (double) x * x, (double) y * y, (double) x * y};
          Arrays.setAll(sum, i -> sum[i] + terms[i]);
        }
      }
    }
    double xx = sum[2] / area - sum[0] * sum[0] / area / area;
    double yy = sum[3] / area - sum[1] * sum[1] / area / area;
    double xy = sum[4] / area - sum[0] * sum[1] / area / area;
    double root = Math.hypot(xx - yy, 2 * xy);
    double most = (xx + yy + root) / 2;
    double least = Math.max(0, (xx + yy - root) / 2);
    return new Shape(
        area,
        perimeter,
        perimeter == 0 ? 0 : 4 * Math.PI * area / (perimeter * perimeter),
        area == 1 ? 1 : Math.sqrt(most / (least < 1e-9 ? 0 : least)),
        (double) area / section.pixelsOfHull());
  }

  /** Per pixel its level, from 0; -1 outside. */
  private static int[] levels(float[] samples, boolean[] inside, double[] values) {
    double least = Arrays.stream(values).min().orElse(0);
    double range = Arrays.stream(values).max().orElse(0) - least;
    int[] levels = new int[samples.length];
    for (int i = 0; i < levels.length; i++) {
      int level =
          range == 0 ? 0 : Math.min(LEVELS - 1, (int) ((samples[i] - least) / range * LEVELS));
      levels[i] = inside[i] ? level : -1;
    }
    return levels;
  }

  private static double entropy(int[] levels, int count) {
    int[] counts = new int[LEVELS];
    Arrays.stream(levels).filter(level -> level >= 0).forEach(level -> counts[level]++);
    return Arrays.stream(counts)
        .filter(n -> n > 0)
        .mapToDouble(n -> -(double) n / count * Math.log((double) n / count) / Math.log(2))
        .sum();
  }
}
