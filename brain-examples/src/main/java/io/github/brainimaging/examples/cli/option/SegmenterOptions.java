package io.github.brainimaging.examples.cli.option;

import io.github.brainimaging.models.onnx.ModelSource;
import io.github.brainimaging.models.onnx.OnnxSegmenter;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which segmentation network runs, and on what. */
public final class SegmenterOptions {

  @Option(
      names = "--segmenter",
      paramLabel = "FILE.onnx",
      description =
          "A segmentation network with its card FILE.json beside it or inside (default of --method"
              + " learned: the embedded one).")
  public @Nullable Path model;

  @Option(
      names = "--device",
      paramLabel = "auto|cpu|gpu",
      description = "What the network runs on (default: auto).")
  private ModelOptions.DeviceChoice device = ModelOptions.DeviceChoice.AUTO;

  @Option(
      names = "--flip-averaging",
      description = "Segment each image mirrored as well and average: better, at twice the time.")
  private boolean flipAveraging;

  public OnnxSegmenter open() {
    ModelSource source =
        model == null ? ModelSource.embeddedSegmenter() : ModelSource.ofPath(model);
    return OnnxSegmenter.builder()
        .model(source)
        .device(device.toDevice())
        .flipAveraging(flipAveraging)
        .build();
  }
}
