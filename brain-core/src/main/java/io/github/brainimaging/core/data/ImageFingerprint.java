package io.github.brainimaging.core.data;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.internal.Sha256;
import io.github.brainimaging.core.transform.intensity.Grayscale;
import io.github.brainimaging.core.transform.spatial.Interpolation;
import io.github.brainimaging.core.transform.spatial.Resize;
import java.util.BitSet;

/**
 * What tells whether two images are the same, or nearly so.
 *
 * @param pixels SHA-256 of size and samples, whatever the file format
 * @param difference 256-bit difference hash: the image in gray, 17 x 16 by area; a bit is set where
 *     a pixel is darker than its right neighbor
 */
record ImageFingerprint(String pixels, BitSet difference) {

  private static final int SIDE = 16;

  static ImageFingerprint of(MedicalImage image) {
    MedicalImage small =
        Grayscale.bt601()
            .then(Resize.to(SIDE + 1, SIDE).withInterpolation(Interpolation.AREA))
            .apply(image);
    float[] samples = small.samples();
    BitSet bits = new BitSet(SIDE * SIDE);
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        int at = y * (SIDE + 1) + x;
        bits.set(y * SIDE + x, samples[at] < samples[at + 1]);
      }
    }
    return new ImageFingerprint(
        Sha256.ofPixels(image.width(), image.height(), image.channels(), image.samples()), bits);
  }

  /** Number of bits in which the difference hashes differ. */
  int distance(ImageFingerprint other) {
    BitSet differing = (BitSet) difference.clone();
    differing.xor(other.difference);
    return differing.cardinality();
  }
}
