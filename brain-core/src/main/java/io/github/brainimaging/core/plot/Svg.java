package io.github.brainimaging.core.plot;

import java.awt.Dimension;
import java.awt.Graphics2D;
import java.io.StringWriter;
import java.util.function.Consumer;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.SVGGraphics2D;
import org.apache.batik.svggen.SVGGraphics2DIOException;
import org.w3c.dom.Document;

/** What Java 2D draws, as SVG, by Batik. */
final class Svg {

  private static final String NAMESPACE = "http://www.w3.org/2000/svg";

  private Svg() {}

  static String of(int width, int height, Consumer<Graphics2D> painter) {
    try {
      Document document =
          DocumentBuilderFactory.newDefaultInstance()
              .newDocumentBuilder()
              .getDOMImplementation()
              .createDocument(NAMESPACE, "svg", null);
      SVGGraphics2D canvas = new SVGGraphics2D(document);
      canvas.setSVGCanvasSize(new Dimension(width, height));
      painter.accept(canvas);
      StringWriter text = new StringWriter();
      canvas.stream(text, true);
      return text.toString();
    } catch (ParserConfigurationException | SVGGraphics2DIOException e) {
      throw new IllegalStateException("an SVG document cannot be made", e);
    }
  }
}
