package io.github.brainimaging.core.transform.intensity;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.core.transform.Transform;

/**
 * Gives a gray image several equal channels, for networks that were built for color. An image that
 * already has as many channels is returned as it is. Size, spacing, modality and nominal maximum
 * stay.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @since 0.1.0
 */
public final class ReplicateChannels implements Transform {

  private final int channels;

  private ReplicateChannels(int channels) {
    this.channels = Arguments.requirePositive("channels", channels);
  }

  /**
   * To a number of channels.
   *
   * @param channels channels of the output, positive
   * @return the transform
   * @throws IllegalArgumentException if it is not positive
   */
  public static ReplicateChannels to(int channels) {
    return new ReplicateChannels(channels);
  }

  /**
   * Replicates the channel.
   *
   * @param image one channel, or already as many as wanted
   * @return the wanted number of channels
   * @throws IllegalArgumentException if the image has another number of channels
   */
  @Override
  public MedicalImage apply(MedicalImage image) {
    if (image.channels() == channels) {
      return image;
    }
    Arguments.require(
        image.channels() == 1,
        "image must have 1 or %s channels, got %s",
        channels,
        image.channels());
    int pixels = image.width() * image.height();
    float[] samples = new float[Math.multiplyExact(pixels, channels)];
    for (int c = 0; c < channels; c++) {
      image.copySamplesTo(samples, c * pixels);
    }
    return image.wrapPixels(image.width(), image.height(), channels, samples);
  }

  @Override
  public String toString() {
    return "ReplicateChannels[channels=" + channels + "]";
  }
}
