package io.github.brainimaging.core.report;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;

/** The part of a page that shows one slice of each plane at a time, to scroll through. */
final class SliceScroller {

  private SliceScroller() {}

  /**
   * Everything but the script, which {@link #script} has and the end of the page needs; without one
   * it stays hidden.
   *
   * @param captions what is said of slices of the first plane, by their number
   */
  static String html(List<SliceSheets> planes, Map<Integer, String> captions) throws IOException {
    boolean outlines = planes.stream().anyMatch(SliceSheets::hasOutlines);
    return """
    <section id="scroller" class="scroller" hidden>
    <h2>Slice by slice</h2>
    <p class="controls">%s%s\
    <small>Wheel, slider or arrow keys%s</small></p>
    <div id="views" class="views"></div>
    <script type="application/json" id="slices">%s</script>
    </section>
    """
        .formatted(
            box("outlines", "Outlines", outlines),
            planes.size() > 1 ? box("cross", "Where the planes cross", true) : "",
            planes.size() > 1 ? "; a click brings the other planes there" : "",
            data(planes, captions));
  }

  private static String box(String id, String text, boolean of) {
    return "<label%s><input id=\"%s\" type=\"checkbox\"%s> %s</label>\n"
        .formatted(of ? "" : " hidden", id, of ? " checked" : "", text);
  }

  private static String data(List<SliceSheets> planes, Map<Integer, String> captions)
      throws IOException {
    StringWriter text = new StringWriter();
    JsonWriter json = new JsonWriter(text);
    json.setHtmlSafe(true);
    json.beginObject();
    json.name("planes").beginArray();
    for (SliceSheets sheets : planes) {
      sheets.write(json);
    }
    json.endArray();
    json.name("captions").beginObject();
    for (Map.Entry<Integer, String> caption : captions.entrySet()) {
      json.name(caption.getKey().toString()).value(caption.getValue());
    }
    json.endObject();
    json.endObject();
    return text.toString();
  }

  /** What belongs at the end of the page. */
  static String script() throws IOException {
    return "<script>\n" + ReportPage.resource("volume.js") + "</script>\n";
  }
}
