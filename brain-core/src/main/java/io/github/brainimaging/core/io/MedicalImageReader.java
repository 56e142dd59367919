package io.github.brainimaging.core.io;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.ScanFacts;
import io.github.brainimaging.core.image.Spacing;
import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.core.io.internal.Decoder;
import io.github.brainimaging.core.io.internal.SampleDoubts;
import io.github.brainimaging.core.io.internal.SequenceName;
import io.github.brainimaging.core.io.internal.UnsupportedFormat;
import io.github.brainimaging.core.io.internal.dicom.DicomDecoder;
import io.github.brainimaging.core.io.internal.nifti.NiftiDecoder;
import io.github.brainimaging.core.io.internal.raster.BmpDecoder;
import io.github.brainimaging.core.io.internal.raster.JpegDecoder;
import io.github.brainimaging.core.io.internal.raster.PngDecoder;
import io.github.brainimaging.core.io.internal.raster.TiffDecoder;
import io.github.brainimaging.core.io.internal.volume.DataFile;
import io.github.brainimaging.core.io.internal.volume.VolumeFormat;
import io.github.brainimaging.core.io.internal.volume.VolumeSlice;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Reads an image file: PNG, JPEG, TIFF, BMP, or a DICOM, NIfTI, NRRD, MetaImage, MGH or Analyze
 * file of a single slice. The format is found from the content, never from the name.
 *
 * <p>The samples are those of the file, not scaled and not converted to another color space:
 *
 * <ul>
 *   <li>Gray gives one channel, RGB three. A palette is looked up and gives three channels, or one
 *       if all colors in use are gray.
 *   <li>16-bit samples stay 0..65535, floats stay floats (whole numbers of 32 bits are rounded to
 *       24). Samples of less than 8 bits are stretched to 0..255, so that a 1-bit mask has the
 *       values 0 and 255. {@link MedicalImage#nominalMaximum()} is 255 or 2<sup>bits</sup> - 1; NaN
 *       for signed and floating-point samples, and for those of more than 8 bits in NIfTI, NRRD and
 *       other files of volumes. TIFF files in which zero is white are turned round.
 *   <li>Alpha is dropped; a fully transparent pixel becomes 0, since its color means nothing,
 *       unless the whole image is transparent. Where all colors are black and only alpha differs,
 *       the image is the alpha.
 *   <li>Of a TIFF file with several pages, or an animated PNG file, the first picture is read.
 *   <li>The spacing of a DICOM or NIfTI file is what it tells. Else it is {@link Spacing#UNKNOWN}:
 *       the resolution in such a file is that of a printer or a screen, not of a scanner.
 *   <li>The orientation tag of a JPEG, PNG or TIFF file is not applied: samples come in the order
 *       of the file, so that a mask made for the file fits.
 *   <li>A DICOM file gives what {@link DicomFile#frame} gives; one of several frames is refused.
 *   <li>A NIfTI file is scaled as it says ({@link NiftiFile}). One of several slices, or whose
 *       samples are in another file, is refused, and so it is with NRRD and the others: {@link
 *       MedicalVolumeReader} reads it, and {@link NiftiFile#slice} one slice of it.
 *   <li>JPEG files of CMYK colors, of 12 bits or without loss are refused.
 *   <li>Where the content says nothing of the scan, a name that says T1, T2 or FLAIR, such as
 *       {@code 10_flair.png}, is a fact ({@link MedicalImage#facts}), its source {@code file name}.
 *   <li>What was left out or is doubtful is told in the {@link MedicalImage#warnings() warnings}:
 *       other pages, an orientation tag, a header whose facts do not fit each other, samples that
 *       are no numbers, all equal, or few and far from all others.
 * </ul>
 *
 * <p>Files are not trusted. The size in the header is checked before memory is taken for it,
 * against {@link #withMaximumPixels}, against half of the heap of the JVM, and against the number
 * of bytes that are there. Files above 512 MiB or a quarter of the heap are refused. Damage that is
 * found, a missing end included, is an error; the result is never a partly decoded image.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @since 0.1.0
 */
public final class MedicalImageReader {

  private static final long DEFAULT_MAXIMUM_PIXELS = 64_000_000;

  /** All formats. A new one is added here and nowhere else. */
  private static final List<Decoder> DECODERS = decoders();

  private static List<Decoder> decoders() {
    List<Decoder> all =
        new ArrayList<>(
            List.of(
                // First, since a DICOM file may carry a TIFF header in its preamble.
                new DicomDecoder(),
                new PngDecoder(),
                new JpegDecoder(),
                new TiffDecoder(),
                new BmpDecoder(),
                new NiftiDecoder(),
                new UnsupportedFormat(
                    "NIfTI",
                    "it holds a volume, not a single slice: use MedicalVolumeReader, or NiftiFile"
                        + " for one slice of it",
                    NiftiDecoder::isNifti)));
    for (VolumeFormat format : VolumeFormat.all()) {
      VolumeSlice slice = new VolumeSlice(format);
      all.add(slice);
      all.add(
          new UnsupportedFormat(
              format.name(),
              "it holds a volume, not a single slice: use MedicalVolumeReader",
              slice::isOfFormat));
    }
    all.addAll(UnsupportedFormat.known());
    return List.copyOf(all);
  }

  private final long maximumPixels;

  private MedicalImageReader(long maximumPixels) {
    this.maximumPixels = maximumPixels;
  }

  /**
   * A reader of images of up to 64 million pixels.
   *
   * @return the reader
   */
  public static MedicalImageReader withDefaults() {
    return new MedicalImageReader(DEFAULT_MAXIMUM_PIXELS);
  }

  /**
   * The same reader with another limit.
   *
   * @param newMaximumPixels largest width x height that is read, positive; 64 million by default
   * @return the new reader
   * @throws IllegalArgumentException if the limit is not positive
   */
  public MedicalImageReader withMaximumPixels(long newMaximumPixels) {
    Arguments.require(
        newMaximumPixels > 0, "maximumPixels must be positive, got %s", newMaximumPixels);
    return new MedicalImageReader(newMaximumPixels);
  }

  /**
   * Whether a file starts like a format that can be read. Reads a thousand bytes.
   *
   * @param file the file
   * @return false for folders and other formats
   * @throws IOException if the file cannot be opened
   */
  public static boolean recognizes(Path file) throws IOException {
    return format(file).isPresent();
  }

  /**
   * The format that a file starts like. Reads a thousand bytes.
   *
   * @param file the file
   * @return such as PNG; empty for folders and what cannot be read
   * @throws IOException if the file cannot be opened
   */
  public static Optional<String> format(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try (InputStream in = Files.newInputStream(file)) {
      return decoder(in.readNBytes(Decoder.PROBE_LENGTH))
          .filter(decoder -> !(decoder instanceof UnsupportedFormat))
          .map(Decoder::format);
    }
  }

  /**
   * Reads a file.
   *
   * @param file the file
   * @return the image
   * @throws ImageFormatException if the content is no supported image, damaged or beyond a limit
   * @throws java.nio.file.NoSuchFileException if there is no such file
   * @throws IOException if the file cannot be read or is a folder, pipe or device
   */
  public MedicalImage read(Path file) throws IOException {
    try (InputStream in = Source.of(file).open()) {
      return read(in, file.toString());
    }
  }

  /**
   * Reads a stream to its end.
   *
   * @param stream the content of a file; not closed
   * @param name what to call it in messages
   * @return the image
   * @throws ImageFormatException if the content is no supported image, damaged or beyond a limit
   * @throws IOException if the stream cannot be read
   */
  public MedicalImage read(InputStream stream, String name) throws IOException {
    byte[] start = stream.readNBytes(Decoder.PROBE_LENGTH);
    if (decoder(start).isEmpty()) {
      throw unknown(name, start);
    }
    return read(Source.of(start, stream, name).bytes(), name);
  }

  /**
   * Reads what is in memory.
   *
   * @param content the content of a file; not changed
   * @param name what to call it in messages
   * @return the image
   * @throws ImageFormatException if the content is no supported image, damaged or beyond a limit
   */
  public MedicalImage read(byte[] content, String name) throws ImageFormatException {
    byte[] start = Arrays.copyOf(content, Math.min(Decoder.PROBE_LENGTH, content.length));
    Decoder decoder = decoder(start).orElseThrow(() -> unknown(name, start));
    try {
      return named(SampleDoubts.addTo(decoder.decode(content, maximumPixels)), name);
    } catch (IOException | RuntimeException e) {
      // The JDK's decoders answer damaged files with exceptions of many kinds.
      boolean clear = e instanceof IOException && e.getMessage() != null;
      throw new ImageFormatException(
          name
              + ": cannot read this "
              + decoder.format()
              + " file: "
              + (clear ? e.getMessage() : "it is damaged or cut off (" + e + ")"),
          e);
    }
  }

  /** What the name of a picture says of it, whose content says nothing. */
  private static MedicalImage named(MedicalImage image, String path) {
    if (!image.facts().facts().isEmpty()) {
      return image;
    }
    ScanFacts facts = SequenceName.ofFile(path);
    return switch (facts.modality()) {
      case MR_T1, MR_T1_CONTRAST, MR_T2, MR_FLAIR -> image.withFacts(facts);
      default -> image; // other words, such as "rest", mean something else in the names of pictures
    };
  }

  /** The limit. */
  @Override
  public String toString() {
    return "MedicalImageReader[maximumPixels=" + maximumPixels + "]";
  }

  private static Optional<Decoder> decoder(byte[] start) {
    return DECODERS.stream().filter(decoder -> decoder.recognizes(start)).findFirst();
  }

  /** The names of what is read, in the order in which files are tried. */
  private static String formats() {
    return DECODERS.stream()
        .filter(decoder -> !(decoder instanceof UnsupportedFormat))
        .map(Decoder::format)
        .collect(Collectors.joining(", "));
  }

  private static ImageFormatException unknown(String name, byte[] start) {
    StringBuilder found = new StringBuilder();
    for (int i = 0; i < Math.min(8, start.length); i++) {
      found.append(String.format(" %02x", start[i]));
    }
    return new ImageFormatException(
        name
            + ": expected a file of one of the formats "
            + formats()
            + "; found "
            + (start.length == 0 ? "an empty file" : "the first bytes" + found)
            + DataFile.hint(name));
  }
}
