package io.github.brainimaging.core.io.internal.codec.jpeg;

import io.github.brainimaging.core.io.internal.Bytes;
import io.github.brainimaging.core.io.internal.codec.Planes;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Decodes one JPEG stream: SOF0 and SOF1 (sequential DCT, 8 or 12 bits) and SOF3 (lossless, all
 * predictors, 2 to 16 bits). Colors are left as they are coded. Belongs to one thread and one
 * stream.
 */
public final class JpegCodec {

  private static final int[] ZIGZAG = {
    0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20,
    13, 6, 7, 14, 21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59,
    52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63
  };

  private final byte[] stream;
  private final Bytes bytes;
  private final Planes planes;
  private final Map<Integer, int[]> quantization = new HashMap<>();
  private final HuffmanTable[] dc = new HuffmanTable[4];
  private final HuffmanTable[] ac = new HuffmanTable[4];
  private final List<Component> components = new ArrayList<>();
  private int frame;
  private int precision;
  private int horizontalMax;
  private int verticalMax;
  private int restartInterval;
  private int adobeTransform = -1;
  private boolean jfif;

  private JpegCodec(byte[] stream, Planes planes) {
    this.stream = stream;
    this.bytes = Bytes.of(stream, ByteOrder.BIG_ENDIAN);
    this.planes = planes;
  }

  /**
   * Decodes a stream.
   *
   * @param stream from SOI to EOI
   * @param planes where to; its size is the one that the stream must have
   * @return the colors of the stream, as far as its own markers tell
   * @throws IOException if it is damaged, of another size, or of a kind that is not supported
   */
  public static JpegColors decode(byte[] stream, Planes planes) throws IOException {
    JpegCodec codec = new JpegCodec(stream, planes);
    codec.run();
    return codec.colors();
  }

  /**
   * Whether the frame of a stream that was decoded is coded without loss.
   *
   * @param stream from SOI to EOI
   * @return true for SOF3
   */
  public static boolean isLossless(byte[] stream) {
    int at = 2;
    while (at + 3 < stream.length && stream[at + 1] != (byte) 0xDA) {
      int marker = stream[at + 1] & 0xFF;
      if (marker == 0xC0 || marker == 0xC1 || marker == 0xC3) {
        return marker == 0xC3;
      }
      at += marker == 0xFF ? 1 : 2 + ((stream[at + 2] & 0xFF) << 8 | (stream[at + 3] & 0xFF));
    }
    return false;
  }

  static int[] zigzag() {
    return ZIGZAG;
  }

  private JpegColors colors() {
    if (components.size() != 3) {
      return JpegColors.UNKNOWN;
    }
    if (adobeTransform >= 0) {
      return adobeTransform == 0 ? JpegColors.RGB : JpegColors.YBR;
    }
    boolean rgb =
        components.get(0).id == 'R' && components.get(1).id == 'G' && components.get(2).id == 'B';
    return jfif ? JpegColors.YBR : rgb ? JpegColors.RGB : JpegColors.UNKNOWN;
  }

  private void run() throws IOException {
    if (!Bytes.match(stream, 0, 0xFF, 0xD8)) {
      throw new IOException("expected a JPEG stream, found other data");
    }
    int offset = 2;
    while (components.isEmpty() || !components.stream().allMatch(c -> c.decoded)) {
      int marker = bytes.uint8(offset + 1L);
      if (bytes.uint8(offset) != 0xFF) {
        throw new IOException("expected a JPEG marker at byte " + offset);
      }
      if (marker == 0xFF) {
        offset++;
        continue;
      }
      if (marker == 0xD9) {
        throw new IOException("the JPEG stream ends before all components are there");
      }
      int length = bytes.uint16(offset + 2L);
      int next = bytes.at(offset, length + 2L) + length + 2;
      if (marker == 0xDA) {
        next = scan(offset + 4, next);
      } else {
        segment(marker, offset + 4, next);
      }
      offset = next;
    }
    emit();
  }

  private void segment(int marker, int start, int end) throws IOException {
    switch (marker) {
      case 0xC0, 0xC1, 0xC3 -> frame(marker, start);
      case 0xC4 -> huffmanTables(start, end);
      case 0xDB -> quantizationTables(start, end);
      case 0xDD -> restartInterval = bytes.uint16(start);
      case 0xE0 -> jfif |= Bytes.match(stream, start, 'J', 'F', 'I', 'F', 0);
      case 0xEE -> {
        if (end - start >= 12 && Bytes.match(stream, start, 'A', 'd', 'o', 'b', 'e')) {
          adobeTransform = bytes.uint8(start + 11L);
        }
      }
      default -> {
        if (marker >= 0xC2 && marker <= 0xCF) {
          throw new IOException(
              "expected a sequential or lossless Huffman-coded JPEG (SOF0, SOF1, SOF3), found SOF"
                  + (marker - 0xC0));
        }
      }
    }
  }

