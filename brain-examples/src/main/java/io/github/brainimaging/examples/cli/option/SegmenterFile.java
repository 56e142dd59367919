package io.github.brainimaging.examples.cli.option;

import io.github.brainimaging.models.card.ModelException;
import io.github.brainimaging.models.card.Task;
import io.github.brainimaging.models.onnx.ModelSource;
import io.github.brainimaging.models.onnx.OnnxSummary;
import io.github.brainimaging.models.onnx.OnnxVolumeSegmenter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a file that is to segment looks like, before it is opened. */
public final class SegmenterFile {

  private SegmenterFile() {}

  static boolean isOfVolumes(Path file) {
    return Files.isDirectory(file)
        || (Files.isRegularFile(file) && OnnxVolumeSegmenter.runs(ModelSource.ofPath(file)));
  }

  /** A network of volumes: a file, or the folder of another program. */
  public static OnnxVolumeSegmenter.Builder ofVolumes(Path file) {
    return Files.isDirectory(file)
        ? OnnxVolumeSegmenter.ofFolder(file)
        : OnnxVolumeSegmenter.builder(ModelSource.ofPath(file));
  }

  static boolean looksSound(Path file) {
    try {
      return OnnxSummary.read(file)
          .card()
          .filter(card -> card.task() == Task.SEGMENTATION)
          .isPresent();
    } catch (IOException | ModelException e) {
      return false;
    }
  }
}
