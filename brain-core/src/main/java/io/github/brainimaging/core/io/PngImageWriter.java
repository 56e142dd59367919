package io.github.brainimaging.core.io;

import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.core.transform.intensity.DisplayWindow;
import io.github.brainimaging.core.work.AtomicFiles;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * Writes gray and RGB images and masks as PNG (ISO/IEC 15948).
 *
 * <p>The samples are written as they are: whole numbers, with 16 bits if {@link
 * MedicalImage#nominalMaximum()} is above 255, with 8 bits otherwise. {@link MedicalImageReader}
 * gives the same samples back. Other images go through a {@link DisplayWindow}. Spacing and
 * modality are not written. The same image always gives the same bytes.
 *
 * <p>Safe to use from several threads.
 *
 * @since 0.1.0
 */
public final class PngImageWriter {

  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
  private static final int GRAY = 0;
  private static final int RGB = 2;
  private static final int SUB_FILTER = 1;

  /** A third of the time of the usual 6; overlays of MRI slices become smaller by 4 %. */
  private static final int LEVEL = 3;

  /** What the names of pictures and volumes of other formats end with. */
  private static final Pattern OTHER_FORMAT =
      Pattern.compile(
          "(?i)\\.(jpe?g|jp2|jls|tiff?|bmp|gif|webp|pgm|ppm|pnm|pdf|svg|dcm|nii(\\.gz)?|hdr|img|nrrd"
              + "|nhdr|mha|mhd|mgh|mgz)$");

  private PngImageWriter() {}

  /**
   * Writes an image to a file, whole or not at all. Folders are created as needed; a file that is
   * there is replaced.
   *
   * @param image 1 or 3 channels of whole numbers
   * @param file the file to write; its name does not end as another format of pictures or volumes
   * @throws IllegalArgumentException if the image has another number of channels, a nominal maximum
   *     below 255, or a sample that is not a whole number from 0 to 255 (or 65535), or the name
   *     promises another format, such as {@code .jpg}
   * @throws IOException if writing fails
   */
  public static void write(MedicalImage image, Path file) throws IOException {
    requireName(file);
    byte[] rows = rows(image);
    AtomicFiles.write(file, out -> write(image, rows, out));
  }

  /**
   * Writes a mask to a file as an 8-bit gray image, 255 inside and 0 outside, whole or not at all.
   * Folders are created as needed; a file that is there is replaced.
   *
   * @param mask the mask
   * @param file the file to write
   * @throws IllegalArgumentException if the name promises another format, such as {@code .jpg}
   * @throws IOException if writing fails
   */
  public static void write(Mask mask, Path file) throws IOException {
    write(mask.toImage(), file);
  }

  /**
   * Writes a mask to a stream, as {@link #write(Mask, Path)} does to a file.
   *
   * @param mask the mask
   * @param out where to; not closed
   * @throws IOException if writing fails
   */
  public static void write(Mask mask, OutputStream out) throws IOException {
    write(mask.toImage(), out);
  }

  /**
   * Writes an image to a stream.
   *
   * @param image 1 or 3 channels of whole numbers
   * @param out where to; not closed
   * @throws IllegalArgumentException if the image has another number of channels, a nominal maximum
   *     below 255, or a sample that is not a whole number from 0 to 255 (or 65535)
   * @throws IOException if writing fails
   */
  public static void write(MedicalImage image, OutputStream out) throws IOException {
    write(image, rows(image), out);
  }

  /**
   * Writes an image through a window, for the eye: a slice of CT or MRI, whose samples are no gray
   * values of a screen, becomes one of 0 to 255, rounded. Whole or not at all, as {@link
   * #write(MedicalImage, Path)} does.
   *
   * @param image 1 or 3 channels
   * @param window what becomes black and what white, such as {@code DisplayWindow.linear(40, 80)}
   *     for a brain in CT
   * @param file the file to write
   * @throws IllegalArgumentException if the image has another number of channels, or the name
   *     promises another format, such as {@code .jpg}
   * @throws IOException if writing fails
   */
  public static void write(MedicalImage image, DisplayWindow window, Path file) throws IOException {
    write(shown(image, window), file);
  }

  /**
   * Writes an image through a window to a stream, as {@link #write(MedicalImage, DisplayWindow,
   * Path)} does to a file.
   *
   * @param image 1 or 3 channels
   * @param window what becomes black and what white
   * @param out where to; not closed
   * @throws IllegalArgumentException if the image has another number of channels
   * @throws IOException if writing fails
   */
  public static void write(MedicalImage image, DisplayWindow window, OutputStream out)
      throws IOException {
    write(shown(image, window), out);
  }

  /** A name without an ending, or with one that is no picture's, promises nothing. */
  private static void requireName(Path file) {
    Matcher other = OTHER_FORMAT.matcher(String.valueOf(file.getFileName()));
    if (other.find()) {
      throw new IllegalArgumentException(
          "file must end with .png, got " + other.group() + ": " + file);
    }
  }

  private static MedicalImage shown(MedicalImage image, DisplayWindow window) {
    MedicalImage gray = window.toGray(image);
    float[] samples = gray.samples();
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (float) Math.rint(samples[i]);
    }
    return gray.withSamples(samples);
  }

  private static void write(MedicalImage image, byte[] rows, OutputStream out) throws IOException {
    ByteArrayOutputStream header = new ByteArrayOutputStream();
    DataOutputStream fields = new DataOutputStream(header);
    fields.writeInt(image.width());
    fields.writeInt(image.height());
    fields.writeByte(8 * bytesPerSample(image));
    fields.writeByte(image.channels() == 1 ? GRAY : RGB);
    fields.write(new byte[3]); // compression, filter method and interlacing
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    Deflater deflater = new Deflater(LEVEL);
    try (OutputStream compressed = new DeflaterOutputStream(data, deflater)) {
      compressed.write(rows);
    } finally {
      deflater.end();
    }
    out.write(SIGNATURE);
    writeChunk("IHDR", header.toByteArray(), out);
    writeChunk("IDAT", data.toByteArray(), out);
    writeChunk("IEND", new byte[0], out);
    out.flush();
  }

  private static int bytesPerSample(MedicalImage image) {
    return image.nominalMaximum() > 255 ? 2 : 1;
  }

  /** Each row is a filter type and the difference of each byte to that of the pixel before. */
  private static byte[] rows(MedicalImage image) {
    int channels = image.channels();
    Arguments.require(
        channels == 1 || channels == 3, "image must have 1 or 3 channels, got %s", channels);
    Arguments.require(
        !(image.nominalMaximum() < 255),
        "nominalMaximum must be NaN or at least 255, got %s: scale the samples to 0..255 first, or"
            + " give a DisplayWindow",
        image.nominalMaximum());
    int bytes = bytesPerSample(image);
    int pixels = image.width() * image.height();
    int rowLength = Math.addExact(1, Math.multiplyExact(image.width(), channels * bytes));
    byte[] rows = new byte[Math.multiplyExact(image.height(), rowLength)];
    float[] samples = image.samples();
    int maximum = bytes == 1 ? 255 : 65535;
    for (int c = 0; c < channels; c++) {
      for (int y = 0; y < image.height(); y++) {
        rows[y * rowLength] = SUB_FILTER;
        int at = y * rowLength + 1 + c * bytes;
        int from = c * pixels + y * image.width();
        int before = 0;
        for (int i = from; i < from + image.width(); i++) {
          int sample = whole(samples[i], maximum);
          if (bytes == 2) {
            rows[at] = (byte) ((sample >> 8) - (before >> 8));
          }
          rows[at + bytes - 1] = (byte) (sample - before);
          before = sample;
          at += channels * bytes;
        }
      }
    }
    return rows;
  }

  private static int whole(float sample, int maximum) {
    int whole = (int) sample;
    if (whole != sample || whole < 0 || whole > maximum) {
      throw new IllegalArgumentException(
          "samples must be whole numbers from 0 to "
              + maximum
              + ", got "
              + sample
              + ": round them first, or give a DisplayWindow");
    }
    return whole;
  }

  private static void writeChunk(String type, byte[] data, OutputStream out) throws IOException {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 crc = new CRC32();
    crc.update(name);
    crc.update(data);
    DataOutputStream chunk = new DataOutputStream(out);
    chunk.writeInt(data.length);
    chunk.write(name);
    chunk.write(data);
    chunk.writeInt((int) crc.getValue());
    chunk.flush();
  }
}
