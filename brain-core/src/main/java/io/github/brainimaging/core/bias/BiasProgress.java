package io.github.brainimaging.core.bias;

/** Is told how far a bias correction has come. */
@FunctionalInterface
public interface BiasProgress {

  /**
   * Called after each iteration, in the thread that corrects. What it throws ends the correction.
   *
   * @param level number of the level, from 1
   * @param iteration number of the iteration in it, from 1
   * @param change coefficient of variation of the field's change in this iteration
   */
  void iterated(int level, int iteration, double change);
}
