package io.github.brainimaging.models.card;

import io.github.brainimaging.core.image.BoundingBox;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.transform.spatial.Crop;
import io.github.brainimaging.core.transform.spatial.Interpolation;
import io.github.brainimaging.core.transform.spatial.Placement;
import io.github.brainimaging.core.transform.spatial.Resize;

/**
 * The short side resized, the middle cut out, with the rounding of torchvision's {@code Resize} and
 * {@code CenterCrop}: the long side is cut to whole pixels, the corner rounded half to even.
 *
 * @param width columns after resizing
 * @param height rows after resizing
 * @param side columns and rows of what is cut out
 */
record CenterCrop(int width, int height, int side) {

  static CenterCrop of(MedicalImage image, int shortSide, int side) {
    int shorter = Math.min(image.width(), image.height());
    return new CenterCrop(
        (int) ((long) shortSide * image.width() / shorter),
        (int) ((long) shortSide * image.height() / shorter),
        side);
  }

  private int left() {
    return (int) Math.rint((width - side) / 2.0);
  }

  private int top() {
    return (int) Math.rint((height - side) / 2.0);
  }

  MedicalImage apply(MedicalImage image, Interpolation interpolation) {
    MedicalImage resized = Resize.to(width, height).withInterpolation(interpolation).apply(image);
    return Crop.of(new BoundingBox(left(), top(), side, side)).apply(resized);
  }

  /** Where this lies on the image, to the next whole pixel. */
  Placement placement(MedicalImage image) {
    int x = (int) ((long) left() * image.width() / width);
    int y = (int) ((long) top() * image.height() / height);
    int w = (int) Math.max(1, Math.min(image.width() - x, (long) side * image.width() / width));
    int h = (int) Math.max(1, Math.min(image.height() - y, (long) side * image.height() / height));
    return Placement.stretched(image, new BoundingBox(x, y, w, h), side, side);
  }
}
