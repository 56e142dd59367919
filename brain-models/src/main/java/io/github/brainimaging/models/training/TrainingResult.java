package io.github.brainimaging.models.training;

import io.github.brainimaging.models.architecture.Weights;
import java.util.List;

/**
 * What a training gave.
 *
 * @param weights the averaged weights of the epoch with the lowest validation loss
 * @param bestEpoch the number of that epoch, from 1
 * @param history every epoch in order
 */
public record TrainingResult(Weights weights, int bestEpoch, List<EpochResult> history) {

  /**
   * Copies the history.
   *
   * @param weights the averaged weights of the best epoch
   * @param bestEpoch its number, from 1
   * @param history every epoch in order
   */
  public TrainingResult {
    history = List.copyOf(history);
  }
}
