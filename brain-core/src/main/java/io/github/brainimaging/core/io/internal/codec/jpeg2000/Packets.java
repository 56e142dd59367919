package io.github.brainimaging.core.io.internal.codec.jpeg2000;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The packets of a tile in their order (T.800, B.10 and B.12). */
final class Packets {

  private final PacketBits bits;
  private final int layers;
  private final int progression;

  Packets(byte[] data, int layers, int progression) {
    this.bits = new PacketBits(data);
    this.layers = layers;
    this.progression = progression;
  }

  /** Reads all packets; the code-blocks then know where their data lies. */
  void read(List<Precinct> precincts) throws IOException {
    Comparator<Precinct> byResolution = Comparator.comparingInt(p -> p.resolution);
    Comparator<Precinct> byComponent = Comparator.comparingInt(p -> p.component);
    Comparator<Precinct> byPlace =
        Comparator.<Precinct>comparingLong(p -> p.y).thenComparingLong(p -> p.x);
    List<Precinct> sorted = new ArrayList<>(precincts);
    // The sort is stable: precincts of one resolution and component keep their raster order.
    sorted.sort(
        switch (progression) {
          case 0, 1 -> byResolution.thenComparing(byComponent);
          case 2 -> byResolution.thenComparing(byPlace).thenComparing(byComponent);
          case 3 -> byPlace.thenComparing(byComponent).thenComparing(byResolution);
          case 4 -> byComponent.thenComparing(byPlace).thenComparing(byResolution);
          default -> throw new IOException("found a JPEG 2000 progression that does not exist");
        });
    if (progression == 0) {
      for (int layer = 0; layer < layers; layer++) {
        for (Precinct precinct : sorted) {
          packet(precinct, layer);
        }
      }
    } else if (progression == 1) {
      byResolution(sorted);
    } else {
      for (Precinct precinct : sorted) {
        for (int layer = 0; layer < layers; layer++) {
          packet(precinct, layer);
        }
      }
    }
  }

  private void byResolution(List<Precinct> sorted) throws IOException {
    int start = 0;
    while (start < sorted.size()) {
      int end = start;
      while (end < sorted.size() && sorted.get(end).resolution == sorted.get(start).resolution) {
        end++;
      }
      for (int layer = 0; layer < layers; layer++) {
        for (Precinct precinct : sorted.subList(start, end)) {
          packet(precinct, layer);
        }
      }
      start = end;
    }
  }

  private record Body(CodeBlock.Segment segment, int length) {}

  private void packet(Precinct precinct, int layer) throws IOException {
    bits.skipMarker(0x91, 6);
    List<Body> bodies = new ArrayList<>();
    if (bits.bit() == 1) {
      for (Precinct.Part part : precinct.parts) {
        for (int i = 0; i < part.blocks.size(); i++) {
          if (isIncluded(part, i, layer)) {
            lengths(part.blocks.get(i), precinct.coding, bodies);
          }
        }
      }
    }
    bits.align();
    bits.skipMarker(0x92, 2);
    for (Body body : bodies) {
      body.segment.parts.add(new int[] {bits.take(body.length), body.length});
      body.segment.length += body.length;
    }
  }

  private boolean isIncluded(Precinct.Part part, int i, int layer) throws IOException {
    CodeBlock block = part.blocks.get(i);
    int x = i % part.columns;
    int y = i / part.columns;
    if (block.included) {
      return bits.bit() == 1;
    }
    if (!part.inclusion.isBelow(x, y, layer + 1, bits)) {
      return false;
    }
    block.included = true;
    while (!part.zeroPlanes.isBelow(x, y, block.zeroPlanes + 1, bits)) {
      if (++block.zeroPlanes > 40) {
        throw new IOException("damaged JPEG 2000 data: too many empty bit planes");
      }
    }
    return true;
  }

  private void lengths(CodeBlock block, Coding coding, List<Body> bodies) throws IOException {
    int passes = passes();
    while (bits.bit() == 1) {
      block.lengthBits++;
    }
    while (passes > 0) {
      CodeBlock.Segment segment = block.open(coding);
      int now = Math.min(passes, segment.maximumPasses - segment.passes);
      int size = block.lengthBits + 31 - Integer.numberOfLeadingZeros(now);
      if (size > 31) {
        throw new IOException("damaged JPEG 2000 data: a length has too many bits");
      }
      bodies.add(new Body(segment, bits.bits(size)));
      segment.passes += now;
      passes -= now;
    }
  }

  /** The number of coding passes (T.800, table B.4). */
  private int passes() throws IOException {
    if (bits.bit() == 0) {
      return 1;
    }
    if (bits.bit() == 0) {
      return 2;
    }
    int two = bits.bits(2);
    if (two < 3) {
      return 3 + two;
    }
    int five = bits.bits(5);
    return five < 31 ? 6 + five : 37 + bits.bits(7);
  }
}
