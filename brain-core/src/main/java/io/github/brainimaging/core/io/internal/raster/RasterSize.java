package io.github.brainimaging.core.io.internal.raster;

import io.github.brainimaging.core.internal.Heap;
import java.io.IOException;

/**
 * The size of a raster as its header claims it, and the checks before memory is taken for it.
 *
 * @param width columns
 * @param height rows
 * @param channels samples per pixel after decoding, alpha included
 * @param bits bits per sample after decoding
 */
record RasterSize(long width, long height, int channels, int bits) {

  /** A deflate stream grows at most 1032-fold (zlib, "Maximum Compression Factor"). */
  static final int DEFLATE_RATIO = 1032;

  long pixels() {
    return width * height;
  }

  /**
   * Checks that the size is positive and within the limits: the number of pixels, and that decoding
   * and the work after it take at most half of the heap. Decoding takes 4 bytes per sample for the
   * result, and up to three times the decoded size for the raster and the buffers of the decoder.
   */
  void requireWithin(long maximumPixels) throws IOException {
    // Width and height come from fields of at most 32 bits: both may be near 2^32.
    if (width <= 0 || height <= 0 || width > Integer.MAX_VALUE || height > Integer.MAX_VALUE) {
      throw new IOException("width and height must be positive, found " + this);
    }
    if (pixels() > maximumPixels) {
      throw new IOException("found " + this + ", the limit is " + maximumPixels + " pixels");
    }
    int bytesPerPixel = channels * (4 + 3 * ((bits + 7) / 8));
    Heap.require(this, pixels(), bytesPerPixel);
    Heap.requireForAnalysis(this, pixels(), channels);
    if (pixels() > Integer.MAX_VALUE / channels) {
      throw new IOException("found " + this + ", more than an array can hold");
    }
  }

  /**
   * Checks that the image can come from the bytes that are there, so that a small file with a large
   * size in its header is refused before memory is taken.
   *
   * @param needed least number of bytes for an image of this size
   * @param present bytes of image data in the file
   */
  void requireData(long needed, long present) throws IOException {
    if (present < needed) {
      throw new IOException(
          String.format(
              "%s need at least %d bytes of image data, found %d", this, needed, present));
    }
  }

  @Override
  public String toString() {
    return width + " x " + height + " pixels of " + channels + " x " + bits + " bits";
  }
}
