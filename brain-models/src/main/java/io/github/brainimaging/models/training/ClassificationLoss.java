package io.github.brainimaging.models.training;

import io.github.brainimaging.core.internal.Arguments;
import java.util.List;
import java.util.Objects;

/**
 * The loss of a network that tells classes, with smoothed labels (Szegedy et al. 2016) and weighted
 * classes. All of it helps learning only; the loss of the validation images is plain.
 *
 * <p>With a target {@code t} of 1 for an image's class and 0 for the others, smoothed or not, and
 * the network's probabilities {@code p}, the loss of an image is that of its {@link Kind}; the loss
 * of a batch is the mean, over all its images or over the hardest (P4: hard example mining).
 *
 * <p>Immutable and safe to share between threads.
 *
 * @param kind how far probabilities are from the target
 * @param labelSmoothing share of the target that is spread over all classes, 0 or more and below 1
 * @param classWeights what the loss of an example of each class is multiplied by, positive, such as
 *     a data set's balanced weights; empty if all classes count alike
 * @param hardestShare share of the images of a batch that count, those with the largest losses;
 *     above 0, 1 for all
 * @since 0.1.0
 */
public record ClassificationLoss(
    Kind kind, double labelSmoothing, List<Double> classWeights, double hardestShare) {

  /** How far probabilities are from the target. */
  public enum Kind {
    /**
     * {@code - sum t log p}; of a network that ends in sigmoids, each class by itself, {@code - sum
     * (t log p + (1 - t) log(1 - p))}.
     */
    CROSS_ENTROPY,
    /**
     * Cross-entropy in which an example counts less the better it is told (Lin et al. 2017): each
     * logarithm is multiplied by the square, their focusing of 2, of the probability that is
     * missing.
     */
    FOCAL,
    /**
     * Kullback and Leibler's divergence of the probabilities from the target: cross-entropy less
     * the entropy of the target, so 0 where both are equal. With hard labels it is cross-entropy.
     */
    KULLBACK_LEIBLER,
    /** The mean over the classes of {@code (p - t)^2}. */
    MEAN_SQUARED_ERROR,
    /** The mean over the classes of {@code |p - t|}. */
    MEAN_ABSOLUTE_ERROR,
    /**
     * The mean over the classes of {@code max(0, 1 - (2 t - 1) x)} with the score {@code x} before
     * softmax or sigmoid: one class against the others, as in Keras' {@code Hinge}.
     */
    HINGE
  }

  /**
   * Checks the values.
   *
   * @param kind how far probabilities are from the target
   * @param labelSmoothing share of the target that is spread over all classes, 0 or more and below
   *     1
   * @param classWeights positive, one per class, or none
   * @param hardestShare share of the images of a batch that count, above 0 to 1
   * @throws IllegalArgumentException if one is out of range
   */
  public ClassificationLoss {
    Objects.requireNonNull(kind, "kind");
    Arguments.require(
        labelSmoothing >= 0 && labelSmoothing < 1,
        "labelSmoothing must be 0 or more and below 1, got %s",
        labelSmoothing);
    classWeights.forEach(weight -> Arguments.requirePositive("classWeights", weight));
    classWeights = List.copyOf(classWeights);
    Hardest.requireShare(hardestShare);
  }

  /**
   * Cross-entropy with label smoothing 0.1, the value of its paper and of the embedded model; all
   * classes alike.
   *
   * @return the loss
   */
  public static ClassificationLoss withDefaults() {
    return new ClassificationLoss(Kind.CROSS_ENTROPY, 0.1, List.of(), 1);
  }

  /**
   * The same of another kind.
   *
   * @param newKind default {@link Kind#CROSS_ENTROPY}
   * @return a new loss
   */
  public ClassificationLoss withKind(Kind newKind) {
    return new ClassificationLoss(newKind, labelSmoothing, classWeights, hardestShare);
  }

  /**
   * The same with other smoothing.
   *
   * @param share 0 or more and below 1
   * @return a new loss
   * @throws IllegalArgumentException if it is out of range
   */
  public ClassificationLoss withLabelSmoothing(double share) {
    return new ClassificationLoss(kind, share, classWeights, hardestShare);
  }

  /**
   * The same with other weights.
   *
   * @param weights positive, one per class in the order of the labels, or none
   * @return a new loss
   * @throws IllegalArgumentException if one is not positive
   */
  public ClassificationLoss withClassWeights(List<Double> weights) {
    return new ClassificationLoss(kind, labelSmoothing, weights, hardestShare);
  }

  /**
   * The same, but of each batch only the hardest images count.
   *
   * @param share of them, above 0 to 1; 1 if not set
   * @return a new loss
   * @throws IllegalArgumentException if it is out of range
   */
  public ClassificationLoss withHardestShare(double share) {
    return new ClassificationLoss(kind, labelSmoothing, classWeights, share);
  }
}
