package io.github.brainimaging.core.io.internal.dicom;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What holds for one frame: its own functional groups, then the shared ones, then the data set
 * itself (PS3.3, C.7.6.16). Immutable.
 */
final class FrameFacts {

  private final DataSet own;
  private final DataSet common;

  private FrameFacts(DataSet own, DataSet common) {
    this.own = own;
    this.common = common;
  }

  /** What holds for all frames, put together once: a file may have as many groups as frames. */
  static DataSet common(DataSet data) {
    DataSet common = data.empty();
    for (DataSet shared : data.items(Tag.SHARED_GROUPS)) {
      shared.allItems().forEach(common::addAbsent);
    }
    common.addAbsent(data);
    return common;
  }

  /**
   * The facts of a frame.
   *
   * @param data the data set
   * @param common its {@link #common}
   */
  static FrameFacts of(DataSet data, DataSet common, int frame) {
    List<DataSet> groups = data.items(Tag.FRAME_GROUPS);
    DataSet own = data.empty();
    if (frame < groups.size()) {
      groups.get(frame).allItems().forEach(own::addAbsent);
    }
    return new FrameFacts(own, common);
  }

  private DataSet scope(int tag) {
    return own.has(tag) ? own : common;
  }

  double[] decimals(int tag) throws IOException {
    return scope(tag).decimals(tag);
  }

  OptionalDouble decimal(int tag) throws IOException {
    return scope(tag).decimal(tag);
  }

  OptionalDouble float64(int tag) {
    return scope(tag).float64(tag);
  }

  double[] float64s(int tag) {
    return scope(tag).float64s(tag);
  }

  /** Binary numbers of four bytes (UL). */
  double[] uint32s(int tag) {
    return scope(tag).uint32s(tag);
  }

  String text(int tag) {
    return scope(tag).text(tag);
  }

  List<String> texts(int tag) {
    return scope(tag).texts(tag);
  }

  List<DataSet> items(int tag) {
    return Optional.of(own.items(tag)).filter(i -> !i.isEmpty()).orElse(common.items(tag));
  }
}
