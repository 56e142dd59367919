package io.github.brainimaging.core.io.internal.dicom.element;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * What a de-identified image keeps: numbers, codes, tables and sequences of acquisition, place and
 * image of which PS3.15, table E.1-1 asks nothing; made by kept_elements.py. No free text, name,
 * date or private element is among them.
 */
public final class KeptElements {

  private static final String LIST = "kept-elements.txt";

  private static final Map<Integer, String> TYPES = read();

  private KeptElements() {}

  private static Map<Integer, String> read() {
    try (InputStream in = KeptElements.class.getResourceAsStream(LIST)) {
      if (in == null) {
        throw new IllegalStateException(LIST + " is not beside this class");
      }
      Map<Integer, String> types = new HashMap<>();
      new String(in.readAllBytes(), StandardCharsets.US_ASCII)
          .lines()
          .forEach(
              line -> types.put(Integer.parseInt(line.substring(0, 8), 16), line.substring(9)));
      return Map.copyOf(types);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Its type (VR), XS for US or, of signed pixels, SS; empty if it is not kept. */
  public static String type(int tag) {
    return TYPES.getOrDefault(tag, "");
  }

  public static boolean isSequence(int tag) {
    return type(tag).equals("SQ");
  }

  public static boolean isValue(int tag) {
    return TYPES.containsKey(tag) && !isSequence(tag);
  }
}
