package io.github.brainimaging.core.io.internal.dicom.result;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.github.brainimaging.core.io.internal.dicom.Tag;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A data set that is being made: little endian with types, all lengths defined, elements in the
 * order of their tags. Belongs to one thread.
 */
final class DataSetWriter {

  private static final int LONGEST_DECIMAL = 16;
  private static final int LONGEST_VALUE = 65_534;

  /** Types whose length has four bytes. */
  private static final Set<String> WIDE = Set.of("SQ", "OB", "UT");

  private final Map<Attribute, byte[]> values =
      new TreeMap<>(Comparator.comparing(a -> a.tag, Integer::compareUnsigned));

  @CanIgnoreReturnValue
  DataSetWriter bytes(Attribute attribute, byte[] value) {
    values.put(attribute, value);
    return this;
  }

  /** An ASCII text; several values are joined by backslashes. */
  @CanIgnoreReturnValue
  DataSetWriter text(Attribute attribute, String text) {
    return bytes(attribute, text.getBytes(StandardCharsets.US_ASCII));
  }

  /** The ASCII text of an element that is there. */
  String text(Attribute attribute) {
    return new String(values.getOrDefault(attribute, new byte[0]), StandardCharsets.US_ASCII);
  }

  /** Decimal numbers (DS), each cut to the 16 characters that the type allows. */
  @CanIgnoreReturnValue
  DataSetWriter decimals(Attribute attribute, double... numbers) {
    return text(
        attribute,
        String.join("\\", Arrays.stream(numbers).mapToObj(DataSetWriter::decimal).toList()));
  }

  private static String decimal(double number) {
    BigDecimal exact = BigDecimal.valueOf(number);
    String text = Double.toString(number);
    for (int digits = 15; text.length() > LONGEST_DECIMAL; digits--) {
      text = exact.round(new MathContext(digits)).toString();
    }
    return text;
  }

  @CanIgnoreReturnValue
  DataSetWriter uint16(Attribute attribute, int number) {
    return bytes(attribute, little(number, 2));
  }

  @CanIgnoreReturnValue
  DataSetWriter uint32(Attribute attribute, int... numbers) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int number : numbers) {
      out.writeBytes(little(number, 4));
    }
    return bytes(attribute, out.toByteArray());
  }

  /** The tag of another attribute as a value (AT). */
  @CanIgnoreReturnValue
  DataSetWriter pointer(Attribute attribute, Attribute target) {
    return bytes(attribute, tag(target.tag));
  }

  @CanIgnoreReturnValue
  DataSetWriter sequence(Attribute attribute, DataSetWriter... items) {
    return sequence(attribute, List.of(items));
  }

  @CanIgnoreReturnValue
  DataSetWriter sequence(Attribute attribute, List<DataSetWriter> items) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (DataSetWriter item : items) {
      byte[] content = item.toBytes();
      out.writeBytes(tag(Tag.ITEM));
      out.writeBytes(little(content.length, 4));
      out.writeBytes(content);
    }
    return bytes(attribute, out.toByteArray());
  }

  byte[] toBytes() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    values.forEach((attribute, value) -> write(attribute, value, out));
    return out.toByteArray();
  }

  private static void write(Attribute attribute, byte[] value, ByteArrayOutputStream out) {
    int padding = value.length % 2;
    int length = value.length + padding;
    if (!WIDE.contains(attribute.type) && length > LONGEST_VALUE) {
      throw new IllegalArgumentException(
          Tag.name(attribute.tag) + ": a value of " + length + " bytes is longer than 65,534");
    }
    boolean wide = WIDE.contains(attribute.type);
    out.writeBytes(tag(attribute.tag));
    out.writeBytes(attribute.type.getBytes(StandardCharsets.US_ASCII));
    if (wide) {
      out.writeBytes(new byte[2]);
    }
    out.writeBytes(little(length, wide ? 4 : 2));
    out.writeBytes(value);
    if (padding > 0) {
      boolean zero = attribute.type.equals("UI") || attribute.type.equals("OB");
      out.write(zero ? 0 : ' ');
    }
  }

  private static byte[] tag(int tag) {
    return little((tag >>> 16) | (tag << 16), 4);
  }

  private static byte[] little(int number, int size) {
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) (number >>> (8 * i));
    }
    return bytes;
  }
}
