package io.github.brainimaging.core.registration;

/** Is told how far a registration has come. */
@FunctionalInterface
public interface RegistrationProgress {

  /**
   * Called after each search on a level of resolution, in the thread that registers. What it throws
   * ends the registration.
   *
   * @param level number of the level, from 1, the coarsest
   * @param levels number of levels
   * @param measure largest normalized mutual information found so far on this level
   */
  void searched(int level, int levels, double measure);
}
