package io.github.brainimaging.core.io.internal.codec.jpeg2000;

import io.github.brainimaging.core.io.internal.Bytes;
import io.github.brainimaging.core.io.internal.codec.Planes;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Decodes one JPEG 2000 codestream, bare or in a JP2 file, with code-blocks of part 1 or of high
 * throughput (part 15). Color transforms (RCT, ICT) are undone. Subsampled components, regions of
 * interest, packed packet headers and progressions that change are not supported. Belongs to one
 * thread and one stream.
 */
public final class Jpeg2000Codec {

  private static final int MAXIMUM_BITS = 20;

  private final byte[] stream;
  private final Bytes bytes;
  private final Planes planes;
  private final int start;
  private final int[] bits;
  private final boolean[] signed;
  private final Map<Integer, Tile> tiles = new TreeMap<>();
  private long x0;
  private long y0;
  private long x1;
  private long y1;
  private long tileX;
  private long tileY;
  private long tileWidth;
  private long tileHeight;

  private Jpeg2000Codec(byte[] stream, Planes planes) throws IOException {
    this.stream = stream;
    this.bytes = Bytes.of(stream, ByteOrder.BIG_ENDIAN);
    this.planes = planes;
    this.start = codestream();
    this.bits = new int[planes.components()];
    this.signed = new boolean[planes.components()];
  }

  /**
   * Decodes a stream.
   *
   * @param stream the codestream, or a JP2 file that holds it
   * @param planes where to; its size is the one that the stream must have
   * @return bits per sample of the stream, negative if its samples are signed
   * @throws IOException if it is damaged, of another size, or of a kind that is not supported
   */
  public static int decode(byte[] stream, Planes planes) throws IOException {
    Jpeg2000Codec codec = new Jpeg2000Codec(stream, planes);
    codec.read();
    for (Map.Entry<Integer, Tile> tile : codec.tiles.entrySet()) {
      codec.decodeTile(tile.getKey(), tile.getValue());
    }
    return codec.signed[0] ? -codec.bits[0] : codec.bits[0];
  }

  /** The place of the codestream: the start, or within the box "jp2c" of a JP2 file. */
  private int codestream() throws IOException {
    long at = 0;
    while (!Bytes.match(stream, (int) at, 0xFF, 0x4F, 0xFF, 0x51)) {
      long length = bytes.uint32(at);
      boolean found = Bytes.match(stream, (int) at + 4, 'j', 'p', '2', 'c');
      int header = length == 1 ? 16 : 8;
      if (found) {
        at += header;
        if (!Bytes.match(stream, (int) at, 0xFF, 0x4F, 0xFF, 0x51)) {
          throw new IOException("expected a JPEG 2000 codestream, found other data");
        }
      } else if (length < 8) {
        throw new IOException("expected a JPEG 2000 codestream, found other data");
      } else {
        at = bytes.at(at + length, 4);
      }
    }
    return (int) at;
  }

  private void read() throws IOException {
    int offset = start + 2;
    Tile main = new Tile(planes.components());
    boolean first = true;
    while (true) {
      int marker = bytes.uint16(offset);
      if (marker == 0xFFD9) {
        break;
      }
      int length = bytes.uint16(offset + 2L);
      int end = bytes.at(offset, length + 2L) + length + 2;
      if (marker == 0xFF90) {
        end = tilePart(offset, main);
      } else if (marker == 0xFF51 && first) {
        size(offset + 4);
        first = false;
      } else if (marker >> 8 == 0xFF && !first) {
        main.segment(marker & 0xFF, bytes, offset + 4L, end);
      } else {
        throw new IOException("expected a JPEG 2000 segment at byte " + offset);
      }
      offset = end;
      if (offset >= stream.length - 1 && !tiles.isEmpty()) {
        break; // some encoders leave out the end marker
      }
    }
    if (tiles.size() != tilesAcross() * tilesDown()) {
      throw new EOFException("the JPEG 2000 data is cut off: tiles are missing");
    }
  }

  private long tilesAcross() {
    return (x1 - tileX + tileWidth - 1) / tileWidth;
  }

  private long tilesDown() {
    return (y1 - tileY + tileHeight - 1) / tileHeight;
  }

