package io.github.brainimaging.core.fusion;

/**
 * K. He, J. Sun, X. Tang: Guided image filtering, ECCV 2010. The result is locally linear in the
 * guide, so it has the guide's edges.
 */
final class GuidedFilter {

  private final int radius;
  private final double epsilon;

  GuidedFilter(int radius, double epsilon) {
    this.radius = radius;
    this.epsilon = epsilon;
  }

  Plane apply(Plane guide, Plane input) {
    Plane meanGuide = BoxMean.of(guide, radius);
    Plane meanInput = BoxMean.of(input, radius);
    Plane covariance = covariance(guide, input, meanGuide, meanInput);
    Plane variance = covariance(guide, guide, meanGuide, meanGuide);
    Plane slope = covariance.with(variance, (c, v) -> (float) (c / (Math.max(v, 0) + epsilon)));
    Plane offset = meanInput.with(slope.with(meanGuide, (s, g) -> s * g), Plane.DIFFERENCE);
    Plane line = BoxMean.of(slope, radius).with(guide, (s, g) -> s * g);
    return line.with(BoxMean.of(offset, radius), Plane.SUM);
  }

  private Plane covariance(Plane a, Plane b, Plane meanA, Plane meanB) {
    Plane product = BoxMean.of(a.with(b, (p, q) -> p * q), radius);
    return product.with(meanA.with(meanB, (p, q) -> p * q), Plane.DIFFERENCE);
  }
}
