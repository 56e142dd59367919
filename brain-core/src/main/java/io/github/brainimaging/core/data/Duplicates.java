package io.github.brainimaging.core.data;

import io.github.brainimaging.core.internal.Arguments;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Images of one data set that are copies of images of another: a network that has seen them knows
 * the answers of its test. Exact copies have the same SHA-256 of their pixels; near copies differ
 * in few bits of a 256-bit difference hash, which hardly notices another size, compression or
 * brightness. A constant image has no difference, and is near every other constant one.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @param copies one entry per image that is a copy, in the order of its data set
 * @since 0.1.0
 */
public record Duplicates(List<Copy> copies) {

  /** The distance of the bits up to which the library speaks of a near copy: {@value}. */
  public static final int NEAR = 8;

  /**
   * An image that is a copy.
   *
   * @param file the image
   * @param original the nearest image of the other data set, the first of several
   * @param distance differing bits of the 256
   * @param exact whether all pixels are the same
   */
  public record Copy(Path file, Path original, int distance, boolean exact) {}

  /**
   * Copies the list.
   *
   * @param copies one entry per image that is a copy
   */
  public Duplicates {
    copies = List.copyOf(copies);
  }

  /**
   * Looks for images of one data set that are in another as well. Reads all files, on all cores.
   *
   * @param suspects whose copies are listed, such as the training images
   * @param originals what they are compared with, such as the test images
   * @param maximumDistance largest number of differing bits, 0 to 256; usually {@link #NEAR}
   * @return what was found
   * @throws IOException if an image cannot be read
   */
  public static Duplicates between(DataSet suspects, DataSet originals, int maximumDistance)
      throws IOException {
    Arguments.require(
        maximumDistance >= 0 && maximumDistance <= 256,
        "maximumDistance must be 0 to 256, got %s",
        maximumDistance);
    return between(readable(suspects), readable(originals), maximumDistance);
  }

  /** What images are compared by. */
  record Candidate(Path file, ImageFingerprint fingerprint) {}

  /** The same of images that were read. */
  static Duplicates between(List<Candidate> suspects, List<Candidate> originals, int maximum) {
    List<Copy> copies = new ArrayList<>();
    for (Candidate suspect : suspects) {
      nearest(suspect, originals).filter(copy -> copy.distance() <= maximum).ifPresent(copies::add);
    }
    return new Duplicates(copies);
  }

  /** Images that are near copies of one that stands before them. */
  static Duplicates within(List<Candidate> images) {
    return new Duplicates(
        IntStream.range(1, images.size())
            .parallel()
            .mapToObj(i -> nearest(images.get(i), images.subList(0, i)))
            .flatMap(Optional::stream)
            .filter(copy -> copy.distance() <= NEAR)
            .toList());
  }

  /** An exact copy, else the image of the least distance; empty if there is nothing. */
  private static Optional<Copy> nearest(Candidate image, List<Candidate> others) {
    @Nullable Candidate nearest = null;
    int least = Integer.MAX_VALUE;
    for (Candidate other : others) {
      if (other.fingerprint().pixels().equals(image.fingerprint().pixels())) {
        return Optional.of(new Copy(image.file(), other.file(), 0, true));
      }
      int distance = image.fingerprint().distance(other.fingerprint());
      if (distance < least) {
        least = distance;
        nearest = other;
      }
    }
    return nearest == null
        ? Optional.empty()
        : Optional.of(new Copy(image.file(), nearest.file(), least, false));
  }

  private static List<Candidate> readable(DataSet data) throws IOException {
    ReadImages<Candidate> read =
        ReadImages.of(
            data, (file, image) -> new Candidate(file.file(), ImageFingerprint.of(image)));
    for (IOException reason : read.unreadable().values()) {
      throw reason;
    }
    return read.kept();
  }

  /**
   * The files that are copies.
   *
   * @return for {@link DataSet#without}
   */
  public List<Path> files() {
    return copies.stream().map(Copy::file).toList();
  }

  /** A sentence with the numbers, and a line per copy. */
  @Override
  public String toString() {
    long exact = copies.stream().filter(Copy::exact).count();
    StringJoiner lines = new StringJoiner(System.lineSeparator());
    String counted = copies.size() == 1 ? "1 copy" : copies.size() + " copies";
    lines.add(counted + ", " + exact + " of them exact");
    for (Copy copy : copies) {
      String kind = copy.exact() ? "exact" : copy.distance() + " of 256 bits differ";
      lines.add(copy.file() + " is " + copy.original() + " (" + kind + ")");
    }
    return lines.toString();
  }
}
