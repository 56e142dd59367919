package io.github.brainimaging.core.image;

import io.github.brainimaging.core.image.ImageContext.Scale;
import io.github.brainimaging.core.internal.Arguments;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * A two-dimensional image: float samples in one or more channels, with spacing, modality and the
 * range of its format.
 *
 * <p>Samples are stored channel after channel, row after row: sample (c, x, y) is at {@code (c *
 * height + y) * width + x}. The origin is top left, x is the column, y the row. Values are those of
 * the file after slope and intercept (Hounsfield units for CT), never scaled by the reader. One
 * channel is gray, three are red, green, blue.
 *
 * <p>Immutable and safe to share between threads; every method that gives samples gives a copy.
 *
 * @since 0.1.0
 */
public final class MedicalImage {

  private final int width;
  private final int height;
  private final int channels;
  private final float[] samples;
  private final ImageContext context;

  private MedicalImage(int width, int height, int channels, float[] samples, ImageContext context) {
    this.width = Arguments.requirePositive("width", width);
    this.height = Arguments.requirePositive("height", height);
    this.channels = Arguments.requirePositive("channels", channels);
    Arguments.require(
        // The first part keeps the product of three from overflowing.
        (long) width * height <= Integer.MAX_VALUE
            && samples.length == (long) width * height * channels,
        "samples must hold width x height x channels = %d x %d x %d values, got %d",
        width,
        height,
        channels,
        samples.length);
    this.samples = samples;
    this.context = context;
  }

  /**
   * An image of unknown spacing, modality and nominal maximum.
   *
   * @param width columns, positive
   * @param height rows, positive
   * @param channels channels, positive
   * @param samples {@code width * height * channels} values, channel after channel, row after row;
   *     copied
   * @return the image
   * @throws IllegalArgumentException if a size is not positive or the number of samples is another
   */
  public static MedicalImage of(int width, int height, int channels, float[] samples) {
    return wrap(width, height, channels, samples.clone());
  }

  /**
   * A gray image of unknown spacing, modality and nominal maximum.
   *
   * @param width columns, positive
   * @param height rows, positive
   * @param samples {@code width * height} values, row after row; copied
   * @return the image
   * @throws IllegalArgumentException if a size is not positive or the number of samples is another
   */
  public static MedicalImage ofGray(int width, int height, float[] samples) {
    return of(width, height, 1, samples);
  }

  /**
   * Like {@link #of}, without the copy: the caller hands the array over and must not touch it
   * again. For code that makes the array itself, such as transforms.
   *
   * @param width columns, positive
   * @param height rows, positive
   * @param channels channels, positive
   * @param samples {@code width * height * channels} values, channel after channel, row after row;
   *     kept, not copied
   * @return the image
   * @throws IllegalArgumentException if a size is not positive or the number of samples is another
   */
  public static MedicalImage wrap(int width, int height, int channels, float[] samples) {
    return new MedicalImage(width, height, channels, samples, ImageContext.UNKNOWN);
  }

  /**
   * The same picture with other samples: same size, channels, spacing, modality and nominal
   * maximum.
   *
   * @param newSamples as many values as this image has; copied
   * @return the new image
   * @throws IllegalArgumentException if the number of samples is another
   */
  public MedicalImage withSamples(float[] newSamples) {
    return wrapSamples(newSamples.clone());
  }

  /**
   * Like {@link #withSamples}, without the copy: the caller hands the array over and must not touch
   * it again. For code that makes the array itself, such as transforms.
   *
   * @param newSamples as many values as this image has; kept, not copied
   * @return the new image
   * @throws IllegalArgumentException if the number of samples is another
   */
  public MedicalImage wrapSamples(float[] newSamples) {
    return new MedicalImage(width, height, channels, newSamples, context);
  }

  /**
   * Another picture with the same spacing, modality and nominal maximum, for transforms that change
   * the size or the number of channels.
   *
   * @param newWidth columns, positive
   * @param newHeight rows, positive
   * @param newChannels channels, positive
   * @param newSamples {@code newWidth * newHeight * newChannels} values; copied
   * @return the new image
   * @throws IllegalArgumentException if a size is not positive or the number of samples is another
   */
  public MedicalImage withPixels(int newWidth, int newHeight, int newChannels, float[] newSamples) {
    return wrapPixels(newWidth, newHeight, newChannels, newSamples.clone());
  }

  /**
   * Like {@link #withPixels}, without the copy: the caller hands the array over and must not touch
   * it again.
   *
   * @param newWidth columns, positive
   * @param newHeight rows, positive
   * @param newChannels channels, positive
   * @param newSamples {@code newWidth * newHeight * newChannels} values; kept, not copied
   * @return the new image
   * @throws IllegalArgumentException if a size is not positive or the number of samples is another
   */
  public MedicalImage wrapPixels(int newWidth, int newHeight, int newChannels, float[] newSamples) {
    return new MedicalImage(newWidth, newHeight, newChannels, newSamples, context);
  }

  /**
   * The same samples with another spacing.
   *
   * @param newSpacing the spacing
   * @return the new image
   */
  public MedicalImage withSpacing(Spacing newSpacing) {
    return with(context.withSpacing(newSpacing));
  }

  /**
   * The same samples with another modality.
   *
   * @param newModality the modality
   * @return the new image
   */
  public MedicalImage withModality(Modality newModality) {
    return with(context.withModality(newModality));
  }

