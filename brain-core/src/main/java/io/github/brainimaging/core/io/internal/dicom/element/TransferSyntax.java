package io.github.brainimaging.core.io.internal.dicom.element;

import java.io.IOException;
import java.util.Comparator;
import java.util.Map;

/** How a data set is written (PS3.5, chapters 8 and 10, annex A). */
public enum TransferSyntax {
  /** Little endian without types. */
  IMPLICIT("1.2.840.10008.1.2", Codec.NATIVE),
  /** Little endian with types. */
  EXPLICIT("1.2.840.10008.1.2.1", Codec.NATIVE),
  /** The same, deflated as a whole. */
  DEFLATED("1.2.840.10008.1.2.1.99", Codec.NATIVE),
  /** Big endian with types; retired. */
  BIG_ENDIAN("1.2.840.10008.1.2.2", Codec.NATIVE),
  /** JPEG, 8 bits. */
  JPEG_BASELINE("1.2.840.10008.1.2.4.50", Codec.JPEG),
  /** JPEG, 8 or 12 bits. */
  JPEG_EXTENDED("1.2.840.10008.1.2.4.51", Codec.JPEG),
  /** Lossless JPEG, any predictor. */
  JPEG_LOSSLESS("1.2.840.10008.1.2.4.57", Codec.JPEG),
  /** Lossless JPEG, first predictor. */
  JPEG_LOSSLESS_FIRST("1.2.840.10008.1.2.4.70", Codec.JPEG),
  /** JPEG-LS without loss. */
  JPEG_LS("1.2.840.10008.1.2.4.80", Codec.JPEG_LS),
  /** JPEG-LS with a bounded error. */
  JPEG_LS_NEAR("1.2.840.10008.1.2.4.81", Codec.JPEG_LS),
  /** JPEG 2000 without loss. */
  JPEG_2000_LOSSLESS("1.2.840.10008.1.2.4.90", Codec.JPEG_2000),
  /** JPEG 2000. */
  JPEG_2000("1.2.840.10008.1.2.4.91", Codec.JPEG_2000),
  /** High-throughput JPEG 2000 without loss. */
  HTJ2K_LOSSLESS("1.2.840.10008.1.2.4.201", Codec.JPEG_2000),
  /** The same, its packets by resolution. */
  HTJ2K_LOSSLESS_RPCL("1.2.840.10008.1.2.4.202", Codec.JPEG_2000),
  /** High-throughput JPEG 2000. */
  HTJ2K("1.2.840.10008.1.2.4.203", Codec.JPEG_2000),
  /** Run lengths. */
  RLE("1.2.840.10008.1.2.5", Codec.RLE);

  /** The families of pixel data. */
  public enum Codec {
    NATIVE,
    RLE,
    JPEG,
    JPEG_LS,
    JPEG_2000
  }

  private final String uid;
  private final Codec codec;

  TransferSyntax(String uid, Codec codec) {
    this.uid = uid;
    this.codec = codec;
  }

  /** Those that are not read, as people call them; by how their UIDs begin. */
  private static final Map<String, String> OTHERS =
      Map.ofEntries(
          Map.entry("1.2.840.10008.1.2.4.5", "JPEG of a retired kind"),
          Map.entry("1.2.840.10008.1.2.4.6", "JPEG of a retired kind"),
          Map.entry("1.2.840.10008.1.2.4.92", "JPEG 2000 of several components"),
          Map.entry("1.2.840.10008.1.2.4.93", "JPEG 2000 of several components"),
          Map.entry("1.2.840.10008.1.2.4.94", "JPIP: the pixels lie on a server"),
          Map.entry("1.2.840.10008.1.2.4.95", "JPIP: the pixels lie on a server"),
          Map.entry("1.2.840.10008.1.2.4.10", "a film, MPEG-2 or H.264"),
          Map.entry("1.2.840.10008.1.2.4.11", "JPEG XL"),
          Map.entry("1.2.840.10008.1.2.4.204", "JPIP: the pixels lie on a server"),
          Map.entry("1.2.840.10008.1.2.4.205", "JPIP: the pixels lie on a server"),
          Map.entry("1.2.840.10008.1.20", "Papyrus 3"),
          Map.entry("1.2.840.113619.5.2", "private of GE, with pixels in big endian"));

  static TransferSyntax of(String uid) throws IOException {
    for (TransferSyntax syntax : values()) {
      if (syntax.uid.equals(uid)) {
        return syntax;
      }
    }
    String name =
        OTHERS.entrySet().stream()
            .filter(other -> uid.startsWith(other.getKey()))
            .max(Comparator.comparingInt(other -> other.getKey().length()))
            .map(other -> " (" + other.getValue() + ")")
            .orElse("");
    throw new IOException(
        "expected a transfer syntax that is supported, found "
            + (uid.matches("[0-9.]{1,64}") ? uid + name : "no UID"));
  }

  /**
   * The UID that stands in the file.
   *
   * @return digits and dots
   */
  public String uid() {
    return uid;
  }

  public Codec codec() {
    return codec;
  }
}
