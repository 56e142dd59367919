package io.github.brainimaging.core.report;

import io.github.brainimaging.core.image.MedicalImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.PDPageContentStream.AppendMode;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.apache.pdfbox.pdmodel.graphics.image.JPEGFactory;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;

/**
 * Pages that fill from top to bottom. Text is set in PDFBox's own font (Liberation Sans), embedded,
 * so that it is the same everywhere and no fonts are looked for on the machine. Belongs to one
 * thread.
 */
final class PdfPages implements AutoCloseable {

  private static final String FONT = "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";
  private static final float MARGIN = 42;
  private static final float WIDTH = PDRectangle.A4.getWidth() - 2 * MARGIN;
  private static final float BOTTOM = MARGIN + 18;
  private static final float GAP = 8;
  private static final float LEADING = 1.35f;

  static final float TITLE = 17;
  static final float HEADING = 12;
  static final float PLAIN = 9;
  private static final float SMALL = 7.5f;

  /** Of names and columns, of the width of the page. */
  private static final float NAME_WIDTH = 110;

  private final PDDocument document = new PDDocument();
  private final TrueTypeFont face;
  private final CmapLookup glyphs;
  private final PDFont font;
  private PDPageContentStream page;
  private float y;

  PdfPages(String title) throws IOException {
    try (InputStream in = PDDocument.class.getResourceAsStream(FONT)) {
      face =
          new TTFParser()
              .parse(new RandomAccessReadBuffer(Objects.requireNonNull(in, FONT).readAllBytes()));
    }
    glyphs = face.getUnicodeCmapLookup();
    font = PDType0Font.load(document, face, true);
    document.getDocumentInformation().setTitle(known(title));
    document.getDocumentInformation().setProducer("brain-core with Apache PDFBox");
    page = newPage();
  }

  private PDPageContentStream newPage() throws IOException {
    PDPage next = new PDPage(PDRectangle.A4);
    document.addPage(next);
    y = PDRectangle.A4.getHeight() - MARGIN;
    return new PDPageContentStream(document, next);
  }

  private void require(float height) throws IOException {
    if (y - height < BOTTOM) {
      page.close();
      page = newPage();
    }
  }

  /** A text over the whole width, broken into lines. */
  void text(String text, float size) throws IOException {
    for (String line : lines(text, size, WIDTH)) {
      require(size * LEADING);
      y -= size * LEADING;
      put(line, MARGIN, size);
    }
  }

  /** A heading, which stays with what follows. */
  void heading(String text) throws IOException {
    require(90);
    y -= GAP;
    text(text, HEADING);
    y -= 3;
  }

  /** A name and beside it what it is. */
  void term(String name, String value) throws IOException {
    row(List.of(name, value), List.of(NAME_WIDTH, WIDTH - NAME_WIDTH));
  }

  /** Cells beside each other, in columns of equal width. */
  void row(List<String> cells) throws IOException {
    row(cells, cells.stream().map(cell -> WIDTH / cells.size()).toList());
  }

  private void row(List<String> cells, List<Float> widths) throws IOException {
    List<List<String>> broken = new ArrayList<>();
    int most = 0;
    for (int i = 0; i < cells.size(); i++) {
      broken.add(lines(cells.get(i), PLAIN, widths.get(i) - GAP));
      most = Math.max(most, broken.get(i).size());
    }
    for (int line = 0; line < most; line++) {
      require(PLAIN * LEADING);
      y -= PLAIN * LEADING;
      float x = MARGIN;
      for (int i = 0; i < cells.size(); i++) {
        if (line < broken.get(i).size()) {
          put(broken.get(i).get(line), x, PLAIN);
        }
        x += widths.get(i);
      }
    }
  }

