package io.github.brainimaging.models.onnx.internal;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.onnxruntime.engine.OrtEngineProvider;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.github.brainimaging.models.onnx.internal.graph.EngineFailure;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.util.ServiceConfigurationError;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * ONNX Runtime, started once per JVM, through DJL wherever DJL can start.
 *
 * <p>DJL cannot where the host already has an ONNX Runtime environment of its own: DJL insists on
 * creating the only one, and fails for the rest of the JVM's life. And it must not where ONNX
 * Runtime is the CUDA build but there is no GPU: it loads the CUDA provider unasked, which can end
 * the process (djl#3863). Nor can it where the thread's context class loader knows another DJL, as
 * in a host with plug-ins. In all these cases sessions run on ONNX Runtime's own API, with equal
 * results.
 *
 * <p>Touches two system properties, each only if it is not set ({@link NativeCache} tells of two
 * more). {@code OPT_OUT_TRACKING}, so that DJL does not report its start to its makers on some
 * cloud hosts, is taken back at once. {@code ai.djl.onnx.disable_alternative}, so that DJL does not
 * start PyTorch beside ONNX Runtime, has to stay, since DJL reads it anew at every call. ONNX
 * Runtime's own telemetry is switched off.
 */
final class OnnxEngine {

  private static final Logger logger = LoggerFactory.getLogger(OnnxEngine.class);

  private static @Nullable OnnxEngine started;

  private final OrtEnvironment environment;
  private final @Nullable NDManager manager;

  private OnnxEngine(OrtEnvironment environment, @Nullable NDManager manager) {
    this.environment = environment;
    this.manager = manager;
  }

  /** The one engine of this JVM; a start that failed is tried again at the next call. */
  @CanIgnoreReturnValue
  static synchronized OnnxEngine start() throws EngineFailure {
    if (started == null) {
      GpuProbe probe = HostGpuProbe.create();
      boolean djl = !probe.hasCudaBuild() || probe.gpuCount() > 0;
      try {
        NDManager manager = djl ? startDjl(probe.hasCudaBuild()) : null;
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        environment.setTelemetry(false);
        started = new OnnxEngine(environment, manager);
      } catch (OrtException | LinkageError | RuntimeException e) {
        throw new EngineFailure(e);
      }
    }
    return started;
  }

  OrtEnvironment environment() {
    return environment;
  }

  /** The manager that all others are children of; null if sessions run without DJL. */
  @Nullable NDManager manager() {
    return manager;
  }

  private static @Nullable NDManager startDjl(boolean cuda) {
    setIfAbsent("ai.djl.onnx.disable_alternative");
    boolean optedOutHere = setIfAbsent("OPT_OUT_TRACKING");
    try {
      // By hand, since DJL looks for its engines with the thread's context class loader only.
      Engine.registerEngine(new OrtEngineProvider());
      Engine engine = Engine.getEngine("OnnxRuntime");
      if (!cuda) {
        tellCpu(engine);
      }
      return engine.newBaseManager(Device.cpu());
    } catch (LinkageError | ServiceConfigurationError | IllegalStateException e) {
      logger.info(
          "DJL cannot start here, models run on ONNX Runtime directly: {}",
          new EngineFailure(e).getMessage());
      return null;
    } finally {
      if (optedOutHere) {
        System.clearProperty("OPT_OUT_TRACKING");
      }
    }
  }

  /**
   * DJL finds out whether there is CUDA by trying it, and where there is none warns of that in the
   * application's log. The answer is known here, so DJL is given it. A DJL without this field
   * warns, and all else works.
   */
  private static void tellCpu(Engine engine) {
    try {
      Field device = Engine.class.getDeclaredField("defaultDevice");
      device.setAccessible(true);
      device.set(engine, Device.cpu());
    } catch (ReflectiveOperationException | InaccessibleObjectException e) {
      logger.debug("DJL looks for CUDA itself: {}", e.toString());
    }
  }

  @CanIgnoreReturnValue
  private static boolean setIfAbsent(String property) {
    if (System.getProperty(property) != null) {
      return false;
    }
    System.setProperty(property, "true");
    return true;
  }
}
