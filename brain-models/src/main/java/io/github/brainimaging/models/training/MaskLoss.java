package io.github.brainimaging.models.training;

import io.github.brainimaging.core.internal.Arguments;

/**
 * The loss of a {@link MaskTrainer}, that of P4: cross-entropy of the pixels plus one minus the
 * soft Dice coefficient of the batch. What is set here changes the cross-entropy, and helps
 * learning only; the loss of the validation images is plain.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @param tumorWeight what the cross-entropy of a pixel inside a true mask is multiplied by,
 *     positive; 1 if all pixels count alike
 * @param hardestShare share of the pixels of a batch that count, those with the largest losses
 *     (hard example mining); above 0, 1 for all
 * @since 0.1.0
 */
public record MaskLoss(double tumorWeight, double hardestShare) {

  /**
   * Checks the values.
   *
   * @param tumorWeight of a pixel inside a true mask, positive
   * @param hardestShare share of the pixels of a batch that count, above 0 to 1
   * @throws IllegalArgumentException if one is out of range
   */
  public MaskLoss {
    Arguments.requirePositive("tumorWeight", tumorWeight);
    Hardest.requireShare(hardestShare);
  }

  /**
   * All pixels alike.
   *
   * @return the loss
   */
  public static MaskLoss withDefaults() {
    return new MaskLoss(1, 1);
  }

  /**
   * The same with another weight of the pixels inside a true mask.
   *
   * @param weight positive
   * @return a new loss
   * @throws IllegalArgumentException if it is not positive
   */
  public MaskLoss withTumorWeight(double weight) {
    return new MaskLoss(weight, hardestShare);
  }

  /**
   * The same, but of each batch only the hardest pixels count.
   *
   * @param share of them, above 0 to 1
   * @return a new loss
   * @throws IllegalArgumentException if it is out of range
   */
  public MaskLoss withHardestShare(double share) {
    return new MaskLoss(tumorWeight, share);
  }
}