  /** Pictures in rows, each with its caption beneath. */
  void figures(List<VolumeFindings.Figure> figures, int inRow) throws IOException {
    y -= GAP;
    float cell = WIDTH / inRow;
    float side = cell - GAP;
    for (int first = 0; first < figures.size(); first += inRow) {
      List<VolumeFindings.Figure> row =
          figures.subList(first, Math.min(figures.size(), first + inRow));
      float high = 0;
      for (VolumeFindings.Figure figure : row) {
        high = Math.max(high, size(figure.picture(), side)[1]);
      }
      float caption = 2 * SMALL * LEADING;
      require(high + caption + GAP);
      for (int i = 0; i < row.size(); i++) {
        MedicalImage picture = row.get(i).picture();
        float[] size = size(picture, side);
        float x = MARGIN + i * cell;
        PDImageXObject image = JPEGFactory.createFromByteArray(document, Thumbnail.jpeg(picture));
        page.drawImage(image, x, y - size[1], size[0], size[1]);
        List<String> lines = lines(row.get(i).caption(), SMALL, side);
        for (int line = 0; line < Math.min(2, lines.size()); line++) {
          put(lines.get(line), x, SMALL, y - high - (line + 1) * SMALL * LEADING);
        }
      }
      y -= high + caption + GAP;
    }
  }

  private static float[] size(MedicalImage picture, float side) {
    float scale = side / Math.max(picture.width(), picture.height());
    return new float[] {picture.width() * scale, picture.height() * scale};
  }

  /** A bar of 0 to 1 for each value, in the color of outlines where it counts most. */
  void bars(List<Double> values, List<Boolean> strong) throws IOException {
    float height = 60;
    require(height + GAP);
    y -= height;
    float step = WIDTH / values.size();
    float wide = Math.min(step * 0.8f, 8);
    for (int i = 0; i < values.size(); i++) {
      if (strong.get(i)) {
        page.setNonStrokingColor(
            Overlay.COLOR[0] / 255f, Overlay.COLOR[1] / 255f, Overlay.COLOR[2] / 255f);
      } else {
        page.setNonStrokingColor(0.65f);
      }
      page.addRect(MARGIN + i * step, y, wide, Math.max(0.5f, (float) (values.get(i) * height)));
      page.fill();
    }
    page.setNonStrokingColor(0f);
    y -= GAP;
  }

  private void put(String line, float x, float size) throws IOException {
    put(line, x, size, y);
  }

  private void put(String line, float x, float size, float atY) throws IOException {
    page.beginText();
    page.setFont(font, size);
    page.newLineAtOffset(x, atY);
    page.showText(line);
    page.endText();
  }

  /** Breaks at spaces, and within what is longer than a line. */
  private List<String> lines(String text, float size, float width) throws IOException {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : known(text).split(" ", -1)) {
      if (!line.isEmpty() && width(line + " " + word, size) > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
      while (width(line.toString(), size) > width && line.length() > 1) {
        int fits = line.length() - 1;
        while (fits > 1 && width(line.substring(0, fits), size) > width) {
          fits--;
        }
        lines.add(line.substring(0, fits));
        line.delete(0, fits);
      }
    }
    lines.add(line.toString());
    return lines;
  }

  private float width(String text, float size) throws IOException {
    return font.getStringWidth(text) * size / 1000;
  }

  /** What the font does not have becomes a question mark. */
  private String known(String text) {
    StringBuilder known = new StringBuilder();
    text.codePoints()
        .map(c -> Character.isWhitespace(c) ? ' ' : c)
        .map(c -> c == ' ' || glyphs.getGlyphId(c) != 0 ? c : '?')
        .forEach(known::appendCodePoint);
    return known.toString();
  }

  /** The file: equal for equal content. Every page ends with the notice and its number. */
  byte[] finish(String notice) throws IOException {
    page.close();
    int pages = document.getNumberOfPages();
    for (int i = 0; i < pages; i++) {
      page = new PDPageContentStream(document, document.getPage(i), AppendMode.APPEND, true, true);
      put(notice, MARGIN, SMALL, MARGIN);
      put((i + 1) + " / " + pages, MARGIN + WIDTH - 24, SMALL, MARGIN);
      page.close();
    }
    // Else the time of day would be in it.
    document.setDocumentId(0L);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    document.save(out);
    return out.toByteArray();
  }

  @Override
  public void close() throws IOException {
    document.close();
    face.close();
  }
}
