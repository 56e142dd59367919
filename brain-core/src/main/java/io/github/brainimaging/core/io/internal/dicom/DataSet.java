package io.github.brainimaging.core.io.internal.dicom;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** The elements of a data set that are of use, by tag. Filled by one thread, then only read. */
final class DataSet {

  private final Map<Integer, byte[]> values = new HashMap<>();
  private final Map<Integer, List<DataSet>> sequences = new HashMap<>();
  private final ByteOrder order;

  DataSet(boolean bigEndian) {
    this.order = bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
  }

  void put(int tag, byte[] value) {
    values.put(tag, value);
  }

  void add(int tag, List<DataSet> items) {
    sequences.put(tag, items);
  }

  boolean has(int tag) {
    byte[] value = values.get(tag);
    return value != null && value.length > 0;
  }

  /** The items of a sequence; none if it is absent. */
  List<DataSet> items(int tag) {
    return sequences.getOrDefault(tag, List.of());
  }

  /** All items of all sequences, which is where the functional groups of a frame keep values. */
  List<DataSet> allItems() {
    List<DataSet> all = new ArrayList<>();
    sequences.values().forEach(all::addAll);
    return all;
  }

  Optional<byte[]> bytes(int tag) {
    return Optional.ofNullable(values.get(tag));
  }

  /** A text without its padding; empty if it is absent. */
  String text(int tag) {
    byte[] value = values.getOrDefault(tag, new byte[0]);
    return new String(value, StandardCharsets.ISO_8859_1).replace('\0', ' ').trim();
  }

  /** The parts of a text between its backslashes. */
  List<String> texts(int tag) {
    String text = text(tag);
    List<String> parts = new ArrayList<>();
    int start = 0;
    while (!text.isEmpty() && start <= text.length()) {
      int end = text.indexOf('\\', start);
      end = end < 0 ? text.length() : end;
      parts.add(text.substring(start, end).trim());
      start = end + 1;
    }
    return parts;
  }

  /** Binary numbers of two bytes (US, SS). */
  int[] uint16s(int tag) {
    ByteBuffer value = buffer(tag);
    int[] numbers = new int[value.remaining() / 2];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = value.getShort(2 * i) & 0xFFFF;
    }
    return numbers;
  }

  OptionalInt uint16(int tag) {
    int[] numbers = uint16s(tag);
    return numbers.length > 0 ? OptionalInt.of(numbers[0]) : OptionalInt.empty();
  }

  ByteBuffer buffer(int tag) {
    return ByteBuffer.wrap(values.getOrDefault(tag, new byte[0])).order(order);
  }

  /** A binary number of eight bytes (FD). */
  OptionalDouble float64(int tag) {
    ByteBuffer value = buffer(tag);
    return value.remaining() >= 8 ? OptionalDouble.of(value.getDouble(0)) : OptionalDouble.empty();
  }

  /** Decimal numbers written as text (DS, IS). */
  double[] decimals(int tag) throws IOException {
    List<String> texts = texts(tag);
    double[] numbers = new double[texts.size()];
    for (int i = 0; i < numbers.length; i++) {
      try {
        numbers[i] = Double.parseDouble(texts.get(i));
      } catch (NumberFormatException e) {
        // Without the cause, whose message would show the value.
        throw new IOException(Tag.name(tag) + ": expected numbers, found something else");
      }
      if (!Double.isFinite(numbers[i])) {
        throw new IOException(Tag.name(tag) + ": expected finite numbers");
      }
    }
    return numbers;
  }

  OptionalDouble decimal(int tag) throws IOException {
    double[] numbers = decimals(tag);
    return numbers.length > 0 ? OptionalDouble.of(numbers[0]) : OptionalDouble.empty();
  }
}