  private void size(int at) throws IOException {
    x1 = bytes.uint32(at + 2L);
    y1 = bytes.uint32(at + 6L);
    x0 = bytes.uint32(at + 10L);
    y0 = bytes.uint32(at + 14L);
    tileWidth = bytes.uint32(at + 18L);
    tileHeight = bytes.uint32(at + 22L);
    tileX = bytes.uint32(at + 26L);
    tileY = bytes.uint32(at + 30L);
    planes.requireSize("JPEG 2000", x1 - x0, y1 - y0, bytes.uint16(at + 34L));
    if (tileWidth < 1
        || tileHeight < 1
        || tileX > x0
        || tileY > y0
        || tileX + tileWidth <= x0
        || tileY + tileHeight <= y0
        || x1 > 1 << 29
        || y1 > 1 << 29) {
      throw new IOException("found JPEG 2000 tiles that do not fit the image");
    }
    for (int c = 0; c < bits.length; c++) {
      int depth = bytes.uint8(at + 36L + 3L * c);
      bits[c] = (depth & 0x7F) + 1;
      signed[c] = (depth & 0x80) != 0;
      if (bits[c] > MAXIMUM_BITS) {
        throw new IOException(
            "expected JPEG 2000 of at most " + MAXIMUM_BITS + " bits, found " + bits[c]);
      }
      if (bytes.uint16(at + 37L + 3L * c) != 0x0101) {
        throw new IOException("subsampled JPEG 2000 is not supported");
      }
    }
  }

  private int tilePart(int offset, Tile main) throws IOException {
    int number = bytes.uint16(offset + 4L);
    long length = bytes.uint32(offset + 6L);
    if (tileWidth == 0 || number >= tilesAcross() * tilesDown()) {
      throw new IOException("found a JPEG 2000 tile that is not there");
    }
    int end = length == 0 ? endOfData() : bytes.at(offset, length) + (int) length;
    Tile tile = tiles.computeIfAbsent(number, unused -> new Tile(main));
    int at = offset + 12;
    while (bytes.uint16(at) != 0xFF93) {
      int next = bytes.at(at, bytes.uint16(at + 2L) + 2L) + bytes.uint16(at + 2L) + 2;
      tile.segment(bytes.uint8(at + 1L), bytes, at + 4L, next);
      at = next;
    }
    if (end < at + 2) {
      throw new IOException("found a JPEG 2000 tile that is shorter than its header");
    }
    tile.data.write(stream, at + 2, end - at - 2);
    return end;
  }

  private int endOfData() {
    int end = stream.length;
    boolean padded = end > 2 && stream[end - 1] == 0;
    int marker = padded ? end - 3 : end - 2;
    return Bytes.match(stream, marker, 0xFF, 0xD9) ? marker : end;
  }

  private void decodeTile(int number, Tile tile) throws IOException {
    long left = tileX + number % tilesAcross() * tileWidth;
    long top = tileY + number / tilesAcross() * tileHeight;
    int[] area = {
      (int) Math.max(left, x0),
      (int) Math.max(top, y0),
      (int) Math.min(left + tileWidth, x1),
      (int) Math.min(top + tileHeight, y1)
    };
    byte[] data = tile.data.toByteArray();
    List<TileComponent> components = new ArrayList<>();
    List<Precinct> precincts = new ArrayList<>();
    for (int c = 0; c < bits.length; c++) {
      if (tile.codings[c] == null || tile.quantizations[c] == null) {
        throw new IOException("the JPEG 2000 header lacks its coding or quantization");
      }
      TileComponent component =
          new TileComponent(c, area, tile.codings[c], tile.quantizations[c], bits[c], data.length);
      components.add(component);
      precincts.addAll(component.precincts);
    }
    new Packets(data, tile.layers, tile.progression).read(precincts);
    float[][] samples = new float[bits.length][];
    for (int c = 0; c < bits.length; c++) {
      samples[c] = components.get(c).samples(data);
    }
    if (tile.transformed) {
      if (bits.length < 3) {
        throw new IOException("found a JPEG 2000 color transform of fewer than 3 components");
      }
      ColorTransform.invert(samples, tile.codings[0].reversible());
    }
    store(samples, area);
  }

  private void store(float[][] samples, int[] area) {
    int width = area[2] - area[0];
    for (int c = 0; c < bits.length; c++) {
      int middle = signed[c] ? 0 : 1 << (bits[c] - 1);
      int minimum = signed[c] ? -(1 << (bits[c] - 1)) : 0;
      int maximum = minimum + (1 << bits[c]) - 1;
      for (int i = 0; i < samples[c].length; i++) {
        int x = (int) (area[0] - x0) + i % width;
        int y = (int) (area[1] - y0) + i / width;
        int value = (int) Math.rint(samples[c][i]) + middle;
        planes.samples()[(c * planes.height() + y) * planes.width() + x] =
            Math.max(minimum, Math.min(maximum, value));
      }
    }
  }
}
