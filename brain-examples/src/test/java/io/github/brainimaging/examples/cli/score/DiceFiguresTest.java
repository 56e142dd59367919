package io.github.brainimaging.examples.cli.score;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.brainimaging.core.data.ImageMaskPairs;
import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.inference.Segmentation;
import io.github.brainimaging.core.inference.Segmenter;
import io.github.brainimaging.core.io.PngImageWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiceFiguresTest {

  /** Finds what is bright. */
  private static final Segmenter BRIGHT =
      image -> new Segmentation(Mask.above(image, 100), image.spacing());

  @TempDir Path folder;

  @Test
  void theMedianIsTheOneInTheMiddle() throws IOException {
    List<ImageMaskPairs.Pair> pairs =
        List.of(pair("a", true), pair("b", false), pair("c", true), pair("d", true));

    assertThat(DiceFigures.measure(new ImageMaskPairs(pairs), BRIGHT).byName())
        .containsEntry("meanDice", 0.75)
        .containsEntry("medianDice", 1.0);
  }

  /** The left half of the image is the tumor, and bright or dark. */
  private ImageMaskPairs.Pair pair(String name, boolean bright) throws IOException {
    Path image = folder.resolve(name + ".png");
    Path mask = folder.resolve(name + "_mask.png");
    PngImageWriter.write(Mask.of(2, 1, new boolean[] {bright, !bright}), image);
    PngImageWriter.write(Mask.of(2, 1, new boolean[] {true, false}), mask);
    return new ImageMaskPairs.Pair(name, image, mask);
  }
}
