package io.github.brainimaging.core.io;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.ScanFacts;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.image.VolumeSeries;
import io.github.brainimaging.core.image.VoxelType;
import io.github.brainimaging.core.io.internal.SampleDoubts;
import io.github.brainimaging.core.io.internal.SequenceName;
import io.github.brainimaging.core.io.internal.nifti.NiftiHeader;
import io.github.brainimaging.core.io.internal.volume.DataFile;
import io.github.brainimaging.core.io.internal.volume.FileStart;
import io.github.brainimaging.core.io.internal.volume.VoxelData;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * A NIfTI-1 or NIfTI-2 file whose header has been read and whose voxels are read on demand: {@code
 * .nii}, {@code .nii.gz}, or a pair {@code .hdr} and {@code .img}, each compressed or not, in
 * either byte order. Of an uncompressed file only the bytes asked for are read.
 *
 * <ul>
 *   <li>Samples are those of the file times {@code scl_slope} plus {@code scl_inter}; a slope that
 *       is 0 or not finite means no scaling. Colors are never scaled.
 *   <li>The affine is the sform, else the qform; where the codes of both are 0 or the matrix cannot
 *       be inverted it is unknown, and only the spacing is told. Other readers invent one then.
 *   <li>Lengths are converted to millimeters. A file that names no unit is taken to be in
 *       millimeters.
 *   <li>Dimensions beyond the third are volumes: a 4-D file has one per point in time.
 *   <li>Extensions are skipped.
 *   <li>An unknown place, or an affine whose lengths differ from pixdim, is told in the {@link
 *       MedicalVolume#warnings() warnings}.
 *   <li>The checksum of a compressed file is verified when its last voxel is read.
 * </ul>
 *
 * <p>Files are not trusted: a size that the file cannot hold, or that takes more than half of the
 * heap, is an error before memory is taken, and of a compressed file memory is taken only as bytes
 * arrive.
 *
 * <p>Immutable and safe to share between threads. It holds no open file.
 *
 * @since 0.1.0
 */
public final class NiftiFile {

  private final Source source;
  private final boolean compressed;
  private final NiftiHeader header;

  private NiftiFile(Source source, boolean compressed, NiftiHeader header) {
    this.source = source;
    this.compressed = compressed;
    this.header = header;
  }

  /**
   * Whether a file starts like NIfTI, compressed or not. Reads a few hundred bytes.
   *
   * @param file the file
   * @return false for folders and other formats, and for the {@code .img} of a pair
   * @throws IOException if the file cannot be opened
   */
  public static boolean recognizes(Path file) throws IOException {
    return Files.isRegularFile(file) && recognizes(Source.of(file));
  }

  static boolean recognizes(Source source) throws IOException {
    return NiftiHeader.recognizes(start(source).bytes());
  }

  /**
   * Reads the header of a file.
   *
   * @param file a {@code .nii}, {@code .nii.gz} or {@code .hdr}; found from the content, not from
   *     the name
   * @return the file
   * @throws ImageFormatException if the content is no NIfTI header, or one that is damaged or asks
   *     for what cannot be read
   * @throws NoSuchFileException if there is no such file
   * @throws IOException if the file cannot be read or is a folder
   */
  public static NiftiFile open(Path file) throws IOException {
    return open(Source.of(file));
  }

  static NiftiFile open(Source source) throws IOException {
    FileStart start = start(source);
    if (!NiftiHeader.recognizes(start.bytes())) {
      throw new ImageFormatException(
          source.name() + ": expected a NIfTI file (or the .hdr of a pair), found another format");
    }
    try {
      return new NiftiFile(source, start.isCompressed(), NiftiHeader.parse(start.bytes()));
    } catch (IOException e) {
      throw damaged(source, e);
    }
  }

  private static FileStart start(Source source) throws IOException {
    try (InputStream in = source.open()) {
      return FileStart.of(in.readNBytes(FileStart.COMPRESSED_LENGTH));
    }
  }

  /**
   * Version of the format.
   *
   * @return 1 or 2
   */
  public int version() {
    return header.version();
  }

  /**
   * Whether the file is compressed by gzip.
   *
   * @return true for {@code .nii.gz}
   */
  public boolean isCompressed() {
    return compressed;
  }

  /**
   * The byte order of header and voxels.
   *
   * @return little endian in nearly all files
   */
  public ByteOrder byteOrder() {
    return header.order();
  }

  /**
   * Size and place of the voxels of each volume.
   *
   * @return the grid
   */
  public VolumeGrid grid() {
    return header.grid();
  }

  /**
   * Number of volumes.
   *
   * @return 1 for a 3-D file
   */
  public int volumes() {
    return header.volumes();
  }

  /**
   * Time from one volume to the next.
   *
   * @return seconds, NaN if unknown
   */
  public double intervalSeconds() {
    return header.intervalSeconds();
  }

  /**
   * How the file stores a voxel.
   *
   * @return the type
   */
  public VoxelType type() {
    return header.type();
  }

  /**
   * What stored numbers are multiplied with.
   *
   * @return 1 if the file asks for no scaling
   */
  public double slope() {
    return header.slope();
  }

  /**
   * What is added to stored numbers after {@link #slope()}.
   *
   * @return 0 if the file asks for no scaling
   */
  public double intercept() {
    return header.intercept();
  }

  /**
   * What the file says of the scan: the sequence that its description names, else its name, such as
   * {@code T1}, {@code T1Gd}, {@code FLAIR}.
   *
   * @return the facts; none if neither names one
   */
  public ScanFacts facts() {
    return header
        .sequence()
        .map(fact -> new ScanFacts(List.of(fact)))
        .orElseGet(() -> SequenceName.ofFile(source.name()));
  }

  /**
   * Reads one volume.
   *
   * @param index 0 to volumes - 1
   * @return the volume
   * @throws IndexOutOfBoundsException if there is no such volume
   * @throws ImageFormatException if the file is cut off, damaged or too large for the heap
   * @throws NoSuchFileException if the {@code .img} of a pair is missing
   * @throws IOException if the file cannot be read
   */
  public MedicalVolume volume(int index) throws IOException {
    Objects.checkIndex(index, volumes());
    return volumes(index, 1).get(0);
  }

  /**
   * Reads all volumes.
   *
   * @return one or more
   * @throws ImageFormatException if the file is cut off, damaged or too large for the heap
   * @throws NoSuchFileException if the {@code .img} of a pair is missing
   * @throws IOException if the file cannot be read
   */
  public VolumeSeries readAll() throws IOException {
    return new VolumeSeries(volumes(0, volumes()), intervalSeconds());
  }

  /**
   * Reads one slice. A compressed file is decompressed up to it.
   *
   * @param z slice, 0 to depth - 1
   * @param volume 0 to volumes - 1
   * @return what {@code volume(volume).slice(z)} gives
   * @throws IndexOutOfBoundsException if there is no such slice or volume
   * @throws ImageFormatException if the file is cut off, damaged or too large for the heap
   * @throws NoSuchFileException if the {@code .img} of a pair is missing
   * @throws IOException if the file cannot be read
   */
  public MedicalImage slice(int z, int volume) throws IOException {
    VolumeGrid grid = grid();
    Objects.checkIndex(z, grid.depth());
    Objects.checkIndex(volume, volumes());
    long pixels = (long) grid.width() * grid.height();
    long offset = volume * header.volumeBytes() + z * pixels * type().bytes();
    int channels = type().channels();
    float[] samples = read(offset, (int) pixels * channels, 1).get(0);
    return SampleDoubts.addTo(
        MedicalImage.wrap(grid.width(), grid.height(), channels, samples)
            .withSpacing(grid.spacing().inSlice())
            .withWarnings(header.warnings())
            .withFacts(facts()));
  }

  private List<MedicalVolume> volumes(int first, int count) throws IOException {
    int channels = type().channels();
    ScanFacts facts = facts();
    return read(first * header.volumeBytes(), header.volumeSamples(), count).stream()
        .map(
            samples ->
                SampleDoubts.addTo(
                    MedicalVolume.wrap(grid(), channels, samples)
                        .withWarnings(header.warnings())
                        .withFacts(facts)))
        .toList();
  }

  private List<float[]> read(long offset, int count, int runs) throws IOException {
    Source data = header.pair() ? Source.of(imageFile()) : source;
    boolean gzip = header.pair() ? start(data).isCompressed() : compressed;
    boolean last = offset + runs * header.volumeBytes() == volumes() * header.volumeBytes();
    VoxelData.Wanted wanted =
        new VoxelData.Wanted(header.samples(), type().channels(), count, runs, last);
    try (InputStream in = data.open()) {
      return VoxelData.read(in, data.size(), header.place(gzip, offset), wanted);
    } catch (FileSystemException e) {
      throw e;
    } catch (IOException e) {
      throw damaged(data, e);
    }
  }

  /** The voxels of a pair lie in a file of the same name that ends with .img. */
  private Path imageFile() throws IOException {
    Path file =
        source
            .file()
            .orElseThrow(
                () ->
                    new ImageFormatException(
                        source.name() + ": its voxels are in another file, the .img: read a path"));
    try {
      return DataFile.ofPair(file);
    } catch (FileSystemException e) {
      throw e;
    } catch (IOException e) {
      throw new ImageFormatException(file + ": " + e.getMessage(), e);
    }
  }

  private static ImageFormatException damaged(Source source, IOException problem) {
    return new ImageFormatException(
        source.name() + ": cannot read this NIfTI file: " + problem.getMessage(), problem);
  }
}
