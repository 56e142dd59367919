package io.github.brainimaging.core.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The elements of a file of explicit types and defined lengths, read without the library. */
record DicomElements(Map<Integer, byte[]> values, Map<Integer, List<DicomElements>> sequences) {

  private static final Set<String> WIDE = Set.of("SQ", "OB", "OW", "OF", "UT", "UN");

  static DicomElements read(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    return of(Arrays.copyOfRange(bytes, 132, bytes.length));
  }

  private static DicomElements of(byte[] bytes) {
    DicomElements elements = new DicomElements(new TreeMap<>(), new TreeMap<>());
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    while (in.hasRemaining()) {
      int tag = tag(in);
      byte[] type = new byte[2];
      in.get(type);
      String name = new String(type, StandardCharsets.US_ASCII);
      int length = WIDE.contains(name) ? in.position(in.position() + 2).getInt() : in.getChar();
      byte[] value = new byte[length];
      in.get(value);
      if (name.equals("SQ")) {
        elements.sequences.put(tag, items(value));
      } else {
        elements.values.put(tag, value);
      }
    }
    return elements;
  }

  private static int tag(ByteBuffer in) {
    return in.getChar() << 16 | in.getChar();
  }

  private static List<DicomElements> items(byte[] bytes) {
    List<DicomElements> items = new ArrayList<>();
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    while (in.hasRemaining()) {
      if (tag(in) != 0xFFFEE000) {
        throw new IllegalStateException("expected an item");
      }
      byte[] value = new byte[in.getInt()];
      in.get(value);
      items.add(of(value));
    }
    return items;
  }

  String text(int tag) {
    return new String(values.getOrDefault(tag, new byte[0]), StandardCharsets.ISO_8859_1)
        .replace('\0', ' ')
        .trim();
  }

  List<DicomElements> items(int tag) {
    return sequences.getOrDefault(tag, List.of());
  }

  DicomElements item(int tag) {
    return items(tag).get(0);
  }
}
