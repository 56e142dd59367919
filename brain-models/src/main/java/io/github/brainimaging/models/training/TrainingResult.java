package io.github.brainimaging.models.training;

import io.github.brainimaging.models.network.Weights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * What a training gave.
 *
 * @param weights the averaged weights of the epoch with the lowest validation loss
 * @param bestEpoch the number of that epoch, from 1
 * @param lastWeights the averaged weights of the last epoch; where few images choose and the rate
 *     falls to zero, often the better ones
 * @param history every epoch in order
 * @since 0.1.0
 */
public record TrainingResult(
    Weights weights, int bestEpoch, Weights lastWeights, List<EpochResult> history) {

  /**
   * Copies the history.
   *
   * @param weights the averaged weights of the best epoch
   * @param bestEpoch its number, from 1
   * @param lastWeights the averaged weights of the last epoch
   * @param history every epoch in order
   */
  public TrainingResult {
    history = List.copyOf(history);
  }

  /**
   * Reads what a training has reached so far, finished or not.
   *
   * @param folder the folder of its checkpoint
   * @return the best weights until now and the history
   * @throws IOException if there is no checkpoint, or it is damaged
   */
  public static TrainingResult ofFolder(Path folder) throws IOException {
    return Checkpoint.read(folder);
  }
}
