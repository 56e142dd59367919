package io.github.brainimaging.core.fusion;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.MedicalVolume;

/**
 * Makes one image of two registered ones, typically MRI and CT of the same slice or head.
 *
 * <p>Both inputs are brought to [0, 1] first: divided by their nominal maximum if they have one
 * (8-bit files), else from their smallest to their largest sample. CT in Hounsfield units should be
 * cut to a window before, or bone and metal leave the rest of the range empty. The result is in [0,
 * 1], has a nominal maximum of 1, the spacing of the MRI and an unknown modality.
 *
 * <p>Implementations are immutable, deterministic and safe to share between threads.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface ImageFusion {

  /**
   * Takes each pixel from the image that is more salient there, with weights that follow the edges
   * of the images: S. Li, X. Kang, J. Hu: Image fusion with guided filtering, IEEE Trans. Image
   * Processing 22(7), 2013, 2864.
   *
   * <p>A mean over 31 x 31 pixels splits each image into a base and a detail layer. Where the
   * smoothed absolute Laplacian of one image (Gaussian of 5 pixels) is the larger, its weight is 1,
   * else 0; that map is smoothed by a guided filter with the image as guide: radius 45 and epsilon
   * 0.3 for the base, radius 7 and epsilon 1e-6 for the detail. All sizes are the paper's, in
   * pixels of slices of about 256 x 256. At the border, means are over the part of the window that
   * is inside.
   *
   * <p>The method with the sizes of the paper.
   *
   * @return the fusion
   */
  static ImageFusion guidedFilter() {
    return GuidedFilterFusion.withDefaults();
  }

  /**
   * {@link #laplacianPyramid(int)} with its defaults: four levels, usual for slices of 256 x 256.
   *
   * @return the fusion
   */
  static ImageFusion laplacianPyramid() {
    return LaplacianPyramidFusion.withDefaults();
  }

  /**
   * Fuses the images' Laplacian pyramids: at each level and pixel the stronger detail of the two,
   * of what is left at the top the mean.
   *
   * <p>The pyramid is that of P. Burt, E. Adelson: The Laplacian pyramid as a compact image code,
   * IEEE Trans. Communications 31(4), 1983, 532, with the kernel (1 4 6 4 1) / 16 and the border
   * pixel repeated. Levels end early where a side would fall below two pixels.
   *
   * <p>Another number of levels.
   *
   * @param levels levels of detail, 1 to 16
   * @return the fusion
   * @throws IllegalArgumentException if it is out of range
   */
  static ImageFusion laplacianPyramid(int levels) {
    return LaplacianPyramidFusion.ofLevels(levels);
  }

  /**
   * The brighter of both images at each pixel: bone from the CT, soft tissue from the MRI. Dark
   * structures that only one image shows are lost.
   *
   * <p>The method; it has no options.
   *
   * @return the fusion
   */
  static ImageFusion maximum() {
    return MaximumFusion.withDefaults();
  }

  /**
   * {@link #wavelet(int)} with its defaults: four levels, usual for slices of 256 x 256.
   *
   * @return the fusion
   */
  static ImageFusion wavelet() {
    return WaveletFusion.withDefaults();
  }

  /**
   * Fuses the images' wavelet coefficients: at each level, direction and pixel the stronger detail
   * of the two, of the approximation that is left the mean.
   *
   * <p>The transform is the stationary (undecimated) one, so that the result does not depend on
   * where the pixel grid lies as that of the plain DWT does (G. Nason, B. Silverman: The stationary
   * wavelet transform, 1995; O. Rockinger: Image sequence fusion using a shift-invariant wavelet
   * transform, ICIP 1997). The wavelet is Daubechies' with two vanishing moments (db2); the image
   * is mirrored at its border, the border pixel repeated.
   *
   * <p>Another number of levels.
   *
   * @param levels levels of detail, 1 to 6; at each the filter gets twice as wide, and the margin
   *     that is added to the image on each side is {@code 4 * 2^levels} pixels
   * @return the fusion
   * @throws IllegalArgumentException if it is out of range
   */
  static ImageFusion wavelet(int levels) {
    return WaveletFusion.ofLevels(levels);
  }

  /**
   * {@link #average(double)} with its defaults: the plain mean: a weight of 0.5.
   *
   * @return the fusion
   */
  static ImageFusion average() {
    return WeightedAverageFusion.withDefaults();
  }

  /**
   * The weighted mean of both images: {@code weight * mri + (1 - weight) * ct}. It halves the
   * contrast of what only one of them shows, so it is the yardstick for the other methods.
   *
   * <p>A mean with another weight.
   *
   * @param mriWeight weight of the MRI, 0 to 1; the CT has the rest
   * @return the fusion
   * @throws IllegalArgumentException if it is out of range
   */
  static ImageFusion average(double mriWeight) {
    return WeightedAverageFusion.ofMriWeight(mriWeight);
  }

  /**
   * Fuses two slices.
   *
   * @param mri the first image, gray
   * @param ct the second image, gray, on the same grid
   * @return the fused image
   * @throws IllegalArgumentException if an image is not gray or has samples that are not finite, or
   *     the sizes differ
   */
  MedicalImage fuse(MedicalImage mri, MedicalImage ct);

  /**
   * Fuses two volumes slice by slice, each scaled from its smallest to its largest sample over all
   * slices.
   *
   * @param mri the first volume, gray
   * @param ct the second volume, gray, on the same grid
   * @return the fused volume, in [0, 1], of unknown modality
   * @throws IllegalArgumentException if a volume is not gray or has samples that are not finite, or
   *     the grids differ
   */
  default MedicalVolume fuse(MedicalVolume mri, MedicalVolume ct) {
    return VolumeFusion.fuse(this, mri, ct);
  }
}
