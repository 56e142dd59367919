package io.github.brainimaging.core.transform.spatial;

/**
 * How {@link Resize} finds the value between pixels. All kinds treat pixels as squares whose
 * centers lie at half integers, so that the corners of the old and the new image coincide: the
 * center of the new pixel {@code i} lies at {@code (i + 0.5) * oldSize / newSize} on the old axis.
 */
public enum Interpolation {
  /**
   * The old pixel that holds the center of the new one. Equals Pillow's {@code NEAREST} and
   * OpenCV's {@code INTER_NEAREST_EXACT}; OpenCV's {@code INTER_NEAREST} differs, it takes the
   * pixel under the new one's corner. For label images.
   */
  NEAREST,
  /**
   * Linear between the two nearest old centers on each axis, the border pixel repeated outside.
   * Equals OpenCV's {@code INTER_LINEAR}. No smoothing beforehand: shrinking by more than two skips
   * pixels.
   */
  BILINEAR,
  /**
   * On an axis that shrinks, the mean over the old pixels that the new one covers, weighted by how
   * much of each is covered; {@link #BILINEAR} on an axis that grows. Equals OpenCV's {@code
   * INTER_AREA} where no axis grows. Pillow's {@code BOX} is the same only where the old size is a
   * multiple of the new one: it counts pixels wholly or not at all.
   */
  AREA
}
