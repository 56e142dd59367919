package io.github.brainimaging.models.training.optimizer;

import io.github.brainimaging.core.internal.Arguments;

/** The schedules that {@link Schedule} makes. */
final class Schedules {

  private Schedules() {}

  record Constant() implements Schedule {
    @Override
    public double factor(double epochs, double progress) {
      return 1;
    }
  }

  record Cosine() implements Schedule {
    @Override
    public double factor(double epochs, double progress) {
      return 0.5 * (1 + Math.cos(Math.PI * progress));
    }
  }

  record Steps(double factor, double everyEpochs) implements Schedule {
    Steps {
      Arguments.require(factor > 0 && factor < 1, "factor must be between 0 and 1, got %s", factor);
      Arguments.requirePositive("everyEpochs", everyEpochs);
    }

    @Override
    public double factor(double epochs, double progress) {
      return Math.pow(factor, Math.floor(epochs / everyEpochs));
    }
  }

  record Exponential(double factorPerEpoch) implements Schedule {
    Exponential {
      Arguments.require(
          factorPerEpoch > 0 && factorPerEpoch < 1,
          "factorPerEpoch must be between 0 and 1, got %s",
          factorPerEpoch);
    }

    @Override
    public double factor(double epochs, double progress) {
      return Math.pow(factorPerEpoch, epochs);
    }
  }

  record Inverse(double decay) implements Schedule {
    Inverse {
      Arguments.requirePositive("decay", decay);
    }

    @Override
    public double factor(double epochs, double progress) {
      return 1 / (1 + decay * epochs);
    }
  }
}
