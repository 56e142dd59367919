package io.github.brainimaging.core.io.internal.codec.jpeg2000;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** One component of a tile: its subbands, precincts and, at the end, its samples. */
final class TileComponent {

  /** Real precincts hold thousands of samples; each takes as much memory as a hundred. */
  private static final int LEAST_PRECINCT = 64;

  /** Samples that a byte of data may make the decoder visit: real data stays far below. */
  private static final long VISITS_PER_BYTE = 20_000;

  private final int[] area;
  private final Coding coding;
  private final List<List<Band>> resolutions = new ArrayList<>();
  final List<Precinct> precincts = new ArrayList<>();

  /**
   * Lays out a component.
   *
   * @param index number of the component
   * @param area x0, y0, x1, y1
   * @param bits bits per sample
   * @param dataLength bytes of the tile
   */
  TileComponent(
      int index, int[] area, Coding coding, Quantization quantization, int bits, int dataLength)
      throws IOException {
    this.area = area;
    this.coding = coding;
    for (int r = 0; r <= coding.levels(); r++) {
      List<Band> bands = new ArrayList<>();
      int level = coding.levels() - Math.max(0, r - 1);
      if (r == 0) {
        bands.add(new Band(Band.LL, area, level, quantization, coding.reversible(), 0, bits));
      } else {
        for (int o = Band.HL; o <= Band.HH; o++) {
          int number = 3 * (r - 1) + o;
          bands.add(new Band(o, area, level, quantization, coding.reversible(), number, bits));
        }
      }
      resolutions.add(bands);
      layOut(index, r, bands, dataLength);
    }
  }

  private int edge(int i, int resolution) {
    int shift = coding.levels() - resolution;
    return (int) -(-(long) area[i] >> shift);
  }

  private void layOut(int index, int r, List<Band> bands, int dataLength) throws IOException {
    int x0 = edge(0, r);
    int y0 = edge(1, r);
    int x1 = edge(2, r);
    int y1 = edge(3, r);
    if (x1 <= x0 || y1 <= y0) {
      return;
    }
    int width = coding.precinctWidth(r);
    int height = coding.precinctHeight(r);
    int halved = r == 0 ? 0 : 1;
    int blockWidth = Math.min(coding.blockWidth(), width - halved);
    int blockHeight = Math.min(coding.blockHeight(), height - halved);
    int shift = coding.levels() - r;
    long across = ((x1 - 1) >> width) - (x0 >> width) + 1L;
    long down = ((y1 - 1) >> height) - (y0 >> height) + 1L;
    // Each precinct has a packet, and each packet a byte.
    if (across * down > dataLength) {
      throw new IOException("the JPEG 2000 data is cut off: there are fewer bytes than packets");
    }
    if (across * down > 1024 + (long) (x1 - x0) * (y1 - y0) / LEAST_PRECINCT) {
      throw new IOException("found JPEG 2000 precincts of a few samples each");
    }
    for (long py = y0 >> height; py << height < y1; py++) {
      for (long px = x0 >> width; px << width < x1; px++) {
        long x = Math.max(area[0], px << (width + shift));
        long y = Math.max(area[1], py << (height + shift));
        Precinct precinct = new Precinct(index, r, coding, x, y);
        for (Band band : bands) {
          precinct.parts.add(
              new Precinct.Part(
                  band,
                  px << (width - halved),
                  py << (height - halved),
                  (px + 1) << (width - halved),
                  (py + 1) << (height - halved),
                  blockWidth,
                  blockHeight));
        }
        precincts.add(precinct);
      }
    }
  }

  /** Holds the passes over all blocks against the bytes that tell what they find. */
  private void requireBounded(int bytes) throws IOException {
    long visits = 0;
    for (Precinct precinct : precincts) {
      for (Precinct.Part part : precinct.parts) {
        for (CodeBlock block : part.blocks) {
          long passes = block.segments.stream().mapToLong(s -> s.passes).sum();
          visits += passes * block.width * block.height;
        }
      }
    }
    long samples = (long) (area[2] - area[0]) * (area[3] - area[1]);
    if (visits > VISITS_PER_BYTE * bytes + 8 * samples) {
      throw new IOException("found more JPEG 2000 passes than the data can tell of");
    }
  }

  /** Decodes all blocks and puts the resolutions together. */
  float[] samples(byte[] data) throws IOException {
    requireBounded(data.length);
    for (Precinct precinct : precincts) {
      for (Precinct.Part part : precinct.parts) {
        for (CodeBlock block : part.blocks) {
          if (block.segments.isEmpty()) {
            continue;
          }
          if (coding.has(Coding.HIGH_THROUGHPUT)) {
            new HtBlockDecoder(block, part.band, coding).decode(data);
          } else {
            new BlockDecoder(block, part.band, coding).decode(data);
          }
        }
      }
    }
    float[] low = resolutions.get(0).get(0).coefficients;
    for (int r = 1; r <= coding.levels(); r++) {
      List<Band> bands = resolutions.get(r);
      low =
          new Wavelet(edge(0, r), edge(1, r), edge(2, r), edge(3, r), coding.reversible())
              .join(
                  low,
                  bands.get(0).coefficients,
                  bands.get(1).coefficients,
                  bands.get(2).coefficients);
    }
    return low;
  }
}
