package io.github.brainimaging.core.image;

import io.github.brainimaging.core.internal.Arguments;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A three-dimensional image: float samples on a grid of known or unknown place, with modality.
 *
 * <p>Samples are stored slice after slice, row after row: sample (x, y, z) is at {@code (z * height
 * + y) * width + x}, the order of a NIfTI file. x is the column, y the row, z the slice; where they
 * lie in the patient the grid's affine tells, and nothing is turned round on reading. Values are
 * those of the file after slope and intercept (Hounsfield units for CT). A volume has one channel;
 * one of colors (NIfTI's RGB24) has three, each a whole volume, one after the other.
 *
 * <p>Immutable and safe to share between threads; every method that gives samples gives a copy.
 *
 * @since 0.1.0
 */
public final class MedicalVolume {

  private final VolumeGrid grid;
  private final int channels;
  private final float[] samples;
  private final Modality modality;
  private final List<String> warnings;
  private final ScanFacts facts;

  private MedicalVolume(
      VolumeGrid grid,
      int channels,
      float[] samples,
      Modality modality,
      List<String> warnings,
      ScanFacts facts) {
    this.grid = Objects.requireNonNull(grid, "grid");
    this.channels = Arguments.requirePositive("channels", channels);
    Arguments.require(
        samples.length == (long) grid.voxels() * channels,
        "samples must hold channels x voxels = %d x %d values, got %d",
        channels,
        grid.voxels(),
        samples.length);
    this.samples = samples;
    this.modality = Objects.requireNonNull(modality, "modality");
    this.warnings = warnings;
    this.facts = Objects.requireNonNull(facts, "facts");
  }

  /**
   * A volume of one channel and unknown modality.
   *
   * @param grid size and place
   * @param samples one value per voxel, slice after slice, row after row; copied
   * @return the volume
   * @throws IllegalArgumentException if the number of samples is another
   */
  public static MedicalVolume of(VolumeGrid grid, float[] samples) {
    return wrap(grid, 1, samples.clone());
  }

  /**
   * A volume of unknown modality, without a copy: the caller hands the array over and must not
   * touch it again.
   *
   * @param grid size and place
   * @param channels channels, positive
   * @param samples {@code channels * grid.voxels()} values, channel after channel, slice after
   *     slice, row after row; kept, not copied
   * @return the volume
   * @throws IllegalArgumentException if the number of samples is another
   */
  public static MedicalVolume wrap(VolumeGrid grid, int channels, float[] samples) {
    return new MedicalVolume(
        grid, channels, samples, Modality.UNKNOWN, List.of(), ScanFacts.none());
  }

  /**
   * The same volume with other samples: same grid, channels and modality.
   *
   * @param newSamples as many values as this volume has; copied
   * @return the new volume
   * @throws IllegalArgumentException if the number of samples is another
   */
  public MedicalVolume withSamples(float[] newSamples) {
    return wrapSamples(newSamples.clone());
  }

  /**
   * Like {@link #withSamples}, without the copy: the caller hands the array over and must not touch
   * it again. For code that makes the array itself, such as transforms.
   *
   * @param newSamples as many values as this volume has; kept, not copied
   * @return the new volume
   * @throws IllegalArgumentException if the number of samples is another
   */
  public MedicalVolume wrapSamples(float[] newSamples) {
    return new MedicalVolume(grid, channels, newSamples, modality, warnings, facts);
  }

  /**
   * Another volume with the same channels and modality, for what changes the size or the place.
   *
   * @param newGrid size and place
   * @param newSamples {@code channels() * newGrid.voxels()} values; copied
   * @return the new volume
   * @throws IllegalArgumentException if the number of samples is another
   */
  public MedicalVolume withVoxels(VolumeGrid newGrid, float[] newSamples) {
    return wrapVoxels(newGrid, newSamples.clone());
  }

  /**
   * Like {@link #withVoxels}, without the copy: the caller hands the array over and must not touch
   * it again.
   *
   * @param newGrid size and place
   * @param newSamples {@code channels() * newGrid.voxels()} values; kept, not copied
   * @return the new volume
   * @throws IllegalArgumentException if the number of samples is another
   */
  public MedicalVolume wrapVoxels(VolumeGrid newGrid, float[] newSamples) {
    return new MedicalVolume(newGrid, channels, newSamples, modality, warnings, facts);
  }

  /**
   * The same samples with another modality.
   *
   * @param newModality the modality
   * @return the new volume
   */
  public MedicalVolume withModality(Modality newModality) {
    return new MedicalVolume(grid, channels, samples, newModality, warnings, facts);
  }

  /**
   * The same volume with other warnings.
   *
   * @param newWarnings see {@link #warnings()}; copied
   * @return the new volume
   */
  public MedicalVolume withWarnings(List<String> newWarnings) {
    return new MedicalVolume(grid, channels, samples, modality, List.copyOf(newWarnings), facts);
  }

  /**
   * The same volume with other facts.
   *
   * @param newFacts see {@link #facts()}
   * @return the new volume
   */
  public MedicalVolume withFacts(ScanFacts newFacts) {
    return new MedicalVolume(grid, channels, samples, modality, warnings, newFacts);
  }

  /**
   * Size and place of the voxels.
   *
   * @return the grid
   */
  public VolumeGrid grid() {
    return grid;
  }

  /**
   * Number of columns.
   *
   * @return positive
   */
  public int width() {
    return grid.width();
  }

  /**
   * Number of rows.
   *
   * @return positive
   */
  public int height() {
    return grid.height();
  }

  /**
   * Number of slices.
   *
   * @return positive
   */
  public int depth() {
    return grid.depth();
  }

  /**
   * Number of channels: 1 is gray, 3 red, green, blue.
   *
   * @return positive
   */
  public int channels() {
    return channels;
  }

  /**
   * Distance between voxel centers.
   *
   * @return {@link VoxelSpacing#UNKNOWN} if the file does not tell
   */
  public VoxelSpacing spacing() {
    return grid.spacing();
  }

  /**
   * The map from voxel indices to RAS+ millimeters in the patient.
   *
   * @return empty if the file does not tell
   */
  public Optional<Affine> affine() {
    return grid.affine();
  }

  /**
   * What made the volume.
   *
   * @return {@link Modality#UNKNOWN} if the file does not tell
   */
  public Modality modality() {
    return modality;
  }

  /**
   * What was guessed, doubtful or changed when the volume was read, such as a tilted gantry or
   * missing slices. Volumes made of this one, and their slices, keep them.
   *
   * @return sentences without patient data; empty if all is plain
   */
  public List<String> warnings() {
    return warnings;
  }

  /**
   * What the file says of the scan. Volumes made of this one, and their slices, keep it.
   *
   * @return the facts; none if the file says nothing
   */
  public ScanFacts facts() {
    return facts;
  }

  /**
   * One sample of the first channel.
   *
   * @param x column, 0 to width - 1
   * @param y row, 0 to height - 1
   * @param z slice, 0 to depth - 1
   * @return the value
   * @throws IndexOutOfBoundsException if the voxel is outside the volume
   */
  public float get(int x, int y, int z) {
    Objects.checkIndex(x, width());
    Objects.checkIndex(y, height());
    Objects.checkIndex(z, depth());
    return samples[(z * height() + y) * width() + x];
  }

  /**
   * All samples.
   *
   * @return a new array, channel after channel, slice after slice, row after row
   */
  public float[] samples() {
    return samples.clone();
  }

  /**
   * Copies the samples into a buffer, which saves the allocation of {@link #samples()}.
   *
   * @param target where to
   * @param offset index of the first value written
   * @throws IndexOutOfBoundsException if the target is too short
   */
  public void copySamplesTo(float[] target, int offset) {
    Samples.copy(samples, target, offset);
  }

  /**
   * One slice as an image, with the rows and columns as they are stored, which need not be how a
   * radiologist sees them; the package {@code geometry} has axial, coronal and sagittal slices.
   *
   * @param z slice, 0 to depth - 1
   * @return an image of the same channels and modality and the spacing within the slice, without a
   *     nominal maximum
   * @throws IndexOutOfBoundsException if there is no such slice
   */
  public MedicalImage slice(int z) {
    float[] slice = new float[channels * width() * height()];
    copySliceTo(z, slice, 0);
    return MedicalImage.wrap(width(), height(), channels, slice)
        .withSpacing(spacing().inSlice())
        .withModality(modality)
        .withWarnings(warnings)
        .withFacts(facts);
  }

  /**
   * Copies one slice into a buffer.
   *
   * @param z slice, 0 to depth - 1
   * @param target where to; {@code channels * height * width} values are written, channel after
   *     channel, row after row
   * @param offset index of the first value written
   * @throws IndexOutOfBoundsException if there is no such slice or the target is too short
   */
  public void copySliceTo(int z, float[] target, int offset) {
    Objects.checkIndex(z, depth());
    int pixels = width() * height();
    Objects.checkFromIndexSize(offset, channels * pixels, target.length);
    for (int c = 0; c < channels; c++) {
      System.arraycopy(samples, (c * depth() + z) * pixels, target, offset + c * pixels, pixels);
    }
  }

  /**
   * The smallest and the largest finite sample over all channels.
   *
   * @return {min, max}, or {NaN, NaN} if no sample is finite
   */
  public float[] range() {
    return Samples.range(samples);
  }

  /**
   * Equal grid, channels, samples (bit for bit) and modality, whatever the warnings and facts say.
   */
  @Override
  public boolean equals(Object other) {
    return other instanceof MedicalVolume that
        && grid.equals(that.grid)
        && channels == that.channels
        && modality == that.modality
        && Arrays.equals(samples, that.samples);
  }

  @Override
  public int hashCode() {
    return Objects.hash(grid, channels, modality, Arrays.hashCode(samples));
  }

  /** Size, kind, number of warnings and facts, never the samples. */
  @Override
  public String toString() {
    return "MedicalVolume["
        + grid
        + ", channels="
        + channels
        + ", "
        + modality
        + ImageContext.counts(warnings, facts)
        + "]";
  }
}
