package io.github.brainimaging.segmentation.internal;

import io.github.brainimaging.core.image.BoundingBox;
import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.MedicalImage;

/**
 * A rectangle of an image of one channel, for work on that part alone.
 *
 * @param width columns of the whole image
 * @param height rows of the whole image
 * @param box the rectangle, inside the image
 */
public record Window(int width, int height, BoundingBox box) {

  /**
   * Cuts the rectangle out of an image.
   *
   * @param image the whole image
   * @return an image of the size of the box
   */
  public MedicalImage crop(MedicalImage image) {
    return image.wrapPixels(box.width(), box.height(), 1, crop(image.samples()));
  }

  /**
   * Cuts the rectangle out of samples.
   *
   * @param samples of the whole image, row after row
   * @return those in the box
   */
  public float[] crop(float[] samples) {
    float[] inside = new float[box.width() * box.height()];
    for (int y = 0; y < box.height(); y++) {
      System.arraycopy(samples, start(y), inside, y * box.width(), box.width());
    }
    return inside;
  }

  /**
   * Cuts the rectangle out of a mask.
   *
   * @param mask the whole mask
   * @return a mask of the size of the box
   */
  public Mask crop(Mask mask) {
    boolean[] samples = mask.toArray();
    boolean[] inside = new boolean[box.width() * box.height()];
    for (int y = 0; y < box.height(); y++) {
      System.arraycopy(samples, start(y), inside, y * box.width(), box.width());
    }
    return Mask.wrap(box.width(), box.height(), inside);
  }

  /**
   * Puts samples back to their place.
   *
   * @param inside samples of the box
   * @return those of the whole image, 0 outside the box
   */
  public float[] restore(float[] inside) {
    float[] samples = new float[width * height];
    for (int y = 0; y < box.height(); y++) {
      System.arraycopy(inside, y * box.width(), samples, start(y), box.width());
    }
    return samples;
  }

  /**
   * Puts a mask back to its place.
   *
   * @param inside a mask of the size of the box
   * @return the whole mask, empty outside the box
   */
  public Mask restore(Mask inside) {
    boolean[] source = inside.toArray();
    boolean[] samples = new boolean[width * height];
    for (int y = 0; y < box.height(); y++) {
      System.arraycopy(source, y * box.width(), samples, start(y), box.width());
    }
    return Mask.wrap(width, height, samples);
  }

  private int start(int row) {
    return (box.y() + row) * width + box.x();
  }
}
