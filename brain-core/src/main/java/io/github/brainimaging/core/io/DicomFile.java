package io.github.brainimaging.core.io;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.Spacing;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.image.VolumeSeries;
import io.github.brainimaging.core.io.internal.SampleDoubts;
import io.github.brainimaging.core.io.internal.dicom.DicomContent;
import io.github.brainimaging.core.io.internal.dicom.DisplayTags;
import io.github.brainimaging.core.io.internal.dicom.FrameImage;
import io.github.brainimaging.core.io.internal.dicom.stack.DicomStack;
import io.github.brainimaging.core.transform.Transform;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * One DICOM image file, with one frame or several: a part-10 file or a bare data set, native, RLE,
 * JPEG (8 and 12 bits, lossless), JPEG-LS or JPEG 2000.
 *
 * <ul>
 *   <li>Samples are those of the modality: rescale slope and intercept or the modality LUT are
 *       applied, windows are not (see {@link #displays}). MONOCHROME1 is turned round, so that high
 *       is bright, unless the samples are on a scale of their own, such as Hounsfield units.
 *   <li>Color comes as RGB, palettes are looked up (8 or 16 bits). Pixels that are padding become
 *       0, no signal; on a scale of their own, such as Hounsfield units, they keep the value that
 *       {@link Summary#padding()} tells.
 *   <li>{@link MedicalImage#nominalMaximum()} is 2<sup>bits stored</sup> - 1, or NaN for signed,
 *       floating-point and rescaled samples.
 *   <li>The frames of an enhanced multi-frame file are put in order by their place in the patient,
 *       the tiles of a Siemens mosaic are unpacked. A file that tells no place, such as an
 *       ultrasound loop, gives a volume of unknown affine with its frames as slices.
 * </ul>
 *
 * <p>Only technical elements are read; what tells who the patient is never leaves the file, not in
 * messages and not in {@link #toString()}. Only the writers of DICOM results, such as {@link
 * DicomSegWriter}, copy it, into their files.
 *
 * <p>The compressed pixel data is held in memory. Immutable and safe to share between threads.
 *
 * @since 0.1.0
 */
public final class DicomFile implements DicomSource {

  private static final long MAXIMUM_PIXELS = 64_000_000;

  private final Source source;
  private final DicomContent content;
  private final Summary summary;
  private final List<DicomStack> stacks;

  private DicomFile(Source source, DicomContent content, Summary summary, List<DicomStack> stacks) {
    this.source = source;
    this.content = content;
    this.summary = summary;
    this.stacks = stacks;
  }

  /**
   * Whether a file starts like DICOM. Reads a few hundred bytes.
   *
   * @param file the file
   * @return false for folders and other formats; true does not promise an image
   * @throws IOException if the file cannot be opened
   */
  public static boolean recognizes(Path file) throws IOException {
    return DicomAccess.recognizes(Source.of(file));
  }

  /**
   * Reads a file; its pixels are decoded when they are asked for.
   *
   * @param path the file
   * @return the file
   * @throws ImageFormatException if the content is no DICOM image, damaged or not supported
   * @throws java.nio.file.NoSuchFileException if there is no such file
   * @throws IOException if the file cannot be read or is a folder
   */
  public static DicomFile open(Path path) throws IOException {
    return open(Source.of(path));
  }

  static DicomFile open(Source source) throws IOException {
    DicomContent content = DicomAccess.read(source, true);
    return DicomAccess.named(
        source.name(),
        () ->
            new DicomFile(
                source, content, Summary.of(content), DicomStack.split(List.of(content))));
  }

  /**
   * The technical facts.
   *
   * @return the summary
   */
  public Summary summary() {
    return summary;
  }

  /**
   * One frame.
   *
   * @param frame 0 to frames - 1, in the order of the file; of a mosaic, a tile
   * @return the frame
   * @throws IndexOutOfBoundsException if there is no such frame
   * @throws ImageFormatException if the pixel data is damaged, cut off, too large or not supported
   */
  public MedicalImage frame(int frame) throws ImageFormatException {
    Objects.checkIndex(frame, content.frames());
    return DicomAccess.named(
        source.name(), () -> SampleDoubts.addTo(FrameImage.of(content, frame, MAXIMUM_PIXELS)));
  }

  /**
   * How the file wants a frame to be shown: its windows, then its VOI lookup tables, bright where
   * low for MONOCHROME1 that is not turned round yet. Each maps samples to 0 to 1.
   *
   * @param frame 0 to frames - 1
   * @return empty if the file does not tell
   * @throws IndexOutOfBoundsException if there is no such frame
   * @throws ImageFormatException if what the file tells is damaged
   */
  public List<Transform> displays(int frame) throws ImageFormatException {
    Objects.checkIndex(frame, content.frames());
    return DicomAccess.named(source.name(), () -> List.copyOf(DisplayTags.of(content, frame)));
  }

  /**
   * All frames as one volume or, if several lie at each place, as one for each time point. Tilt,
   * gaps and the like are told in the {@link MedicalVolume#warnings() warnings}.
   *
   * @return the volumes
   * @throws ImageFormatException if the frames are of several stacks, such as three planes, which
   *     are no one volume ({@link DicomFolder#scan} gives each), or the pixel data is damaged, cut
   *     off, too large or not supported
   */
  public VolumeSeries readAll() throws ImageFormatException {
    return DicomAccess.named(source.name(), () -> stack().read(file -> content));
  }

  /**
   * All frames as one volume.
   *
   * @return the volume
   * @throws ImageFormatException if there are several time points or stacks (see {@link #readAll}),
   *     or the pixel data is damaged, cut off, too large or not supported
   */
  public MedicalVolume volume() throws ImageFormatException {
    DicomStack stack = stack();
    if (stack.times() > 1) {
      throw new ImageFormatException(
          source.name()
              + ": expected one volume, found "
              + stack.times()
              + ": read them all, or one (brain: --volume)");
    }
    return readAll().volumes().get(0);
  }

  @Override
  public VolumeGrid grid() throws ImageFormatException {
    return stack().grid();
  }

  /**
   * Stacks of slices that its frames are of: one, unless they have several directions or places.
   *
   * @return positive
   */
  public int stacks() {
    return stacks.size();
  }

  Source source() {
    return source;
  }

  /** The one stack; what should be a volume must not have its planes mixed. */
  DicomStack stack() throws ImageFormatException {
    if (stacks.size() > 1) {
      throw new ImageFormatException(
          source.name()
              + ": expected one stack of slices, found "
              + stacks.size()
              + " of different orientation or place: give each alone (brain: --series)");
    }
    return stacks.get(0);
  }

  /**
   * What a user should know of its frames: those left out, gaps, uneven distances, tilt, several
   * time points or stacks.
   *
   * @return sentences without patient data; empty if all is plain
   */
  public List<String> findings() {
    return stacks.size() > 1
        ? List.of(stacks.size() + " stacks of slices of different orientation or place")
        : stacks.get(0).findings();
  }

  /** The technical facts. */
  @Override
  public String toString() {
    return "DicomFile[" + summary + "]";
  }

  /**
   * The technical facts of a DICOM image, and nothing else: no name, number, date, description or
   * UID of a patient, a study or a device. It may be logged and put into reports.
   *
   * <p>Immutable and safe to share between threads.
   *
   * @param transferSyntax UID of the transfer syntax
   * @param modality code such as CT or MR; empty if it is not told
   * @param width columns of a frame
   * @param height rows of a frame
   * @param frames number of frames; of a Siemens mosaic, its tiles
   * @param channels channels after decoding, 1 or 3
   * @param photometric photometric interpretation, such as MONOCHROME2
   * @param bits bits of a stored sample
   * @param signed whether stored samples are signed or floating-point
   * @param spacing distance between pixels
   * @param sliceThicknessMm thickness of a slice in mm, NaN if it is not told
   * @param gantryTiltDegrees tilt of the gantry as the scanner wrote it, 0 if it wrote none
   * @param padding the sample that stands for no measurement, as the file tells it; where samples
   *     have no scale of their own, {@link DicomFile} makes it 0
   */
  public record Summary(
      String transferSyntax,
      String modality,
      int width,
      int height,
      int frames,
      int channels,
      String photometric,
      int bits,
      boolean signed,
      Spacing spacing,
      double sliceThicknessMm,
      double gantryTiltDegrees,
      OptionalDouble padding) {

    static Summary of(DicomContent content) throws IOException {
      return new Summary(
          content.syntax().uid(),
          content.modalityCode(),
          content.width(),
          content.height(),
          content.frames(),
          content.channels(),
          content.photometric(),
          content.bits(),
          content.isSigned(),
          content.spacing(0),
          content.sliceThickness(),
          content.gantryTilt(),
          content.padding());
    }

    /** One line, such as {@code CT 512 x 512 x 1, 16 bits signed MONOCHROME2, 0.49 x 0.49 mm}. */
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%s %d x %d x %d, %d bits%s %s, %s, transfer syntax %s",
          modality.isEmpty() ? "unknown modality" : modality,
          width,
          height,
          frames,
          bits,
          signed ? " signed" : "",
          photometric,
          spacing.isKnown()
              ? String.format(Locale.ROOT, "%.3g x %.3g mm", spacing.x(), spacing.y())
              : "unknown spacing",
          transferSyntax);
    }
  }
}
