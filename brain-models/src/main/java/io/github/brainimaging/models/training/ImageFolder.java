package io.github.brainimaging.models.training;

import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.core.io.MedicalImageReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A data set of image files with a class each; on disk, a folder per class.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @param labels the classes; an image's label is an index into them
 * @param images the files
 */
public record ImageFolder(List<String> labels, List<LabeledFile> images) {

  private static final Logger logger = LoggerFactory.getLogger(ImageFolder.class);

  /**
   * A file and its class.
   *
   * @param file the image file
   * @param label index of its class
   */
  public record LabeledFile(Path file, int label) {}

  /**
   * Two disjoint parts of a data set.
   *
   * @param training the larger part
   * @param validation the part held out
   */
  public record Split(ImageFolder training, ImageFolder validation) {}

  /**
   * Copies the lists.
   *
   * @param labels the classes
   * @param images the files
   */
  public ImageFolder {
    labels = List.copyOf(labels);
    images = List.copyOf(images);
  }

  /**
   * Lists a folder that holds one folder per class. Hidden files and folders are left out, and so
   * are files that are no image by their content, with a warning in the log.
   *
   * @param root the folder
   * @return classes and files in alphabetical order
   * @throws NoSuchFileException if the folder does not exist or holds fewer than two class folders
   *     with files
   * @throws IOException if it cannot be read
   */
  public static ImageFolder read(Path root) throws IOException {
    List<String> labels = new ArrayList<>();
    List<LabeledFile> images = new ArrayList<>();
    for (Path folder : visibleEntries(root)) {
      if (Files.isDirectory(folder)) {
        List<Path> files = imagesIn(folder);
        if (!files.isEmpty()) {
          int label = labels.size();
          labels.add(folder.getFileName().toString());
          files.forEach(file -> images.add(new LabeledFile(file, label)));
        }
      }
    }
    if (labels.size() < 2) {
      throw new NoSuchFileException(
          root.toString(),
          null,
          "expected a folder per class with images in it, at least two, found "
              + (labels.isEmpty() ? "none" : labels));
    }
    return new ImageFolder(labels, images);
  }

  private static List<Path> imagesIn(Path folder) throws IOException {
    List<Path> images = new ArrayList<>();
    for (Path file : visibleEntries(folder)) {
      if (MedicalImageReader.recognizes(file)) {
        images.add(file);
      } else if (Files.isRegularFile(file)) {
        logger.warn("{} is no image and is left out", file);
      }
    }
    return images;
  }

  private static List<Path> visibleEntries(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.filter(p -> !p.getFileName().toString().startsWith(".")).sorted().toList();
    }
  }

  /**
   * Holds out a part of every class.
   *
   * @param fraction share of each class that is held out, above 0 and below 1
   * @param seed equal seeds give equal parts
   * @return the two parts
   */
  public Split holdOut(double fraction, long seed) {
    Arguments.require(
        fraction > 0 && fraction < 1, "fraction must be between 0 and 1, got %s", fraction);
    List<LabeledFile> training = new ArrayList<>();
    List<LabeledFile> validation = new ArrayList<>();
    for (int label = 0; label < labels.size(); label++) {
      int wanted = label;
      List<LabeledFile> ofClass =
          new ArrayList<>(images.stream().filter(i -> i.label() == wanted).toList());
      Collections.shuffle(ofClass, new Random(seed + label));
      int held = (int) Math.round(fraction * ofClass.size());
      validation.addAll(ofClass.subList(0, held));
      training.addAll(ofClass.subList(held, ofClass.size()));
    }
    return new Split(new ImageFolder(labels, training), new ImageFolder(labels, validation));
  }

  /** Number of images and a checksum of their classes and file names, in their order. */
  String fingerprint() {
    CRC32 checksum = new CRC32();
    for (LabeledFile image : images) {
      String line = image.label() + "/" + image.file().getFileName() + "\n";
      checksum.update(line.getBytes(StandardCharsets.UTF_8));
    }
    return String.format(Locale.ROOT, "%d images (%08x)", images.size(), checksum.getValue());
  }
}
