package io.github.brainimaging.examples.cli;

import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.io.MedicalImageReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A folder of true masks. The mask of {@code a/12_flair.png} is {@code a/12_flair.png} there (any
 * image extension), or {@code a/12_mask.png}, or {@code a/12_flair_mask.png}. Pixels above half of
 * the mask's own maximum are inside.
 */
final class TruthMasks {

  private static final List<String> EXTENSIONS =
      List.of(".png", ".tif", ".tiff", ".bmp", ".jpg", ".jpeg");

  private final Path folder;

  TruthMasks(Path folder) {
    this.folder = folder;
  }

  /**
   * The file of an input's mask, if there is one. Of a file that was given by itself, by name. A
   * mask among the inputs has no mask of its own.
   */
  Optional<Path> find(Input input) throws IOException {
    String name =
        input.name().equals(input.file().toString())
            ? input.file().getFileName().toString()
            : input.name();
    int dot = name.lastIndexOf('.');
    String stem = dot > name.lastIndexOf('/') ? name.substring(0, dot) : name;
    if (stem.endsWith("_mask")) {
      return Optional.empty();
    }
    int underscore = stem.lastIndexOf('_');
    String start = underscore > stem.lastIndexOf('/') ? stem.substring(0, underscore) : stem;
    List<String> candidates = new ArrayList<>(List.of(name));
    for (String candidate : List.of(stem, start + "_mask", stem + "_mask")) {
      for (String extension : EXTENSIONS) {
        candidates.add(candidate + extension);
      }
    }
    for (String candidate : candidates) {
      Path file = folder.resolve(candidate);
      if (Files.isRegularFile(file) && !Files.isSameFile(file, input.file())) {
        return Optional.of(file);
      }
    }
    return Optional.empty();
  }

  static Mask read(Path file) throws IOException {
    MedicalImage image = MedicalImageReader.withDefaults().read(file);
    return Mask.above(image, image.range()[1] / 2);
  }
}
