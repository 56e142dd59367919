package io.github.brainimaging.models.onnx;

import io.github.brainimaging.models.card.ModelException;
import io.github.brainimaging.models.onnx.internal.GpuProbe;
import java.util.Optional;

/**
 * Decides which device a model is loaded on. Looks before it loads: on a host without a GPU, ONNX
 * Runtime's CUDA provider can end the whole process.
 *
 * @param device the CPU or a GPU, never {@link Device#auto()}
 * @param whyNotGpu why {@link Device#auto()} became the CPU, if it did
 */
record DeviceChoice(Device device, Optional<String> whyNotGpu) {

  /** Something that keeps a GPU from being used, and what to do about it. */
  private record Obstacle(String what, String remedy) {}

  /**
   * Chooses.
   *
   * @param requested what the caller asked for
   * @param probe what the host has
   * @return the device to load on
   * @throws ModelException if a GPU was asked for by number and cannot be used
   */
  static DeviceChoice of(Device requested, GpuProbe probe) {
    if (requested.equals(Device.cpu())) {
      return new DeviceChoice(Device.cpu(), Optional.empty());
    }
    int index = requested.gpuIndex().orElse(0);
    Optional<Obstacle> obstacle = obstacle(index, probe);
    if (obstacle.isEmpty()) {
      return new DeviceChoice(Device.gpu(index), Optional.empty());
    }
    if (requested.equals(Device.auto())) {
      return new DeviceChoice(Device.cpu(), obstacle.map(Obstacle::what));
    }
    throw new ModelException(
        String.format(
            "%s was asked for and cannot be used: %s. %s, or ask for Device.auto() or Device.cpu().",
            requested, obstacle.get().what(), obstacle.get().remedy()));
  }

  private static Optional<Obstacle> obstacle(int index, GpuProbe probe) {
    if (!probe.hasCudaBuild()) {
      return Optional.of(
          new Obstacle(
              "this is ONNX Runtime's CPU artifact",
              "Put com.microsoft.onnxruntime:onnxruntime_gpu on the class path in place of"
                  + " com.microsoft.onnxruntime:onnxruntime"));
    }
    int count = probe.gpuCount();
    if (count == 0) {
      return Optional.of(
          new Obstacle(
              "no NVIDIA driver, or no GPU that it shows to this process",
              "Install the driver, give the container the GPU (docker run --gpus all)"));
    }
    if (index >= count) {
      return Optional.of(
          new Obstacle(
              "the NVIDIA driver shows " + count + " GPU(s), numbered from 0",
              "Ask for one of them"));
    }
    return probe
        .cudaProblem(index)
        .map(
            problem ->
                new Obstacle(
                    "ONNX Runtime's CUDA provider does not load: " + problem,
                    "Install the CUDA and cuDNN versions that this ONNX Runtime needs"));
  }
}
