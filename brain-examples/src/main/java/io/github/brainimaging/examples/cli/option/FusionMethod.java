package io.github.brainimaging.examples.cli.option;

import io.github.brainimaging.core.fusion.ImageFusion;

/** Ways to fuse MRI and CT, as options name them. */
public enum FusionMethod {
  AVERAGE,
  MAXIMUM,
  LAPLACIAN,
  WAVELET,
  GUIDED;

  /** As options list them. */
  public static final String CHOICES = "average|maximum|laplacian|wavelet|guided";

  /** The method with its defaults. */
  public ImageFusion fusion() {
    return switch (this) {
      case AVERAGE -> ImageFusion.average();
      case MAXIMUM -> ImageFusion.maximum();
      case LAPLACIAN -> ImageFusion.laplacianPyramid();
      case WAVELET -> ImageFusion.wavelet();
      case GUIDED -> ImageFusion.guidedFilter();
    };
  }
}
