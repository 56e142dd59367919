package io.github.brainimaging.core.tensor;

import io.github.brainimaging.core.image.MedicalImage;

/**
 * The order of the axes of a batch of images.
 *
 * @since 0.1.0
 */
public enum Layout {
  /** Batch, channel, row, column: PyTorch's order. */
  NCHW,
  /** Batch, row, column, channel: TensorFlow's and Keras' order. */
  NHWC;

  /**
   * Copies the samples of an image into its place in a batch.
   *
   * @param image the image
   * @param batch buffer of the whole batch
   * @param offset index of the image's first value
   * @throws IndexOutOfBoundsException if the buffer is too short
   */
  public void copy(MedicalImage image, float[] batch, int offset) {
    if (this == NCHW || image.channels() == 1) {
      image.copySamplesTo(batch, offset);
      return;
    }
    float[] samples = image.samples();
    int pixels = image.width() * image.height();
    int channels = image.channels();
    for (int c = 0; c < channels; c++) {
      for (int i = 0; i < pixels; i++) {
        batch[offset + i * channels + c] = samples[c * pixels + i];
      }
    }
  }

  /**
   * The shape of a batch of images.
   *
   * @param batch number of images
   * @param channels channels of each
   * @param height rows of each
   * @param width columns of each
   * @return four lengths in this order
   */
  public int[] shape(int batch, int channels, int height, int width) {
    return this == NCHW
        ? new int[] {batch, channels, height, width}
        : new int[] {batch, height, width, channels};
  }
}
