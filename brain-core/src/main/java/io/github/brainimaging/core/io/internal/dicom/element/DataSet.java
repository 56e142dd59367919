package io.github.brainimaging.core.io.internal.dicom.element;

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
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** The elements of a data set that are of use, by tag. Filled by one thread, then only read. */
public final class DataSet {

  private static final byte[] NONE = {};

  private final Map<Integer, byte[]> values = new HashMap<>();
  private final Map<Integer, List<DataSet>> sequences = new HashMap<>();
  private final ByteOrder order;

  DataSet(boolean bigEndian) {
    this(bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
  }

  private DataSet(ByteOrder order) {
    this.order = order;
  }

  /** Another one in the same byte order. */
  DataSet empty() {
    return new DataSet(order);
  }

  void put(int tag, byte[] value) {
    values.put(tag, value);
  }

  void add(int tag, List<DataSet> items) {
    sequences.put(tag, items);
  }

  /** Takes over what this one does not tell. */
  void addAbsent(DataSet other) {
    other.values.forEach(
        (tag, value) -> {
          if (value.length > 0) {
            values.putIfAbsent(tag, value);
          }
        });
    other.sequences.forEach(
        (tag, items) -> {
          if (!items.isEmpty()) {
            sequences.putIfAbsent(tag, items);
          }
        });
  }

  /**
   * Whether an element has a value.
   *
   * @param tag group and element
   * @return true if it has
   */
  public boolean has(int tag) {
    return values.getOrDefault(tag, NONE).length > 0;
  }

  /** Whether any of some elements has a value. */
  boolean hasAny(Set<Integer> tags) {
    for (Map.Entry<Integer, byte[]> entry : values.entrySet()) {
      if (entry.getValue().length > 0 && tags.contains(entry.getKey())) {
        return true;
      }
    }
    return false;
  }

  /** The tags of its values and its sequences, ascending. */
  public SortedSet<Integer> tags() {
    SortedSet<Integer> tags = new TreeSet<>(Integer::compareUnsigned);
    tags.addAll(values.keySet());
    tags.addAll(sequences.keySet());
    return tags;
  }

  public boolean isBigEndian() {
    return order == ByteOrder.BIG_ENDIAN;
  }

  /** The items of a sequence; none if it is absent. */
  public List<DataSet> items(int tag) {
    return sequences.getOrDefault(tag, List.of());
  }

  /** All items of all sequences, and theirs: there the functional groups of a frame keep values. */
  List<DataSet> allItems() {
    List<DataSet> all = new ArrayList<>();
    for (List<DataSet> items : sequences.values()) {
      for (DataSet item : items) {
        all.add(item);
        all.addAll(item.items(Tag.GRADIENT));
      }
    }
    return all;
  }

  /**
   * The value of an element as it is stored.
   *
   * @param tag group and element
   * @return empty if it is absent; not a copy
   */
  public Optional<byte[]> bytes(int tag) {
    return Optional.ofNullable(values.get(tag));
  }

  /**
   * A text without its padding.
   *
   * @param tag group and element
   * @return empty if it is absent
   */
  public String text(int tag) {
    byte[] value = values.getOrDefault(tag, NONE);
    return new String(value, StandardCharsets.ISO_8859_1).replace('\0', ' ').trim();
  }

  /** The parts of a text between its backslashes. */
  public List<String> texts(int tag) {
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
  public int[] uint16s(int tag) {
    ByteBuffer value = buffer(tag);
    int[] numbers = new int[value.remaining() / 2];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = value.getShort(2 * i) & 0xFFFF;
    }
    return numbers;
  }

  public OptionalInt uint16(int tag) {
    int[] numbers = uint16s(tag);
    return numbers.length > 0 ? OptionalInt.of(numbers[0]) : OptionalInt.empty();
  }

  public ByteBuffer buffer(int tag) {
    return ByteBuffer.wrap(values.getOrDefault(tag, NONE)).order(order);
  }

  /** Binary numbers of four bytes (UL). */
  double[] uint32s(int tag) {
    ByteBuffer value = buffer(tag);
    double[] numbers = new double[value.remaining() / 4];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = value.getInt(4 * i) & 0xFFFFFFFFL;
    }
    return numbers;
  }

  /** Binary whole numbers of eight bytes (OV). */
  public long[] uint64s(int tag) {
    ByteBuffer value = buffer(tag);
    long[] numbers = new long[value.remaining() / 8];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = value.getLong(8 * i);
    }
    return numbers;
  }

  /** Binary numbers of eight bytes (FD); of four bytes (FL) if there are but these. */
  double[] floats(int tag) {
    ByteBuffer value = buffer(tag);
    if (value.remaining() == Float.BYTES) {
      return new double[] {value.getFloat(0)};
    }
    double[] numbers = new double[value.remaining() / 8];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = value.getDouble(8 * i);
    }
    return numbers;
  }

  /** Decimal numbers written as text (DS, IS). */
  public double[] decimals(int tag) throws IOException {
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

  public OptionalDouble decimal(int tag) throws IOException {
    double[] numbers = decimals(tag);
    return numbers.length > 0 ? OptionalDouble.of(numbers[0]) : OptionalDouble.empty();
  }
}
