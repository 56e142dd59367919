package io.github.brainimaging.core.data;

import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.core.io.MedicalImageReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;

/**
 * Images of one data set that are copies of images of another: a network that has seen them knows
 * the answers of its test. Exact copies have the same SHA-256 of their pixels; near copies differ
 * in few bits of a 256-bit difference hash, which hardly notices another size, compression or
 * brightness. A constant image has no difference, and is near every other constant one.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @param copies one entry per image that is a copy, in the order of its data set
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
    List<ImageFingerprint> ours = fingerprints(suspects);
    List<ImageFingerprint> theirs = fingerprints(originals);
    List<Copy> copies = new ArrayList<>();
    for (int i = 0; i < ours.size(); i++) {
      int nearest = nearest(ours.get(i), theirs);
      if (nearest >= 0) {
        int distance = ours.get(i).distance(theirs.get(nearest));
        boolean exact = ours.get(i).pixels().equals(theirs.get(nearest).pixels());
        if (distance <= maximumDistance) {
          Path file = suspects.images().get(i).file();
          copies.add(new Copy(file, originals.images().get(nearest).file(), distance, exact));
        }
      }
    }
    return new Duplicates(copies);
  }

  /** The index of an exact copy, else of the least distance; -1 if there is nothing. */
  private static int nearest(ImageFingerprint image, List<ImageFingerprint> others) {
    int nearest = -1;
    int least = Integer.MAX_VALUE;
    for (int i = 0; i < others.size(); i++) {
      if (others.get(i).pixels().equals(image.pixels())) {
        return i;
      }
      int distance = image.distance(others.get(i));
      if (distance < least) {
        least = distance;
        nearest = i;
      }
    }
    return nearest;
  }

  private static List<ImageFingerprint> fingerprints(DataSet data) throws IOException {
    MedicalImageReader reader = MedicalImageReader.withDefaults();
    try {
      return data.images().parallelStream()
          .map(
              image -> {
                try {
                  return ImageFingerprint.of(reader.read(image.file()));
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              })
          .toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
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
    lines.add(String.format(Locale.ROOT, "%d copies, %d of them exact", copies.size(), exact));
    for (Copy copy : copies) {
      String kind = copy.exact() ? "exact" : copy.distance() + " of 256 bits differ";
      lines.add(copy.file() + " is " + copy.original() + " (" + kind + ")");
    }
    return lines.toString();
  }
}
