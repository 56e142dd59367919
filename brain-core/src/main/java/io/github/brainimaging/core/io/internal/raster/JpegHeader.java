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

  private JpegHeader(
      byte[] file,
      int frameMarker,
      int precision,
      RasterSize size,
      int dataOffset,
      byte[] withoutMetadata) {
    this.file = file;
    this.frameMarker = frameMarker;
    this.precision = precision;
    this.size = size;
    this.dataOffset = dataOffset;
    this.withoutMetadata = withoutMetadata;
  }

  /** Walks the segments up to the first scan. */
  static JpegHeader of(byte[] file) throws IOException {
    Bytes bytes = Bytes.of(file, ByteOrder.BIG_ENDIAN);
    ByteArrayOutputStream kept = new ByteArrayOutputStream(file.length);
    kept.write(file, 0, 2);
    int frame = -1;
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
        kept.write(file, start, file.length - start);
        int precision = bytes.uint8(frame + 4L);
        RasterSize size =
            new RasterSize(
                bytes.uint16(frame + 7L),
                bytes.uint16(frame + 5L),
                bytes.uint8(frame + 9L),
                precision);
        return new JpegHeader(
            file, bytes.uint8(frame + 1L), precision, size, next, kept.toByteArray());
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

  /**
   * Comments and application segments without JFIF's (APP0) and Adobe's (APP14), which tell the
   * color space.
   */
  private static boolean isMetadata(int marker) {
    return marker == 0xFE || (marker > 0xE0 && marker <= 0xEF && marker != 0xEE);
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

  /** Checks that the JDK can decode this kind of JPEG. */
  void requireSupported() throws IOException {
    if (frameMarker > 0xC2) {
      throw new IOException(
          String.format(
              "expected baseline or progressive JPEG with Huffman coding (SOF0 to SOF2), found SOF%d",
              frameMarker - 0xC0));
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
    int scans = 1;
    for (int i = dataOffset; i + 1 < file.length; i++) {
      scans += file[i] == (byte) 0xFF && file[i + 1] == (byte) 0xDA ? 1 : 0;
    }
    if (scans > MAXIMUM_SCANS) {
      throw new IOException("expected at most " + MAXIMUM_SCANS + " scans, found " + scans);
    }
  }
}
