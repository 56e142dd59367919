package io.github.brainimaging.core.inference;

import java.util.Optional;

/** What is known of a prediction besides its probabilities. */
record Trust(Assessment assessment, ConformalSets sets, Optional<Uncertainty> uncertainty) {

  static final Trust PLAIN =
      new Trust(Assessment.inDomain(), ConformalSets.none(), Optional.empty());
}
