package io.github.brainimaging.models.training.internal;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;

/** DJL's PyTorch engine, which the application puts on its class path. */
public final class TrainingEngine {

  private static final String ENGINE = "PyTorch";
  private static final String OFFLINE = "ai.djl.offline";

  private TrainingEngine() {}

  /**
   * Starts the engine. Without the property DJL would fetch a native library that is missing, and
   * report its use.
   *
   * @return the engine
   * @throws IllegalStateException if it is not there
   */
  public static Engine start() {
    boolean unset = System.getProperty(OFFLINE) == null;
    if (unset) {
      System.setProperty(OFFLINE, "true");
    }
    try {
      return Engine.getEngine(ENGINE);
    } catch (EngineException e) {
      throw new IllegalStateException(
          "training needs DJL's PyTorch engine on the class path: ai.djl.pytorch:pytorch-engine,"
              + " pytorch-jni, and pytorch-native-cpu with the classifier of this system",
          e);
    } finally {
      if (unset) {
        System.clearProperty(OFFLINE);
      }
    }
  }
}
