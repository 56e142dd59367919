package io.github.brainimaging.core.io.internal.raster;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.io.internal.Bytes;
import io.github.brainimaging.core.io.internal.Decoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/**
 * PNG (ISO/IEC 15948). Only the chunks that make the pixels are decoded (IHDR, PLTE, tRNS, IDAT),
 * their checksums are checked, and text, profiles and the like are never unpacked.
 */
public final class PngDecoder implements Decoder {

  private static final int[] SIGNATURE = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};

  @Override
  public String format() {
    return "PNG";
  }

  @Override
  public boolean recognizes(byte[] start) {
    return Bytes.match(start, 0, SIGNATURE);
  }

  @Override
  public MedicalImage decode(byte[] file, long maximumPixels) throws IOException {
    Bytes bytes = Bytes.of(file, ByteOrder.BIG_ENDIAN);
    ByteArrayOutputStream pixelChunks = new ByteArrayOutputStream(file.length);
    pixelChunks.write(file, 0, SIGNATURE.length);
    long dataLength = 0;
    int transparent = -1;
    long offset = SIGNATURE.length;
    String type = "";
    List<String> warnings = new ArrayList<>();
    while (!type.equals("IEND")) {
      long length = bytes.uint32(offset);
      type = new String(bytes.slice(offset + 4, 4), StandardCharsets.ISO_8859_1);
      int start = bytes.at(offset, length + 12);
      switch (type) {
        case "IHDR", "PLTE", "tRNS", "IDAT", "IEND" -> {
          requireChecksum(bytes, file, start, (int) length, type);
          pixelChunks.write(file, start, (int) length + 12);
          dataLength += type.equals("IDAT") ? length : 0;
          if (type.equals("tRNS") && length == 2) {
            transparent = bytes.uint16(start + 8L);
          }
        }
        case "eXIf" -> warnings.addAll(ShownOrientation.warnings(bytes.slice(start + 8L, length)));
        case "acTL" -> {
          long pictures = length >= 4 ? bytes.uint32(start + 8L) : 0;
          if (pictures > 1) {
            warnings.add("the file is animated, of " + pictures + " pictures; one was read");
          }
        }
        default -> {
          // An ancillary chunk: its first letter is lower case.
          if (type.charAt(0) < 'a') {
            throw new IOException("expected a known chunk at offset " + offset + ", found " + type);
          }
        }
      }
      if (type.equals("IHDR") != (offset == SIGNATURE.length)) {
        throw new IOException(
            "expected one chunk IHDR, the first, found " + type + " at " + offset);
      }
      offset += length + 12;
    }
    requireSize(bytes, dataLength, maximumPixels);
    MedicalImage image =
        Samples.toImage(JdkReader.of("png").read(pixelChunks.toByteArray()).image())
            .withWarnings(warnings);
    boolean low = bytes.uint8(25) == 0 && bytes.uint8(24) < 8;
    return low && transparent >= 0 ? without(image, transparent, bytes.uint8(24)) : image;
  }

  /** The JDK's reader knows a transparent gray value at 8 and 16 bits only. */
  private static MedicalImage without(MedicalImage image, int transparent, int bits) {
    float gray = Math.round(transparent * 255f / ((1 << bits) - 1));
    float[] samples = image.samples();
    boolean opaque = false;
    for (float sample : samples) {
      opaque |= sample != gray;
    }
    for (int i = 0; opaque && i < samples.length; i++) {
      samples[i] = samples[i] == gray ? 0 : samples[i];
    }
    return image.withSamples(samples);
  }

  private static void requireChecksum(Bytes bytes, byte[] file, int start, int length, String type)
      throws IOException {
    CRC32 crc = new CRC32();
    crc.update(file, start + 4, length + 4);
    long found = bytes.uint32(start + 8L + length);
    if (found != crc.getValue()) {
      throw new IOException(
          String.format(
              "damaged chunk %s at offset %d: expected checksum %08x, found %08x",
              type, start, crc.getValue(), found));
    }
  }

  private static void requireSize(Bytes bytes, long dataLength, long maximumPixels)
      throws IOException {
    if (bytes.uint32(8) != 13) {
      throw new IOException("expected a chunk IHDR of 13 bytes, found " + bytes.uint32(8));
    }
    int bits = bytes.uint8(24);
    int channels =
        switch (bytes.uint8(25)) {
          case 0 -> 1;
          case 2 -> 3;
          case 3 -> 1;
          case 4 -> 2;
          case 6 -> 4;
          default -> throw new IOException("unknown color type " + bytes.uint8(25));
        };
    long width = bytes.uint32(16);
    long height = bytes.uint32(20);
    RasterSize size = new RasterSize(width, height, channels, bits);
    boolean palette = bytes.uint8(25) == 3;
    new RasterSize(width, height, palette ? 3 : channels, bits).requireWithin(maximumPixels);
    size.requireData(
        (width * channels * bits + 7) / 8 * height / RasterSize.DEFLATE_RATIO, dataLength);
  }
}
