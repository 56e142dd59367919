package io.github.brainimaging.core.data;

import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeMask;
import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.core.io.MedicalImageReader;
import io.github.brainimaging.core.io.MedicalVolumeReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads masks from files, by one rule. Black (0) is outside. Inside is:
 *
 * <ul>
 *   <li>of two values, such as 0 and 255, 0 and 1 or black and one color, the other one; a file of
 *       one value is empty if that is 0, and full if not;
 *   <li>of a label map (whole numbers up to 31 in gray, or areas of different colors) every label,
 *       or those that {@link #withLabels} names;
 *   <li>of a mask with soft edges, what is above half of its largest value; of probabilities (not
 *       whole numbers, up to 1) what is above 0.5;
 *   <li>of a JPEG file, which is never exact, what is above half of its largest value; up to 8 of
 *       255 is black.
 * </ul>
 *
 * <p>A color counts by its largest channel; a palette by its colors; what is transparent is black.
 * In volumes every whole number above 0 is a label.
 *
 * <p>What could be meant in several ways is refused, with the values that were found: areas of gray
 * beside white, white areas beside colors, more gray than white (an image, not a mask), values that
 * are negative or not finite. Where a label map is one of these, {@link #withLabels} tells what is
 * meant.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @param labels the gray values that are inside; empty if the file is to tell
 * @since 0.1.0
 */
public record MaskReader(Set<Integer> labels) {

  /**
   * Copies and checks the labels.
   *
   * @param labels the gray values that are inside; empty if the file is to tell
   * @throws IllegalArgumentException if one is not positive
   */
  public MaskReader {
    labels.forEach(label -> Arguments.require(label > 0, "labels must be positive, got %s", label));
    labels = Collections.unmodifiableSet(new TreeSet<>(labels));
  }

  /**
   * A reader to which every label is inside.
   *
   * @return the reader
   */
  public static MaskReader withDefaults() {
    return new MaskReader(Set.of());
  }

  /**
   * The same, but only some labels are inside.
   *
   * @param chosen gray values of label maps, such as 1 and 4 of BraTS; empty for all
   * @return a new reader
   * @throws IllegalArgumentException if one is not positive
   */
  public MaskReader withLabels(Collection<Integer> chosen) {
    return new MaskReader(new TreeSet<>(chosen));
  }

  /**
   * Reads the mask of an image.
   *
   * @param file the file
   * @return the mask
   * @throws io.github.brainimaging.core.io.ImageFormatException if it is no image, or cannot be
   *     understood as a mask
   * @throws IOException if it cannot be read
   */
  public Mask read(Path file) throws IOException {
    MedicalImage image = MedicalImageReader.withDefaults().read(file);
    boolean exact = !MedicalImageReader.format(file).orElse("").equals("JPEG");
    return new MaskImage(image, exact, file).toMask(labels);
  }

  /**
   * Reads the mask of a volume.
   *
   * @param file a volume file, such as NIfTI or NRRD
   * @return the mask, on the grid of its file
   * @throws io.github.brainimaging.core.io.ImageFormatException if it is no volume, or cannot be
   *     understood as a mask
   * @throws IOException if it cannot be read
   */
  public VolumeMask readVolume(Path file) throws IOException {
    MedicalVolume volume = MedicalVolumeReader.withDefaults().read(file);
    MaskValues values = new MaskValues(file, volume.channels(), volume.samples());
    return VolumeMask.wrap(volume.grid(), labels.isEmpty() ? values.inside() : values.of(labels));
  }
}
