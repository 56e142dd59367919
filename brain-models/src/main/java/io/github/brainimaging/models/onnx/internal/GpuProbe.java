package io.github.brainimaging.models.onnx.internal;

import java.util.Optional;

/** What a host has of what a GPU needs, in the order in which it is safe to ask. */
public interface GpuProbe {

  /**
   * Whether ONNX Runtime on the class path was built with CUDA.
   *
   * @return true for the artifact onnxruntime_gpu
   */
  boolean hasCudaBuild();

  /**
   * The GPUs that the NVIDIA driver shows to this process.
   *
   * @return their number, 0 also if there is no driver
   */
  int gpuCount();

  /**
   * Tries to load ONNX Runtime's CUDA provider. To be asked only if there is a GPU: without one the
   * provider can end the process.
   *
   * @param index number of the GPU
   * @return what went wrong; empty if nothing did
   */
  Optional<String> cudaProblem(int index);
}
