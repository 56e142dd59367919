package io.github.brainimaging.core.fusion;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.internal.JointHistogram;
import java.util.Locale;

/**
 * How much of two images is in their fusion.
 *
 * <p>All images are brought to [0, 1] as {@link ImageFusion} does. Entropies are those of 256 gray
 * levels, {@code round(255 v)}.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @param entropy entropy of the fused image in bits, 0 to 8; larger is more, noise included
 * @param mriInformation mutual information of MRI and fused image in bits, 0 or more
 * @param ctInformation mutual information of CT and fused image in bits, 0 or more
 * @param edgeTransfer Q^AB/F, 0 to 1: the share of the inputs' edges, by strength and direction,
 *     that is kept (C. Xydeas, V. Petrovic, Electronics Letters 36(4), 2000, 308); NaN if neither
 *     input has an edge
 * @param mriSimilarity SSIM of MRI and fused image, at most 1 (Z. Wang and others, IEEE Trans.
 *     Image Processing 13(4), 2004, 600); NaN if a side is below 11 pixels
 * @param ctSimilarity SSIM of CT and fused image, likewise
 * @param spatialFrequency root mean square difference of neighbors, over rows and columns, in gray
 *     levels from 0 to 255 (A. Eskicioglu, P. Fisher, IEEE Trans. Communications 43(12), 1995,
 *     2959); larger is sharper, noise included
 * @since 0.1.0
 */
public record FusionEvaluation(
    double entropy,
    double mriInformation,
    double ctInformation,
    double edgeTransfer,
    double mriSimilarity,
    double ctSimilarity,
    double spatialFrequency) {

  private static final int LEVELS = 256;

  /**
   * Evaluates a fused image.
   *
   * @param mri the first image, gray
   * @param ct the second image, gray, on the same grid
   * @param fused what was made of both, gray, on the same grid
   * @return the evaluation
   * @throws IllegalArgumentException if an image is not gray or has samples that are not finite, or
   *     the sizes differ
   */
  public static FusionEvaluation of(MedicalImage mri, MedicalImage ct, MedicalImage fused) {
    FusionPair pair = FusionPair.of(mri, ct);
    FusionPair.requireSameSize("fused", fused, mri);
    Channel result = FusionPair.unit("fused", fused);
    JointHistogram.Entropies withMri = entropies(pair.mri(), result);
    JointHistogram.Entropies withCt = entropies(pair.ct(), result);
    return new FusionEvaluation(
        withMri.second(),
        withMri.mutualInformation(),
        withCt.mutualInformation(),
        EdgeTransfer.of(pair.mri(), pair.ct(), result),
        StructuralSimilarity.of(pair.mri(), result),
        StructuralSimilarity.of(pair.ct(), result),
        spatialFrequency(result));
  }

  /**
   * The fusion literature's "MI".
   *
   * @return the sum of both mutual informations in bits
   */
  public double mutualInformation() {
    return mriInformation + ctInformation;
  }

  /**
   * The fusion literature's "SSIM".
   *
   * @return the mean of both similarities
   */
  public double similarity() {
    return (mriSimilarity + ctSimilarity) / 2;
  }

  private static JointHistogram.Entropies entropies(Channel input, Channel fused) {
    JointHistogram histogram = new JointHistogram(LEVELS);
    for (int i = 0; i < input.samples().length; i++) {
      histogram.add(level(input.samples()[i]), level(fused.samples()[i]), 1);
    }
    return histogram.entropies();
  }

  private static int level(float value) {
    return Math.round((LEVELS - 1) * value);
  }

  private static double spatialFrequency(Channel plane) {
    double sum = 0;
    for (int y = 0; y < plane.height(); y++) {
      for (int x = 0; x < plane.width(); x++) {
        double toLeft = plane.at(x, y) - plane.at(x - 1, y);
        double toTop = plane.at(x, y) - plane.at(x, y - 1);
        sum += toLeft * toLeft + toTop * toTop;
      }
    }
    return (LEVELS - 1) * Math.sqrt(sum / plane.samples().length);
  }

  /** All measures in one line; NaN where undefined. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "entropy %.3f bit, mutual information %.3f (MRI) + %.3f (CT) bit, QAB/F %.4f, SSIM %.4f"
            + " (MRI) %.4f (CT), spatial frequency %.2f",
        entropy,
        mriInformation,
        ctInformation,
        edgeTransfer,
        mriSimilarity,
        ctSimilarity,
        spatialFrequency);
  }
}
