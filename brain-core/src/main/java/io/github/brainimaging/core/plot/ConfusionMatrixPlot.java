package io.github.brainimaging.core.plot;

import io.github.brainimaging.core.evaluation.classification.ConfusionMatrix;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.util.Arrays;
import java.util.List;

/**
 * A confusion matrix as a heat map with its counts: rows are the truth, the first class at the top,
 * columns the prediction. The color of a cell is its share of its row. 96 x 96 pixels a cell; the
 * name of a column that is wider is cut.
 */
final class ConfusionMatrixPlot {

  private static final int CELL = 96;
  private static final int TOP = 70;
  private static final int MARGIN = 20;
  private static final Color FULL = new Color(0x08519C);
  private static final Font TEXT = new Font(Font.SANS_SERIF, Font.PLAIN, 15);
  private static final Font BOLD = TEXT.deriveFont(Font.BOLD);

  private ConfusionMatrixPlot() {}

  static Plot draw(ConfusionMatrix confusion) {
    List<String> labels = confusion.labels();
    int side = labels.size() * CELL;
    int widest = labels.stream().mapToInt(ConfusionMatrixPlot::width).max().orElse(0);
    int left = 2 * MARGIN + 20 + widest;
    return new Plot(
        left + side + MARGIN, TOP + side + MARGIN, canvas -> draw(canvas, confusion, left));
  }

  private static void draw(Graphics2D canvas, ConfusionMatrix confusion, int left) {
    List<String> labels = confusion.labels();
    int side = labels.size() * CELL;
    canvas.setColor(Color.BLACK);
    canvas.setFont(BOLD);
    center(canvas, "predicted", left + side / 2, 22);
    AffineTransform upright = canvas.getTransform();
    canvas.rotate(-Math.PI / 2, MARGIN, TOP + side / 2.0);
    center(canvas, "truth", MARGIN, TOP + side / 2 + 6);
    canvas.setTransform(upright);
    canvas.setFont(TEXT);
    drawNames(canvas, labels, left);
    drawCells(canvas, confusion.toArray(), left);
  }

  private static int width(String text) {
    return (int) Math.ceil(TEXT.getStringBounds(text, Charts.FONT_CONTEXT).getWidth());
  }

  private static void center(Graphics2D canvas, String text, int x, int y) {
    canvas.drawString(text, x - canvas.getFontMetrics().stringWidth(text) / 2, y);
  }

  private static void drawNames(Graphics2D canvas, List<String> labels, int left) {
    for (int i = 0; i < labels.size(); i++) {
      String label = labels.get(i);
      canvas.drawString(label, left - 10 - width(label), TOP + i * CELL + CELL / 2 + 6);
      center(canvas, cut(label), left + i * CELL + CELL / 2, TOP - 12);
    }
  }

  private static String cut(String label) {
    String shown = label;
    while (width(shown) > CELL - 4) {
      shown = shown.substring(0, shown.length() - 2) + "\u2026";
    }
    return shown;
  }

  private static void drawCells(Graphics2D canvas, int[][] counts, int left) {
    for (int row = 0; row < counts.length; row++) {
      int cases = Math.max(1, Arrays.stream(counts[row]).sum());
      for (int column = 0; column < counts.length; column++) {
        double share = (double) counts[row][column] / cases;
        int x = left + column * CELL;
        int y = TOP + row * CELL;
        canvas.setColor(blend(share));
        canvas.fillRect(x, y, CELL, CELL);
        canvas.setColor(Color.LIGHT_GRAY);
        canvas.drawRect(x, y, CELL, CELL);
        canvas.setColor(share > 0.5 ? Color.WHITE : Color.BLACK);
        center(canvas, Integer.toString(counts[row][column]), x + CELL / 2, y + CELL / 2 + 6);
      }
    }
  }

  private static Color blend(double share) {
    return new Color(
        (int) Math.round(255 + share * (FULL.getRed() - 255)),
        (int) Math.round(255 + share * (FULL.getGreen() - 255)),
        (int) Math.round(255 + share * (FULL.getBlue() - 255)));
  }
}
