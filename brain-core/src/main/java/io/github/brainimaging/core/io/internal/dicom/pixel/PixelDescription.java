package io.github.brainimaging.core.io.internal.dicom.pixel;

import com.google.errorprone.annotations.FormatMethod;
import io.github.brainimaging.core.internal.Heap;
import io.github.brainimaging.core.io.internal.dicom.element.DataSet;
import io.github.brainimaging.core.io.internal.dicom.element.DicomObject;
import io.github.brainimaging.core.io.internal.dicom.element.NoImageException;
import io.github.brainimaging.core.io.internal.dicom.element.Tag;
import java.io.IOException;
import java.util.Set;

/**
 * How the pixels are stored (PS3.3, C.7.6.3).
 *
 * @param rows height
 * @param columns width
 * @param frames number of frames, 1 or more
 * @param samples samples per pixel, 1 or 3
 * @param photometric photometric interpretation
 * @param allocated bits allocated: 1, 8, 16, 32 or 64
 * @param stored bits stored
 * @param high high bit
 * @param signed whether samples are signed
 * @param planar whether each color is a plane of its own
 * @param floating whether samples are floats
 */
public record PixelDescription(
    int rows,
    int columns,
    int frames,
    int samples,
    String photometric,
    int allocated,
    int stored,
    int high,
    boolean signed,
    boolean planar,
    boolean floating) {

  /** What codecs take per sample while they work. */
  private static final int CODEC_BYTES = 24;

  private static final Set<String> PHOTOMETRIC =
      Set.of(
          "MONOCHROME1",
          "MONOCHROME2",
          "PALETTE COLOR",
          "RGB",
          "YBR_FULL",
          "YBR_FULL_422",
          "YBR_ICT",
          "YBR_RCT");

  /** Reads the description and checks that it is one that can be decoded. */
  public static PixelDescription of(DicomObject file) throws IOException {
    DataSet data = file.data;
    if (file.pixelTag == 0) {
      throw new NoImageException("not an image: there is no pixel data");
    }
    int rows = required(data, Tag.ROWS);
    int columns = required(data, Tag.COLUMNS);
    int samples = data.uint16(Tag.SAMPLES_PER_PIXEL).orElse(1);
    double frames = data.decimal(Tag.FRAMES).orElse(1);
    int allocated = required(data, Tag.BITS_ALLOCATED);
    int stored = data.uint16(Tag.BITS_STORED).orElse(allocated);
    int high = data.uint16(Tag.HIGH_BIT).orElse(stored - 1);
    // A high bit that contradicts the bits stored is wrong: these are what readers go by.
    high = high < stored - 1 || high >= allocated ? stored - 1 : high;
    String photometric = data.text(Tag.PHOTOMETRIC);
    boolean floating = file.pixelTag != Tag.PIXELS;
    require(rows > 0 && columns > 0, "found an image of %d x %d pixels", columns, rows);
    // Some writers put 0 into files of one frame.
    frames = Math.max(1, frames);
    require(frames <= 65536 && frames == (int) frames, "found a number of frames out of range");
    require(PHOTOMETRIC.contains(photometric), "found an unknown photometric interpretation");
    boolean gray = photometric.startsWith("MONO") || photometric.startsWith("PALETTE");
    require(samples == (gray ? 1 : 3), "found %d samples per pixel of %s", samples, photometric);
    int expected = file.pixelTag == Tag.FLOAT_PIXELS ? 32 : 64;
    require(
        floating
            ? allocated == expected && samples == 1
            : allocated == 1 || allocated == 8 || allocated == 16 || allocated == 32,
        "found %d bits allocated",
        allocated);
    require(
        floating || (stored > 0 && stored <= allocated),
        "found %d bits stored of %d",
        stored,
        allocated);
    require(allocated > 1 || samples == 1, "found %d samples of one bit", samples);
    return new PixelDescription(
        rows,
        columns,
        (int) frames,
        samples,
        photometric,
        allocated,
        stored,
        high,
        data.uint16(Tag.REPRESENTATION).orElse(0) == 1,
        data.uint16(Tag.PLANAR).orElse(0) == 1,
        floating);
  }

  private static int required(DataSet data, int tag) throws IOException {
    return data.uint16(tag)
        .orElseThrow(
            () -> new IOException("not an image, or damaged: " + Tag.name(tag) + " is missing"));
  }

  @FormatMethod
  private static void require(boolean condition, String message, Object... values)
      throws IOException {
    if (!condition) {
      throw new IOException(String.format(message, values));
    }
  }

  long pixels() {
    return (long) rows * columns;
  }

  public boolean isPalette() {
    return photometric.equals("PALETTE COLOR");
  }

  boolean isYbr() {
    return photometric.startsWith("YBR_FULL");
  }

  /** Bits of one frame of plain data. */
  long frameBits() {
    boolean halved = photometric.equals("YBR_FULL_422");
    return pixels() * (halved ? 2 : samples) * allocated;
  }

  /** How many whole frames plain data of a length holds beyond those that are told. */
  public long framesMore(long length) {
    return frameBits() == 0 ? 0 : Math.max(0, length * 8 / frameBits() - frames);
  }

  /** Checks a frame against the limit and half of the heap. */
  public void requireWithin(long maximumPixels) throws IOException {
    require(
        pixels() <= maximumPixels,
        "found %d x %d pixels, the limit is %d",
        columns,
        rows,
        maximumPixels);
    Heap.require(columns + " x " + rows + " pixels", pixels() * samples, CODEC_BYTES);
    require(
        pixels() * samples <= 1 << 29,
        "found %d x %d pixels, more than an array can hold",
        columns,
        rows);
  }
}
