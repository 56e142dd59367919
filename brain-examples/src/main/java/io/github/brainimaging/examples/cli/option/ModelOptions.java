package io.github.brainimaging.examples.cli.option;

import io.github.brainimaging.models.onnx.Device;
import io.github.brainimaging.models.onnx.ModelSource;
import io.github.brainimaging.models.onnx.OnnxClassifier;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which model runs, and on what. */
public final class ModelOptions {

  /** The choices of {@code --device}. */
  public enum DeviceChoice {
    AUTO,
    CPU,
    GPU;

    public Device toDevice() {
      return switch (this) {
        case AUTO -> Device.auto();
        case CPU -> Device.cpu();
        case GPU -> Device.gpu(0);
      };
    }
  }

  /** How the model that the library brings along is named where a file is expected. */
  public static final String EMBEDDED = "embedded";

  @Option(
      names = "--model",
      paramLabel = "FILE.onnx",
      description =
          "A model with its card FILE.json beside it or inside (default: `embedded`, the one that the library brings along).")
  public @Nullable Path model;

  @Option(
      names = "--device",
      paramLabel = "auto|cpu|gpu",
      description = "What the model runs on (default: auto).")
  public DeviceChoice device = DeviceChoice.AUTO;

  public ModelSource source() {
    return model == null ? ModelSource.embedded() : source(model);
  }

  /** Whether it is the model that the library brings along. */
  public boolean isEmbedded() {
    return model == null || model.toString().equals(EMBEDDED);
  }

  /** A file, or the embedded model where it is called so. */
  public static ModelSource source(Path model) {
    return model.toString().equals(EMBEDDED) ? ModelSource.embedded() : ModelSource.ofPath(model);
  }

  public OnnxClassifier open() {
    return open(Runtime.getRuntime().availableProcessors());
  }

  /**
   * Opens the model.
   *
   * @param threads that share the work of one run
   */
  public OnnxClassifier open(int threads) {
    return open(source(), threads);
  }

  /** Opens another model on the chosen device. */
  public OnnxClassifier open(Path file, int threads) {
    return open(source(file), threads);
  }

  private OnnxClassifier open(ModelSource source, int threads) {
    return OnnxClassifier.builder()
        .model(source)
        .device(device.toDevice())
        .threads(threads)
        .build();
  }
}
