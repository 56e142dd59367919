package io.github.brainimaging.models.onnx;

import io.github.brainimaging.models.onnx.internal.EngineSession;
import io.github.brainimaging.models.onnx.internal.HostGpuProbe;
import io.github.brainimaging.models.onnx.internal.graph.EngineFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A network that the engine has opened.
 *
 * @param session the engine's session, to be closed by the owner
 * @param device what it really runs on
 */
record OpenedSession(EngineSession session, Device device) {

  private static final Logger logger = LoggerFactory.getLogger(OpenedSession.class);

  /**
   * Opens a network; on the CPU where a GPU was free to be chosen and refused it.
   *
   * @param sha256 of the file, as its card has it; empty for any
   */
  static OpenedSession of(ModelSource source, LoadedModel.Options options, String sha256)
      throws EngineFailure {
    DeviceChoice choice = DeviceChoice.of(options.device(), HostGpuProbe.create());
    choice.whyNotGpu().ifPresent(why -> logger.info("{} runs on the CPU: {}", source, why));
    Device device = choice.device();
    try {
      return new OpenedSession(source.open(options.settings(device), sha256), device);
    } catch (EngineFailure e) {
      if (options.device().equals(device) || device.equals(Device.cpu())) {
        throw e;
      }
      logger.info("{} runs on the CPU: {} refused it: {}", source, device, e.getMessage());
      return new OpenedSession(source.open(options.settings(Device.cpu()), sha256), Device.cpu());
    }
  }
}
