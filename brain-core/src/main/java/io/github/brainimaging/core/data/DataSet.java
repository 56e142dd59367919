package io.github.brainimaging.core.data;

import io.github.brainimaging.core.internal.Arguments;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * Image files with a class each, and, where it is known, with what they have in common: slices of
 * one patient are one group, which no split tears apart.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @param labels the classes; an image's label is an index into them
 * @param images the files
 * @since 0.1.0
 */
public record DataSet(List<String> labels, List<LabeledFile> images) {

  /**
   * A file and its class.
   *
   * @param file the image file
   * @param label index of its class
   * @param group what it shares with others, such as the patient; empty if it stands alone
   */
  public record LabeledFile(Path file, int label, String group) {}

  /**
   * Two disjoint parts of a data set.
   *
   * @param training the larger part
   * @param validation the part held out
   */
  public record Split(DataSet training, DataSet validation) {}

  /**
   * Copies the lists.
   *
   * @param labels the classes
   * @param images the files
   */
  public DataSet {
    labels = List.copyOf(labels);
    images = List.copyOf(images);
  }

  /**
   * Lists a folder that holds one folder per class. Hidden files and folders are left out, and so
   * are files that are no image by their content, with a warning in the log. Every image stands
   * alone.
   *
   * @param root the folder
   * @return classes and files in alphabetical order
   * @throws java.nio.file.NoSuchFileException if the folder does not exist or holds fewer than two
   *     class folders with files
   * @throws IOException if it cannot be read
   */
  public static DataSet ofFolder(Path root) throws IOException {
    return ClassFolders.read(root);
  }

  /**
   * Reads a list of files: UTF-8, separated by commas (or by semicolons or tabs where the first
   * line has no comma), fields in double quotes where they hold commas. The first line names the
   * columns: {@code path} (absolute, or relative to the list), {@code label}, and, if wanted,
   * {@code group}; others are passed over. P5's names {@code Class Path} and {@code Class} do too.
   *
   * @param list the file
   * @return files in the order of the list, classes in alphabetical order
   * @throws IOException if it cannot be read, a column is missing, a line is incomplete or names a
   *     file that does not exist, or there are fewer than two classes
   */
  public static DataSet ofCsv(Path list) throws IOException {
    return ImageList.read(list);
  }

  /**
   * Images with true masks, by what the masks say: class {@code notumor} where the mask is empty,
   * {@code tumor} where it is not. The folder of an image is its group, such as the patient (P2's
   * task on the LGG collection).
   *
   * @param pairs images and masks
   * @return a data set of two classes, in the order of the pairs
   * @throws IOException if a mask cannot be read or understood
   */
  public static DataSet ofMasks(ImageMaskPairs pairs) throws IOException {
    List<LabeledFile> images = new ArrayList<>();
    for (ImageMaskPairs.Pair pair : pairs.pairs()) {
      int label = pairs.reader().read(pair.mask()).isEmpty() ? 0 : 1;
      images.add(new LabeledFile(pair.image(), label, pair.group()));
    }
    return new DataSet(List.of("notumor", "tumor"), images);
  }

  /**
   * The same files, grouped by their paths.
   *
   * @param pattern finds the group in a file's path, written with "/": what its first pair of
   *     parentheses holds, as in {@code "lgg/([^/]+)/"}
   * @return a new data set
   * @throws IllegalArgumentException if it has no parentheses, or is not found in one of the paths
   */
  public DataSet groupedBy(Pattern pattern) {
    List<LabeledFile> grouped = new ArrayList<>();
    for (LabeledFile image : images) {
      Matcher matcher = pattern.matcher(image.file().toString().replace('\\', '/'));
      Arguments.require(
          matcher.groupCount() >= 1, "pattern must have a group in parentheses, got %s", pattern);
      Arguments.require(
          matcher.find() && matcher.group(1) != null,
          "pattern must be found in every path, got %s and %s",
          pattern,
          image.file());
      grouped.add(new LabeledFile(image.file(), image.label(), matcher.group(1)));
    }
    return new DataSet(labels, grouped);
  }

  /**
   * Number of images of each class.
   *
   * @return one number per label
   */
  public List<Integer> counts() {
    int[] counts = new int[labels.size()];
    images.forEach(image -> counts[image.label()]++);
    return Arrays.stream(counts).boxed().toList();
  }

  /**
   * Weights with which all classes count alike: {@code n / (classes n_c)}, as "balanced" in
   * scikit-learn.
   *
   * @return one weight per label, for the class weights of a training
   * @throws IllegalArgumentException if a class has no image
   */
  public List<Double> balancedWeights() {
    List<Integer> counts = counts();
    Arguments.require(
        !counts.contains(0), "counts must be positive, got %s for %s", counts, labels);
    return counts.stream().map(n -> (double) images.size() / (labels.size() * n)).toList();
  }

  /**
   * Holds out a part of every class. Groups stay whole; the shares of the classes are then only
   * about the same, as well as the groups allow.
   *
   * @param fraction share of each class that is held out, above 0 and below 1
   * @param seed equal seeds give equal parts
   * @return the two parts
   * @throws IllegalArgumentException if the fraction is out of range
   */
  public Split holdOut(double fraction, long seed) {
    Arguments.require(
        fraction > 0 && fraction < 1, "fraction must be between 0 and 1, got %s", fraction);
    List<DataSet> parts = Partition.of(this, List.of(fraction, 1 - fraction), seed);
    return new Split(parts.get(1), parts.get(0));
  }

  /**
   * Splits for cross-validation: every image is held out once. Classes and groups as in {@link
   * #holdOut}.
   *
   * @param count number of folds, at least 2; P2 has 8
   * @param seed equal seeds give equal folds
   * @return as many splits
   * @throws IllegalArgumentException if there are fewer groups (or images that stand alone) than
   *     folds
   */
  public List<Split> folds(int count, long seed) {
    Arguments.require(count >= 2, "count must be at least 2, got %s", count);
    List<DataSet> parts = Partition.of(this, Collections.nCopies(count, 1.0 / count), seed);
    List<Split> splits = new ArrayList<>();
    for (DataSet held : parts) {
      Arguments.require(
          !held.images().isEmpty(), "count must not be above the number of groups, got %s", count);
      splits.add(new Split(without(held.images().stream().map(LabeledFile::file).toList()), held));
    }
    return List.copyOf(splits);
  }

  /**
   * The same without some files.
   *
   * @param files what to leave out
   * @return a new data set with the same labels
   */
  public DataSet without(Collection<Path> files) {
    Set<Path> left = new HashSet<>(files);
    return new DataSet(
        labels, images.stream().filter(image -> !left.contains(image.file())).toList());
  }

  /**
   * Number of images and a checksum of their classes, folders and file names, in their order.
   *
   * @return what a training keeps to see whether it goes on with the same data
   */
  public String fingerprint() {
    CRC32 checksum = new CRC32();
    for (LabeledFile image : images) {
      Path parent = image.file().toAbsolutePath().getParent();
      String folder = parent == null ? "" : String.valueOf(parent.getFileName());
      String line = image.label() + "/" + folder + "/" + image.file().getFileName() + "\n";
      checksum.update(line.getBytes(StandardCharsets.UTF_8));
    }
    return String.format(Locale.ROOT, "%d images (%08x)", images.size(), checksum.getValue());
  }
}
