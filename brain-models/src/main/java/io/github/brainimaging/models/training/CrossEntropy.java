package io.github.brainimaging.models.training;

import io.github.brainimaging.core.internal.Arguments;
import java.util.List;

/**
 * The loss of a network that tells classes: cross-entropy with smoothed labels (Szegedy et al.
 * 2016) and weighted classes. Both help learning only; the loss of the validation images is plain.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @param labelSmoothing share of the target that is spread over all classes, 0 or more and below 1
 * @param classWeights what the loss of an example of each class is multiplied by, positive, such as
 *     a data set's balanced weights; empty if all classes count alike
 */
public record CrossEntropy(double labelSmoothing, List<Double> classWeights) {

  /**
   * Checks the values.
   *
   * @param labelSmoothing share of the target that is spread over all classes, 0 or more and below
   *     1
   * @param classWeights positive, one per class, or none
   * @throws IllegalArgumentException if one is out of range
   */
  public CrossEntropy {
    Arguments.require(
        labelSmoothing >= 0 && labelSmoothing < 1,
        "labelSmoothing must be 0 or more and below 1, got %s",
        labelSmoothing);
    classWeights.forEach(weight -> Arguments.requirePositive("classWeights", weight));
    classWeights = List.copyOf(classWeights);
  }

  /**
   * Label smoothing 0.1, the value of its paper and of the embedded model; all classes alike.
   *
   * @return the loss
   */
  public static CrossEntropy withDefaults() {
    return new CrossEntropy(0.1, List.of());
  }

  /**
   * The same with other smoothing.
   *
   * @param share 0 or more and below 1
   * @return a new loss
   * @throws IllegalArgumentException if it is out of range
   */
  public CrossEntropy withLabelSmoothing(double share) {
    return new CrossEntropy(share, classWeights);
  }

  /**
   * The same with other weights.
   *
   * @param weights positive, one per class in the order of the labels, or none
   * @return a new loss
   * @throws IllegalArgumentException if one is not positive
   */
  public CrossEntropy withClassWeights(List<Double> weights) {
    return new CrossEntropy(labelSmoothing, weights);
  }
}
