package io.github.brainimaging.core.io.internal.codec.jpeg2000;

import java.util.ArrayList;
import java.util.List;

/** The code-blocks of one precinct of one resolution: the unit that a packet is about. */
final class Precinct {

  /** The part of one subband. */
  static final class Part {
    final Band band;
    final int columns;
    final List<CodeBlock> blocks = new ArrayList<>();
    final TagTree inclusion;
    final TagTree zeroPlanes;

    Part(Band band, long left, long top, long right, long bottom, int blockWidth, int blockHeight) {
      this.band = band;
      int x0 = (int) Math.max(left, band.x0);
      int y0 = (int) Math.max(top, band.y0);
      int x1 = (int) Math.min(right, band.x1);
      int y1 = (int) Math.min(bottom, band.y1);
      boolean empty = x1 <= x0 || y1 <= y0;
      int firstColumn = x0 >> blockWidth;
      int firstRow = y0 >> blockHeight;
      columns = empty ? 0 : ((x1 - 1) >> blockWidth) + 1 - firstColumn;
      int rows = empty ? 0 : ((y1 - 1) >> blockHeight) + 1 - firstRow;
      for (int i = 0; i < columns * rows; i++) {
        int bx0 = Math.max(x0, (firstColumn + i % columns) << blockWidth);
        int by0 = Math.max(y0, (firstRow + i / columns) << blockHeight);
        int bx1 = Math.min(x1, (firstColumn + i % columns + 1) << blockWidth);
        int by1 = Math.min(y1, (firstRow + i / columns + 1) << blockHeight);
        blocks.add(new CodeBlock(bx0 - band.x0, by0 - band.y0, bx1 - bx0, by1 - by0));
      }
      inclusion = new TagTree(Math.max(1, columns), Math.max(1, rows));
      zeroPlanes = new TagTree(Math.max(1, columns), Math.max(1, rows));
    }
  }

  final int component;
  final int resolution;
  final Coding coding;

  /** Left and top on the reference grid, which orders the packets. */
  final long x;

  final long y;
  final List<Part> parts = new ArrayList<>();

  Precinct(int component, int resolution, Coding coding, long x, long y) {
    this.component = component;
    this.resolution = resolution;
    this.coding = coding;
    this.x = x;
    this.y = y;
  }
}
