package io.github.brainimaging.segmentation.skullstrip;

import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.MedicalImage;

/**
 * The smallest rectangle of an image outside of which all samples are the smallest one. Working
 * inside it makes the result independent of padding, and saves time. Samples that are not finite
 * are replaced by the smallest one.
 */
final class Content {

  private final int fullWidth;
  private final int fullHeight;
  private final int left;
  private final int top;
  private final int width;
  private final int height;
  private final MedicalImage image;

  private Content(MedicalImage full, int left, int top, int right, int bottom, float[] samples) {
    fullWidth = full.width();
    fullHeight = full.height();
    this.left = left;
    this.top = top;
    width = right - left + 1;
    height = bottom - top + 1;
    if (width <= 0) {
      image = full;
      return;
    }
    float[] inside = new float[width * height];
    for (int y = 0; y < height; y++) {
      System.arraycopy(samples, (top + y) * fullWidth + left, inside, y * width, width);
    }
    image = full.withPixels(width, height, 1, inside);
  }

  static Content of(MedicalImage image) {
    float smallest = image.range()[0];
    float[] samples = image.samples();
    int left = image.width();
    int right = -1;
    int top = image.height();
    int bottom = -1;
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        int i = y * image.width() + x;
        if (!Float.isFinite(samples[i])) {
          samples[i] = smallest;
        } else if (samples[i] > smallest) {
          left = Math.min(left, x);
          right = Math.max(right, x);
          top = Math.min(top, y);
          bottom = y;
        }
      }
    }
    return new Content(image, left, top, right, bottom, samples);
  }

  /** True for a constant image and for one without a finite sample. */
  boolean isEmpty() {
    return width <= 0;
  }

  MedicalImage image() {
    return image;
  }

  /** Puts the masks of a result back onto the grid of the whole image. */
  BrainExtraction restore(BrainExtraction inner) {
    return new BrainExtraction(
        restore(inner.head()),
        restore(inner.brain()),
        inner.diameterPixels(),
        inner.backgroundLevel(),
        inner.tissueLevel());
  }

  private Mask restore(Mask inner) {
    boolean[] source = inner.toArray();
    boolean[] target = new boolean[fullWidth * fullHeight];
    for (int y = 0; y < height; y++) {
      System.arraycopy(source, y * width, target, (top + y) * fullWidth + left, width);
    }
    return Mask.wrap(fullWidth, fullHeight, target);
  }
}
