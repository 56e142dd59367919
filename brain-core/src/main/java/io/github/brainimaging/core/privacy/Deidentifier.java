package io.github.brainimaging.core.privacy;

import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.core.io.DicomFile;
import io.github.brainimaging.core.io.DicomFolder;
import io.github.brainimaging.core.io.ImageFormatException;
import io.github.brainimaging.core.io.NiftiFile;
import io.github.brainimaging.core.io.internal.dicom.CleanCopy;
import io.github.brainimaging.core.io.internal.dicom.result.ContentUids;
import io.github.brainimaging.core.work.AtomicFiles;
import io.github.brainimaging.core.work.Progress;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * Copies of images that do not tell whose they are.
 *
 * <p>DICOM: the Basic Application Level Confidentiality Profile (PS3.15, annex E), done by what is
 * kept instead of by what is taken out: numbers, codes and tables of acquisition, place and image,
 * of which the profile asks nothing. Gone are all texts, names, dates, times and private elements,
 * overlays, icons, and what stands behind the pixel data; the series description becomes the
 * sequence that it named. UIDs are replaced, equal ones by equal ones. MR and CT images only, and
 * none that says it has a name in its pixels. NIfTI: all texts and extensions of the header go.
 *
 * <p>Pixels stay as they are: a face can be made visible from a head; see {@link Defacing}. Names
 * of files and folders are not copied by {@link #writeAll}.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @since 0.1.0
 */
public final class Deidentifier {

  private static final Pattern PSEUDONYM = Pattern.compile("[A-Za-z0-9_.-]{1,64}");
  private static final String USUAL_NAME = "anonymous";
  private static final int KEY_LENGTH = 32;

  private final String pseudonym;
  private final byte[] key;

  private Deidentifier(String pseudonym, byte[] key) {
    this.pseudonym = pseudonym;
    this.key = key;
  }

  /**
   * One that calls patients {@code anonymous}, with a random key.
   *
   * @return the same UIDs get the same new ones from this one only
   */
  public static Deidentifier withDefaults() {
    byte[] random = new byte[KEY_LENGTH];
    new SecureRandom().nextBytes(random);
    return new Deidentifier(USUAL_NAME, random);
  }

  /**
   * The same with another name for the patient.
   *
   * @param newPseudonym 1 to 64 letters, digits, {@code _}, {@code .}, {@code -}; default {@code
   *     anonymous}
   * @return a new one
   * @throws IllegalArgumentException if it is none
   */
  public Deidentifier withPseudonym(String newPseudonym) {
    Arguments.require(
        PSEUDONYM.matcher(newPseudonym).matches(),
        "pseudonym must be 1 to 64 letters, digits, '_', '.' or '-', got '%s'",
        newPseudonym);
    return new Deidentifier(newPseudonym, key);
  }

  /**
   * The same with a key that is kept, so that what comes later gets the same UIDs. Who has the key
   * and a UID can find its new one.
   *
   * @param newKey 16 bytes or more, secret; default 32 random ones
   * @return a new one
   * @throws IllegalArgumentException if it is shorter
   */
  public Deidentifier withKey(byte[] newKey) {
    Arguments.require(newKey.length >= 16, "key must have 16 bytes or more, got %s", newKey.length);
    return new Deidentifier(pseudonym, newKey.clone());
  }

  /**
   * What was written.
   *
   * @param written the copies, in the order of their inputs
   * @param leftOut what was not copied, with the reason
   */
  public record Result(List<Path> written, Map<Path, String> leftOut) {

    /**
     * Copies the lists.
     *
     * @param written the copies
     * @param leftOut what was not copied
     */
    public Result {
      written = List.copyOf(written);
      leftOut = Collections.unmodifiableMap(new LinkedHashMap<>(leftOut));
    }
  }

  /**
   * Copies a DICOM or NIfTI file.
   *
   * @param source the file
   * @param target where it goes, whole or not at all; must not exist
   * @throws ImageFormatException if it is damaged, another format, no MR or CT image, or says that
   *     a name may stand in its pixels
   * @throws FileAlreadyExistsException if the target exists
   * @throws IOException if a file cannot be read or written
   */
  public void write(Path source, Path target) throws IOException {
    if (Files.exists(target)) {
      throw new FileAlreadyExistsException(target.toString());
    }
    AtomicFiles.Content copy = copy(source);
    try {
      AtomicFiles.write(target, copy);
    } catch (EOFException | ZipException e) {
      throw unfit(source, e);
    }
  }

  /** What is wrong with the source is told here, but for voxels that are cut off. */
  private AtomicFiles.Content copy(Path source) throws IOException {
    try {
      if (NiftiFile.recognizes(source)) {
        return CleanNifti.of(source)::write;
      }
      if (!DicomFile.recognizes(source)) {
        throw new IOException(
            "expected DICOM or NIfTI, found another format; convert it to NIfTI first");
      }
      try (InputStream in = new BufferedInputStream(Files.newInputStream(source), 1 << 15)) {
        byte[] clean = CleanCopy.of(in, pseudonym, new ContentUids(key)::of);
        return out -> out.write(clean);
      }
    } catch (IOException e) {
      throw unfit(source, e);
    }
  }

  private static ImageFormatException unfit(Path source, IOException reason) {
    return new ImageFormatException(
        source + ": cannot be de-identified: " + reason.getMessage(), reason);
  }

  /**
   * Copies all images of a folder: DICOM to {@code series-N/0001.dcm} and on, NIfTI to {@code
   * volume-N.nii} or {@code .nii.gz}. What is neither, or cannot be copied, is left out.
   *
   * @param folder the images, with all folders in it
   * @param target the new folder; must not hold such names
   * @param progress told of every file
   * @return what was written and what was not
   * @throws java.util.concurrent.CancellationException if the progress says so
   * @throws FileAlreadyExistsException if a copy would lie where a file is
   * @throws IOException if the folder cannot be read, or nothing can be written to the target
   */
  public Result writeAll(Path folder, Path target, Progress progress) throws IOException {
    DicomFolder found = DicomFolder.scan(folder);
    Map<Path, Path> copies = new LinkedHashMap<>();
    for (int i = 0; i < found.series().size(); i++) {
      List<Path> files = found.series().get(i).files();
      for (int j = 0; j < files.size(); j++) {
        copies.putIfAbsent(
            files.get(j),
            target.resolve(String.format(Locale.ROOT, "series-%d/%04d.dcm", i, j + 1)));
      }
    }
    Map<Path, String> leftOut = new LinkedHashMap<>(found.refused());
    found.localizers().forEach(file -> leftOut.put(file, "a localizer"));
    int volumes = 0;
    for (Path file : found.others()) {
      if (NiftiFile.recognizes(file)) {
        copies.put(file, target.resolve("volume-" + volumes++ + CleanNifti.ending(file)));
      } else {
        leftOut.put(file, "neither an image of DICOM nor NIfTI");
      }
    }
    return write(copies, leftOut, progress);
  }

  private Result write(Map<Path, Path> copies, Map<Path, String> leftOut, Progress progress)
      throws IOException {
    List<Path> written = new ArrayList<>();
    int done = 0;
    for (Map.Entry<Path, Path> copy : copies.entrySet()) {
      progress.report("files", done++, copies.size());
      try {
        write(copy.getKey(), copy.getValue());
        written.add(copy.getValue());
      } catch (ImageFormatException e) {
        leftOut.put(copy.getKey(), ImageFormatException.reason(e, copy.getKey()));
      }
    }
    progress.report("files", done, copies.size());
    return new Result(written, leftOut);
  }

  /** Equal with an equal pseudonym and key. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Deidentifier that
        && pseudonym.equals(that.pseudonym)
        && MessageDigest.isEqual(key, that.key);
  }

  @Override
  public int hashCode() {
    return pseudonym.hashCode();
  }

  /** The pseudonym, never the key. */
  @Override
  public String toString() {
    return "Deidentifier[" + pseudonym + "]";
  }
}
