package io.github.brainimaging.core.io.internal.dicom.result;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.github.brainimaging.core.io.internal.dicom.element.ElementBytes;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A data set that is being made: little endian with types, all lengths defined, elements in the
 * order of their tags. Belongs to one thread.
 */
final class DataSetWriter {

  private static final int LONGEST_DECIMAL = 16;
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
  DataSetWriter uint16(Attribute attribute, int... numbers) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int number : numbers) {
      out.writeBytes(ElementBytes.little(number, 2));
    }
    return bytes(attribute, out.toByteArray());
  }

  @CanIgnoreReturnValue
  DataSetWriter uint32(Attribute attribute, int... numbers) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int number : numbers) {
      out.writeBytes(ElementBytes.little(number, 4));
    }
    return bytes(attribute, out.toByteArray());
  }

  /** Binary numbers of eight bytes (FD). */
  @CanIgnoreReturnValue
  DataSetWriter float64(Attribute attribute, double... numbers) {
    ByteBuffer out =
        ByteBuffer.allocate(Double.BYTES * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
    for (double number : numbers) {
      out.putDouble(number);
    }
    return bytes(attribute, out.array());
  }

  /** The tag of another attribute as a value (AT). */
  @CanIgnoreReturnValue
  DataSetWriter pointer(Attribute attribute, Attribute target) {
    return bytes(attribute, ElementBytes.tag(target.tag));
  }

  @CanIgnoreReturnValue
  DataSetWriter sequence(Attribute attribute, DataSetWriter... items) {
    return sequence(attribute, List.of(items));
  }

  @CanIgnoreReturnValue
  DataSetWriter sequence(Attribute attribute, List<DataSetWriter> items) {
    return bytes(
        attribute, ElementBytes.items(items.stream().map(DataSetWriter::toBytes).toList()));
  }

  byte[] toBytes() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    values.forEach(
        (attribute, value) -> ElementBytes.write(attribute.tag, attribute.type, value, out));
    return out.toByteArray();
  }
}
