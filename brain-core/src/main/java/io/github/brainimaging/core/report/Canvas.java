package io.github.brainimaging.core.report;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.io.internal.Drawing;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.function.Consumer;

/** A white sheet that pictures and words in black are drawn on. */
final class Canvas {

  private Canvas() {}

  /** An RGB image of what is drawn. */
  static MedicalImage draw(int width, int height, int fontSize, Consumer<Graphics2D> drawing) {
    BufferedImage sheet = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D canvas = sheet.createGraphics();
    try {
      canvas.setRenderingHint(
          RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
      canvas.setColor(Color.WHITE);
      canvas.fillRect(0, 0, width, height);
      canvas.setColor(Color.BLACK);
      canvas.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, fontSize));
      drawing.accept(canvas);
    } finally {
      canvas.dispose();
    }
    return Drawing.toImage(sheet);
  }
}
