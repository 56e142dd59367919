package io.github.brainimaging.models.training;

import io.github.brainimaging.core.plot.TrainingPlot;
import io.github.brainimaging.models.architecture.Weights;
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

  /**
   * Draws the history as a PNG: accuracy and loss over the epochs, for training and validation.
   *
   * @param png the file to write
   * @throws IOException if writing fails
   */
  public void writePlot(Path png) throws IOException {
    TrainingPlot.write(
        history.stream()
            .map(
                epoch ->
                    new TrainingPlot.Epoch(
                        epoch.trainingAccuracy(),
                        epoch.validationAccuracy(),
                        epoch.trainingLoss(),
                        epoch.validationLoss()))
            .toList(),
        png);
  }
}
