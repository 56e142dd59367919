package io.github.brainimaging.core.io.internal.dicom.element;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * What holds for one frame: its own functional groups, then the shared ones, then the data set
 * itself (PS3.3, C.7.6.16). Immutable.
 */
public final class FrameFacts {

  private static final Pattern NUMBER = Pattern.compile("[+-]?\\d{1,14}(\\.\\d{1,12})?");

  /** What holds for all frames; parsed once, since a file may have 65,536 of them. Thread-safe. */
  public static final class Common {
    private final DataSet data;
    private final Map<Integer, double[]> decimals = new ConcurrentHashMap<>();
    private final Map<Integer, String> texts = new ConcurrentHashMap<>();
    private final Map<Integer, Double> numbers = new ConcurrentHashMap<>();

    private Common(DataSet data) {
      this.data = data;
    }

    private double[] decimals(int tag) throws IOException {
      double[] found = decimals.get(tag);
      if (found == null) {
        found = data.decimals(tag);
        decimals.put(tag, found);
      }
      return found;
    }

    private String text(int tag) {
      return texts.computeIfAbsent(tag, data::text);
    }

    private double number(int tag) {
      return numbers.computeIfAbsent(tag, t -> FrameFacts.number(data.texts(t)));
    }
  }

  private final DataSet own;
  private final Common common;

  private FrameFacts(DataSet own, Common common) {
    this.own = own;
    this.common = common;
  }

  /** What holds for all frames, put together once: a file may have as many groups as frames. */
  public static Common common(DataSet data) {
    DataSet common = data.empty();
    for (DataSet shared : data.items(Tag.SHARED_GROUPS)) {
      shared.allItems().forEach(common::addAbsent);
    }
    common.addAbsent(data);
    return new Common(common);
  }

  /** A frame that tells nothing itself. */
  public static FrameFacts of(Common common) {
    return new FrameFacts(common.data.empty(), common);
  }

  /**
   * The facts of a frame.
   *
   * @param data the data set
   * @param common its {@link #common}
   */
  public static FrameFacts of(DataSet data, Common common, int frame) {
    List<DataSet> groups = data.items(Tag.FRAME_GROUPS);
    DataSet own = data.empty();
    if (frame < groups.size()) {
      groups.get(frame).allItems().forEach(own::addAbsent);
    }
    return new FrameFacts(own, common);
  }

  /** Whether it tells itself something that may differ from frame to frame. */
  public boolean tellsAny(Set<Integer> tags) {
    return own.hasAny(tags);
  }

  private DataSet scope(int tag) {
    return own.has(tag) ? own : common.data;
  }

  /** Numbers written as text; not to be changed. */
  public double[] decimals(int tag) throws IOException {
    return own.has(tag) ? own.decimals(tag) : common.decimals(tag);
  }

  public OptionalDouble decimal(int tag) throws IOException {
    double[] numbers = decimals(tag);
    return numbers.length > 0 ? OptionalDouble.of(numbers[0]) : OptionalDouble.empty();
  }

  /** A number, a date or a time of day as it is written, the first of several; 0 if it is none. */
  public double number(int tag) {
    return own.has(tag) ? number(own.texts(tag)) : common.number(tag);
  }

  private static double number(List<String> texts) {
    String text = texts.isEmpty() ? "" : texts.get(0);
    return NUMBER.matcher(text).matches() ? Double.parseDouble(text) : 0;
  }

  public boolean has(int tag) {
    return own.has(tag) || common.data.has(tag);
  }

  /** Binary numbers of eight bytes (FD), of four where there is but one (FL). */
  public double[] floats(int tag) {
    return scope(tag).floats(tag);
  }

  /** Binary numbers of four bytes (UL). */
  public double[] uint32s(int tag) {
    return scope(tag).uint32s(tag);
  }

  /** Binary numbers of four bytes, of two where there is but one (US). */
  public double[] counts(int tag) {
    double[] wide = scope(tag).uint32s(tag);
    return wide.length > 0
        ? wide
        : Arrays.stream(scope(tag).uint16s(tag)).asDoubleStream().toArray();
  }

  /** A number for the bytes of a value. */
  public int hash(int tag) {
    return scope(tag).bytes(tag).map(Arrays::hashCode).orElse(0);
  }

  public String text(int tag) {
    return own.has(tag) ? own.text(tag) : common.text(tag);
  }

  public List<String> texts(int tag) {
    return scope(tag).texts(tag);
  }

  public List<DataSet> items(int tag) {
    return Optional.of(own.items(tag)).filter(i -> !i.isEmpty()).orElse(common.data.items(tag));
  }
}
