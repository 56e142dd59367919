package io.github.brainimaging.core.io.internal.dicom;

import io.github.brainimaging.core.image.Modality;
import io.github.brainimaging.core.image.Spacing;
import io.github.brainimaging.core.io.internal.dicom.element.DataSet;
import io.github.brainimaging.core.io.internal.dicom.element.DicomObject;
import io.github.brainimaging.core.io.internal.dicom.element.FrameFacts;
import io.github.brainimaging.core.io.internal.dicom.element.ModalityCodes;
import io.github.brainimaging.core.io.internal.dicom.element.PrivateElements;
import io.github.brainimaging.core.io.internal.dicom.element.Tag;
import io.github.brainimaging.core.io.internal.dicom.element.TransferSyntax;
import io.github.brainimaging.core.io.internal.dicom.pixel.FrameDecoder;
import io.github.brainimaging.core.io.internal.dicom.pixel.ModalityScale;
import io.github.brainimaging.core.io.internal.dicom.pixel.NativeFrame;
import io.github.brainimaging.core.io.internal.dicom.pixel.Palette;
import io.github.brainimaging.core.io.internal.dicom.pixel.PixelDescription;
import io.github.brainimaging.core.io.internal.dicom.pixel.StoredValues;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The image in a DICOM file: what is told about it and its frames. Immutable after reading. */
public final class DicomContent {

  private static final String SECONDARY_CAPTURE = "1.2.840.10008.5.1.4.1.1.7";
  private static final String PARAMETRIC_MAP = "1.2.840.10008.5.1.4.1.1.30";

  private final DicomObject file;
  private final PixelDescription pixels;
  private final Optional<Mosaic> mosaic;

  /** What holds for all frames. */
  private final FrameFacts.Common common;

  private final FrameGeometry geometry;

  private volatile @Nullable FrameDecoder decoder;

  DicomContent(DicomObject file) throws IOException {
    this.file = file;
    this.pixels = PixelDescription.of(file);
    PrivateElements.settle(file.data);
    this.common = FrameFacts.common(file.data);
    this.mosaic =
        pixels.frames() == 1 && pixels.samples() == 1
            ? Mosaic.of(file.data, pixels.rows(), pixels.columns())
            : Optional.empty();
    this.geometry = new FrameGeometry(file.data, pixels, mosaic, facts(0));
  }

  /**
   * Whether a file starts like DICOM.
   *
   * @param start the first 132 bytes or more
   * @return true if it should be read
   */
  public static boolean recognizes(byte[] start) {
    return DicomObject.recognizes(start);
  }

  /**
   * Reads a file.
   *
   * @param stream the content; not closed
   * @param withPixels whether to read the pixel data, which {@link #samples} needs
   * @return the image
   * @throws IOException if it is no image, damaged or not supported
   */
  public static DicomContent read(InputStream stream, boolean withPixels) throws IOException {
    return new DicomContent(DicomObject.read(stream, withPixels));
  }

  DataSet data() {
    return file.data;
  }

  PixelDescription pixels() {
    return pixels;
  }

  public FrameFacts facts(int frame) {
    return FrameFacts.of(file.data, common, mosaic.isPresent() ? 0 : frame);
  }

  /** What holds for a frame that tells nothing itself. */
  public FrameFacts commonFacts() {
    return FrameFacts.of(common);
  }

  /**
   * How the file is written.
   *
   * @return the transfer syntax
   */
  public TransferSyntax syntax() {
    return file.syntax;
  }

  /**
   * Number of frames; of a mosaic, its tiles.
   *
   * @return positive
   */
  public int frames() {
    return mosaic.map(Mosaic::tiles).orElse(pixels.frames());
  }

  /**
   * Columns of a frame.
   *
   * @return positive
   */
  public int width() {
    return pixels.columns() / across();
  }

  /**
   * Rows of a frame.
   *
   * @return positive
   */
  public int height() {
    return pixels.rows() / across();
  }

  /**
   * Channels of a frame.
   *
   * @return 1 or 3
   */
  public int channels() {
    return pixels.isPalette() ? 3 : pixels.samples();
  }

  /** What was guessed, or is not as it should be. */
  public List<String> notes() throws IOException {
    List<String> notes = new ArrayList<>(geometry.notes());
    long more = pixels.framesMore(file.pixelLength);
    if (more > 0) {
      notes.add(
          String.format(
              Locale.ROOT,
              "the pixel data holds %d frames more than the %d that are told; they are left out",
              more,
              pixels.frames()));
    }
    return notes;
  }

  /** Of a segmentation, how many segments its frames are of; else 0. */
  public int segments() {
    return file.data.items(Tag.SEGMENTS).size();
  }

  public FrameGeometry geometry() {
    return geometry;
  }

  public boolean isMosaic() {
    return mosaic.isPresent();
  }

  private int across() {
    return mosaic.map(Mosaic::across).orElse(1);
  }

  /**
   * Distance between pixels.
   *
   * @param frame 0 to frames - 1
   * @return unknown if the file does not tell, or tells nonsense
   * @throws IOException if it is no number
   */
  public Spacing spacing(int frame) throws IOException {
    return FrameGeometry.spacing(facts(frame));
  }

  /**
   * What made the image.
   *
   * @return CT, MR or unknown
   */
  public Modality modality() {
    return switch (file.data.text(Tag.MODALITY)) {
      case "CT" -> Modality.CT;
      case "MR" -> Modality.MR;
      default -> Modality.UNKNOWN;
    };
  }

