package io.github.brainimaging.models.onnx.internal.graph;

import ai.onnx.proto.OnnxMl.TensorProto;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Whether a tensor of an ONNX file has a type that exists and as many values as its axes say. */
final class TensorCheck {

  /** Bits of a value for each type from 0 on, in the order of ONNX; 0 where there is no such. */
  private static final int[] BITS = {
    0, 32, 8, 8, 16, 16, 32, 64, 0, 8, 16, 64, 32, 64, 64, 128, 16, 8, 8, 8, 8, 4, 4, 4, 8
  };

  private static final int STRING = TensorProto.DataType.STRING_VALUE;

  private final @Nullable Path model;
  private final Set<String> files = new TreeSet<>();

  /** A check of the tensors in a file; null if they are in memory. */
  TensorCheck(@Nullable Path model) {
    this.model = model;
  }

  static void requireType(String owner, int type) throws EngineFailure {
    boolean known = type == STRING || (type > 0 && type < BITS.length && BITS[type] > 0);
    EngineFailure.require(
        known, "%s has data type %d, expected one of 1 to %d", owner, type, BITS.length - 1);
  }

  /** The other files that hold values of what was checked so far. */
  Set<String> files() {
    return files;
  }

  void check(String owner, TensorProto tensor) throws EngineFailure {
    int type = tensor.getDataType();
    requireType(owner, type);
    EngineFailure.require(!tensor.hasSegment(), "%s is a segment, expected it whole", owner);
    long count = count(owner, tensor.getDimsList());
    boolean external = tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL;
    if (type == STRING) {
      EngineFailure.require(
          !external && !tensor.hasRawData() && tensor.getStringDataCount() == count,
          "%s has axes %s, expected as many texts in the file, found %d",
          owner,
          tensor.getDimsList(),
          tensor.getStringDataCount());
      return;
    }
    EngineFailure.require(
        count <= Long.MAX_VALUE / 128,
        "%s has axes %s, expected less",
        owner,
        tensor.getDimsList());
    long bytes = (count * BITS[type] + 7) / 8;
    if (external) {
      files.add(ExternalData.check(owner, tensor.getExternalDataList(), bytes, model));
    } else if (tensor.hasRawData()) {
      require(owner, tensor, bytes, tensor.getRawData().size(), "bytes");
    } else {
      requireTyped(owner, tensor, count);
    }
  }

  private static void requireTyped(String owner, TensorProto tensor, long count)
      throws EngineFailure {
    switch (tensor.getDataType()) {
      case TensorProto.DataType.FLOAT_VALUE ->
          require(owner, tensor, count, tensor.getFloatDataCount(), "values");
      case TensorProto.DataType.COMPLEX64_VALUE ->
          require(owner, tensor, 2 * count, tensor.getFloatDataCount(), "values");
      case TensorProto.DataType.DOUBLE_VALUE ->
          require(owner, tensor, count, tensor.getDoubleDataCount(), "values");
      case TensorProto.DataType.COMPLEX128_VALUE ->
          require(owner, tensor, 2 * count, tensor.getDoubleDataCount(), "values");
      case TensorProto.DataType.INT64_VALUE ->
          require(owner, tensor, count, tensor.getInt64DataCount(), "values");
      case TensorProto.DataType.UINT32_VALUE, TensorProto.DataType.UINT64_VALUE ->
          require(owner, tensor, count, tensor.getUint64DataCount(), "values");
      default -> {
        int perEntry = BITS[tensor.getDataType()] == 4 ? 2 : 1;
        long entries = (count + perEntry - 1) / perEntry;
        require(owner, tensor, entries, tensor.getInt32DataCount(), "values");
      }
    }
  }

  private static void require(
      String owner, TensorProto tensor, long expected, long found, String what)
      throws EngineFailure {
    EngineFailure.require(
        found == expected,
        "%s has axes %s of data type %d, expected %d %s, found %d",
        owner,
        tensor.getDimsList(),
        tensor.getDataType(),
        expected,
        what,
        found);
  }

  /** The product of the axes; the largest number if it is larger. */
  private static long count(String owner, List<Long> axes) throws EngineFailure {
    long count = 1;
    for (long length : axes) {
      EngineFailure.require(length >= 0, "%s has axes %s, expected none below 0", owner, axes);
      boolean fits = length == 0 || count <= Long.MAX_VALUE / length;
      count = fits ? count * length : Long.MAX_VALUE;
    }
    return count;
  }
}
