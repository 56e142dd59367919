package io.github.brainimaging.core.io.internal.codec.jpegls;

import io.github.brainimaging.core.io.internal.Bytes;
import io.github.brainimaging.core.io.internal.codec.Planes;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;

/**
 * Decodes one JPEG-LS stream, lossless or near-lossless, with its components interleaved by sample,
 * by line or not at all. Restart intervals are not supported; DICOM's encoders write none. Belongs
 * to one thread and one stream.
 */
public final class JpegLsCodec {

  private final byte[] stream;
  private final Bytes bytes;
  private final Planes planes;
  private final int[] ids;
  private final Map<Integer, int[]> mappings = new HashMap<>();
  private Presets presets = new Presets(0, 0, 0, 0, 0);
  private int precision;
  private int decoded;
  private int largestError;

  private JpegLsCodec(byte[] stream, Planes planes) {
    this.stream = stream;
    this.bytes = Bytes.of(stream, ByteOrder.BIG_ENDIAN);
    this.planes = planes;
    this.ids = new int[planes.components()];
  }

  /**
   * Decodes a stream.
   *
   * @param stream from SOI to EOI
   * @param planes where to; its size is the one that the stream must have
   * @return by how much samples may be off: 0 if nothing was lost
   * @throws IOException if it is damaged, of another size, or of a kind that is not supported
   */
  public static int decode(byte[] stream, Planes planes) throws IOException {
    JpegLsCodec codec = new JpegLsCodec(stream, planes);
    codec.run();
    return codec.largestError;
  }

  private void run() throws IOException {
    if (!Bytes.match(stream, 0, 0xFF, 0xD8)) {
      throw new IOException("expected a JPEG-LS stream, found other data");
    }
    int offset = 2;
    while (decoded < planes.components()) {
      int marker = bytes.uint8(offset + 1L);
      if (bytes.uint8(offset) != 0xFF || marker == 0xD9) {
        throw new IOException("expected a JPEG-LS segment at byte " + offset);
      }
      if (marker == 0xFF) {
        offset++;
        continue;
      }
      int length = bytes.uint16(offset + 2L);
      int next = bytes.at(offset, length + 2L) + length + 2;
      switch (marker) {
        case 0xF7 -> frame(offset + 4);
        case 0xF8 -> extension(offset + 4, next);
        case 0xDD -> requireNoRestarts(offset + 4, length - 2);
        case 0xDA -> next = scan(offset + 4, next);
        default -> {
          if (marker >= 0xC0 && marker <= 0xCF) {
            throw new IOException("expected a JPEG-LS stream, found another kind of JPEG");
          }
        }
      }
      offset = next;
    }
  }

  private void frame(int start) throws IOException {
    precision = bytes.uint8(start);
    int count = bytes.uint8(start + 5L);
    planes.requireSize("JPEG-LS", bytes.uint16(start + 3L), bytes.uint16(start + 1L), count);
    if (precision < 2 || precision > 16) {
      throw new IOException("expected 2 to 16 bits in a JPEG-LS stream, found " + precision);
    }
    for (int i = 0; i < count; i++) {
      ids[i] = bytes.uint8(start + 6L + 3L * i);
      if (bytes.uint8(start + 7L + 3L * i) != 0x11) {
        throw new IOException("subsampled JPEG-LS is not supported");
      }
    }
  }

  private void requireNoRestarts(int start, int length) throws IOException {
    for (int i = 0; i < length; i++) {
      if (bytes.uint8(start + (long) i) != 0) {
        throw new IOException("JPEG-LS with restart intervals is not supported");
      }
    }
  }

  private void extension(int start, int end) throws IOException {
    switch (bytes.uint8(start)) {
      case 1 ->
          presets =
              new Presets(
                  bytes.uint16(start + 1L),
                  bytes.uint16(start + 3L),
                  bytes.uint16(start + 5L),
                  bytes.uint16(start + 7L),
                  bytes.uint16(start + 9L));
      case 2 -> {
        int width = bytes.uint8(start + 2L);
        if (width < 1 || width > 2) {
          throw new IOException("expected a JPEG-LS mapping table of 1 or 2 bytes, found " + width);
        }
        int[] table = new int[Math.max(0, (end - start - 3) / width)];
        for (int i = 0; i < table.length; i++) {
          long at = start + 3L + (long) i * width;
          table[i] = width == 1 ? bytes.uint8(at) : bytes.uint16(at);
        }
        mappings.put(bytes.uint8(start + 1L), table);
      }
      default -> throw new IOException("found a JPEG-LS extension that is not supported");
    }
  }

  private int scan(int start, int data) throws IOException {
    int count = bytes.uint8(start);
    if (precision == 0 || count < 1 || count > planes.components() - decoded) {
      throw new IOException("found a JPEG-LS scan of components that are not there");
    }
    int near = bytes.uint8(start + 1L + 2L * count);
    largestError = Math.max(largestError, near);
    int interleave = bytes.uint8(start + 2L + 2L * count);
    if (interleave > 2 || (interleave == 0 && count > 1)) {
      throw new IOException("found JPEG-LS components interleaved in an unknown way");
    }
    if ((bytes.uint8(start + 3L + 2L * count) & 15) != 0) {
      throw new IOException("JPEG-LS with a point transform is not supported");
    }
    for (int i = 0; i < count; i++) {
      if (bytes.uint8(start + 1L + 2L * i) != ids[decoded + i]) {
        throw new IOException("found JPEG-LS components in another order than in the frame");
      }
    }
    JpegLsBits bits = new JpegLsBits(stream, data);
    LineCoder coder = new LineCoder(bits, presets.completed(precision, near), near);
    new Scan(bits, coder, planes, decoded, count, interleave == 2 && count > 1).decode();
    for (int i = 0; i < count; i++) {
      int[] mapping = mappings.get(bytes.uint8(start + 2L + 2L * i));
      if (mapping != null) {
        map(mapping, decoded + i);
      }
    }
    decoded += count;
    return bits.end();
  }

  private void map(int[] mapping, int component) throws IOException {
    int pixels = planes.width() * planes.height();
    int[] samples = planes.samples();
    for (int i = component * pixels; i < (component + 1) * pixels; i++) {
      if (samples[i] >= mapping.length) {
        throw new IOException("a JPEG-LS sample lies outside its mapping table");
      }
      samples[i] = mapping[samples[i]];
    }
  }
}
