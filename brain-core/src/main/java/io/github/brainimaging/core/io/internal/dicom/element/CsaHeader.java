package io.github.brainimaging.core.io.internal.dicom.element;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The private headers of Siemens, wherever an archive has moved them to. */
public final class CsaHeader {

  private static final String CREATOR = "SIEMENS CSA HEADER";
  private static final String PROTOCOL_SLICES = "sSliceArray.lSize";
  private static final int NAME = 64;
  private static final int MAXIMUM_TAGS = 128;

  private CsaHeader() {}

  /** The header of the image. */
  public static Optional<byte[]> image(DataSet data) {
    // Some anonymizers leave the header but remove the name of its creator.
    return PrivateElements.find(data, CREATOR, 0x0029, 0x10)
        .or(() -> data.bytes(0x00291010).filter(CsaHeader::isSecond));
  }

  private static boolean isSecond(byte[] csa) {
    return text(ByteBuffer.wrap(csa), 4).equals("SV10");
  }

  /** The number of tiles where the header of the image is missing. */
  public static OptionalInt tilesElsewhere(DataSet data) {
    return PrivateElements.find(data, "SIEMENS MR HEADER", 0x0019, 0x0A)
        .filter(count -> count.length >= 2)
        .map(
            count ->
                OptionalInt.of(
                    ByteBuffer.wrap(count).order(ByteOrder.LITTLE_ENDIAN).getShort() & 0xFFFF))
        .orElse(OptionalInt.empty());
  }

  /** The number of slices that the protocol of the series asked for. */
  public static OptionalInt slicesOfProtocol(DataSet data) {
    // The protocol within the header of the series: a text of lines "name = value".
    String series =
        PrivateElements.find(data, CREATOR, 0x0029, 0x20)
            .map(bytes -> new String(bytes, StandardCharsets.ISO_8859_1))
            .orElse("");
    int at = series.lastIndexOf(PROTOCOL_SLICES);
    if (at < 0) {
      return OptionalInt.empty();
    }
    int from = at + PROTOCOL_SLICES.length();
    String rest = series.substring(from, Math.min(series.length(), from + 32)).stripLeading();
    String digits = rest.startsWith("=") ? rest.substring(1).strip().split("\\D", 2)[0] : "";
    return digits.isEmpty() || digits.length() > 5
        ? OptionalInt.empty()
        : OptionalInt.of(Integer.parseInt(digits));
  }

  /** The numbers of one tag of a header of either version. */
  public static List<Double> numbers(byte[] csa, String wanted) throws IOException {
    try {
      return read(ByteBuffer.wrap(csa).order(ByteOrder.LITTLE_ENDIAN), wanted);
    } catch (BufferUnderflowException | ArithmeticException | IllegalArgumentException e) {
      // Without the cause, whose message may show a value.
      throw new IOException("the CSA header of the mosaic is damaged");
    }
  }

  private static List<Double> read(ByteBuffer buffer, String wanted) throws IOException {
    boolean second = text(buffer, 4).equals("SV10");
    buffer.position(second ? 8 : 0);
    int tags = buffer.getInt();
    if (tags < 1 || buffer.getInt() != 77) {
      throw new IOException("expected a CSA header, found something else");
    }
    List<Double> numbers = new ArrayList<>();
    for (int i = 0; i < Math.min(MAXIMUM_TAGS, tags); i++) {
      String name = text(buffer, NAME);
      buffer.position(buffer.position() + 12);
      int items = buffer.getInt();
      buffer.getInt();
      for (int k = 0; k < items; k++) {
        buffer.getInt();
        int length = buffer.getInt();
        buffer.position(buffer.position() + 8);
        int next = Math.addExact(buffer.position(), Math.addExact(length, 3) & ~3);
        String value = name.equals(wanted) && length > 0 ? text(buffer, length) : "";
        if (!value.isBlank()) {
          numbers.add(Double.valueOf(value.trim()));
        }
        buffer.position(next);
      }
      if (name.equals(wanted)) {
        return numbers;
      }
    }
    return numbers;
  }

  private static String text(ByteBuffer buffer, int length) {
    byte[] bytes = new byte[Math.min(length, buffer.remaining())];
    buffer.get(bytes);
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    int end = text.indexOf(0);
    return end < 0 ? text : text.substring(0, end);
  }
}
