package io.github.brainimaging.models.training.internal;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.engine.EngineProvider;
import ai.djl.util.Utils;
import io.github.brainimaging.core.internal.PrivateFolder;
import java.io.IOException;
import java.util.ServiceLoader;

/** DJL's PyTorch engine, which the application puts on its class path. */
public final class TrainingEngine {

  private static final String ENGINE = "PyTorch";
  private static final String CACHE = "pytorch";
  private static final String OFFLINE = "ai.djl.offline";

  private TrainingEngine() {}

  /**
   * Starts the engine, whatever the class loader of the thread. Without the property DJL would
   * fetch a native library that is missing, and report its use.
   *
   * @return the engine
   * @throws IllegalStateException if it is not there, or its native libraries would come from a
   *     folder that somebody else can write to
   */
  public static Engine start() {
    requirePrivateCache();
    boolean unset = System.getProperty(OFFLINE) == null;
    if (unset) {
      System.setProperty(OFFLINE, "true");
    }
    // DJL looks for its engines, and PyTorch for its libraries, with the thread's class loader.
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(TrainingEngine.class.getClassLoader());
    try {
      if (!Engine.hasEngine(ENGINE)) {
        register();
      }
      return Engine.getEngine(ENGINE);
    } catch (EngineException | IllegalArgumentException e) {
      throw new IllegalStateException(
          "training and GradCam need DJL's PyTorch engine on the class path: ai.djl.pytorch:pytorch-engine,"
              + " pytorch-jni, and pytorch-native-cpu with the classifier of this system",
          e);
    } finally {
      thread.setContextClassLoader(before);
      if (unset) {
        System.clearProperty(OFFLINE);
      }
    }
  }

  /** What DJL did not find when it was first used, with another class loader. */
  private static void register() {
    for (EngineProvider provider : ServiceLoader.load(EngineProvider.class)) {
      if (provider.getEngineName().equals(ENGINE)) {
        Engine.registerEngine(provider);
      }
    }
  }

  /**
   * DJL loads native code from a folder of a known name, in the temporary folder where the home
   * cannot be written to, whoever has put it there.
   */
  private static void requirePrivateCache() {
    try {
      PrivateFolder.requireOwn(Utils.getEngineCacheDir());
      PrivateFolder.make(Utils.getEngineCacheDir(CACHE));
    } catch (IOException e) {
      throw new IllegalStateException(
          "DJL would load native code from "
              + Utils.getEngineCacheDir(CACHE)
              + ", which is not to be trusted: "
              + e.getMessage()
              + "; name another folder by the environment variable or system property"
              + " DJL_CACHE_DIR",
          e);
    }
  }
}
