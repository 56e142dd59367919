package io.github.brainimaging.core.transform.spatial;

import io.github.brainimaging.core.image.BoundingBox;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.internal.Arguments;
import java.util.Objects;

/**
 * How a rectangle of an image lies on the grid of a network's input: the way there for the image
 * and its mask, and the way back for what the network finds, to the grid of the image.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @param imageWidth columns of the image, positive
 * @param imageHeight rows of the image, positive
 * @param source the part of the image that is used
 * @param gridWidth columns of the other grid, positive
 * @param gridHeight rows of the other grid, positive
 * @param target where this part lies on the other grid
 * @since 0.1.0
 */
public record Placement(
    int imageWidth,
    int imageHeight,
    BoundingBox source,
    int gridWidth,
    int gridHeight,
    BoundingBox target) {

  /**
   * Checks the values.
   *
   * @param imageWidth columns of the image, positive
   * @param imageHeight rows of the image, positive
   * @param source the part of the image that is used
   * @param gridWidth columns of the other grid, positive
   * @param gridHeight rows of the other grid, positive
   * @param target where this part lies on the other grid
   * @throws IllegalArgumentException if a rectangle is empty or does not lie within its grid
   */
  public Placement {
    requireWithin("source", source, imageWidth, imageHeight);
    requireWithin("target", target, gridWidth, gridHeight);
  }

  private static void requireWithin(String name, BoundingBox box, int width, int height) {
    Arguments.require(
        box.x() >= 0
            && box.y() >= 0
            && box.width() > 0
            && box.height() > 0
            && box.width() <= width - box.x()
            && box.height() <= height - box.y(),
        "%s must lie within %s x %s pixels and not be empty, got %s",
        name,
        width,
        height,
        box);
  }

  /**
   * A part of an image that fills the other grid; the aspect ratio may be lost.
   *
   * @param image the image
   * @param source the part that is used
   * @param width columns of the other grid, positive
   * @param height rows of the other grid, positive
   * @return the placement
   * @throws IllegalArgumentException if a value is out of range
   */
  public static Placement stretched(MedicalImage image, BoundingBox source, int width, int height) {
    BoundingBox all = new BoundingBox(0, 0, width, height);
    return new Placement(image.width(), image.height(), source, width, height, all);
  }

  /**
   * A part of an image in the middle of the other grid, as large as it fits with its aspect ratio,
   * each side rounded to whole pixels; where the rest cannot be halved, the pixel is on the right
   * or at the bottom.
   *
   * @param image the image
   * @param source the part that is used
   * @param width columns of the other grid, positive
   * @param height rows of the other grid, positive
   * @return the placement
   * @throws IllegalArgumentException if a value is out of range
   */
  public static Placement centered(MedicalImage image, BoundingBox source, int width, int height) {
    double scale = Math.min((double) width / source.width(), (double) height / source.height());
    int w = scaled(source.width(), scale, width);
    int h = scaled(source.height(), scale, height);
    BoundingBox middle = new BoundingBox((width - w) / 2, (height - h) / 2, w, h);
    return new Placement(image.width(), image.height(), source, width, height, middle);
  }

  private static int scaled(int size, double scale, int limit) {
    return (int) Math.min(limit, Math.max(1, Math.round(size * scale)));
  }

  /**
   * Brings something on the image's grid to the other grid.
   *
   * @param image an image of the size that was placed, of any number of channels
   * @param interpolation how it is resampled
   * @param fill value around the target, finite
   * @return an image of the other grid's size
   * @throws IllegalArgumentException if the image has another size
   */
  public MedicalImage toGrid(MedicalImage image, Interpolation interpolation, float fill) {
    requireSize("image", image, imageWidth, imageHeight);
    int right = gridWidth - target.x() - target.width();
    int bottom = gridHeight - target.y() - target.height();
    return Pad.by(target.x(), target.y(), right, bottom)
        .withFill(fill)
        .apply(resampled(image, source, target, interpolation));
  }

  /**
   * Brings the target back: resampled bilinearly to the size of the source.
   *
   * @param found an image of the other grid's size, of any number of channels
   * @return an image of the source's size, to be laid on it
   * @throws IllegalArgumentException if it has another size
   */
  public MedicalImage toSource(MedicalImage found) {
    requireSize("found", found, gridWidth, gridHeight);
    return resampled(found, target, source, Interpolation.BILINEAR);
  }

  private static void requireSize(String name, MedicalImage image, int width, int height) {
    Arguments.require(
        Objects.requireNonNull(image, name).width() == width && image.height() == height,
        "%s must have %s x %s pixels, got %s x %s",
        name,
        width,
        height,
        image.width(),
        image.height());
  }

  private static MedicalImage resampled(
      MedicalImage image, BoundingBox from, BoundingBox to, Interpolation interpolation) {
    return Resize.to(to.width(), to.height())
        .withInterpolation(interpolation)
        .apply(Crop.of(from).apply(image));
  }
}
