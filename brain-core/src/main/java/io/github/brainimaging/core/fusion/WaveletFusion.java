package io.github.brainimaging.core.fusion;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.internal.Arguments;

/**
 * Fuses the images' wavelet coefficients: at each level, direction and pixel the stronger detail of
 * the two, of the approximation that is left the mean.
 *
 * <p>The transform is the stationary (undecimated) one, so that the result does not depend on where
 * the pixel grid lies as that of the plain DWT does (G. Nason, B. Silverman: The stationary wavelet
 * transform, 1995; O. Rockinger: Image sequence fusion using a shift-invariant wavelet transform,
 * ICIP 1997). The wavelet is Daubechies' with two vanishing moments (db2); the image is mirrored at
 * its border, the border pixel repeated.
 */
final class WaveletFusion implements ImageFusion {

  private static final int DEFAULT_LEVELS = 4;
  private static final int MOST_LEVELS = 6;

  private final int levels;

  private WaveletFusion(int levels) {
    this.levels = levels;
  }

  static WaveletFusion withDefaults() {
    return ofLevels(DEFAULT_LEVELS);
  }

  static WaveletFusion ofLevels(int levels) {
    Arguments.require(
        levels >= 1 && levels <= MOST_LEVELS,
        "levels must be 1 to %s, got %s",
        MOST_LEVELS,
        levels);
    return new WaveletFusion(levels);
  }

  @Override
  public MedicalImage fuse(MedicalImage mri, MedicalImage ct) {
    FusionPair pair = FusionPair.of(mri, ct);
    // More than the reach of the widest filter, so that the wrap around never comes into the image.
    int margin = 4 << levels;
    Channel fused = fuse(mirrored(pair.mri(), margin), mirrored(pair.ct(), margin), 0);
    return pair.result(cropped(fused, margin, mri.width(), mri.height()));
  }

  private Channel fuse(Channel a, Channel b, int level) {
    if (level == levels) {
      return a.with(b, Channel.MEAN);
    }
    StationaryWavelet wavelet = StationaryWavelet.atLevel(level);
    StationaryWavelet.Bands ofA = wavelet.split(a);
    StationaryWavelet.Bands ofB = wavelet.split(b);
    return wavelet.join(
        new StationaryWavelet.Bands(
            fuse(ofA.approximation(), ofB.approximation(), level + 1),
            ofA.horizontal().with(ofB.horizontal(), Channel.STRONGER),
            ofA.vertical().with(ofB.vertical(), Channel.STRONGER),
            ofA.diagonal().with(ofB.diagonal(), Channel.STRONGER)));
  }

  private static Channel mirrored(Channel plane, int margin) {
    int width = plane.width() + 2 * margin;
    int height = plane.height() + 2 * margin;
    float[] larger = new float[Math.multiplyExact(width, height)];
    for (int y = 0, i = 0; y < height; y++) {
      int row = folded(y - margin, plane.height());
      for (int x = 0; x < width; x++) {
        larger[i++] = plane.at(folded(x - margin, plane.width()), row);
      }
    }
    return new Channel(width, height, larger);
  }

  private static int folded(int i, int size) {
    int at = Math.floorMod(i, 2 * size);
    return at < size ? at : 2 * size - 1 - at;
  }

  private static Channel cropped(Channel plane, int margin, int width, int height) {
    float[] inner = new float[width * height];
    for (int y = 0; y < height; y++) {
      System.arraycopy(
          plane.samples(), (y + margin) * plane.width() + margin, inner, y * width, width);
    }
    return new Channel(width, height, inner);
  }

  @Override
  public String toString() {
    return "wavelets of " + levels + " levels";
  }
}
