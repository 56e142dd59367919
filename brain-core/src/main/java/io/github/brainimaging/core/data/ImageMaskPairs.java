package io.github.brainimaging.core.data;

import io.github.brainimaging.core.evaluation.segmentation.DiceFigures;
import io.github.brainimaging.core.evaluation.segmentation.Overlap;
import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.inference.Segmenter;
import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.core.io.MedicalImageReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A data set of image files with the true mask of each. {@link MaskFolder} pairs them, {@link
 * MaskReader} says what a mask file means.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @param pairs the files
 * @param reader reads the masks
 * @since 0.1.0
 */
public record ImageMaskPairs(List<Pair> pairs, MaskReader reader) {

  private static final Logger logger = LoggerFactory.getLogger(ImageMaskPairs.class);

  /**
   * An image and its mask.
   *
   * @param name the image's path in its folder without the extension, with "/" between folders
   * @param image the image file
   * @param mask the mask file, of the same size
   */
  public record Pair(String name, Path image, Path mask) {

    /**
     * What must not be parted: the folder of the image, which is a patient; the image alone, if it
     * lies in no sub-folder.
     *
     * @return the folder's name, or the image's
     */
    public String group() {
      int slash = name.lastIndexOf('/');
      return slash < 0 ? name : name.substring(0, slash);
    }
  }

  /**
   * Two disjoint parts of a data set.
   *
   * @param training what is not held out
   * @param heldOut the part held out
   */
  public record Split(ImageMaskPairs training, ImageMaskPairs heldOut) {}

  /**
   * Copies the list.
   *
   * @param pairs the files
   * @param reader reads the masks
   */
  public ImageMaskPairs {
    pairs = List.copyOf(pairs);
    Objects.requireNonNull(reader, "reader");
  }

  /**
   * Pairs of which every label is inside.
   *
   * @param pairs the files
   */
  public ImageMaskPairs(List<Pair> pairs) {
    this(pairs, MaskReader.withDefaults());
  }

  /**
   * Lists a folder of images, with its sub-folders, and looks for their masks by the rule of {@link
   * MaskFolder}. Both folders may be the same. Hidden files, masks, and files that are no image by
   * their content are passed over; images without a mask are left out, with a warning in the log.
   *
   * @param images the folder of images
   * @param masks the folder of masks
   * @return the pairs in alphabetical order
   * @throws NoSuchFileException if a folder does not exist or there is no pair
   * @throws IOException if a folder cannot be read
   */
  public static ImageMaskPairs read(Path images, Path masks) throws IOException {
    MaskFolder folder = new MaskFolder(masks);
    List<Pair> pairs = new ArrayList<>();
    for (Path image : files(images)) {
      String file = images.relativize(image).toString().replace('\\', '/');
      if (MaskFolder.isMask(file) || !MedicalImageReader.recognizes(image)) {
        continue;
      }
      Optional<Path> mask = folder.maskOf(file, image);
      if (mask.isPresent()) {
        pairs.add(new Pair(MaskFolder.stem(file), image, mask.get()));
      } else {
        logger.warn("{} has no mask in {} and is left out", image, masks);
      }
    }
    if (pairs.isEmpty()) {
      throw new NoSuchFileException(
          images.toString(), null, "no image in this folder has a mask in " + masks);
    }
    return new ImageMaskPairs(pairs);
  }

  private static List<Path> files(Path root) throws IOException {
    try (Stream<Path> walk = Files.walk(root)) {
      return walk.filter(file -> !root.relativize(file).toString().startsWith("."))
          .filter(Files::isRegularFile)
          .sorted()
          .toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /**
   * The same, but only some labels of the masks are inside, see {@link MaskReader#withLabels}.
   *
   * @param labels gray values of label maps; empty for all
   * @return a new data set of the same files
   * @throws IllegalArgumentException if one is not positive
   */
  public ImageMaskPairs withLabels(Collection<Integer> labels) {
    return new ImageMaskPairs(pairs, reader.withLabels(labels));
  }

  /**
   * Holds out some of the groups (patients).
   *
   * @param fraction share of the groups that is held out, above 0 and below 1
   * @param seed equal seeds give equal parts
   * @return the two parts, each with at least one group
   * @throws IllegalArgumentException if the fraction is out of range or there is only one group
   */
  public Split holdOut(double fraction, long seed) {
    Arguments.require(
        fraction > 0 && fraction < 1, "fraction must be between 0 and 1, got %s", fraction);
    List<String> groups = new ArrayList<>(pairs.stream().map(Pair::group).distinct().toList());
    Arguments.require(groups.size() > 1, "pairs must be of two groups or more, got %s", groups);
    Collections.shuffle(groups, new Random(seed));
    long held = Math.round(fraction * groups.size());
    int count = (int) Math.max(1, Math.min(groups.size() - 1, held));
    Set<String> chosen = new HashSet<>(groups.subList(0, count));
    return split(pair -> chosen.contains(pair.group()));
  }

  /**
   * Holds out what is named.
   *
   * @param names names of images or of groups
   * @return the two parts; the one held out may be empty
   * @throws IllegalArgumentException if a name is none of an image or group
   */
  public Split holdOut(Collection<String> names) {
    Set<String> wanted = new HashSet<>(names);
    Set<String> known = new HashSet<>();
    for (Pair pair : pairs) {
      known.add(pair.name());
      known.add(pair.group());
    }
    for (String name : names) {
      Arguments.require(known.contains(name), "names must be images or groups, got %s", name);
    }
    return split(pair -> wanted.contains(pair.name()) || wanted.contains(pair.group()));
  }

  /**
   * Segments every image and measures the masks against the true ones.
   *
   * @param segmenter what segments
   * @return Dice coefficients per image, and per group (patient) where there are several images of
   *     one
   * @throws IOException if a file cannot be read
   * @throws IllegalArgumentException if a mask has not the size of its image
   */
  public DiceFigures measure(Segmenter segmenter) throws IOException {
    MedicalImageReader images = MedicalImageReader.withDefaults();
    List<Overlap> overlaps = new ArrayList<>();
    for (Pair pair : pairs) {
      Mask found = segmenter.segment(images.read(pair.image())).mask();
      overlaps.add(Overlap.of(reader.read(pair.mask()), found));
    }
    return DiceFigures.of(pairs.stream().map(Pair::group).toList(), overlaps);
  }

  private Split split(Predicate<Pair> held) {
    return new Split(
        new ImageMaskPairs(pairs.stream().filter(held.negate()).toList(), reader),
        new ImageMaskPairs(pairs.stream().filter(held).toList(), reader));
  }

  /**
   * Number of pairs and a checksum of their names, in their order; and the labels, if chosen.
   *
   * @return what a training keeps to see whether it goes on with the same data
   */
  public String fingerprint() {
    CRC32 checksum = new CRC32();
    for (Pair pair : pairs) {
      checksum.update((pair.name() + "\n").getBytes(StandardCharsets.UTF_8));
    }
    String labels = reader.labels().isEmpty() ? "" : ", labels " + reader.labels();
    return String.format(
        Locale.ROOT, "%d pairs (%08x)%s", pairs.size(), checksum.getValue(), labels);
  }
}
