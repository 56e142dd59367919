package io.github.brainimaging.core.io.internal.volume;

import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.image.VoxelType;
import io.github.brainimaging.core.io.internal.Bytes;
import io.github.brainimaging.core.io.internal.volume.VoxelPlace.Encoding;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.Locale;

/**
 * NRRD (teem.sourceforge.net, "Definition of NRRD File Format"): {@code .nrrd} with its voxels, or
 * a {@code .nhdr} that names one file with them.
 */
final class NrrdFormat implements VolumeFormat {

  @Override
  public String name() {
    return "NRRD";
  }

  @Override
  public boolean recognizes(FileStart start) {
    return Bytes.match(start.bytes(), 0, 'N', 'R', 'R', 'D', '0', '0', '0')
        && !start.isCompressed();
  }

  @Override
  public boolean isSlice(FileStart start) {
    try {
      NrrdFields fields = NrrdFields.of(start.bytes());
      NrrdAxes axes = new NrrdAxes(fields);
      VolumeGrid grid = axes.grid();
      return grid.depth() == 1 && axes.layout(grid, type(fields)).volumes() == 1;
    } catch (IOException e) {
      return true;
    }
  }

  @Override
  public VolumeHeader parse(FileStart start) throws IOException {
    NrrdFields fields = NrrdFields.of(start.bytes());
    fields.requireWhole();
    VoxelType type = type(fields);
    NrrdAxes axes = new NrrdAxes(fields);
    VolumeGrid grid = axes.grid();
    String data = fields.find("data file").orElse("");
    return new VolumeHeader(
        grid,
        axes.layout(grid, type),
        Double.NaN,
        SampleType.plain(type, order(fields, type)),
        place(fields, data),
        data.isEmpty() ? null : dataFile(data),
        axes.warnings());
  }

  private static DataFile dataFile(String name) throws IOException {
    boolean many = name.startsWith("LIST") || name.matches(".*%0?\\d*d.*\\s.*");
    if (many) {
      throw HeaderText.bad("data file", "the name of one file", name);
    }
    return DataFile.named("data file", name);
  }

  private static VoxelPlace place(NrrdFields fields, String data) throws IOException {
    Encoding encoding = encoding(fields);
    int skip = HeaderText.whole("byte skip", fields.find("byte skip").orElse("0"), -1);
    int lines = HeaderText.whole("line skip", fields.find("line skip").orElse("0"), 0);
    if (skip < 0 && encoding != Encoding.RAW) {
      throw HeaderText.bad("byte skip", "at least 0 where the encoding is not raw", skip);
    }
    long start = data.isEmpty() ? fields.offset() : 0;
    return skip < 0
        ? new VoxelPlace(encoding, VoxelPlace.AT_END, 0)
        : new VoxelPlace(encoding, start, lines, skip);
  }

  private static Encoding encoding(NrrdFields fields) throws IOException {
    String name = fields.get("encoding");
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "raw" -> Encoding.RAW;
      case "gz", "gzip" -> Encoding.GZIP;
      case "txt", "text", "ascii" -> Encoding.TEXT;
      default -> throw HeaderText.bad("encoding", "raw, gzip or text", name);
    };
  }

  private static ByteOrder order(NrrdFields fields, VoxelType type) throws IOException {
    if (type.bytes() == 1 || encoding(fields) == Encoding.TEXT) {
      return ByteOrder.LITTLE_ENDIAN;
    }
    String name = fields.get("endian");
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "little" -> ByteOrder.LITTLE_ENDIAN;
      case "big" -> ByteOrder.BIG_ENDIAN;
      default -> throw HeaderText.bad("endian", "little or big", name);
    };
  }

  private static VoxelType type(NrrdFields fields) throws IOException {
    String name = fields.get("type");
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "signed char", "int8", "int8_t" -> VoxelType.INT8;
      case "uchar", "unsigned char", "uint8", "uint8_t" -> VoxelType.UINT8;
      case "short", "short int", "signed short", "signed short int", "int16", "int16_t" ->
          VoxelType.INT16;
      case "ushort", "unsigned short", "unsigned short int", "uint16", "uint16_t" ->
          VoxelType.UINT16;
      case "int", "signed int", "int32", "int32_t" -> VoxelType.INT32;
      case "uint", "unsigned int", "uint32", "uint32_t" -> VoxelType.UINT32;
      case "longlong",
          "long long",
          "long long int",
          "signed long long",
          "signed long long int",
          "int64",
          "int64_t" ->
          VoxelType.INT64;
      case "ulonglong", "unsigned long long", "unsigned long long int", "uint64", "uint64_t" ->
          VoxelType.UINT64;
      case "float" -> VoxelType.FLOAT32;
      case "double" -> VoxelType.FLOAT64;
      default -> throw HeaderText.bad("type", "whole numbers or floats of 8 to 64 bits", name);
    };
  }
}
