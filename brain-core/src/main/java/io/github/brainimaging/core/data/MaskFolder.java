package io.github.brainimaging.core.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A folder of masks, and the one rule by which a file is paired with its mask: the mask of {@code
 * a/12_flair.png} is, in this folder, {@code a/12_flair} with the extension of an image, or {@code
 * a/12_mask}, or {@code a/12_flair_mask}. The mask of a volume is a NIfTI, NRRD, MetaImage or MGH
 * file by the same rule; of a DICOM series it may also have the name of the folder that holds the
 * series.
 *
 * <p>A file whose name ends in {@code _mask} is a mask and has none. No file is its own mask.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @param path the folder
 * @since 0.1.0
 */
public record MaskFolder(Path path) {

  private static final List<String> IMAGES =
      List.of(".png", ".tif", ".tiff", ".bmp", ".jpg", ".jpeg");
  private static final List<String> VOLUMES =
      List.of(
          ".nii.gz", ".nii", ".hdr", ".seg.nrrd", ".nrrd", ".nhdr", ".mha", ".mhd", ".mgz", ".mgh");
  private static final String MASK = "_mask";

  /**
   * The mask of an image.
   *
   * @param name the image's path in its folder, with "/" between folders; of a file that stands
   *     alone, its name
   * @param image the image file
   * @return the mask file, if there is one
   * @throws IOException if the files cannot be compared
   */
  public Optional<Path> maskOf(String name, Path image) throws IOException {
    return find(name, image, IMAGES);
  }

  /**
   * The mask of a volume.
   *
   * @param name the volume's path in its folder, with "/" between folders; of a file that stands
   *     alone, its name
   * @param files the file of the volume, or the files of the series
   * @return the mask file, if there is one
   * @throws IOException if the files cannot be compared
   */
  public Optional<Path> volumeMaskOf(String name, List<Path> files) throws IOException {
    Path first = files.get(0);
    Optional<Path> found = find(name, first, VOLUMES);
    Path parent = first.toAbsolutePath().getParent();
    if (found.isPresent() || files.size() == 1 || parent == null) {
      return found;
    }
    int slash = name.lastIndexOf('/');
    String series = slash > 0 ? name.substring(0, slash) : String.valueOf(parent.getFileName());
    return find(series + ".dcm", first, VOLUMES);
  }

  private Optional<Path> find(String name, Path source, List<String> extensions)
      throws IOException {
    String stem = stem(name);
    if (stem.endsWith(MASK)) {
      return Optional.empty();
    }
    int underscore = stem.lastIndexOf('_');
    String start = underscore > stem.lastIndexOf('/') ? stem.substring(0, underscore) : stem;
    Set<String> candidates = new LinkedHashSet<>(List.of(name));
    for (String candidate : List.of(stem, start + MASK, stem + MASK)) {
      extensions.forEach(extension -> candidates.add(candidate + extension));
    }
    for (String candidate : candidates) {
      Path file = path.resolve(candidate);
      if (Files.isRegularFile(file) && !Files.isSameFile(file, source)) {
        return Optional.of(file);
      }
    }
    return Optional.empty();
  }

  /** A name without its extension. */
  static String stem(String name) {
    String stem = name.replaceFirst("(?i)\\.(nii\\.gz|seg\\.nrrd)$", ".nii");
    int dot = stem.lastIndexOf('.');
    return dot > stem.lastIndexOf('/') ? stem.substring(0, dot) : stem;
  }

  /** Whether a name is that of a mask. */
  static boolean isMask(String name) {
    return stem(name).endsWith(MASK);
  }
}
