package io.github.brainimaging.core.transform.spatial;

/**
 * How {@link Resize} finds the value between pixels. All kinds treat pixels as squares whose
 * centers lie at half integers, so that the corners of the old and the new image coincide: the
 * center of the new pixel {@code i} lies at {@code (i + 0.5) * oldSize / newSize} on the old axis.
 *
 * @since 0.1.0
 */
public enum Interpolation {
  /**
   * The old pixel that holds the center of the new one, where the centers are added up one step
   * after the other in double, as Pillow's {@code NEAREST} does (and with it Keras' {@code
   * load_img}, whose default it is): a center on the border of two pixels may fall to either.
   * OpenCV's {@code INTER_NEAREST} differs, it takes the pixel under the new one's corner. For
   * label images.
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
  AREA,
  /**
   * TensorFlow's {@code nearest}: the old pixel that holds the center of the new one, computed in
   * float.
   */
  TENSORFLOW_NEAREST,
  /**
   * Pillow's {@code BILINEAR}: a triangle that is widened where the axis shrinks, which smooths.
   * torchvision's default. Images of 8 bit are computed in Pillow's whole numbers and rounded after
   * each axis, as Pillow does, others in double (its mode F).
   */
  PILLOW_BILINEAR,
  /** Pillow's {@code BICUBIC} (a = -0.5), its default; widened and rounded as above. */
  PILLOW_BICUBIC,
  /** Pillow's {@code LANCZOS} (3 lobes); widened and rounded as above. */
  PILLOW_LANCZOS,
  /**
   * TensorFlow's {@code tf.image.resize} with {@code antialias=True}: the widened triangle, never
   * rounded. Without antialias it is {@link #BILINEAR}.
   */
  TENSORFLOW_ANTIALIAS,
  /**
   * OpenCV's {@code INTER_CUBIC}: a = -0.75, not widened, the border pixel repeated outside. Not
   * rounded.
   */
  OPENCV_CUBIC
}
