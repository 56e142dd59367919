package io.github.brainimaging.models.onnx;

import io.github.brainimaging.core.explanation.Explanation;
import io.github.brainimaging.core.image.BoundingBox;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.transform.spatial.Interpolation;
import io.github.brainimaging.core.transform.spatial.Placement;
import io.github.brainimaging.core.transform.spatial.Resize;

/** What the places of a feature map say, laid on the image. */
final class PlacesOnImage {

  private PlacesOnImage() {}

  /**
   * A map of the image that counts from the place of it that says least; what the network does not
   * see is 0.
   *
   * @param places one channel, of any size, over the network's whole input
   */
  static Explanation explanation(
      String method, String label, MedicalImage places, Placement placement, MedicalImage image) {
    MedicalImage grid =
        Resize.to(placement.gridWidth(), placement.gridHeight())
            .withInterpolation(Interpolation.BILINEAR)
            .apply(places);
    MedicalImage seen = placement.toSource(grid);
    BoundingBox source = placement.source();
    float least = seen.range()[0];
    float[] all = new float[image.width() * image.height()];
    for (int y = 0; y < source.height(); y++) {
      for (int x = 0; x < source.width(); x++) {
        all[(y + source.y()) * image.width() + x + source.x()] = seen.get(x, y) - least;
      }
    }
    MedicalImage map = MedicalImage.wrap(image.width(), image.height(), 1, all);
    return Explanation.of(method, label, map.withSpacing(image.spacing()));
  }
}