  private void frame(int marker, int start) throws IOException {
    if (!components.isEmpty()) {
      throw new IOException("expected one JPEG frame, found a second");
    }
    frame = marker;
    precision = bytes.uint8(start);
    int height = bytes.uint16(start + 1L);
    int width = bytes.uint16(start + 3L);
    int count = bytes.uint8(start + 5L);
    planes.requireSize("JPEG", width, height, count);
    boolean known =
        frame == 0xC3 ? precision >= 2 && precision <= 16 : precision == 8 || precision == 12;
    if (!known) {
      throw new IOException("found a JPEG of " + precision + " bits, which does not exist");
    }
    for (int i = 0; i < count; i++) {
      int at = start + 6 + 3 * i;
      int sampling = bytes.uint8(at + 1L);
      Component c =
          new Component(bytes.uint8(at), sampling >> 4, sampling & 15, bytes.uint8(at + 2L) & 3);
      if (c.horizontal < 1 || c.horizontal > 4 || c.vertical < 1 || c.vertical > 4) {
        throw new IOException("found JPEG sampling factors that are not 1 to 4");
      }
      horizontalMax = Math.max(horizontalMax, c.horizontal);
      verticalMax = Math.max(verticalMax, c.vertical);
      components.add(c);
    }
    int unit = frame == 0xC3 ? 1 : 8;
    for (Component c : components) {
      c.width = ceil(width * c.horizontal, horizontalMax);
      c.height = ceil(height * c.vertical, verticalMax);
      c.stride = ceil(width, unit * horizontalMax) * unit * c.horizontal;
      int rows = ceil(height, unit * verticalMax) * unit * c.vertical;
      c.samples = new int[Math.multiplyExact(c.stride, rows)];
    }
  }

  static int ceil(int a, int b) {
    return (a + b - 1) / b;
  }

  private void quantizationTables(int start, int end) throws IOException {
    int at = start;
    while (at < end) {
      int kind = bytes.uint8(at++);
      int[] table = new int[64];
      for (int i = 0; i < 64; i++) {
        table[ZIGZAG[i]] = kind >> 4 == 0 ? bytes.uint8(at) : bytes.uint16(at);
        at += kind >> 4 == 0 ? 1 : 2;
      }
      quantization.put(kind & 3, table);
    }
  }

  private void huffmanTables(int start, int end) throws IOException {
    int at = start;
    while (at < end) {
      int kind = bytes.uint8(at);
      int[] counts = new int[16];
      for (int i = 0; i < 16; i++) {
        counts[i] = bytes.uint8(at + 1L + i);
      }
      int[] symbols = new int[Arrays.stream(counts).sum()];
      for (int i = 0; i < symbols.length; i++) {
        symbols[i] = bytes.uint8(at + 17L + i);
      }
      (kind >> 4 == 0 ? dc : ac)[kind & 3] = new HuffmanTable(counts, symbols);
      at += 17 + symbols.length;
    }
  }

  private int scan(int start, int data) throws IOException {
    List<Component> present = new ArrayList<>();
    int count = bytes.uint8(start);
    for (int i = 0; i < count; i++) {
      int id = bytes.uint8(start + 1L + 2L * i);
      int tables = bytes.uint8(start + 2L + 2L * i);
      Component c =
          components.stream()
              .filter(candidate -> candidate.id == id && !present.contains(candidate))
              .findFirst()
              .orElseThrow(
                  () -> new IOException("a JPEG scan names a component that is not there"));
      c.dc = dc[tables >> 4 & 3];
      c.ac = ac[tables & 3];
      c.prediction = 0;
      if (c.decoded) {
        throw new IOException("found a JPEG component twice");
      }
      c.decoded = true;
      present.add(c);
    }
    if (present.isEmpty()) {
      throw new IOException("found a JPEG scan without components");
    }
    EntropyReader bits = new EntropyReader(stream, data);
    if (frame == 0xC3) {
      int predictor = bytes.uint8(start + 1L + 2L * count);
      int shift = bytes.uint8(start + 3L + 2L * count) & 15;
      new LosslessScan(bits, present, restartInterval, precision, predictor, shift).decode();
    } else {
      new DctScan(bits, present, restartInterval, new InverseDct(precision), quantization)
          .decode(ceil(planes.width(), 8 * horizontalMax), ceil(planes.height(), 8 * verticalMax));
    }
    return bits.endScan();
  }

  private void emit() {
    int pixels = planes.width() * planes.height();
    for (int i = 0; i < components.size(); i++) {
      Upsampling.apply(
          components.get(i),
          horizontalMax,
          verticalMax,
          planes.samples(),
          i * pixels,
          planes.width(),
          planes.height());
    }
  }
}
