package io.github.brainimaging.models.onnx.internal;

import io.github.brainimaging.core.image.BoundingBox;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.transform.spatial.Placement;

/**
 * The probability of a tumor on the grid of an image, put together from what a network gave for
 * parts of it. Where parts overlap, it is their mean, weighted by how far a pixel is from the
 * border of its part, since a network knows least there. Where no part lies it is 0.
 *
 * <p>For one thread.
 */
public final class ProbabilityMap {

  private final MedicalImage image;
  private final float[] sums;
  private final float[] weights;

  public ProbabilityMap(MedicalImage image) {
    this.image = image;
    this.sums = new float[image.width() * image.height()];
    this.weights = new float[sums.length];
  }

  /** Adds what was found on a network's grid. */
  public void add(MedicalImage found, Placement placement) {
    MedicalImage part = placement.toSource(found);
    BoundingBox box = placement.source();
    float[] values = part.samples();
    for (int y = 0; y < box.height(); y++) {
      int row = (box.y() + y) * image.width() + box.x();
      int fromTop = Math.min(y, box.height() - 1 - y) + 1;
      for (int x = 0; x < box.width(); x++) {
        float weight = (float) fromTop * (Math.min(x, box.width() - 1 - x) + 1);
        sums[row + x] += weight * values[y * box.width() + x];
        weights[row + x] += weight;
      }
    }
  }

  /** The map: one channel, the size and spacing of the image. */
  public MedicalImage toImage() {
    float[] mean = new float[sums.length];
    for (int i = 0; i < mean.length; i++) {
      mean[i] = weights[i] > 0 ? Math.min(1, sums[i] / weights[i]) : 0;
    }
    return image.wrapPixels(image.width(), image.height(), 1, mean).withNominalMaximum(1);
  }
}
