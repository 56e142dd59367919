package io.github.brainimaging.core.io.internal;

import io.github.brainimaging.core.image.MedicalImage;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A format that is recognized only to say in the error what it is.
 *
 * @param format the name of the format
 * @param reason why it is not read, and what to do about it
 * @param magic whether a file starts like it
 */
public record UnsupportedFormat(String format, String reason, Predicate<byte[]> magic)
    implements Decoder {

  /** What people have beside images that are read, so that an error names it. */
  private static final List<UnsupportedFormat> KNOWN =
      List.of(
          of("BigTIFF", "II+\0"),
          of("BigTIFF", "MM\0+"),
          of("JPEG 2000", "\0\0\0\fjP  "),
          of("JPEG 2000", "\u00FFO\u00FFQ"),
          of("JPEG XL", "\0\0\0\fJXL "),
          of("JPEG XL", "\u00FF\n"),
          of("JPEG XR", "II\u00BC\1"),
          of("GIF", "GIF8"),
          new UnsupportedFormat(
              "WebP", start -> starts(start, 0, "RIFF") && starts(start, 8, "WEBP")),
          new UnsupportedFormat("HEIF or AVIF", start -> starts(start, 4, "ftyp")),
          of("PDF", "%PDF"),
          of("ZIP", "PK\3\4"),
          of("bzip2", "BZh"),
          of("xz", "\u00FD7zXZ"),
          of("NumPy", "\u0093NUMPY"),
          of("HDF5", "\u0089HDF"),
          of("gzip", "\u001F\u008B\b"));

  /**
   * The formats that are known by name only.
   *
   * @return some of images, some of archives
   */
  public static List<UnsupportedFormat> known() {
    return KNOWN;
  }

  /**
   * What a file that is not read may be.
   *
   * @param start its first bytes
   * @return such as GIF; empty if nothing known starts so
   */
  public static Optional<String> name(byte[] start) {
    return KNOWN.stream()
        .filter(known -> known.recognizes(start))
        .findFirst()
        .map(known -> known.format);
  }

  private static UnsupportedFormat of(String format, String first) {
    return new UnsupportedFormat(format, start -> starts(start, 0, first));
  }

  private static boolean starts(byte[] start, int offset, String text) {
    return Bytes.match(start, offset, text.chars().toArray());
  }

  /**
   * A format that is not read by this library.
   *
   * @param format the name of the format
   * @param magic whether a file starts like it
   */
  public UnsupportedFormat(String format, Predicate<byte[]> magic) {
    this(format, "this format is not supported yet", magic);
  }

  @Override
  public boolean recognizes(byte[] start) {
    return magic.test(start);
  }

  @Override
  public MedicalImage decode(byte[] file, long maximumPixels) throws IOException {
    throw new IOException(reason);
  }
}
