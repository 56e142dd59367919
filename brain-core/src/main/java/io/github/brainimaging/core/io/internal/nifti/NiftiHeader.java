package io.github.brainimaging.core.io.internal.nifti;

import io.github.brainimaging.core.image.ScanFacts.Fact;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.image.VoxelType;
import io.github.brainimaging.core.io.internal.Bytes;
import io.github.brainimaging.core.io.internal.SequenceName;
import io.github.brainimaging.core.io.internal.volume.SampleType;
import io.github.brainimaging.core.io.internal.volume.VoxelPlace;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;

/**
 * What a header tells, checked.
 *
 * @param version 1 or 2
 * @param order byte order of header and voxels
 * @param pair whether the voxels are in another file, {@code .img}
 * @param grid size and place of a volume
 * @param volumes number of volumes: the product of the fourth to the seventh dimension
 * @param intervalSeconds time between volumes, NaN if unknown
 * @param type how a voxel is stored
 * @param dataOffset place of the first voxel in its file
 * @param slope what a stored number is multiplied with; 1 if the header asks for no scaling
 * @param intercept what is added then; 0 if the header asks for no scaling
 * @param warnings what is doubtful about the place, in sentences
 * @param sequence the sequence that the description names
 */
public record NiftiHeader(
    int version,
    ByteOrder order,
    boolean pair,
    VolumeGrid grid,
    int volumes,
    double intervalSeconds,
    VoxelType type,
    long dataOffset,
    double slope,
    double intercept,
    List<String> warnings,
    Optional<Fact> sequence) {

  private static final int MAXIMUM_DIMENSIONS = 7;
  private static final long MAXIMUM_BYTES = 1L << 60;

  /**
   * Whether a file starts like a NIfTI header.
   *
   * @param start the first bytes, 348 or more
   * @return true if {@link #parse} should be tried
   */
  public static boolean recognizes(byte[] start) {
    return Bytes.match(start, 344, 'n', '+', '1', 0)
        || Bytes.match(start, 344, 'n', 'i', '1', 0)
        || Bytes.match(start, 4, 'n', '+', '2', 0)
        || Bytes.match(start, 4, 'n', 'i', '2', 0);
  }

  /**
   * Reads a header.
   *
   * @param start the first 540 bytes, or the whole file if it is shorter
   * @return the header
   * @throws IOException if it is damaged or asks for what cannot be read; the message tells field,
   *     offset, what was found and expected
   */
  public static NiftiHeader parse(byte[] start) throws IOException {
    HeaderFields fields = HeaderFields.of(start);
    long dimensions = fields.dim(0);
    if (dimensions < 1 || dimensions > MAXIMUM_DIMENSIONS) {
      throw bad("dim[0]", fields.dimOffset(0), "1 to 7", dimensions);
    }
    VoxelType type = TypeCode.type(fields.datatype(), fields.datatypeOffset());
    long voxels = 1;
    long volumes = 1;
    for (int i = 1; i <= dimensions; i++) {
      // Writers leave 0 behind the axes that they fill; the reference library counts it as 1.
      long size = fields.dim(i) == 0 && i > 3 ? 1 : fields.dim(i);
      if (size < 1 || size > Integer.MAX_VALUE) {
        throw bad("dim[" + i + "]", fields.dimOffset(i), "1 to 2^31 - 1", size);
      }
      voxels *= i <= 3 ? size : 1;
      volumes *= i <= 3 ? 1 : size;
      // Both are below 2^31 here, and so is the next size: no product overflows.
      if (voxels > Integer.MAX_VALUE / type.channels() || volumes > Integer.MAX_VALUE) {
        throw bad(
            "dim[" + i + "]",
            fields.dimOffset(i),
            "fewer than 2^31 samples in a volume and fewer than 2^31 volumes",
            size);
      }
    }
    if (volumes > MAXIMUM_BYTES / (voxels * type.bytes())) {
      throw bad("dim", fields.dimOffset(0), "at most 2^60 bytes of voxels", "more");
    }
    VolumeGrid size = VolumeGrid.ofSize(size(fields, 1), size(fields, 2), size(fields, 3));
    double slope = fields.slope();
    boolean scaled = slope != 0 && Double.isFinite(slope) && type != VoxelType.RGB24;
    if (scaled && !Double.isFinite(fields.intercept())) {
      throw bad("scl_inter", fields.interceptOffset(), "a finite number", fields.intercept());
    }
    VolumeGrid grid = HeaderGeometry.place(size, fields);
    return new NiftiHeader(
        fields.version(),
        fields.order(),
        fields.isPair(),
        grid,
        (int) volumes,
        dimensions == 4 ? HeaderGeometry.intervalSeconds(fields) : Double.NaN,
        type,
        dataOffset(fields),
        scaled ? slope : 1,
        scaled ? fields.intercept() : 0,
        HeaderGeometry.warnings(grid, fields),
        SequenceName.of(fields.texts(), "header", false));
  }

  private static int size(HeaderFields fields, int i) {
    return i <= fields.dim(0) ? (int) fields.dim(i) : 1;
  }

  /**
   * In one file with the header the voxels come at least four bytes after it; 0 means just that.
   */
  private static long dataOffset(HeaderFields fields) throws IOException {
    double offset = fields.voxOffset();
    int least = fields.isPair() ? 0 : fields.length() + 4;
    if (offset == 0) {
      return least;
    }
    if (offset >= least && offset <= MAXIMUM_BYTES && offset == Math.rint(offset)) {
      return (long) offset;
    }
    throw bad(
        "vox_offset", fields.voxOffsetOffset(), "a whole number of at least " + least, offset);
  }

  private static IOException bad(String field, int offset, String expected, Object found) {
    return new IOException(
        "field " + field + " at offset " + offset + ": expected " + expected + ", found " + found);
  }

  /**
   * How a sample is stored.
   *
   * @return type, byte order and scale
   */
  public SampleType samples() {
    return new SampleType(type, order, slope, intercept);
  }

  /**
   * Where samples are in the file with the voxels.
   *
   * @param compressed whether that is a gzip file
   * @param offset how far behind the first voxel they begin, in bytes
   * @return their place
   */
  public VoxelPlace place(boolean compressed, long offset) {
    long at = dataOffset + offset;
    return compressed
        ? new VoxelPlace(VoxelPlace.Encoding.GZIP, 0, at)
        : new VoxelPlace(VoxelPlace.Encoding.RAW, at, 0);
  }

  /**
   * How much the voxels of one volume take.
   *
   * @return bytes
   */
  public long volumeBytes() {
    return (long) grid.voxels() * type.bytes();
  }

  /**
   * How many samples one volume has.
   *
   * @return voxels x channels
   */
  public int volumeSamples() {
    return grid.voxels() * type.channels();
  }
}
