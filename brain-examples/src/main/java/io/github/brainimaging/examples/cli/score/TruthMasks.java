package io.github.brainimaging.examples.cli.score;

import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.VolumeMask;
import io.github.brainimaging.core.io.MedicalImageReader;
import io.github.brainimaging.core.io.MedicalVolumeReader;
import io.github.brainimaging.examples.cli.file.Input;
import io.github.brainimaging.examples.cli.file.VolumeInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A folder of true masks. The mask of {@code a/12_flair.png} is {@code a/12_flair.png} there (any
 * image extension), or {@code a/12_mask.png}, or {@code a/12_flair_mask.png}; that of a volume is a
 * NIfTI file by the same rules, or of a DICOM series one with the name of its folder. Pixels above
 * half of an image's own maximum are inside, and all voxels above 0.
 */
public final class TruthMasks {

  private static final List<String> IMAGES =
      List.of(".png", ".tif", ".tiff", ".bmp", ".jpg", ".jpeg");
  private static final List<String> VOLUMES = List.of(".nii.gz", ".nii", ".hdr");

  private final Path folder;

  public TruthMasks(Path folder) {
    this.folder = folder;
  }

  /**
   * The file of an input's mask, if there is one. Of a file that was given by itself, by name. A
   * mask among the inputs has no mask of its own.
   */
  Optional<Path> find(Input input) throws IOException {
    return find(input.name(), input.file(), IMAGES);
  }

  /** The same of a volume. */
  Optional<Path> find(VolumeInput input) throws IOException {
    Path first = input.files().get(0);
    Optional<Path> found = find(input.name(), first, VOLUMES);
    Path parent = first.toAbsolutePath().getParent();
    if (found.isPresent() || input.files().size() == 1 || parent == null) {
      return found;
    }
    int slash = input.name().lastIndexOf('/');
    boolean inside = slash > 0 && !input.name().equals(first.toString());
    String name = inside ? input.name().substring(0, slash) : "" + parent.getFileName();
    return find(name + ".dcm", first, VOLUMES);
  }

  private Optional<Path> find(String input, Path source, List<String> extensions)
      throws IOException {
    String name = input.equals(source.toString()) ? source.getFileName().toString() : input;
    String stem = name.replaceFirst("(?i)\\.nii\\.gz$", ".nii");
    int dot = stem.lastIndexOf('.');
    stem = dot > stem.lastIndexOf('/') ? stem.substring(0, dot) : stem;
    if (stem.endsWith("_mask")) {
      return Optional.empty();
    }
    int underscore = stem.lastIndexOf('_');
    String start = underscore > stem.lastIndexOf('/') ? stem.substring(0, underscore) : stem;
    List<String> candidates = new ArrayList<>(List.of(name));
    for (String candidate : List.of(stem, start + "_mask", stem + "_mask")) {
      for (String extension : extensions) {
        candidates.add(candidate + extension);
      }
    }
    for (String candidate : candidates) {
      Path file = folder.resolve(candidate);
      if (Files.isRegularFile(file) && !Files.isSameFile(file, source)) {
        return Optional.of(file);
      }
    }
    return Optional.empty();
  }

  static VolumeMask readVolume(Path file) throws IOException {
    return VolumeMask.above(MedicalVolumeReader.withDefaults().read(file), 0);
  }

  static Mask read(Path file) throws IOException {
    MedicalImage image = MedicalImageReader.withDefaults().read(file);
    return Mask.above(image, image.range()[1] / 2);
  }
}