  /**
   * The same samples with other warnings.
   *
   * @param newWarnings see {@link #warnings()}; copied
   * @return the new image
   */
  public MedicalImage withWarnings(List<String> newWarnings) {
    return with(context.withWarnings(newWarnings));
  }

  /**
   * The same samples with other facts.
   *
   * @param newFacts see {@link #facts()}
   * @return the new image
   */
  public MedicalImage withFacts(ScanFacts newFacts) {
    return with(context.withFacts(newFacts));
  }

  private MedicalImage with(ImageContext newContext) {
    return new MedicalImage(width, height, channels, samples, newContext);
  }

  /**
   * The same samples with another nominal maximum, and no {@link #displayRange()} any more: who
   * sets it has changed the values' scale.
   *
   * @param newNominalMaximum see {@link #nominalMaximum()}; positive, or NaN if there is none
   * @return the new image
   */
  public MedicalImage withNominalMaximum(float newNominalMaximum) {
    Arguments.require(
        newNominalMaximum > 0 || Float.isNaN(newNominalMaximum),
        "nominalMaximum must be positive or NaN, got %s",
        newNominalMaximum);
    return with(context.withScale(new Scale(newNominalMaximum, Float.NaN, Float.NaN)));
  }

  /**
   * The same samples with what the file wants to be shown.
   *
   * @param newBlack the value that is shown black, finite
   * @param newWhite the value that is shown white, finite, another; below the first where low
   *     values are white
   * @return the new image
   */
  public MedicalImage withDisplayRange(float newBlack, float newWhite) {
    Arguments.require(
        Float.isFinite(newBlack) && Float.isFinite(newWhite) && newBlack != newWhite,
        "displayRange must be two finite values that differ, got %s, %s",
        newBlack,
        newWhite);
    return with(context.withScale(new Scale(nominalMaximum(), newBlack, newWhite)));
  }

  /**
   * Number of columns.
   *
   * @return positive
   */
  public int width() {
    return width;
  }

  /**
   * Number of rows.
   *
   * @return positive
   */
  public int height() {
    return height;
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
   * Distance between pixel centers.
   *
   * @return {@link Spacing#UNKNOWN} if the file does not tell
   */
  public Spacing spacing() {
    return context.spacing();
  }

  /**
   * What made the image.
   *
   * @return {@link Modality#UNKNOWN} if the file does not tell
   */
  public Modality modality() {
    return context.modality();
  }

  /**
   * What was guessed, doubtful or left out when the image was read, such as other pages or samples
   * that are no numbers. Images made of this one keep them.
   *
   * @return sentences without patient data; empty if all is plain
   */
  public List<String> warnings() {
    return context.warnings();
  }

  /**
   * What the file says of the scan. Images made of this one keep it.
   *
   * @return the facts; none if the file says nothing
   */
  public ScanFacts facts() {
    return context.facts();
  }

  /**
   * The largest value that the image's format can hold, which is what "scale to [0, 1]" divides by:
   * 255 for 8 bit, 65535 for 16 bit, 1 after scaling. NaN where there is no such value: float
   * files, NIfTI of more than 8 bits, Hounsfield units, z-scores.
   *
   * @return positive, or NaN
   */
  public float nominalMaximum() {
    return context.scale().maximum();
  }

  /**
   * What the file wants to be shown: the first window of a DICOM file.
   *
   * @return {black, white}, the first above the second where low values are white; {NaN, NaN} if
   *     the file does not tell
   */
  public float[] displayRange() {
    return new float[] {context.scale().black(), context.scale().white()};
  }

  /**
   * One sample of the first channel.
   *
   * @param x column, 0 to width - 1
   * @param y row, 0 to height - 1
   * @return the value
   * @throws IndexOutOfBoundsException if the pixel is outside the image
   */
  public float get(int x, int y) {
    return get(x, y, 0);
  }

  /**
   * One sample.
   *
   * @param x column, 0 to width - 1
   * @param y row, 0 to height - 1
   * @param channel channel, 0 to channels - 1
   * @return the value
   * @throws IndexOutOfBoundsException if the sample is outside the image
   */
  public float get(int x, int y, int channel) {
    Objects.checkIndex(x, width);
    Objects.checkIndex(y, height);
    Objects.checkIndex(channel, channels);
    return samples[(channel * height + y) * width + x];
  }

  /**
   * All samples.
   *
   * @return a new array, channel after channel, row after row
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
   * The smallest and the largest finite sample over all channels.
   *
   * @return {min, max}, or {NaN, NaN} if no sample is finite
   */
  public float[] range() {
    return Samples.range(samples);
  }

  /**
   * Equal size, samples (bit for bit), spacing, modality, nominal maximum and display range,
   * whatever the warnings and facts say.
   */
  @Override
  public boolean equals(Object other) {
    return other instanceof MedicalImage that
        && width == that.width
        && height == that.height
        && channels == that.channels
        && context.meansTheSame(that.context)
        && Arrays.equals(samples, that.samples);
  }

  @Override
  public int hashCode() {
    return Objects.hash(width, height, channels, spacing(), modality(), Arrays.hashCode(samples));
  }

  /** Size, kind, number of warnings and facts, never the samples. */
  @Override
  public String toString() {
    return String.format(
        "MedicalImage[%dx%dx%d, %s, %s%s]",
        width, height, channels, modality(), spacing(), ImageContext.counts(warnings(), facts()));
  }
}
