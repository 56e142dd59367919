package io.github.brainimaging.core.io.internal.dicom;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What holds for one frame: its own functional groups, then the shared ones, then the data set
 * itself (PS3.3, C.7.6.16).
 */
final class FrameFacts {

  private final List<DataSet> scopes = new ArrayList<>();

  FrameFacts(DataSet data, int frame) {
    List<DataSet> own = data.items(Tag.FRAME_GROUPS);
    if (frame < own.size()) {
      scopes.addAll(own.get(frame).allItems());
    }
    for (DataSet shared : data.items(Tag.SHARED_GROUPS)) {
      scopes.addAll(shared.allItems());
    }
    scopes.add(data);
  }

  private Optional<DataSet> scope(int tag) {
    return scopes.stream().filter(scope -> scope.has(tag)).findFirst();
  }

  double[] decimals(int tag) throws IOException {
    Optional<DataSet> scope = scope(tag);
    return scope.isPresent() ? scope.get().decimals(tag) : new double[0];
  }

  OptionalDouble decimal(int tag) throws IOException {
    double[] numbers = decimals(tag);
    return numbers.length > 0 ? OptionalDouble.of(numbers[0]) : OptionalDouble.empty();
  }

  OptionalDouble float64(int tag) {
    Optional<DataSet> scope = scope(tag);
    return scope.isPresent() ? scope.get().float64(tag) : OptionalDouble.empty();
  }

  /** A binary number of four bytes (UL). */
  OptionalDouble uint32(int tag) {
    Optional<DataSet> scope = scope(tag);
    return scope.isPresent() && scope.get().buffer(tag).remaining() >= 4
        ? OptionalDouble.of((double) (scope.get().buffer(tag).getInt(0) & 0xFFFFFFFFL))
        : OptionalDouble.empty();
  }

  String text(int tag) {
    return scope(tag).map(scope -> scope.text(tag)).orElse("");
  }

  List<DataSet> items(int tag) {
    return scopes.stream()
        .map(scope -> scope.items(tag))
        .filter(items -> !items.isEmpty())
        .findFirst()
        .orElse(List.of());
  }
}
