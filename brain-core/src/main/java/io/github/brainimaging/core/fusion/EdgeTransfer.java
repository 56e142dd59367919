package io.github.brainimaging.core.fusion;

/**
 * Q^AB/F of C. Xydeas, V. Petrovic: Objective image fusion performance measure, Electronics Letters
 * 36(4), 2000, 308: how much of the strength and direction of the inputs' Sobel edges is in the
 * fused image, weighted by the strength of the inputs' edges. Constants and equations are the
 * paper's, with L = 1.
 */
final class EdgeTransfer {

  private static final double STRENGTH_GAIN = 0.9994;
  private static final double STRENGTH_SLOPE = -15;
  private static final double STRENGTH_CENTER = 0.5;
  private static final double ANGLE_GAIN = 0.9879;
  private static final double ANGLE_SLOPE = -22;
  private static final double ANGLE_CENTER = 0.8;

  private EdgeTransfer() {}

  /** Between 0 and 1; NaN if neither input has an edge. */
  static double of(Channel a, Channel b, Channel fused) {
    double kept = 0;
    double all = 0;
    for (int y = 0; y < a.height(); y++) {
      for (int x = 0; x < a.width(); x++) {
        Edge inFused = Edge.at(fused, x, y);
        Edge inA = Edge.at(a, x, y);
        Edge inB = Edge.at(b, x, y);
        kept += inA.strength() * preserved(inA, inFused) + inB.strength() * preserved(inB, inFused);
        all += inA.strength() + inB.strength();
      }
    }
    return all > 0 ? kept / all : Double.NaN;
  }

  private record Edge(double strength, double angle) {

    static Edge at(Channel p, int x, int y) {
      double upper = p.at(x + 1, y - 1) - p.at(x - 1, y - 1);
      double middle = p.at(x + 1, y) - p.at(x - 1, y);
      double lower = p.at(x + 1, y + 1) - p.at(x - 1, y + 1);
      double acrossX = upper + 2 * middle + lower;
      double left = p.at(x - 1, y + 1) - p.at(x - 1, y - 1);
      double center = p.at(x, y + 1) - p.at(x, y - 1);
      double right = p.at(x + 1, y + 1) - p.at(x + 1, y - 1);
      double acrossY = left + 2 * center + right;
      double angle = acrossX == 0 && acrossY == 0 ? 0 : Math.atan(acrossY / acrossX);
      return new Edge(Math.sqrt(acrossX * acrossX + acrossY * acrossY), angle);
    }
  }

  private static double preserved(Edge input, Edge fused) {
    double smaller = Math.min(input.strength(), fused.strength());
    double larger = Math.max(input.strength(), fused.strength());
    double strength = larger > 0 ? smaller / larger : 0;
    double quarter = Math.PI / 2;
    // 1 for equal directions and for opposite ones, 0 for a right angle.
    double angle = Math.abs(Math.abs(input.angle() - fused.angle()) - quarter) / quarter;
    return sigmoid(strength, STRENGTH_GAIN, STRENGTH_SLOPE, STRENGTH_CENTER)
        * sigmoid(angle, ANGLE_GAIN, ANGLE_SLOPE, ANGLE_CENTER);
  }

  private static double sigmoid(double x, double gain, double slope, double center) {
    return gain / (1 + Math.exp(slope * (x - center)));
  }
}
