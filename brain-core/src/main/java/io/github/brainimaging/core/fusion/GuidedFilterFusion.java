package io.github.brainimaging.core.fusion;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.transform.intensity.GaussianSmoothing;

/**
 * Takes each pixel from the image that is more salient there, with weights that follow the edges of
 * the images: S. Li, X. Kang, J. Hu: Image fusion with guided filtering, IEEE Trans. Image
 * Processing 22(7), 2013, 2864.
 *
 * <p>A mean over 31 x 31 pixels splits each image into a base and a detail layer. Where the
 * smoothed absolute Laplacian of one image (Gaussian of 5 pixels) is the larger, its weight is 1,
 * else 0; that map is smoothed by a guided filter with the image as guide: radius 45 and epsilon
 * 0.3 for the base, radius 7 and epsilon 1e-6 for the detail. All sizes are the paper's, in pixels
 * of slices of about 256 x 256. At the border, means are over the part of the window that is
 * inside.
 */
final class GuidedFilterFusion implements ImageFusion {

  private static final int BASE_RADIUS = 15;
  private static final double SALIENCY_SIGMA = 5;
  private static final GuidedFilter BASE_WEIGHTS = new GuidedFilter(45, 0.3);
  private static final GuidedFilter DETAIL_WEIGHTS = new GuidedFilter(7, 1e-6);
  private static final GuidedFilterFusion PUBLISHED = new GuidedFilterFusion();

  private GuidedFilterFusion() {}

  static GuidedFilterFusion withDefaults() {
    return PUBLISHED;
  }

  @Override
  public MedicalImage fuse(MedicalImage mri, MedicalImage ct) {
    FusionPair pair = FusionPair.of(mri, ct);
    Channel a = pair.mri();
    Channel b = pair.ct();
    Channel mapA = saliency(a).with(saliency(b), (p, q) -> p >= q ? 1 : 0);
    Channel mapB = mapA.with(mapA, (p, q) -> 1 - p);
    Channel baseA = BoxMean.of(a, BASE_RADIUS);
    Channel baseB = BoxMean.of(b, BASE_RADIUS);
    Channel base = blend(BASE_WEIGHTS, a, b, mapA, mapB, baseA, baseB);
    Channel detail =
        blend(
            DETAIL_WEIGHTS,
            a,
            b,
            mapA,
            mapB,
            a.with(baseA, Channel.DIFFERENCE),
            b.with(baseB, Channel.DIFFERENCE));
    return pair.result(base.with(detail, Channel.SUM));
  }

  private static Channel blend(
      GuidedFilter filter,
      Channel guideA,
      Channel guideB,
      Channel mapA,
      Channel mapB,
      Channel layerA,
      Channel layerB) {
    Channel weightA = filter.apply(guideA, mapA);
    Channel weightB = filter.apply(guideB, mapB);
    // The weights of a pixel are scaled to a sum of 1; the two filters give it only about.
    Channel share =
        weightA.with(
            weightB,
            (p, q) -> {
              float left = Math.max(p, 0);
              float right = Math.max(q, 0);
              return left + right > 0 ? left / (left + right) : 0.5f;
            });
    Channel fromA = share.with(layerA, (w, v) -> w * v);
    return fromA.with(share.with(layerB, (w, v) -> (1 - w) * v), Channel.SUM);
  }

  private static Channel saliency(Channel plane) {
    float[] laplacian = new float[plane.samples().length];
    for (int y = 0, i = 0; y < plane.height(); y++) {
      for (int x = 0; x < plane.width(); x++) {
        float around =
            plane.at(x - 1, y) + plane.at(x + 1, y) + plane.at(x, y - 1) + plane.at(x, y + 1);
        laplacian[i++] = Math.abs(around - 4 * plane.at(x, y));
      }
    }
    MedicalImage image = MedicalImage.wrap(plane.width(), plane.height(), 1, laplacian);
    return new Channel(
        plane.width(),
        plane.height(),
        GaussianSmoothing.ofSigmaPixels(SALIENCY_SIGMA).apply(image).samples());
  }

  @Override
  public String toString() {
    return "guided filter";
  }
}
