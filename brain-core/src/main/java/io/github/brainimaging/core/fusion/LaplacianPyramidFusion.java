package io.github.brainimaging.core.fusion;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.internal.Arguments;

/**
 * Fuses the images' Laplacian pyramids: at each level and pixel the stronger detail of the two, of
 * what is left at the top the mean.
 *
 * <p>The pyramid is that of P. Burt, E. Adelson: The Laplacian pyramid as a compact image code,
 * IEEE Trans. Communications 31(4), 1983, 532, with the kernel (1 4 6 4 1) / 16 and the border
 * pixel repeated. Levels end early where a side would fall below two pixels.
 */
final class LaplacianPyramidFusion implements ImageFusion {

  private static final int DEFAULT_LEVELS = 4;
  private static final int MOST_LEVELS = 16;

  private final int levels;

  private LaplacianPyramidFusion(int levels) {
    this.levels = levels;
  }

  static LaplacianPyramidFusion withDefaults() {
    return ofLevels(DEFAULT_LEVELS);
  }

  static LaplacianPyramidFusion ofLevels(int levels) {
    Arguments.require(
        levels >= 1 && levels <= MOST_LEVELS,
        "levels must be 1 to %s, got %s",
        MOST_LEVELS,
        levels);
    return new LaplacianPyramidFusion(levels);
  }

  @Override
  public MedicalImage fuse(MedicalImage mri, MedicalImage ct) {
    FusionPair pair = FusionPair.of(mri, ct);
    return pair.result(fuse(pair.mri(), pair.ct(), levels));
  }

  private static Channel fuse(Channel a, Channel b, int levelsLeft) {
    if (levelsLeft == 0 || a.width() < 3 || a.height() < 3) {
      return a.with(b, Channel.MEAN);
    }
    Channel smallA = reduced(a);
    Channel smallB = reduced(b);
    Channel detail = detail(a, smallA).with(detail(b, smallB), Channel.STRONGER);
    Channel coarse = fuse(smallA, smallB, levelsLeft - 1);
    return expanded(coarse, a.width(), a.height()).with(detail, Channel.SUM);
  }

  private static Channel detail(Channel plane, Channel small) {
    return plane.with(expanded(small, plane.width(), plane.height()), Channel.DIFFERENCE);
  }

  private static Channel reduced(Channel plane) {
    return halvedInX(transposed(halvedInX(transposed(plane))));
  }

  private static Channel expanded(Channel small, int width, int height) {
    return doubledInX(transposed(doubledInX(transposed(small), height)), width);
  }

  private static Channel halvedInX(Channel plane) {
    int width = (plane.width() + 1) / 2;
    float[] half = new float[width * plane.height()];
    for (int y = 0, i = 0; y < plane.height(); y++) {
      for (int x = 0; x < 2 * width; x += 2) {
        float outer = plane.at(x - 2, y) + plane.at(x + 2, y);
        float inner = plane.at(x - 1, y) + plane.at(x + 1, y);
        half[i++] = (outer + 4 * inner + 6 * plane.at(x, y)) / 16;
      }
    }
    return new Channel(width, plane.height(), half);
  }

  /** Between the samples come zeros, then the doubled kernel: (1 6 1) / 8 and (1 1) / 2. */
  private static Channel doubledInX(Channel plane, int width) {
    float[] twice = new float[width * plane.height()];
    for (int y = 0, i = 0; y < plane.height(); y++) {
      for (int x = 0; x < width; x++) {
        float here = plane.at(x / 2, y);
        float next = plane.at(x / 2 + 1, y);
        twice[i++] =
            x % 2 == 0 ? (plane.at(x / 2 - 1, y) + 6 * here + next) / 8 : (here + next) / 2;
      }
    }
    return new Channel(width, plane.height(), twice);
  }

  private static Channel transposed(Channel plane) {
    float[] turned = new float[plane.samples().length];
    for (int x = 0, i = 0; x < plane.width(); x++) {
      for (int y = 0; y < plane.height(); y++) {
        turned[i++] = plane.at(x, y);
      }
    }
    return new Channel(plane.height(), plane.width(), turned);
  }

  @Override
  public String toString() {
    return "Laplacian pyramid of " + levels + " levels";
  }
}
