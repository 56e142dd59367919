package io.github.brainimaging.core.io.internal.nifti;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Names of labels behind a header: the intent "label", and the table as the extension of Connectome
 * Workbench (code 30) has it.
 */
public final class LabelTable {

  private static final int INTENT_LABEL = 1002;
  private static final int EXTENSION_CODE = 30;

  /** Extensions are multiples of this. */
  private static final int UNIT = 16;

  /** How far the hue goes on from one label to the next: the golden angle tells neighbors apart. */
  private static final double HUE_STEP = 0.381966;

  private LabelTable() {}

  /**
   * The same start of a file with the table.
   *
   * @param start what {@link HeaderWriter#bytes} gives
   * @param header what it was made of
   * @param names of the labels 1, 2, ...
   * @return a longer start
   */
  public static byte[] behind(byte[] start, NiftiHeader header, List<String> names) {
    byte[] text = xml(names).getBytes(StandardCharsets.UTF_8);
    int length = (8 + text.length + UNIT - 1) / UNIT * UNIT;
    byte[] bytes = Arrays.copyOf(start, start.length + length);
    ByteBuffer to = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    boolean first = header.version() == 1;
    if (first) {
      to.putShort(68, (short) INTENT_LABEL);
    } else {
      to.putInt(504, INTENT_LABEL);
    }
    if (!header.pair() && first) {
      to.putFloat(108, bytes.length);
    } else if (!header.pair()) {
      to.putLong(168, bytes.length);
    }
    bytes[start.length - 4] = 1; // an extension follows
    to.putInt(start.length, length);
    to.putInt(start.length + 4, EXTENSION_CODE);
    to.put(start.length + 8, text);
    return bytes;
  }

  private static String xml(List<String> names) {
    StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    xml.append("<CaretExtension>\n<VolumeInformation Index=\"0\">\n<LabelTable>\n");
    xml.append("<Label Key=\"0\" Red=\"0\" Green=\"0\" Blue=\"0\" Alpha=\"0\">none</Label>\n");
    for (int i = 0; i < names.size(); i++) {
      double[] color = color(i);
      xml.append(
          String.format(
              Locale.ROOT,
              "<Label Key=\"%d\" Red=\"%.3f\" Green=\"%.3f\" Blue=\"%.3f\" Alpha=\"1\">%s</Label>\n",
              i + 1,
              color[0],
              color[1],
              color[2],
              escaped(names.get(i))));
    }
    return xml.append("</LabelTable>\n<VolumeType>Label</VolumeType>\n")
        .append("</VolumeInformation>\n</CaretExtension>\n")
        .toString();
  }

  private static double[] color(int label) {
    double hue = label * HUE_STEP;
    double[] color = new double[3];
    for (int i = 0; i < 3; i++) {
      double distance = Math.abs((hue + i / 3.0) % 1 * 6 - 3);
      color[i] = Math.min(1, Math.max(0, distance - 1));
    }
    return color;
  }

  private static String escaped(String name) {
    return name.replaceAll("\\p{Cntrl}", " ")
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;");
  }
}
