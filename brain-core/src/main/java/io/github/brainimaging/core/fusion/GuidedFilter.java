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

  Channel apply(Channel guide, Channel input) {
    Channel meanGuide = BoxMean.of(guide, radius);
    Channel meanInput = BoxMean.of(input, radius);
    Channel covariance = covariance(guide, input, meanGuide, meanInput);
    Channel variance = covariance(guide, guide, meanGuide, meanGuide);
    Channel slope = covariance.with(variance, (c, v) -> (float) (c / (Math.max(v, 0) + epsilon)));
    Channel offset = meanInput.with(slope.with(meanGuide, (s, g) -> s * g), Channel.DIFFERENCE);
    Channel line = BoxMean.of(slope, radius).with(guide, (s, g) -> s * g);
    return line.with(BoxMean.of(offset, radius), Channel.SUM);
  }

  private Channel covariance(Channel a, Channel b, Channel meanA, Channel meanB) {
    Channel product = BoxMean.of(a.with(b, (p, q) -> p * q), radius);
    return product.with(meanA.with(meanB, (p, q) -> p * q), Channel.DIFFERENCE);
  }
}
