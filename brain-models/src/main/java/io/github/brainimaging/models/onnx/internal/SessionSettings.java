package io.github.brainimaging.models.onnx.internal;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * How a network is loaded.
 *
 * @param gpu number of the GPU; empty for the CPU
 * @param gpuMemoryLimit bytes that the session may take of the GPU's memory; empty for no limit
 * @param threads threads that share the work of one operator
 * @param optimization name of the optimization level: NONE, BASIC, EXTENDED or ALL
 */
public record SessionSettings(
    OptionalInt gpu, OptionalLong gpuMemoryLimit, int threads, String optimization) {

  /** The options, to be closed by the caller once the session is open. */
  SessionOptions toOptions() throws OrtException {
    SessionOptions options = new SessionOptions();
    try {
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL); // failures are thrown
      options.setIntraOpNumThreads(threads);
      options.setInterOpNumThreads(1);
      options.setDeterministicCompute(true);
      options.setOptimizationLevel(
          optimization.equals("NONE") ? OptLevel.NO_OPT : OptLevel.valueOf(optimization + "_OPT"));
      if (gpu.isPresent()) {
        addCuda(options, gpu.getAsInt());
      }
      return options;
    } catch (OrtException | RuntimeException e) {
      options.close();
      throw e;
    }
  }

  private void addCuda(SessionOptions options, int index) throws OrtException {
    try (OrtCUDAProviderOptions cuda = new OrtCUDAProviderOptions(index)) {
      for (Map.Entry<String, String> option : cudaOptions().entrySet()) {
        cuda.add(option.getKey(), option.getValue());
      }
      options.addCUDA(cuda);
    }
  }

  /** What CUDA is told beside the number of the GPU, in its own words. */
  Map<String, String> cudaOptions() {
    return gpuMemoryLimit.isPresent()
        ? Map.of("gpu_mem_limit", Long.toString(gpuMemoryLimit.getAsLong()))
        : Map.of();
  }
}
