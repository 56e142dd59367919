package io.github.brainimaging.models.training;

/** Told of a training's progress, in the thread that trains. */
public interface TrainingListener {

  /**
   * After the features of each image were computed or found in the cache.
   *
   * @param images number of images that are done, from 1
   * @param of number of images
   */
  default void onFeatures(int images, int of) {}

  /**
   * After each step.
   *
   * @param epoch number of the epoch, from 1
   * @param batch number of the step in it, from 1
   * @param batches number of steps in an epoch
   * @param loss loss of the step
   */
  default void onBatch(int epoch, int batch, int batches, double loss) {}

  /**
   * After each epoch, when its checkpoint is on disk.
   *
   * @param result what it gave
   */
  default void onEpoch(EpochResult result) {}
}
