package io.github.brainimaging.examples.cli.option;

import io.github.brainimaging.core.data.ImageMaskPairs;
import io.github.brainimaging.core.data.MaskReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** What in the files of true masks is inside. */
public final class MaskOptions {

  @Option(
      names = "--labels",
      split = ",",
      paramLabel = "N",
      description =
          "Gray values of the true masks that are inside, such as 1,4; the others are outside"
              + " (default: all that are not black).")
  private List<Integer> labels = List.of();

  public MaskReader reader() {
    return MaskReader.withDefaults().withLabels(labels);
  }

  public ImageMaskPairs read(Path images, Path masks) throws IOException {
    return ImageMaskPairs.read(images, masks).withLabels(labels);
  }
}