  /**
   * Decodes frames. Memory must have been checked.
   *
   * @param frames which, 0 to frames - 1
   * @param maximumPixels largest width x height of a stored frame
   * @return for each frame its samples, channel after channel, row after row
   * @throws IOException if the pixel data is damaged, cut off or not supported
   */
  public List<float[]> samples(List<Integer> frames, long maximumPixels) throws IOException {
    pixels.requireWithin(maximumPixels);
    List<float[]> result = new ArrayList<>();
    if (mosaic.isPresent()) {
      float[] picture = stored(0);
      frames.forEach(tile -> result.add(mosaic.get().tile(picture, pixels.columns(), tile)));
      return result;
    }
    for (int frame : frames) {
      result.add(stored(frame));
    }
    return result;
  }

  private float[] stored(int frame) throws IOException {
    if (pixels.floating()) {
      boolean bigEndian = file.syntax == TransferSyntax.BIG_ENDIAN;
      if (file.pixels.encapsulated()) {
        throw new IOException("expected plain float pixel data, found fragments");
      }
      byte[] value = file.pixels.fragments().get(0);
      return new NativeFrame(pixels, value, bigEndian, false).floats(frame);
    }
    int[] stored = decoder().decode(frame);
    if (pixels.isPalette()) {
      return Palette.of(file.data).lookUp(stored);
    }
    ModalityScale scale = scale(frame);
    storedValues(scale).apply(stored);
    boolean unsigned32 = pixels.stored() == 32 && !pixels.signed();
    return scale.apply(stored, unsigned32);
  }

  /** Made once: it looks for the frames among all fragments. */
  private FrameDecoder decoder() throws IOException {
    FrameDecoder found = decoder;
    if (found == null) {
      found = new FrameDecoder(file, pixels);
      decoder = found;
    }
    return found;
  }

  /** What the stored values of a frame mean. */
  StoredValues storedValues(int frame) throws IOException {
    return storedValues(scale(frame));
  }

  private StoredValues storedValues(ModalityScale scale) {
    boolean plain = !pixels.floating() && modality() != Modality.CT && scale.isIdentity();
    return new StoredValues(pixels, file.data, plain);
  }

  ModalityScale scale(int frame) throws IOException {
    return ModalityScale.of(facts(frame), pixels.signed());
  }

  /**
   * The modality as it is written, if it is a code of the standard: what else stands there may be
   * anything, such as a name.
   *
   * @return such as CT; empty if it is not told or no known code
   */
  public String modalityCode() {
    String code = file.data.text(Tag.MODALITY);
    return ModalityCodes.ALL.contains(code) ? code : "";
  }

  /**
   * Whether the file is a localizer, which belongs to no volume.
   *
   * @return true if its image type says so
   */
  public boolean isLocalizer() {
    List<String> type = file.data.texts(Tag.IMAGE_TYPE);
    return type.contains("LOCALIZER") || type.contains("SCOUT") || type.contains("TOPOGRAM");
  }

  /**
   * Whether the file is a picture of a screen or a page, such as a dose report, not of a patient.
   *
   * @return true if its class or its image type says so
   */
  public boolean isCapture() {
    return file.data.text(Tag.SOP_CLASS).startsWith(SECONDARY_CAPTURE)
        || file.data.texts(Tag.IMAGE_TYPE).contains("SCREEN SAVE");
  }

  /**
   * Whether the file is a map of values that were computed, such as probabilities.
   *
   * @return true if its class says so
   */
  public boolean isParametricMap() {
    return file.data.text(Tag.SOP_CLASS).equals(PARAMETRIC_MAP);
  }

  /**
   * What files of one series have in common: series, size and colors.
   *
   * @return a text to compare, not to show
   */
  public String seriesKey() {
    String series = file.data.text(Tag.SERIES_INSTANCE);
    boolean placed = file.data.has(Tag.POSITION) || frames() > 1;
    return List.of(series, width(), height(), channels(), placed).toString();
  }

  /**
   * The study that it belongs to.
   *
   * @return a text to compare, not to show; empty if the file does not tell
   */
  public String studyKey() {
    return file.data.text(Tag.STUDY_INSTANCE);
  }

  /**
   * The value that stands for no measurement, on the scale of the samples.
   *
   * @return empty if the file does not tell
   * @throws IOException if the header is damaged
   */
  public OptionalDouble padding() throws IOException {
    OptionalInt stored = file.data.uint16(Tag.PADDING);
    if (stored.isEmpty()) {
      return OptionalDouble.empty();
    }
    int value = pixels.signed() ? (short) stored.getAsInt() : stored.getAsInt();
    return OptionalDouble.of(
        storedValues(0).isTurned() ? storedValues(0).turn(value) : scale(0).apply(value));
  }

  /**
   * The tilt of the gantry that the scanner wrote.
   *
   * @return degrees, 0 if it wrote none
   * @throws IOException if it is no number
   */
  public double gantryTilt() throws IOException {
    return facts(0).decimal(Tag.GANTRY_TILT).orElse(0);
  }

  /**
   * The thickness of a slice.
   *
   * @return mm, NaN if it is not told
   * @throws IOException if it is no number
   */
  public double sliceThickness() throws IOException {
    return facts(0).decimal(Tag.SLICE_THICKNESS).orElse(Double.NaN);
  }

  /**
   * Photometric interpretation.
   *
   * @return such as MONOCHROME2
   */
  public String photometric() {
    return pixels.photometric();
  }

  /**
   * Bits of a stored sample.
   *
   * @return 1 to 64
   */
  public int bits() {
    return pixels.floating() ? pixels.allocated() : pixels.stored();
  }

  /**
   * Whether stored samples have a sign.
   *
   * @return true for signed and floating-point samples
   */
  public boolean isSigned() {
    return pixels.signed() || pixels.floating();
  }
}
