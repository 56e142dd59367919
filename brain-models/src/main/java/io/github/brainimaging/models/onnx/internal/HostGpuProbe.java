package io.github.brainimaging.models.onnx.internal;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession.SessionOptions;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import io.github.brainimaging.models.onnx.internal.graph.EngineFailure;
import java.util.Optional;

/** Looks at the host itself: ONNX Runtime's build, the NVIDIA driver, the CUDA libraries. */
public final class HostGpuProbe implements GpuProbe {

  private final boolean cudaBuild;

  private HostGpuProbe(boolean cudaBuild) {
    this.cudaBuild = cudaBuild;
  }

  /**
   * A probe of this host. Loads ONNX Runtime's native library, without its CUDA provider.
   *
   * @return the probe
   * @throws EngineFailure if the native library cannot be loaded
   */
  public static synchronized HostGpuProbe create() throws EngineFailure {
    boolean cached = NativeCache.offer();
    try {
      return new HostGpuProbe(OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA));
    } catch (LinkageError e) {
      throw new EngineFailure(
          "ONNX Runtime's native library cannot be loaded; it is unpacked into java.io.tmpdir = "
              + System.getProperty("java.io.tmpdir")
              + " unless onnxruntime.native.path names a folder that has it",
          e);
    } finally {
      if (cached) {
        System.clearProperty(NativeCache.PROPERTY);
      }
    }
  }

  @Override
  public boolean hasCudaBuild() {
    return cudaBuild;
  }

  /** Asks the driver's own library, which is there only where the driver is. */
  @Override
  public int gpuCount() {
    try {
      NativeLibrary driver =
          NativeLibrary.getInstance(Platform.isWindows() ? "nvcuda" : "libcuda.so.1");
      int[] count = new int[1];
      boolean answered =
          driver.getFunction("cuInit").invokeInt(new Object[] {0}) == 0
              && driver.getFunction("cuDeviceGetCount").invokeInt(new Object[] {count}) == 0;
      return answered ? count[0] : 0;
    } catch (UnsatisfiedLinkError noDriver) {
      return 0;
    }
  }

  /** Starts the engine first: without its environment, ONNX Runtime cannot say what is wrong. */
  @Override
  public Optional<String> cudaProblem(int index) {
    try {
      OnnxEngine.start();
      try (SessionOptions options = new SessionOptions()) {
        options.addCUDA(index);
        return Optional.empty();
      }
    } catch (OrtException | EngineFailure e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }
}
