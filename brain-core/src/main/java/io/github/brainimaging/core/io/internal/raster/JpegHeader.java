package io.github.brainimaging.core.io.internal.raster;

import io.github.brainimaging.core.io.internal.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteOrder;

/** The segments of a JPEG file before its image data. */
final class JpegHeader {

  /** A file by a sane encoder has about ten; each costs a pass over the whole image. */
  private static final int MAXIMUM_SCANS = 100;

  private final byte[] file;
  private final int frameMarker;
  private final int precision;
  private final RasterSize size;
  private final int dataOffset;
  private final byte[] withoutMetadata;
  private final byte[] exif;

  private JpegHeader(
      byte[] file,
      int frameMarker,
      int precision,
      RasterSize size,
      int dataOffset,
      byte[] withoutMetadata,
      byte[] exif) {
    this.file = file;
    this.frameMarker = frameMarker;
    this.precision = precision;
    this.size = size;
    this.dataOffset = dataOffset;
    this.withoutMetadata = withoutMetadata;
    this.exif = exif;
  }

  /** Walks the segments up to the first scan. */
  static JpegHeader of(byte[] file) throws IOException {
    Bytes bytes = Bytes.of(file, ByteOrder.BIG_ENDIAN);
    ByteArrayOutputStream kept = new ByteArrayOutputStream(file.length);
    boolean jfif = false;
    int adobe = -1;
    int frame = -1;
    byte[] exif = new byte[0];
    int offset = 2;
    while (true) {
      if (bytes.uint8(offset) != 0xFF) {
        throw new IOException(
            String.format(
                "expected a marker at offset %d, found %02x", offset, bytes.uint8(offset)));
      }
      int marker = bytes.uint8(offset + 1L);
      if (marker == 0xFF) {
        offset++; // fill byte
        continue;
      }
      int length = bytes.uint16(offset + 2L);
      int next = offset + 2 + length;
      int start = bytes.at(offset, length + 2L);
      if (marker == 0xF7) {
        throw new IOException("expected JPEG, found JPEG-LS, another coding (SOF55)");
      }
      if (isFrame(marker)) {
        if (frame >= 0) {
          throw new IOException("expected one frame header, found a second at offset " + offset);
        }
        frame = offset;
      }
      if (marker == 0xDA) {
        if (frame < 0) {
          throw new IOException("expected a frame header before the scan at offset " + offset);
        }
        int precision = bytes.uint8(frame + 4L);
        RasterSize size =
            new RasterSize(
                bytes.uint16(frame + 7L),
                bytes.uint16(frame + 5L),
                bytes.uint8(frame + 9L),
                precision);
        ByteArrayOutputStream plain = new ByteArrayOutputStream(file.length);
        plain.write(file, 0, 2);
        if (size.channels() == 3) {
          plain.writeBytes(colorMarker(!isRgb(bytes, frame, jfif, adobe)));
        }
        kept.writeTo(plain);
        plain.write(file, start, file.length - start);
        return new JpegHeader(
            file, bytes.uint8(frame + 1L), precision, size, next, plain.toByteArray(), exif);
      }
      jfif |= marker == 0xE0 && Bytes.match(file, start + 4, 'J', 'F', 'I', 'F', 0);
      if (marker == 0xEE && length >= 14 && Bytes.match(file, start + 4, 'A', 'd', 'o', 'b', 'e')) {
        adobe = bytes.uint8(start + 15L);
      }
      if (marker == 0xE1 && Bytes.match(file, start + 4, 'E', 'x', 'i', 'f', 0, 0) && length > 8) {
        exif = bytes.slice(start + 10L, length - 8L);
      }
      if (!isMetadata(marker)) {
        kept.write(file, start, length + 2);
      }
      offset = next;
    }
  }

  /** SOF0 to SOF15 without DHT (C4), JPG (C8) and DAC (CC). */
  private static boolean isFrame(int marker) {
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
  }

  /** Comments and application segments. */
  private static boolean isMetadata(int marker) {
    return marker == 0xFE || (marker >= 0xE0 && marker <= 0xEF);
  }

  /** As libjpeg decides: JFIF is YCbCr; else Adobe's marker tells; else only the names R, G, B. */
  private static boolean isRgb(Bytes bytes, int frame, boolean jfif, int adobe) throws IOException {
    boolean named =
        bytes.uint8(frame + 10L) == 'R'
            && bytes.uint8(frame + 13L) == 'G'
            && bytes.uint8(frame + 16L) == 'B';
    return !jfif && (adobe < 0 ? named : adobe == 0);
  }

  /**
   * Adobe's marker, which the JDK's reader understands without guessing.
   *
   * @param transformed whether three components are YCbCr
   */
  static byte[] colorMarker(boolean transformed) {
    byte[] marker = {
      (byte) 0xFF, (byte) 0xEE, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, 0
    };
    marker[15] = (byte) (transformed ? 1 : 0);
    return marker;
  }

  RasterSize size() {
    return size;
  }

  /** Bytes from the first scan's data to the end of the file. */
  int dataLength() {
    return file.length - dataOffset;
  }

  /**
   * The file without Exif, color profiles, thumbnails and comments, none of which changes the
   * samples.
   */
  byte[] withoutMetadata() {
    return withoutMetadata;
  }

  /** The tags of the camera or program that wrote it; empty if there are none. */
  byte[] exif() {
    return exif;
  }

  /** Checks that the JDK can decode this kind of JPEG. */
  void requireSupported() throws IOException {
    if (frameMarker > 0xC2) {
      throw new IOException(
          String.format(
              "expected baseline or progressive JPEG with Huffman coding (SOF0 to SOF2), found %s"
                  + " (SOF%d)",
              kind(frameMarker - 0xC0), frameMarker - 0xC0));
    }
    if (precision != 8) {
      throw new IOException("expected 8 bits per sample, found " + precision);
    }
    if (size.channels() == 4) {
      throw new IOException("expected gray or RGB, found CMYK or YCCK (4 channels)");
    }
    if (size.channels() != 1 && size.channels() != 3) {
      throw new IOException("expected 1 (gray) or 3 (RGB) channels, found " + size.channels());
    }
    int scans = scans();
    if (scans > MAXIMUM_SCANS) {
      throw new IOException("expected at most " + MAXIMUM_SCANS + " scans, found " + scans);
    }
  }

  /** What the frames are called (ITU-T T.81, table B.1). */
  private static String kind(int frame) {
    String coding = frame > 8 ? " with arithmetic coding" : "";
    String kind =
        switch (frame % 8) {
          case 1 -> "sequential JPEG";
          case 2 -> "progressive JPEG";
          case 3 -> "lossless JPEG";
          default -> "hierarchical JPEG";
        };
    return kind + coding;
  }

  /** Up to the end of the image, not of the file: a phone hangs a film on it. */
  private int scans() {
    int scans = 1;
    int at = dataOffset;
    while (at + 3 < file.length) {
      int marker = file[at + 1] & 0xFF;
      boolean inScan = marker == 0 || marker == 0xFF || (marker >= 0xD0 && marker <= 0xD7);
      if (file[at] != (byte) 0xFF || inScan) {
        at++;
      } else if (marker == 0xD9) {
        return scans;
      } else {
        scans += marker == 0xDA ? 1 : 0;
        at += 2 + ((file[at + 2] & 0xFF) << 8 | (file[at + 3] & 0xFF));
      }
    }
    return scans;
  }
}
